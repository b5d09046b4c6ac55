"""Words read by eSpeak NG: one library for all languages, one call at a time, flat memory."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from kokoro_demo.g2p.espeak_library import Espeak

TIE = "^"
# eSpeak NG cuts words off in silence somewhere past 100 letters.
MAX_LETTERS = 60

_lock = threading.Lock()  # the C library keeps its voice and its buffers in globals
_espeak = Espeak()


def transcribe(texts: Sequence[str], language: str) -> list[str]:
    """eSpeak's IPA for each text, diphthongs and affricates tied by ``^``, words separated by spaces.

    Each text is read on its own, so that words handed over one by one can neither be glued nor lost. If eSpeak NG
    cannot be used, all are "", and `espeak_problem` says why.

    language: as eSpeak NG names it ("en-us", "fr-fr").
    """
    pieces = [_pieces(text) for text in texts]
    with _lock:
        spoken = [[_espeak.phonemes(piece, language).replace("͡", TIE) for piece in parts] for parts in pieces]
    return ["".join(parts) for parts in spoken]


def espeak_problem() -> str:
    """Why eSpeak NG could not be used, when it was last needed; "" if it could, or was not needed."""
    return _espeak.problem


def _pieces(text: str) -> list[str]:
    """A text in parts of at most `MAX_LETTERS` letters if it has no spaces; none if it is empty."""
    text = " ".join(text.replace("\0", " ").split())
    if len(text) <= MAX_LETTERS or " " in text:
        return [text] if text else []
    return [text[start : start + MAX_LETTERS] for start in range(0, len(text), MAX_LETTERS)]
