"""Words that are written alike and said differently, told apart by their neighbours and part of speech.

Most are pairs such as the noun and the verb "object": the dictionary has both, and the tag decides. `heteronyms.tsv`
has what a tag cannot tell (a bass is a fish or a voice), and pairs that the dictionary lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kokoro_demo.g2p.dictionary import Entry
from kokoro_demo.g2p.weak_forms import Following

TABLE = Path(__file__).with_name("heteronyms.tsv")
NEAR = 6
_KINDS = {"VB": "VERB", "NN": "NOUN", "RB": "ADV", "JJ": "ADJ"}


@dataclass(frozen=True, slots=True)
class Sense:
    """One way to say a word. It is meant where the tag fits and, if there are cues, one of them is there.

    tags: beginnings of tags. before, after: the word next to it. near: a word at most `NEAR` places away.
    """

    american: str
    british: str
    tags: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    near: frozenset[str]

    def is_meant(self, words: Sequence[str], index: int, tag: str) -> bool:
        """Whether ``words[index]``, all in small letters, is said this way."""
        if self.tags and not tag.startswith(self.tags):
            return False
        if not (self.before or self.after or self.near):
            return True
        return (
            (index > 0 and words[index - 1] in self.before)
            or (index + 1 < len(words) and words[index + 1] in self.after)
            or bool(self.near and self.near.intersection(words[max(0, index - NEAR) : index + NEAR + 1]))
        )


def sense_of(words: Sequence[str], index: int, tag: str, british: bool) -> str | None:
    """How ``words[index]`` is said, where it is a word of the table and one of its senses is meant."""
    for sense in _senses().get(words[index], ()):
        if sense.is_meant(words, index, tag):
            return sense.british if british else sense.american
    return None


def variant_of(entry: Entry, tag: str, following: Following) -> str:
    """The pronunciation of a dictionary entry that fits the part of speech and what follows."""
    if following.vowel is None and "None" in entry:
        return entry["None"]
    return entry.get(tag) or entry.get(_KINDS.get(tag[:2], "")) or entry["DEFAULT"]


def used_to(tags: Sequence[str], index: int, british: bool) -> str | None:
    """How "used" is said before "to": "it used to rain" and "she is used to rain", but "it is used to rain on us"."""
    is_habit = tags[index] in ("VBD", "JJ")
    is_tool = tags[index] == "VBN" and index + 2 < len(tags) and tags[index + 2] == "VB"
    return ("jˈuːst" if british else "jˈust") if is_habit or not is_tool else None


@cache
def _senses() -> dict[str, tuple[Sense, ...]]:
    senses: dict[str, tuple[Sense, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        word, american, british, tags, *cues = ("" if cell == "-" else cell for cell in line.split("\t"))
        before, after, near = (frozenset(cell.split()) for cell in cues)
        sense = Sense(american, british, tuple(tags.split()), before, after, near)
        senses[word] = (*senses.get(word, ()), sense)
    return senses
