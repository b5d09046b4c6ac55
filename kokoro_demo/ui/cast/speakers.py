"""Finds the speakers of a text that has no cast yet, from the names at the beginning of lines; and their gender."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kokoro_demo.script.cast import key_of
from kokoro_demo.script.dialogue import named_in_marks, speaker_label

MAX_WORDS, MAX_LETTERS = 4, 40
# Words of a name that need no capital: "Ludwig van Beethoven", "Man with a hat".
_LOWERCASE = frozenset("a an and at de der di du la le of on the van von with y".split())
_NAME = re.compile(r"[^\W\d_](?:[\w.'’&# -]*[\w.'’])?")
_SENTENCE = re.compile(r"""[.!?…。！？][)\]"'”’»*_]*\s*$""")


class Speaker(NamedTuple):
    """A speaker of a text.

    name: as first written.
    gender: "F", "M", or "" if unknown.
    lines: how many lines begin with the name.
    is_marked: whether a mark like ``[voice:Emma]`` names them.
    """

    name: str
    gender: str
    lines: int
    is_marked: bool = False


class _Candidate(NamedTuple):
    """speaks: whether one of the lines ends like a sentence."""

    name: str
    lines: int
    is_known: bool
    speaks: bool


@cache
def _table() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for line in Path(__file__).with_name("names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, names = line.partition("\t")
            kinds |= {plain(name): kind for name in names.split()}
    return kinds


def plain(word: str) -> str:
    """Lowercase letters without accents and surrounding punctuation: "Inés." becomes "ines"."""
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).strip(".'’&")


def gender_of(name: str) -> str:
    """The gender that a title, a first name, or a word such as "mother" shows: "F" or "M"; "" if none of them does."""
    kinds = (_table().get(plain(word), "") for word in re.split(r"[\s-]+", name))
    return next((kind for kind in kinds if kind in ("F", "M")), "")


def speakers_of(text: str, known: Collection[str] = ()) -> list[Speaker]:
    """Return the speakers of a text, in the order in which they first speak; [] if it only has colons in prose.

    The names before colons are speakers if one of them is known or begins two lines, or if lines of two of them end
    like sentences. "Note:" and the like are never names. Speakers that only a voice mark names come last. This takes
    linear time.

    known: keys (`script.cast.key_of`) of the names that already have a voice.
    """
    candidates: dict[str, _Candidate] = {}
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        label = speaker_label(text, start, end)
        if label and (key_of(label.name) in known or _may_be_a_name(text, label.name, label.text_start)):
            key = key_of(label.name)
            is_known = key in known or bool(gender_of(label.name))
            candidate = candidates.get(key, _Candidate(label.name, 0, is_known, False))
            speaks = candidate.speaks or bool(_SENTENCE.search(text[label.text_start : end][-40:]))
            candidates[key] = candidate._replace(lines=candidate.lines + 1, speaks=speaks)
        start = end
    labels = [*candidates.values()]
    is_dialogue = (
        any(label.is_known or label.lines > 1 for label in labels) or sum(label.speaks for label in labels) > 1
    )
    by_lines = [Speaker(label.name, gender_of(label.name), label.lines) for label in labels] if is_dialogue else []
    speakers = {key_of(speaker.name): speaker for speaker in by_lines}
    for name in named_in_marks(text):
        speaker = speakers.get(key_of(name), Speaker(name, gender_of(name), 0))
        speakers[key_of(name)] = speaker._replace(is_marked=True)
    return [*speakers.values()]


def _may_be_a_name(text: str, name: str, line: int) -> bool:
    """Whether the text before a colon looks like a name, and the text after it, from `line` on, like speech."""
    words = name.split()
    if len(words) > MAX_WORDS or len(name) > MAX_LETTERS or not _NAME.fullmatch(name):
        return False
    # There is no space after the colons of "10:30", "C:\\", and "https://"; after "：", none is needed.
    if text[line - 1] != "：" and text[line : line + 1] and not (text[line].isspace() or text[line] in "\"“'‘«[("):
        return False
    if _table().get(plain(words[0])) == "-":
        return False
    kinds = {_table().get(plain(word), "") for word in words}
    return kinds <= {"F", "M"} or all(not word[0].islower() or word in _LOWERCASE for word in words)
