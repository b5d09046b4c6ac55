"""Heteronyms: words that are spelled alike but pronounced differently, told apart by part of speech and context.

Most are pairs such as the noun and the verb "object": the dictionary has both, and the part of speech decides.
`heteronyms.tsv` has pairs that it does not decide (a bass is a fish or a voice), or that the dictionary lacks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kokoro_demo.g2p.english.dictionary import Entry
from kokoro_demo.g2p.english.weak_forms import Following

TABLE = Path(__file__).with_name("heteronyms.tsv")
NEAR = 8
_BE = frozenset(("is", "are", "was", "were", "be", "been", "being", "it's", "that's", "they're"))
_KINDS = {"VB": "VERB", "NN": "NOUN", "RB": "ADV", "JJ": "ADJ"}


@dataclass(frozen=True, slots=True)
class Sense:
    """One pronunciation of a word. It applies if the tag fits and, if there are cues, at least one is present.

    tags: whole tags, or first letters of tags.
    certain: whether it holds without asking the trained model, for phrases that it has seen too few of; ``!`` among the
        tags of the table.
    before, after: cues that are adjacent words or marks; a phrase has ``_`` for spaces.
    near: cues at most `NEAR` words away.
    """

    american: str
    british: str
    tags: tuple[str, ...]
    certain: bool
    before: frozenset[str]
    after: frozenset[str]
    near: frozenset[str]

    def is_meant(self, words: Sequence[str], index: int, tag: str) -> bool:
        """Return whether ``words[index]`` has this pronunciation; all words are in small letters."""
        if self.tags and tag not in self.tags and tag[:1] not in self.tags:
            return False
        if not (self.before or self.after or self.near):
            return True
        return (
            any("_".join(words[max(0, index - length) : index]) in self.before for length in (1, 2))
            or any("_".join(words[index + 1 : index + 1 + length]) in self.after for length in (1, 2))
            or bool(self.near and self.near.intersection(words[max(0, index - NEAR) : index + NEAR + 1]))
        )

    def phonemes(self, british: bool) -> str:
        """Return the pronunciation in one of the two accents."""
        return self.british if british else self.american


def sense_of(words: Sequence[str], index: int, tag: str) -> Sense | None:
    """Return the sense of ``words[index]`` if it is in the table and one of its senses applies."""
    return next((sense for sense in _senses().get(words[index], ()) if sense.is_meant(words, index, tag)), None)


def is_heteronym(word: str, entry: Entry | None) -> bool:
    """Return whether a word, in small letters, has more than one pronunciation."""
    return word in _senses() or (entry is not None and not entry.keys().isdisjoint(_KINDS.values()))


def variant_of(entry: Entry, tag: str, following: Following | None = None) -> str:
    """Return the pronunciation from a dictionary entry that fits the part of speech and, if given, what follows."""
    if following is not None and following.vowel is None and "None" in entry:
        return entry["None"]
    return entry.get(tag) or entry.get(_KINDS.get(tag[:2], "")) or entry["DEFAULT"]


def used_to(words: Sequence[str], tags: Sequence[str], index: int, british: bool) -> str | None:
    """Return the pronunciation of "used" before "to", as in "it used to rain" and "I am used to rain".

    Returns None if it is the ordinary verb: "it is used to cut bread".
    """
    passive = not _BE.isdisjoint(words[max(0, index - 3) : index])
    is_tool = passive and index + 2 < len(tags) and tags[index + 2] == "VB"
    return None if is_tool else ("jˈuːst" if british else "jˈust")


@cache
def _senses() -> dict[str, tuple[Sense, ...]]:
    senses: dict[str, tuple[Sense, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        word, american, british, tags, *cues = ("" if cell == "-" else cell for cell in line.split("\t"))
        before, after, near = (frozenset(cell.split()) for cell in cues)
        fitting = tuple(tag for tag in tags.split() if tag != "!")
        sense = Sense(american, british, fitting, fitting != tuple(tags.split()), before, after, near)
        senses[word] = (*senses.get(word, ()), sense)
    return senses
