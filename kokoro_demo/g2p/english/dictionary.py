"""The dictionaries that Kokoro v1 was trained with, and some names that they lack.

They are hexgrad's, from misaki 0.9.4 (Apache-2.0). `tools/dictionaries` made the files.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).with_name("dictionaries")
NAMES = Path(__file__).with_name("names.tsv")
ACCENTS = ("us", "gb")
GRADES = ("gold", "silver")

Entry = dict[str, str]
"""Pronunciations by part of speech; "DEFAULT" applies if no other does, "None" at the end of a clause."""


class Dictionary:
    """The words of one accent: hand-checked gold entries first, then silver entries, then our own names."""

    def __init__(self, british: bool) -> None:
        accent = "gb" if british else "us"
        self._gold, self._silver = (gzip.decompress(file_of(accent, grade).read_bytes()) for grade in GRADES)
        self._names = _load_names(british)

    def find(self, word: str, *, gold: bool = False) -> Entry | None:
        """Return the entry of a word as it is written, with or without an initial capital.

        gold: look only in the hand-checked entries.
        """
        spellings = _spellings(word)
        for spelling in spellings:
            entry = _look_up(self._gold, spelling)
            if entry is not None:
                return json.loads(entry) if entry.startswith("{") else {"DEFAULT": entry}
        if gold:
            return None
        silver = (_look_up(self._silver, spelling) for spelling in spellings)
        phonemes = next(filter(None, silver), None) or self._names.get(word.lower())
        return {"DEFAULT": phonemes} if phonemes is not None else None


@cache
def dictionary(british: bool) -> Dictionary:
    """Return the dictionary of an accent, loaded on first use."""
    return Dictionary(british)


def file_of(accent: str, grade: str) -> Path:
    """Return the compressed file for one of `ACCENTS` and one of `GRADES`: sorted lines of ``word TAB entry``.

    An entry is phonemes or, if the word has several pronunciations, a JSON object of them by part of speech.
    """
    return FOLDER / f"{accent}_{grade}.tsv.gz"


def _load_names(british: bool) -> dict[str, str]:
    rows = (line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines()[1:])
    return {name: phonemes[british] for name, *phonemes in rows}


def _spellings(word: str) -> Iterable[str]:
    if len(word) < 2:
        return (word,)
    if word.islower():
        return (word, word.capitalize())
    if word[1:].islower() or not any(letter.isalpha() for letter in word[1:]):
        return (word, word.lower())
    return (word,)


def _look_up(lines: bytes, word: str) -> str | None:
    key = f"{word}\t".encode("utf-8", "replace")
    low, high = 0, len(lines)
    while low < high:
        begin = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.index(b"\n", begin) + 1
        if lines.startswith(key, begin):
            return lines[begin + len(key) : end - 1].decode()
        low, high = (end, high) if lines[begin:end] < key else (low, begin)
    return None
