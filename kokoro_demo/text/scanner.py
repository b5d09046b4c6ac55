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


class Piece(NamedTuple):
    """One spoken word, mark or pause of a rule's result.

    start, end: its place in the cleaned text; -1 stands for the rule's whole match.
    joined: whether a hyphen joins it to the word before.
    plain: whether it is spoken as it was written, so that no rule need be named for it.
    """

    text: str
    kind: TokenKind = "word"
    start: int = -1
    end: int = -1
    joined: bool = False
    plain: bool = False


class RuleResult(NamedTuple):
    """What a rule made of its match.

    pieces: what is spoken. end: where in the cleaned text reading goes on.
    name: a name for the kind of reading that is more exact than the rule's own; "" if there is none.
    """

    pieces: Sequence[Piece]
    end: int
    name: str = ""


class Context:
    """The text that is read, the conventions it is read by, and what could not be read."""

    def __init__(self, text: str, language: str, warnings: Warnings, shouted: Callable[[int], bool]) -> None:
        self.text = text
        self.british = language == "en-gb"
        self.warnings = warnings
        self.shouted = shouted


Reader = Callable[["re.Match[str]", Context], "RuleResult | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A reader for what `pattern` matches. Its name ("money", "dash") is shown beside the words that it makes."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


def words(spoken: str, start: int = -1, end: int = -1) -> list[Piece]:
    """Each word of `spoken` as a piece."""
    return [Piece(word, "word", start, end) for word in spoken.split()]


def letters(named: str, start: int = -1, end: int = -1) -> list[Piece]:
    """Letters to be named one by one."""
    return [Piece(named, "letters", start, end)]


def word_rule(name: str, pattern: str, spoken: Callable[[re.Match[str]], str | None]) -> Rule:
    """A rule that reads the whole match as the words of `spoken`; None if it is not what the rule is for."""

    def read(match: re.Match[str], context: Context) -> RuleResult | None:
        found = spoken(match)
        return None if found is None else RuleResult(words(found), match.end())

    return Rule(name, re.compile(pattern), read)


class Script(Protocol):
    """What knows the letters of the voice, see `kokoro_demo.text.rules.scripts`."""

    def read(self, piece: Piece, context: Context) -> Piece:
        """The piece, in letters that the voice knows."""


class Scanner:
    """Reads a text by three lists of rules: for what begins with a digit, with a letter, and with anything else."""

    def __init__(
        self, script: Script, digit_rules: Sequence[Rule], letter_rules: Sequence[Rule], other_rules: Sequence[Rule]
    ) -> None:
        self._script = script
        self._digit_rules = tuple(digit_rules)
        self._letter_rules = tuple(letter_rules)
        self._other_rules = tuple(other_rules)

    def read(self, traced: Traced, context: Context) -> list[Token]:
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
            result = self._apply_rules(character, text, position, context)
            if result is None:
                context.warnings.unread(*traced.span(position, position + 1))
                position += 1
                continue
            if result.pieces and line_end >= 0:
                if _is_open(tokens):
                    stop = RuleResult([Piece(".", "punctuation")], line_end + 1, "line end")
                    tokens.append(_token(stop.pieces[0], line_end, stop, traced, tokens, False))
                line_end = -1
            for piece in result.pieces:
                if not piece.text.isascii():
                    piece = self._script.read(piece, context)
                tokens.append(_token(piece, position, result, traced, tokens, space))
                space = False
            position = result.end
        return tokens

    def _apply_rules(self, character: str, text: str, position: int, context: Context) -> RuleResult | None:
        if character.isalpha():
            rules = self._letter_rules
        elif character.isdecimal():
            rules = self._digit_rules
        else:
            rules = self._other_rules
        for rule in rules:
            match = rule.pattern.match(text, position)
            if match and (result := rule.read(match, context)) and result.end > position:
                return result if result.name else result._replace(name=rule.name)
        return None


def _is_open(tokens: Sequence[Token]) -> bool:
    """Whether the last sentence has words, and no mark at its end yet."""
    for token in reversed(tokens[-4:]):
        if token.kind in ("word", "letters"):
            return True
        if token.text and token.text not in "“”()":
            return False
    return False


def _token(
    piece: Piece, position: int, result: RuleResult, traced: Traced, before: Sequence[Token], space: bool
) -> Token:
    """The token of a piece, with its place in the written text and the space before it."""
    start = position if piece.start < 0 else piece.start
    first, last = traced.span(start, result.end if piece.end < 0 else piece.end)
    if not before:
        spaced = False
    elif piece.kind == "punctuation":
        spaced = space or piece.text in OPENING
    else:
        spaced = space or not (before[-1].text == "—" or piece.text.startswith("'"))
    rule = "" if piece.plain else result.name
    return Token(piece.text, first, last, piece.kind, spaced, piece.joined, rule=rule)
