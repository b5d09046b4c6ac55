"""Cuts a phoneme string into phrases that the model reads at one go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kokoro_demo.g2p.alphabet import PUNCTUATION
from kokoro_demo.g2p.pronunciation import Pause

MAX_SYMBOLS = 510
# The model's authors found 100 to 200 symbols to sound best, fewer than 10 to 20 weak, and many more rushed.
GOOD = range(100, 201)
TOO_SHORT = 20

# What a break costs by what stands before it, in the same unit as `_length_cost`.
SENTENCE, CLAUSE, COMMA, WORD, INSIDE = 0.0, 2.0, 4.0, 12.0, 40.0
# And what it costs more amid one written word, as an amount of money is.
AMID = 20.0
_MARKS = ((SENTENCE, ".!?…"), (CLAUSE, ";:"), (COMMA, ",—"))

_GAP = re.compile(r'([;:,.!?—…]+)[)”"]* *| +')
_CLOSING = re.compile(r"[;:,.!?—…)” ]+")
_SPEAKABLE = re.compile(f"[^{re.escape(PUNCTUATION)} ]")
# Break points nearer to each other than this are not worth weighing: it keeps the work linear.
_MIN_STEP = 12


def split_phrases(
    phonemes: str,
    pauses: Sequence[Pause] = (),
    wholes: Sequence[tuple[int, int]] = (),
    *,
    limit: int = MAX_SYMBOLS,
    first: int | None = None,
) -> list[tuple[int, int]]:
    """The phrases of a phoneme string as spans: ``phonemes[start:end]``.

    Together they cover every symbol but the spaces between them. A phrase ends after a sentence where it can,
    else after a clause, a comma, a word; inside a word only where that alone is longer than `limit`.

    pauses: what the writer asked for; each of them ends a phrase.
    wholes: the spans of the written words, in order; a phrase ends amid one only where it would be far too long.
    limit: the most symbols of a phrase.
    first: the length to aim at for the first phrase, where the listener is waiting for it.
    """
    spans: list[tuple[int, int]] = []
    for start, end in _sections(phonemes, pauses):
        spans += _best_split(phonemes, start, end, wholes, limit, first if not spans else None)
    return spans


def _sections(phonemes: str, pauses: Sequence[Pause]) -> list[tuple[int, int]]:
    """The parts between the pauses, each with something to say in it."""
    cuts = sorted({0, len(phonemes), *(min(max(pause.position, 0), len(phonemes)) for pause in pauses)})
    sections: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if sections:
            # Marks that close what was said before the pause stay with it; a lone one makes a noise of its own.
            closing = _CLOSING.match(phonemes, start, end)
            start = closing.end() if closing else start
            if closing and closing.group().strip(" "):
                sections[-1] = (sections[-1][0], start - (len(closing.group()) - len(closing.group().rstrip(" "))))
        stripped = phonemes[start:end].strip(" ")
        if not stripped:
            continue
        start += len(phonemes[start:end]) - len(phonemes[start:end].lstrip(" "))
        end = start + len(stripped)
        if sections and not (_SPEAKABLE.search(stripped) and _SPEAKABLE.search(phonemes, *sections[-1])):
            sections[-1] = (sections[-1][0], end)
        else:
            sections.append((start, end))
    return sections


def _best_split(
    phonemes: str, start: int, end: int, wholes: Sequence[tuple[int, int]], limit: int, first: int | None
) -> list[tuple[int, int]]:
    """The cheapest way from `start` to `end` over the break points between them."""
    points = [(start, start, SENTENCE), *_break_points(phonemes, start, end, wholes, limit), (end, end, SENTENCE)]
    costs = [0.0] + [float("inf")] * (len(points) - 1)
    previous = [0] * len(points)
    for right in range(1, len(points)):
        stop, _, break_cost = points[right]
        for left in range(right - 1, -1, -1):
            length = stop - points[left][1]
            if length > limit:
                break
            aim = first if left == 0 and first is not None else None
            cost = costs[left] + _length_cost(length, aim) + (break_cost if right < len(points) - 1 else 0.0)
            if cost < costs[right]:
                costs[right], previous[right] = cost, left
    spans = []
    right = len(points) - 1
    while right > 0:
        left = previous[right]
        spans.append((points[left][1], points[right][0]))
        right = left
    return spans[::-1]


def _length_cost(length: int, aim: int | None) -> float:
    if length < TOO_SHORT:
        return 30.0
    if aim is not None:
        return 10.0 * (length / aim - 1.0) ** 2 if length > aim else 0.0
    if length < GOOD.start:
        return 1.0 - length / GOOD.start
    return 3.0 * (max(0, length - GOOD.stop) / 100) ** 2


def _break_points(
    phonemes: str, start: int, end: int, wholes: Sequence[tuple[int, int]], limit: int
) -> Iterator[tuple[int, int, float]]:
    """Where a phrase may end: (end of the left part, start of the right part, cost), in order."""
    last_start, last_cost = start, SENTENCE
    speakable = _first_speakable(phonemes, start, end)
    for gap in _GAP.finditer(phonemes, start, end):
        left, right = gap.start() + len(gap.group().rstrip(" ")), gap.end()
        marks = gap.group(1) or ""
        cost = next((cost for cost, among in _MARKS if any(mark in among for mark in marks)), WORD)
        whole = bisect_left(wholes, (left,)) - 1
        if whole >= 0 and left < wholes[whole][1]:
            cost += AMID
        if right >= end or speakable >= left:
            continue
        if left - last_start < _MIN_STEP and cost >= last_cost:
            continue
        yield from _inside_points(last_start, left, limit)
        last_start, last_cost = right, cost
        speakable = _first_speakable(phonemes, right, end)
        yield left, right, cost
    yield from _inside_points(last_start, end, limit)


def _first_speakable(phonemes: str, start: int, end: int) -> int:
    found = _SPEAKABLE.search(phonemes, start, end)
    return found.start() if found else end


def _inside_points(start: int, end: int, limit: int) -> Iterator[tuple[int, int, float]]:
    """Breaks inside a stretch that is longer than a phrase may be and has no better place."""
    if end - start <= limit:
        return
    step = min(limit, GOOD.stop - 1)
    for position in range(start + step, end, step):
        yield position, position, INSIDE
