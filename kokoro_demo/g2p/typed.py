"""Phonemes typed by hand in place of a text."""

from __future__ import annotations

import re
import unicodedata

from kokoro_demo.g2p.alphabet import PUNCTUATION, SYMBOLS
from kokoro_demo.g2p.ipa import from_ipa, unknown_symbols_warning
from kokoro_demo.g2p.pronunciation import Pronunciation, Word
from kokoro_demo.text.clean.surrogates import whole_characters

# Between two sounds, a full stop separates syllables and a colon is ː; elsewhere they are punctuation.
_RUN = re.compile(rf"(?:[^\s{re.escape(PUNCTUATION)}]|(?<=[^\s{re.escape(PUNCTUATION)}])[.:](?=[^\W\d]|[ˈˌ]))+")
_OTHER_MARKS = str.maketrans({"«": "“", "»": "”", "–": "—", "„": "“", "¿": "", "¡": ""})


def read_phonemes(phonemes: str, language: str) -> Pronunciation:
    """Return the pronunciation for typed phonemes: plain IPA is converted, Kokoro's symbols stay.

    The spans of the words refer to the typed string. Symbols that Kokoro lacks are left out, with a warning.
    """
    phonemes = whole_characters(phonemes)
    parts: list[str] = []
    words: list[Word] = []
    lost: list[tuple[int, str]] = []
    dropped: list[tuple[int, int]] = []
    unknown: dict[str, None] = {}
    length = 0

    def add(text: str) -> None:
        nonlocal length
        parts.append(text)
        length += len(text)

    def add_marks(text: str) -> None:
        for mark in re.sub(r"\s+", " ", text.translate(_OTHER_MARKS)):
            if mark != " " or (parts and parts[-1] != " "):
                add(mark)

    end = 0
    for run in _RUN.finditer(phonemes):
        add_marks(phonemes[end : run.start()])
        end = run.end()
        pronunciation, left_out = _read_run(run.group(), language)
        unknown.update(dict.fromkeys(symbol for _, symbol in left_out))
        if pronunciation:
            words.append(Word(run.group(), "", pronunciation, "fix", run.span(), (length, length + len(pronunciation))))
            lost += [(length + place, symbol) for place, symbol in left_out]
            add(pronunciation)
        else:
            dropped.append(run.span())
    add_marks(phonemes[end:])
    return Pronunciation(
        text=phonemes,
        language=language,
        spoken="",
        phonemes="".join(parts).rstrip(),
        words=tuple(words),
        warnings=(unknown_symbols_warning("".join(unknown), "that were typed"),) if unknown else (),
        dropped=tuple(dropped),
        lost=tuple(lost),
    )


def unknown_places(phonemes: str, language: str) -> list[int]:
    """Return the positions of the symbols that `read_phonemes` leaves out."""
    places: list[int] = []
    for run in _RUN.finditer(phonemes):
        left_out = {symbol for _, symbol in _read_run(run.group(), language)[1]}
        for place, typed in enumerate(run.group(), run.start()):
            if left_out and any(symbol in left_out for symbol in unicodedata.normalize("NFD", typed)):
                places.append(place)
    return places


def _read_run(run: str, language: str) -> tuple[str, list[tuple[int, str]]]:
    """Convert a run of symbols without spaces.

    Returns the phonemes, and the symbols that were left out, each with the position in the phonemes that it was before.
    """
    known, lost = "", []
    for symbol in from_ipa(run.replace(".", ""), language):
        if symbol in SYMBOLS:
            known += symbol
        else:
            lost.append((len(known), symbol))
    return known, lost
