"""Texts written without spaces: their runs of characters in words, each with its place in the written text."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kokoro_demo.g2p.token_phonemes import SILENT, TokenPhonemes
from kokoro_demo.text.spoken import SpokenText, Token

Divide = Callable[[str], Sequence[tuple[str, str]]]
"""The words of a run in order, each with its phonemes; joined the words are the run."""


class FrontEnd(NamedTuple):
    """What reads a language that is written without spaces.

    divide: gives a text with its runs in words, and the phonemes of each token; None if a token is of no run.
    read_latin: gives the readings of words in Latin letters.
    """

    divide: Callable[[SpokenText], tuple[SpokenText, list[str | None]]]
    read_latin: Callable[[SpokenText], list[TokenPhonemes]]


def read_divided(
    spoken: SpokenText,
    sounds: Sequence[str | None],
    read_latin: Callable[[SpokenText], list[TokenPhonemes]],
    fixed: Mapping[int, TokenPhonemes],
) -> list[TokenPhonemes]:
    """The reading of each token of a divided text.

    fixed: the readings that the writer gave, by the token's index.
    """
    latin = [
        index
        for index, token in enumerate(spoken.tokens)
        if index not in fixed and sounds[index] is None and token.kind in ("word", "letters")
    ]
    readings = dict(fixed)
    if latin:
        foreign = replace(spoken, tokens=tuple(spoken.tokens[index] for index in latin))
        readings |= zip(latin, read_latin(foreign), strict=True)
    result: list[TokenPhonemes] = []
    for index, pronunciation in enumerate(sounds):
        if index in readings:
            result.append(readings[index])
        elif pronunciation is None:
            result.append(SILENT)
        else:
            # A double consonant belongs to the words on both of its sides.
            held = bool(result) and (pronunciation.startswith("ʔ") or result[-1].phonemes.endswith("ʔ"))
            result.append(TokenPhonemes(pronunciation, "dictionary", missing=not pronunciation, included=held))
    return result


def divide(
    spoken: SpokenText, is_run: Callable[[Token], object], words_of: Divide
) -> tuple[SpokenText, list[str | None]]:
    """The text with each of its runs in words, and the phonemes of each token; None if it is of no run.

    is_run: whether a token is to be divided, with those that touch it.

    Tokens that touch are divided as one run, so that figures and what they count are one. Words that share a written
    character have one span, as two words of one number have.
    """
    tokens: list[Token] = []
    sounds: list[str | None] = []
    for group in _touching(spoken.tokens, is_run):
        if len(group) == 1 and not _divides(group[0], is_run):
            tokens.append(group[0])
            sounds.append(None)
            continue
        words = words_of("".join(token.text for token in group))
        tokens += _words(group, [text for text, _ in words])
        sounds += [phonemes for _, phonemes in words]
    return replace(spoken, tokens=tuple(tokens)), sounds


def _divides(token: Token, is_run: Callable[[Token], object]) -> bool:
    fixed = token.phonemes or token.respelling or token.stress is not None
    return token.kind == "word" and not fixed and bool(is_run(token))


def _touching(tokens: Sequence[Token], is_run: Callable[[Token], object]) -> Iterator[list[Token]]:
    """Runs that nothing parts, and every other token alone."""
    group: list[Token] = []
    for token in tokens:
        whole = _divides(token, is_run)
        if group and not (whole and token.start <= group[-1].end):
            yield group
            group = []
        if whole:
            group.append(token)
        else:
            yield [token]
    if group:
        yield group


def _words(group: Sequence[Token], texts: Sequence[str]) -> list[Token]:
    sources = []  # of each character: the token it is from, and its place in the written text
    for token in group:
        as_written = token.end - token.start == len(token.text) and not token.rule
        for index in range(len(token.text)):
            place = (token.start + index, token.start + index + 1) if as_written else (token.start, token.end)
            sources.append((token, place))
    result: list[Token] = []
    first = 0
    for text in texts:
        part = sources[first : first + len(text)]
        first += len(text)
        rule = next((token.rule for token, _ in part if token.rule), "")
        start, end = min(place[0] for _, place in part), max(place[1] for _, place in part)
        space = part[0][0].space_before if first == len(text) else True
        result.append(Token(text, start, end, space_before=space, rule=rule))
    return _with_whole_spans(result)


def _with_whole_spans(words: list[Token]) -> list[Token]:
    """Words whose spans overlap all have the span of the whole."""
    begin, end = 0, -1
    for index in range(len(words) + 1):
        if index < len(words) and (begin == index or words[index].start < end):
            end = max(end, words[index].end)
            continue
        words[begin:index] = [replace(word, start=words[begin].start, end=end) for word in words[begin:index]]
        begin, end = index, words[index].end if index < len(words) else -1
    return words
