"""Texts written without spaces: splits their runs of characters into words that keep their spans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from kokoro_demo.g2p.token_phonemes import SILENT, TokenPhonemes
from kokoro_demo.text.spoken import SpokenText, Token

SplitRun = Callable[[str], Sequence[tuple[str, str]]]
"""Splits a run into words, each with its phonemes; joined together, the words are the run."""


class FrontEnd(NamedTuple):
    """The two steps that differ between languages written without spaces.

    split_words: returns a text with its runs split into words, and the phonemes of each token; None if it is not from
        a run.
    read_latin: returns the phonemes of words in Latin letters.
    """

    split_words: Callable[[SpokenText], tuple[SpokenText, list[str | None]]]
    read_latin: Callable[[SpokenText], list[TokenPhonemes]]


def read_unspaced(
    spoken: SpokenText,
    sounds: Sequence[str | None],
    read_latin: Callable[[SpokenText], list[TokenPhonemes]],
    fixed: Mapping[int, TokenPhonemes],
) -> list[TokenPhonemes]:
    """Return the phonemes of each token of a text that is split into words.

    fixed: the writer's own pronunciations, by the token's index.
    """
    latin = [
        index
        for index, token in enumerate(spoken.tokens)
        if index not in fixed and sounds[index] is None and token.kind in ("word", "letters")
    ]
    by_token = dict(fixed)
    if latin:
        foreign = replace(spoken, tokens=tuple(spoken.tokens[index] for index in latin))
        by_token |= zip(latin, read_latin(foreign), strict=True)
    result: list[TokenPhonemes] = []
    for index, pronunciation in enumerate(sounds):
        if index in by_token:
            result.append(by_token[index])
        elif pronunciation is None:
            result.append(SILENT)
        else:
            # A double consonant joins the words on both sides of it.
            joins = bool(result) and (pronunciation.startswith("ʔ") or result[-1].phonemes.endswith("ʔ"))
            result.append(TokenPhonemes(pronunciation, "dictionary", missing=not pronunciation, included=joins))
    return result


def split_runs(
    spoken: SpokenText, is_run: Callable[[Token], object], words_of: SplitRun
) -> tuple[SpokenText, list[str | None]]:
    """Split each run of a text into words; also return the phonemes of each token, None if it is not from a run.

    is_run: whether a token should be split.

    Adjacent tokens are split as one run, so that a number can be one word with what it counts. Words from the same
    written characters share one span, like the words of a number.
    """
    tokens: list[Token] = []
    sounds: list[str | None] = []
    for group in _touching(spoken.tokens, is_run):
        if len(group) == 1 and not _is_splittable(group[0], is_run):
            tokens.append(group[0])
            sounds.append(None)
            continue
        words = words_of("".join(token.text for token in group))
        tokens += _words(group, [text for text, _ in words])
        sounds += [phonemes for _, phonemes in words]
    return replace(spoken, tokens=tuple(tokens)), sounds


def _is_splittable(token: Token, is_run: Callable[[Token], object]) -> bool:
    fixed = token.phonemes or token.respelling or token.stress is not None
    return token.kind == "word" and not fixed and bool(is_run(token))


def _touching(tokens: Sequence[Token], is_run: Callable[[Token], object]) -> Iterator[list[Token]]:
    """Yield groups of adjacent tokens to split, and every other token on its own."""
    group: list[Token] = []
    for token in tokens:
        splittable = _is_splittable(token, is_run)
        if group and not (splittable and token.start <= group[-1].end):
            yield group
            group = []
        if splittable:
            group.append(token)
        else:
            yield [token]
    if group:
        yield group


def _words(group: Sequence[Token], texts: Sequence[str]) -> list[Token]:
    sources = []  # for each character, its token and its span in the written text
    for token in group:
        as_written = token.end - token.start == len(token.text) and not token.rule
        for index in range(len(token.text)):
            span = (token.start + index, token.start + index + 1) if as_written else (token.start, token.end)
            sources.append((token, span))
    result: list[Token] = []
    first = 0
    for text in texts:
        part = sources[first : first + len(text)]
        first += len(text)
        rule = next((token.rule for token, _ in part if token.rule), "")
        start, end = min(span[0] for _, span in part), max(span[1] for _, span in part)
        space = part[0][0].space_before if first == len(text) else True
        result.append(Token(text, start, end, space_before=space, rule=rule))
    return _with_whole_spans(result)


def _with_whole_spans(words: list[Token]) -> list[Token]:
    """Give words with overlapping spans one common span."""
    begin, end = 0, -1
    for index in range(len(words) + 1):
        if index < len(words) and (begin == index or words[index].start < end):
            end = max(end, words[index].end)
            continue
        words[begin:index] = [replace(word, start=words[begin].start, end=end) for word in words[begin:index]]
        begin, end = index, words[index].end if index < len(words) else -1
    return words
