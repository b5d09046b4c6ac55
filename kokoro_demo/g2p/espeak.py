"""Phonemes from eSpeak NG: one library for all languages, one call at a time, constant memory."""

from __future__ import annotations

import threading
from collections.abc import Sequence

from kokoro_demo.g2p.espeak_library import Espeak

TIE = "^"
# eSpeak NG silently truncates words somewhere past 100 letters.
MAX_LETTERS = 60

_lock = threading.Lock()  # the C library keeps its voice and its buffers in globals
_espeak = Espeak()


def transcribe(texts: Sequence[str], language: str) -> list[str]:
    """Return eSpeak's IPA for each text, with ``^`` as the tie in diphthongs and affricates, and spaces between words.

    Each text is read on its own, so words passed one by one can be neither merged nor lost. If eSpeak NG cannot be
    used, all results are "", and `espeak_problem` says why.

    language: eSpeak NG's name for it ("en-us", "fr-fr").
    """
    pieces = [_pieces(text) for text in texts]
    with _lock:
        spoken = [[_espeak.phonemes(piece, language).replace("͡", TIE) for piece in parts] for parts in pieces]
    return ["".join(parts) for parts in spoken]


def espeak_problem() -> str:
    """Return why eSpeak NG could not be used when it was last needed; "" if it could, or was not needed."""
    return _espeak.problem


def _pieces(text: str) -> list[str]:
    """Split a text without spaces into parts of at most `MAX_LETTERS` letters; no parts if it is empty."""
    text = " ".join(text.replace("\0", " ").split())
    if len(text) <= MAX_LETTERS or " " in text:
        return [text] if text else []
    return [text[start : start + MAX_LETTERS] for start in range(0, len(text), MAX_LETTERS)]
