"""eSpeak NG, by way of phonemizer: one backend for each language, one call at a time, flat memory."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from phonemizer.backend import EspeakBackend

TIE = "^"
# eSpeak NG cuts words off in silence somewhere past 100 letters.
MAX_LETTERS = 60

_lock = threading.Lock()  # the C library keeps its voice and its buffers in globals
_quiet = logging.getLogger(__name__)  # phonemizer's own logger writes to standard error
_quiet.addHandler(logging.NullHandler())
_quiet.propagate = False


def transcribe(texts: Sequence[str], language: str) -> list[str]:
    """eSpeak's IPA for each text, diphthongs and affricates tied by ``^``, words separated by spaces.

    Each text is read on its own, so that words handed over one by one can neither be glued nor lost.

    language: as phonemizer names it ("en-us", "fr-fr").
    """
    pieces = [_pieces(text) for text in texts]
    flat = [piece for parts in pieces for piece in parts]
    with _lock:
        spoken = iter(_backend(language).phonemize(flat, strip=True) if flat else ())
    return ["".join(next(spoken) for _ in parts).strip() for parts in pieces]


def _pieces(text: str) -> list[str]:
    """A text in parts of at most `MAX_LETTERS` letters where it has no spaces; none where it is empty."""
    text = " ".join(text.replace("\0", " ").split())
    if len(text) <= MAX_LETTERS or " " in text:
        return [text] if text else []
    return [text[start : start + MAX_LETTERS] for start in range(0, len(text), MAX_LETTERS)]


@cache
def _backend(language: str) -> EspeakBackend:
    # The data must be named before the first backend: without it the library ends the whole process.
    import espeakng_loader
    from phonemizer.backend import EspeakBackend
    from phonemizer.backend.espeak.wrapper import EspeakWrapper

    EspeakWrapper.set_library(espeakng_loader.get_library_path())
    EspeakWrapper.set_data_path(espeakng_loader.get_data_path())
    return EspeakBackend(
        language,
        punctuation_marks=re.compile(r"(?!)"),  # punctuation is ours; a comma here is a decimal one
        with_stress=True,
        tie=TIE,
        language_switch="remove-flags",
        logger=_quiet,
    )
