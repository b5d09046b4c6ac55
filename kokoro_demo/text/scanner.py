"""The scanner: reads a cleaned text from left to right by rules, and writes tokens.

A rule is a pattern and a reader. At each place the rules for its first character are tried in order; the first
whose pattern matches and whose reader accepts says what is spoken there.
Every rule looks a bounded way ahead, or over a run that it then consumes, so that reading takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kokoro_demo.text.sentences import Shouting
from kokoro_demo.text.spoken import Token, TokenKind
from kokoro_demo.text.traced import Traced
from kokoro_demo.text.warnings import Warnings

OPENING = frozenset("(“")
CLOSING = frozenset(";:,.!?…)”")


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
    """The text that is read, the conventions it is read by, and what could not be read."""

    def __init__(self, text: str, language: str, warnings: Warnings) -> None:
        self.text = text
        self.british = language == "en-gb"
        self.warnings = warnings
        self.shouting = Shouting(text)


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
    """Reads a text by rules for what begins with a figure, with a letter, and with anything else."""

    def __init__(self, figures: Sequence[Rule], letters: Sequence[Rule], others: Sequence[Rule]) -> None:
        self._figures, self._letters, self._others = tuple(figures), tuple(letters), tuple(others)

    def read(self, traced: Traced, place: Place) -> list[Token]:
        """The tokens of the whole text, in order. A character that no rule reads is named in a warning."""
        text, position, size = traced.text, 0, len(traced.text)
        tokens: list[Token] = []
        space = False
        while position < size:
            character = text[position]
            if character.isspace():
                space, position = True, position + 1
                continue
            reading = self._reading(character, text, position, place)
            if reading is None:
                place.warnings.unread(*traced.span(position, position + 1))
                position += 1
                continue
            for said in reading.said:
                tokens.append(_token(said, position, reading.end, traced, tokens, space))
                space = False
            position = reading.end
        return tokens

    def _reading(self, character: str, text: str, position: int, place: Place) -> Reading | None:
        if character.isalpha():
            rules = self._letters
        elif character.isdecimal():
            rules = self._figures
        else:
            rules = self._others
        for rule in rules:
            match = rule.pattern.match(text, position)
            if match and (reading := rule.read(match, place)) and reading.end > position:
                return reading
        return None


def _token(said: Said, position: int, end: int, traced: Traced, before: Sequence[Token], space: bool) -> Token:
    """What was said as a token: with its place in the written text, and the space before it."""
    start = position if said.start < 0 else said.start
    first, last = traced.span(start, end if said.end < 0 else said.end)
    if not before or before[-1].text in OPENING:
        spaced = False
    elif said.kind == "punctuation":
        spaced = said.text in OPENING or (space and said.text not in CLOSING)
    else:
        spaced = space or before[-1].text != "—"
    return Token(said.text, first, last, said.kind, spaced, said.joined, rule=not said.plain)
