"""The dictionaries that Kokoro v1 was trained on, read as data from the `misaki` package, and names that they lack."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kokoro_demo.errors import KokoroError

NAMES = Path(__file__).with_name("names.tsv")

Entry = dict[str, str]
"""Pronunciations by part of speech; "DEFAULT" where none other applies, "None" at the end of a clause."""

# The data writes the flap and the glottal stop as they are; Kokoro v1 learned them as these.


class Dictionary:
    """The words of one accent: the hand-checked gold entries, else the silver ones, else our own few names."""

    def __init__(self, british: bool) -> None:
        accent = "gb" if british else "us"
        self._variants: dict[str, Entry] = {}
        self._gold = self._load(f"{accent}_gold.json")
        self._silver = self._load(f"{accent}_silver.json")
        self._names = _load_names(british)

    def find(self, word: str, *, gold: bool = False) -> Entry | None:
        """The entry of a word as it is written; a capital at its start may be there or not.

        gold: whether only the hand-checked entries will do.
        """
        spellings = _spellings(word)
        for spelling in spellings:
            if spelling in self._variants:
                return self._variants[spelling]
            said = _look_up(self._gold, spelling)
            if said is not None:
                return {"DEFAULT": said}
        if gold:
            return None
        silver = (_look_up(self._silver, spelling) for spelling in spellings)
        found = next(filter(None, silver), None) or self._names.get(word.lower())
        return {"DEFAULT": found} if found is not None else None

    def _load(self, name: str) -> list[bytes]:
        """The single entries as sorted lines of ``word TAB phonemes``: a fifth of the memory that a dict takes."""
        entries = json.loads((_folder() / name).read_text(encoding="utf-8").replace("ɾ", "T").replace("ʔ", "t"))
        for word, said in entries.items():
            if not isinstance(said, str):
                self._variants[word] = {tag: variant for tag, variant in said.items() if variant}
        return sorted(f"{word}\t{said}".encode() for word, said in entries.items() if isinstance(said, str))


@cache
def dictionary(british: bool) -> Dictionary:
    """The dictionary of an accent, loaded when it is first asked for."""
    return Dictionary(british)


def _load_names(british: bool) -> dict[str, str]:
    rows = (line.split("\t") for line in NAMES.read_text(encoding="utf-8").splitlines()[1:])
    return {name: said[british] for name, *said in rows}


def _spellings(word: str) -> Iterable[str]:
    if len(word) < 2:
        return (word,)
    if word.islower():
        return (word, word.capitalize())
    if word[1:].islower() or not any(letter.isalpha() for letter in word[1:]):
        return (word, word.lower())
    return (word,)


def _look_up(table: list[bytes], word: str) -> str | None:
    key = f"{word}\t".encode("utf-8", "replace")
    index = bisect_left(table, key)
    if index < len(table) and table[index].startswith(key):
        return table[index][len(key) :].decode()
    return None


def _folder() -> Path:
    # Only found, never imported: misaki's English module wants spaCy.
    spec = find_spec("misaki")
    if spec is None or not spec.submodule_search_locations:
        raise KokoroError("The dictionaries are missing: install the package `misaki` (pip install misaki==0.9.4).")
    return Path(spec.submodule_search_locations[0]) / "data"
