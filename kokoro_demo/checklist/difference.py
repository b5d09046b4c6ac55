"""Expected phonemes against actual ones, symbol by symbol."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p import read_phonemes
from kokoro_demo.g2p.alphabet import CONSONANTS, PUNCTUATION, STRESSES, SYMBOLS, VOWELS

# Symbols of one against symbols of the other: beyond this what differs is marked as a whole.
MAX_ALIGNED = 100_000
_KINDS = {symbol: kind for kind, symbols in enumerate((VOWELS, CONSONANTS, STRESSES)) for symbol in symbols}
_SLASHES = re.compile(r"(?<!\S)[/\[]|[/\]](?!\S)")
# As dictionaries write a sound that may be left out: wɔːtə(r).
_OPTIONAL = re.compile(r"(?:(?<=[^\s(])|(?=\(\S+?\)[^\s)]))\(([^\s()]{1,3})\)")
_MAX_OPTIONAL = 4
_NO_MARKS = str.maketrans(dict.fromkeys(PUNCTUATION, " "))
_NO_STRESSES = str.maketrans(dict.fromkeys(STRESSES))


class Segment(NamedTuple):
    """A stretch in which the two are the same, or differ as a whole; either may be "" there."""

    expected: str
    actual: str

    @property
    def same(self) -> bool:
        """Whether nothing differs in it."""
        return self.expected == self.actual


def compare(expected: str, actual: str, language: str) -> tuple[Segment, ...]:
    """Segments that, laid end to end, are what was expected and what it was read as.

    expected: as typed: in Kokoro's alphabet or plain IPA, with or without slashes around it. If it has no
        punctuation, that of `actual` does not count; if it has no stress at all, as in /θɪŋ/, nor does stress.
        A sound in brackets, as in /ˈwɔːtə(r)/, may be there or not.
    actual: in Kokoro's alphabet.
    language: decides what plain IPA stands for.

    Raises:
        RequestError: if `expected` holds what can be no phoneme of Kokoro's.
    """
    variants = _variants(_spaced(_SLASHES.sub(" ", expected)))
    readings = [reading for typed in variants for reading in _readings(typed, language)]
    return min((align(reading, _as_marked_as(reading, actual)) for reading in readings), key=_count)


def align(expected: str, actual: str) -> tuple[Segment, ...]:
    """The segments with the fewest differences; a vowel is set against a vowel, a consonant against a consonant."""
    shorter = min(len(expected), len(actual))
    before = next((at for at in range(shorter) if expected[at] != actual[at]), shorter)
    behind = next((at for at in range(shorter - before) if expected[-1 - at] != actual[-1 - at]), shorter - before)
    middle = expected[before : len(expected) - behind], actual[before : len(actual) - behind]
    pairs = [(symbol, symbol) for symbol in expected[:before]]
    pairs += _pairs(*middle) if len(middle[0]) * len(middle[1]) <= MAX_ALIGNED else [middle]
    pairs += [(symbol, symbol) for symbol in expected[len(expected) - behind :]]
    return tuple(_joined(pairs))


def marked(segments: Sequence[Segment]) -> str:
    """In one line, with ``[expected|actual]`` where they differ; none of the three signs is a phoneme."""
    return "".join(segment.actual if segment.same else f"[{segment.expected}|{segment.actual}]" for segment in segments)


def _variants(typed: str) -> list[str]:
    """The phonemes with and without each sound that may be left out."""
    pieces = _OPTIONAL.split(typed, _MAX_OPTIONAL)
    variants = [pieces[0]]
    for optional, following in zip(pieces[1::2], pieces[2::2], strict=True):
        variants = [variant + sound + following for variant in variants for sound in ("", optional)]
    return variants


def _readings(typed: str, language: str) -> list[str]:
    """What typed phonemes may mean: what looks like plain IPA may also be meant as it stands."""
    converted = read_phonemes(typed, language)
    as_it_stands = [typed] if set(typed) <= set(SYMBOLS) else []
    if converted.warnings and not as_it_stands:
        raise RequestError("What is expected cannot be met. " + " ".join(converted.warnings))
    if not any(symbol.isalpha() for symbol in converted.phonemes):
        raise RequestError("There are no phonemes in what is expected.")
    return [*as_it_stands, converted.phonemes]


def _spaced(phonemes: str) -> str:
    return " ".join(phonemes.split())


def _as_marked_as(expected: str, actual: str) -> str:
    """The actual phonemes, without the kinds of marks that are nowhere in the expected ones."""
    if not any(mark in PUNCTUATION for mark in expected):
        actual = actual.translate(_NO_MARKS)
    if not any(mark in STRESSES for mark in expected):
        actual = actual.translate(_NO_STRESSES)
    return _spaced(actual)


def _count(segments: Sequence[Segment]) -> int:
    return sum(max(map(len, segment)) for segment in segments if not segment.same)


def _cost(expected: str, actual: str) -> int:
    """Of one symbol for another; to leave one out and put one in costs 2."""
    if expected == actual:
        return 0
    alike = expected in _KINDS and _KINDS[expected] == _KINDS.get(actual)
    return 1 if alike else 3


def _pairs(expected: str, actual: str) -> list[tuple[str, str]]:
    """Symbols side by side at the least cost, "" if one has none."""
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


def _joined(pairs: Sequence[tuple[str, str]]) -> Iterator[Segment]:
    """Neighbours that agree in one segment, neighbours that differ in one."""
    expected = actual = ""
    for one, other in pairs:
        if (expected or actual) and (one == other) != (expected == actual):
            yield Segment(expected, actual)
            expected = actual = ""
        expected += one
        actual += other
    if expected or actual:
        yield Segment(expected, actual)
