"""The scanner: reads a cleaned text from left to right by rules, and produces tokens.

A rule is a pattern and a reader. At each position the rules for the first character there are tried in order. The
first rule whose pattern matches, and whose reader does not return None, decides what is spoken there. The docstrings
of readers give examples of what they read.

Every rule looks a bounded distance ahead, or over a run that it then consumes, so scanning takes linear time.
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
    """One spoken word, mark or pause in a rule's result.

    start, end: its span in the cleaned text; -1 means the rule's whole match.
    joined: whether a hyphen joins it to the word before.
    plain: whether it is spoken as it was written, so that its token names no rule.
    """

    text: str
    kind: TokenKind = "word"
    start: int = -1
    end: int = -1
    joined: bool = False
    plain: bool = False


class RuleResult(NamedTuple):
    """What a rule makes of its match.

    pieces: what is spoken. end: the position in the cleaned text at which scanning continues.
    name: a more specific name than the rule's own; "" to use the rule's.
    """

    pieces: Sequence[Piece]
    end: int
    name: str = ""


class Context:
    """What every reader may need: the whole text, the language's conventions, and where to report problems.

    shouted: whether the sentence at a position is written in capitals.
    """

    def __init__(self, text: str, language: str, warnings: Warnings, shouted: Callable[[int], bool]) -> None:
        self.text = text
        self.british = language == "en-gb"
        self.warnings = warnings
        self.shouted = shouted


Reader = Callable[["re.Match[str]", Context], "RuleResult | None"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A pattern, and the reader of what it matches. The name ("money", "dash") is shown beside the spoken words."""

    name: str
    pattern: re.Pattern[str]
    read: Reader


def words(spoken: str, start: int = -1, end: int = -1) -> list[Piece]:
    """Return each word of `spoken` as a piece."""
    return [Piece(word, "word", start, end) for word in spoken.split()]


def letters(named: str, start: int = -1, end: int = -1) -> list[Piece]:
    """Return letters that are named one by one, as a piece."""
    return [Piece(named, "letters", start, end)]


def word_rule(name: str, pattern: str, spoken: Callable[[re.Match[str]], str | None]) -> Rule:
    """Return a rule that reads its whole match as what `spoken` returns; None means that the rule does not apply."""

    def read(match: re.Match[str], context: Context) -> RuleResult | None:
        spoken_words = spoken(match)
        return None if spoken_words is None else RuleResult(words(spoken_words), match.end())

    return Rule(name, re.compile(pattern), read)


class Script(Protocol):
    """The letters that the voice can read, see `kokoro_demo.text.rules.scripts`."""

    def read(self, piece: Piece, context: Context) -> Piece:
        """Return the piece in letters that the voice can read."""


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
        """Return the tokens of the whole text, in order. A character that no rule reads is named in a warning."""
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
    """Return whether the last sentence has words but no punctuation mark at its end yet."""
    for token in reversed(tokens[-4:]):
        if token.kind in ("word", "letters"):
            return True
        if token.text and token.text not in "“”()":
            return False
    return False


def _token(
    piece: Piece, position: int, result: RuleResult, traced: Traced, before: Sequence[Token], space: bool
) -> Token:
    """Return the token for a piece, with its span in the written text and the space before it."""
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
