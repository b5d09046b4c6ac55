"""Compares expected phonemes with actual ones, symbol by symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import read_phonemes
from kokoro_demo.g2p.alphabet import CONSONANTS, PUNCTUATION, STRESSES, SYMBOLS, VOWELS

# The product of the two lengths. Above it, the differing middle is one segment.
MAX_ALIGNED = 100_000
_KINDS = {symbol: kind for kind, symbols in enumerate((VOWELS, CONSONANTS, STRESSES)) for symbol in symbols}
_SLASHES = re.compile(r"(?<!\S)[/\[]|[/\]](?!\S)")
# An optional sound, as dictionaries write it: wɔːtə(r).
_OPTIONAL = re.compile(r"(?:(?<=[^\s(])|(?=\(\S+?\)[^\s)]))\(([^\s()]{1,3})\)")
_MAX_OPTIONAL = 4
_NO_MARKS = str.maketrans(dict.fromkeys(PUNCTUATION, " "))
_NO_STRESSES = str.maketrans(dict.fromkeys(STRESSES))


class DiffSegment(NamedTuple):
    """A stretch that is the same in both, or differs as a whole; either side may be ""."""

    expected: str
    actual: str

    @property
    def same(self) -> bool:
        """Whether both sides are the same."""
        return self.expected == self.actual


def compare(expected: str, actual: str, language: str) -> tuple[DiffSegment, ...]:
    """Return segments that, joined, are the expected and the actual phonemes.

    expected: as typed, in Kokoro's alphabet or plain IPA, with or without slashes around it. If it has no punctuation,
        the punctuation of `actual` is ignored; if it has no stress marks, as in /θɪŋ/, so is stress. A sound in
        brackets, as in /ˈwɔːtə(r)/, is optional.
    actual: in Kokoro's alphabet.
    language: determines how plain IPA is converted.

    Raises:
        RequestError: if `expected` contains symbols that Kokoro lacks.
    """
    variants = _variants(_spaced(_SLASHES.sub(" ", expected)))
    meanings = [meaning for typed in variants for meaning in _meanings(typed, language)]
    return min((align(meaning, _marked_like(meaning, actual)) for meaning in meanings), key=_count)


def align(expected: str, actual: str) -> tuple[DiffSegment, ...]:
    """Return the alignment with the fewest differences, pairing vowels with vowels if possible."""
    shorter = min(len(expected), len(actual))
    before = next((at for at in range(shorter) if expected[at] != actual[at]), shorter)
    behind = next((at for at in range(shorter - before) if expected[-1 - at] != actual[-1 - at]), shorter - before)
    middle = expected[before : len(expected) - behind], actual[before : len(actual) - behind]
    pairs = [(symbol, symbol) for symbol in expected[:before]]
    pairs += _pairs(*middle) if len(middle[0]) * len(middle[1]) <= MAX_ALIGNED else [middle]
    pairs += [(symbol, symbol) for symbol in expected[len(expected) - behind :]]
    return tuple(_joined(pairs))


def marked(segments: Sequence[DiffSegment]) -> str:
    """Return one line, with differences as ``[expected|actual]``; these three characters are not phonemes."""
    return "".join(segment.actual if segment.same else f"[{segment.expected}|{segment.actual}]" for segment in segments)


def _variants(typed: str) -> list[str]:
    """The phonemes with and without each optional sound."""
    pieces = _OPTIONAL.split(typed, _MAX_OPTIONAL)
    variants = [pieces[0]]
    for optional, following in zip(pieces[1::2], pieces[2::2], strict=True):
        variants = [variant + sound + following for variant in variants for sound in ("", optional)]
    return variants


def _meanings(typed: str, language: str) -> list[str]:
    """The phonemes that may be meant: as plain IPA, and unchanged if all symbols are Kokoro's."""
    converted = read_phonemes(typed, language)
    unchanged = [typed] if set(typed) <= set(SYMBOLS) else []
    if converted.warnings and not unchanged:
        raise RequestError("The expected phonemes cannot be matched. " + " ".join(converted.warnings))
    if not any(symbol.isalpha() for symbol in converted.phonemes):
        raise RequestError("There are no phonemes in “expected”.")
    return [*unchanged, converted.phonemes]


def _spaced(phonemes: str) -> str:
    return " ".join(phonemes.split())


def _marked_like(expected: str, actual: str) -> str:
    """The actual phonemes, without punctuation or stress marks if the expected ones have none."""
    if not any(mark in PUNCTUATION for mark in expected):
        actual = actual.translate(_NO_MARKS)
    if not any(mark in STRESSES for mark in expected):
        actual = actual.translate(_NO_STRESSES)
    return _spaced(actual)


def _count(segments: Sequence[DiffSegment]) -> int:
    return sum(max(map(len, segment)) for segment in segments if not segment.same)


def _cost(expected: str, actual: str) -> int:
    """The cost of replacing one symbol by another; a deletion and an insertion together cost 2."""
    if expected == actual:
        return 0
    alike = expected in _KINDS and _KINDS[expected] == _KINDS.get(actual)
    return 1 if alike else 3


def _pairs(expected: str, actual: str) -> list[tuple[str, str]]:
    """The cheapest alignment as pairs of symbols; "" for a missing one."""
    rows = [[*range(len(actual) + 1)]]
    for symbol in expected:
        last, row = rows[-1], [rows[-1][0] + 1]
        for at, other in enumerate(actual):
            row.append(min(last[at] + _cost(symbol, other), last[at + 1] + 1, row[at] + 1))
        rows.append(row)
    pairs = []
    left, right = len(expected), len(actual)
    while left or right:
        here = rows[left][right]
        symbol, other = expected[left - 1 : left], actual[right - 1 : right]
        if left and right and here == rows[left - 1][right - 1] + _cost(symbol, other):
            left, right = left - 1, right - 1
        elif left and here == rows[left - 1][right] + 1:
            left, other = left - 1, ""
        else:
            right, symbol = right - 1, ""
        pairs.append((symbol, other))
    return pairs[::-1]


def _joined(pairs: Sequence[tuple[str, str]]) -> Iterator[DiffSegment]:
    """Join adjacent pairs that agree, and adjacent pairs that differ, into segments."""
    expected = actual = ""
    for left, right in pairs:
        if (expected or actual) and (left == right) != (expected == actual):
            yield DiffSegment(expected, actual)
            expected = actual = ""
        expected += left
        actual += right
    if expected or actual:
        yield DiffSegment(expected, actual)
