"""The dictionaries that Kokoro v1 was trained on, read as data from the `misaki` package, and names that they lack."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from kokoro_demo.errors import KokoroError

NAMES = Path(__file__).with_name("names.tsv")

Entry = dict[str, str]
"""Pronunciations by part of speech; "DEFAULT" where none other applies, "None" at the end of a clause."""


class Dictionary:
    """The words of one accent: the hand-checked gold entries, else the silver ones, else our own few names."""

    def __init__(self, british: bool) -> None:
        accent = "gb" if british else "us"
        self._gold, gold = _load(f"{accent}_gold.json")
        self._silver, silver = _load(f"{accent}_silver.json")
        self._variants: dict[str, Entry] = json.loads(gold) | json.loads(silver)
        self._names = _load_names(british)

    def find(self, word: str, *, gold: bool = False) -> Entry | None:
        """The entry of a word as it is written; a capital at its start may be there or not.

        gold: whether only the hand-checked entries will do.
        """
        spellings = _spellings(word)
        for spelling in spellings:
            if spelling in self._variants:
                return self._variants[spelling]
            phonemes = _look_up(self._gold, spelling)
            if phonemes is not None:
                return {"DEFAULT": phonemes}
        if gold:
            return None
        silver = (_look_up(self._silver, spelling) for spelling in spellings)
        found = next(filter(None, silver), None) or self._names.get(word.lower())
        return {"DEFAULT": found} if found is not None else None


@cache
def dictionary(british: bool) -> Dictionary:
    """The dictionary of an accent, loaded when it is first asked for."""
    return Dictionary(british)


def _load(name: str) -> tuple[bytes, str]:
    """The single entries as sorted lines of ``word TAB phonemes``, and those with variants as JSON.

    Both are single blocks: any small object that stayed would keep much of the memory that the parsing needed.
    """
    # The data writes the flap and the glottal stop as they are; Kokoro v1 learned them as T and t.
    entries = json.loads((_folder() / name).read_text(encoding="utf-8").replace("ɾ", "T").replace("ʔ", "t"))
    lines = (f"{word}\t{phonemes}\n".encode() for word, phonemes in entries.items() if isinstance(phonemes, str))
    variants = {
        word: {tag: variant for tag, variant in phonemes.items() if variant}
        for word, phonemes in entries.items()
        if not isinstance(phonemes, str)
    }
    return b"".join(sorted(lines)), json.dumps(variants)


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


def _folder() -> Path:
    # Only found, never imported: misaki's English module wants spaCy.
    spec = find_spec("misaki")
    if spec is None or not spec.submodule_search_locations:
        raise KokoroError("The dictionaries are missing: install the package `misaki` (pip install misaki==0.9.4).")
    return Path(spec.submodule_search_locations[0]) / "data"
