"""The scanner: reads a cleaned text from left to right by rules, and writes tokens.

A rule is a pattern and a reader. At each place the rules for its first character are tried in order; the first
whose pattern matches and whose reader accepts says what is spoken there. What no rule reads is passed over in silence.
Every rule looks a bounded way ahead, or over a run that it then consumes, so that reading takes linear time.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from kokoro_demo.text.spoken import Token, TokenKind
from kokoro_demo.text.traced import Traced
from kokoro_demo.text.warnings import Warnings

NO_SPACE_BEFORE = frozenset(";:,.!?…)”")
OPENING = frozenset("(“")


class Said(NamedTuple):
    """One thing said. `start` and `end` are its place in the cleaned text; -1 is the rule's whole match."""

    text: str
    kind: TokenKind = "word"
    start: int = -1
    end: int = -1
    joined: bool = False
    plain: bool = False  # as it was written: no rule changed it


class Reading(NamedTuple):
    """What a rule read: the things said, and where in the cleaned text reading goes on."""

    said: Sequence[Said]
    end: int


class Place:
    """The text around the rule, and the conventions it is read by."""

    def __init__(self, text: str, language: str, warnings: Warnings) -> None:
        self.text = text
        self.language = language
        self.british = language == "en-gb"
        self.warnings = warnings


Reader = Callable[["re.Match[str]", Place], "Reading | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reader for what `pattern` matches."""

    pattern: re.Pattern[str]
    read: Reader


def words(spoken: str, start: int = -1, end: int = -1) -> list[Said]:
    """Each word of `spoken`, said."""
    return [Said(word, "word", start, end) for word in spoken.split()]


def letters(named: str, start: int = -1, end: int = -1) -> list[Said]:
    """Letters to be named one by one."""
    return [Said(named, "letters", start, end)]


class Scanner:
    """Reads a text by rules for digits, for letters, and for everything else."""

    def __init__(self, digits: Sequence[Rule], letters: Sequence[Rule], others: Sequence[Rule]) -> None:
        self._digits, self._letters, self._others = tuple(digits), tuple(letters), tuple(others)

    def read(self, traced: Traced, place: Place) -> list[Token]:
        """The tokens of the whole text, in order."""
        text, position, size = traced.text, 0, len(traced.text)
        tokens: list[Token] = []
        space = False
        while position < size:
            character = text[position]
            if character.isspace():
                space, position = True, position + 1
                continue
            if character.isalpha():
                rules = self._letters
            elif character.isdecimal():
                rules = self._digits
            else:
                rules = self._others
            for rule in rules:
                match = rule.pattern.match(text, position)
                if match and (reading := rule.read(match, place)):
                    break
            else:
                position += 1
                continue
            for said in reading.said:
                start = position if said.start < 0 else said.start
                end = reading.end if said.end < 0 else said.end
                first, last = traced.span(start, end)
                if said.kind == "punctuation":
                    before = space and said.text not in NO_SPACE_BEFORE
                else:
                    before = not tokens or tokens[-1].kind != "punctuation" or space or tokens[-1].text not in OPENING
                tokens.append(Token(said.text, first, last, said.kind, before, said.joined, rule=not said.plain))
                space = False
            position = reading.end
        return tokens
