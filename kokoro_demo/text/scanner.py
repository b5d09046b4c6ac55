"""The scanner: reads a cleaned text from left to right by rules, and writes tokens.

A rule is a pattern and a reader. At each place the rules for its first character are tried in order; the first
whose pattern matches and whose reader accepts says what is spoken there.
Every rule looks a bounded way ahead, or over a run that it then consumes, so that reading takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

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


class RuleResult(NamedTuple):
    """What a rule read: the things said, and where in the cleaned text reading goes on."""

    said: Sequence[Said]
    end: int


class Place:
    """The text that is read, the conventions it is read by, and what could not be read."""

    def __init__(self, text: str, language: str, warnings: Warnings, shouted: Callable[[int], bool]) -> None:
        self.text = text
        self.british = language == "en-gb"
        self.warnings = warnings
        self.shouted = shouted


Reader = Callable[["re.Match[str]", Place], "RuleResult | None"]


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


class Script(Protocol):
    """What knows the letters of the voice, see `kokoro_demo.text.rules.scripts`."""

    def read(self, said: Said, place: Place) -> Said:
        """What is said, in letters that the voice knows."""


class Scanner:
    """Reads a text by rules for what begins with a figure, with a letter, and with anything else."""

    def __init__(
        self, script: Script, figures: Sequence[Rule], letters: Sequence[Rule], others: Sequence[Rule]
    ) -> None:
        self._script = script
        self._figures, self._letters, self._others = tuple(figures), tuple(letters), tuple(others)

    def read(self, traced: Traced, place: Place) -> list[Token]:
        """The tokens of the whole text, in order. A character that no rule reads is named in a warning."""
        text, position, size = traced.text, 0, len(traced.text)
        tokens: list[Token] = []
        space, line_end = False, -1
        while position < size:
            character = text[position]
            if character.isspace():
                if character == "\n" and line_end < 0:
                    line_end = position
                space, position = True, position + 1
                continue
            reading = self._reading(character, text, position, place)
            if reading is None:
                place.warnings.unread(*traced.span(position, position + 1))
                position += 1
                continue
            if reading.said and line_end >= 0:
                if _is_open(tokens):
                    tokens.append(_token(Said(".", "punctuation"), line_end, line_end + 1, traced, tokens, False))
                line_end = -1
            for said in reading.said:
                if not said.text.isascii():
                    said = self._script.read(said, place)
                tokens.append(_token(said, position, reading.end, traced, tokens, space))
                space = False
            position = reading.end
        return tokens

    def _reading(self, character: str, text: str, position: int, place: Place) -> RuleResult | None:
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


def _is_open(tokens: Sequence[Token]) -> bool:
    """Whether the last sentence has words, and no mark at its end yet."""
    for token in reversed(tokens[-4:]):
        if token.kind in ("word", "letters"):
            return True
        if token.text and token.text not in "“”()":
            return False
    return False


def _token(said: Said, position: int, end: int, traced: Traced, before: Sequence[Token], space: bool) -> Token:
    """What was said as a token: with its place in the written text, and the space before it."""
    start = position if said.start < 0 else said.start
    first, last = traced.span(start, end if said.end < 0 else said.end)
    if not before:
        spaced = False
    elif said.kind == "punctuation":
        spaced = space or said.text in OPENING
    else:
        spaced = space or not (before[-1].text == "—" or said.text.startswith("'"))
    return Token(said.text, first, last, said.kind, spaced, said.joined, rule=not said.plain)
