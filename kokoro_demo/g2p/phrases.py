"""Splits a phoneme string into phrases, each spoken by one call of the model."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kokoro_demo.g2p.alphabet import PUNCTUATION
from kokoro_demo.g2p.pronunciation import Pause, Word

MAX_SYMBOLS = 510
# The model's authors found that 100 to 200 symbols sound best and fewer than 10 to 20 sound weak, so short sentences
# share a phrase until it is this long.
PREFERRED = range(100, 201)
TOO_SHORT = 20
# A sentence of up to this length stays whole. Beyond it the model begins to hurry: in five voices, the sounds of
# phrases of 375 symbols were 3 to 10% shorter than in the same sentences spoken alone.
LONGEST_SENTENCE = 300
# How many times as long as everything heard so far the next phrase may be, so that it is generated in time.
GROWTH = 3.0

# The cost of a break by the mark before it. Each costs more than two breaks at the next better mark, and even a
# semicolon costs more than a long wait for the listener.
SENTENCE, SEMICOLON, COLON, DASH, COMMA, BRACKET = 0.0, 8.0, 18.0, 38.0, 78.0, 90.0
_MARKS = ((SENTENCE, ".!?…"), (SEMICOLON, ";"), (COLON, ":"), (DASH, "—"), (COMMA, ","), (BRACKET, ")"))
# The cost of a phrase longer than `LONGEST_SENTENCE`: more than several breaks at marks, less than one in a clause.
HURRIED_COST = 400.0
WORD, INSIDE = 5_000.0, 50_000.0
# Added to the cost of a break after a word that belongs to the next one, with and without a mark between them, and of
# one within a single written word, such as an amount of money.
SPLIT_AT_MARK, SPLIT, MID_WORD = 20.0, 6_000.0, 800.0

# Words that belong to the next one although they may be stressed. Unstressed words do so in any language.
_TITLES = "mister missus miss doctor professor saint sir dame lord lady captain colonel general sergeant reverend "
_TITLES += "president senator judge herr frau monsieur madame señor señora signor signora dom dona"
_OTHERS = "the a an this that these those my your his her its our their every each no some any of to in on at by for "
_OTHERS += "with from into onto about over under between through during after before without against among toward "
_OTHERS += "towards behind beyond within across along since until than as and or but nor if when while because "
_OTHERS += "be am is are was were been being have has had do does did will would shall should can could may might must "
_OTHERS += "not very so too more most "
_NUMBERS = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
_NUMBERS += (
    "seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million "
)
_NUMBERS += "billion trillion half quarter"
_NO_BREAK_AFTER = frozenset(f"{_TITLES} {_OTHERS} {_NUMBERS}".split())

_GAP = re.compile(r' *([;:,.!?—…]+)[)”"]* *|\)[”"]* +| +')
_CLOSING = re.compile(r"[;:,.!?—…)” ]+")
_SPEAKABLE = re.compile(f"[^{re.escape(PUNCTUATION)} ]")
# Break points nearer to each other than this are not worth weighing: it keeps the work linear.
_MIN_STEP = 12


def split_phrases(
    phonemes: str,
    pauses: Sequence[Pause] = (),
    words: Sequence[Word] = (),
    *,
    limit: int = MAX_SYMBOLS,
    waiting: bool = False,
) -> list[tuple[int, int]]:
    """Return the phrases of a phoneme string as spans: ``phonemes[start:end]``.

    Together they cover every symbol except the spaces between them. A sentence of up to `LONGEST_SENTENCE` symbols
    stays whole. A longer one is split at semicolons, or else at colons, dashes or commas. A clause is split only if it
    alone is longer than `limit`: between two words, unless the first belongs to the second; within a word only if that
    alone is longer than `limit`.

    pauses: pauses that the writer asked for; each ends a phrase.
    words: the words of `phonemes`, in order; a phrase ends within a written word only if it would be far too long.
    limit: the maximum number of symbols in a phrase.
    waiting: whether a listener is waiting. The first phrase is then as short as possible, and each later one is short
        enough to be generated while those before it are heard.
    """
    spans: list[tuple[int, int]] = []
    breaks = _WordBreaks(phonemes, words)
    for start, end in _sections(phonemes, pauses):
        spans += _best_split(phonemes, start, end, breaks, limit, start if waiting else None)
    return spans


class _WordBreaks:
    """Knows what a break costs in addition, because of the words that it separates."""

    def __init__(self, phonemes: str, words: Sequence[Word]) -> None:
        self._phonemes = phonemes
        self._words = [word for word in words if word.phoneme_span[0] < word.phoneme_span[1]]
        self._starts = [word.phoneme_span[0] for word in self._words]

    def extra_cost(self, position: int, marked: bool) -> float:
        """The added cost of a break before ``phonemes[position]``. marked: whether there is a mark before it."""
        index = bisect_left(self._starts, position) - 1
        word = self._words[index] if index >= 0 else None
        if word is not None and position < word.phoneme_span[1]:
            return MID_WORD
        before = self._phonemes[:position].rstrip(PUNCTUATION + " ").rpartition(" ")[2]
        spoken = word.spoken.rpartition(" ")[2].casefold() if word is not None else ""
        if spoken in _NO_BREAK_AFTER or (before and "ˈ" not in before):
            return SPLIT_AT_MARK if marked else SPLIT
        return 0.0


def _sections(phonemes: str, pauses: Sequence[Pause]) -> list[tuple[int, int]]:
    """The parts between the pauses; each contains something to say."""
    cuts = sorted({0, len(phonemes), *(min(max(pause.position, 0), len(phonemes)) for pause in pauses)})
    sections: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if sections:
            # Marks that close what came before the pause stay with it: alone, a mark makes the model voice a noise.
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
    phonemes: str, start: int, end: int, breaks: _WordBreaks, limit: int, heard: int | None
) -> list[tuple[int, int]]:
    """Return the cheapest division into phrases, by dynamic programming over the possible breaks.

    heard: how many symbols are heard before `start`; None if nobody is waiting.
    """
    points = [(start, start, SENTENCE), *_break_points(phonemes, start, end, breaks, limit), (end, end, SENTENCE)]
    costs = [0.0] + [float("inf")] * (len(points) - 1)
    previous = [0] * len(points)
    for right in range(1, len(points)):
        stop, _, break_cost = points[right]
        for left in range(right - 1, -1, -1):
            length = stop - points[left][1]
            if length > limit:
                break
            cost = costs[left] + _length_cost(length) + (break_cost if right < len(points) - 1 else 0.0)
            if heard is not None:
                cost += _waiting_cost(length, heard + points[left][1] - start)
            if cost < costs[right]:
                costs[right], previous[right] = cost, left
    spans = []
    right = len(points) - 1
    while right > 0:
        left = previous[right]
        spans.append((points[left][1], points[right][0]))
        right = left
    return spans[::-1]


def _length_cost(length: int) -> float:
    if length < TOO_SHORT:
        return 100.0
    if length < PREFERRED.start:
        return 1.0 - length / PREFERRED.start
    over = 3.0 * (max(0, length - PREFERRED.stop) / 100) ** 2
    return over if length <= LONGEST_SENTENCE else over + HURRIED_COST


def _waiting_cost(length: int, heard: int) -> float:
    """The cost of making a listener wait for a phrase: never enough to split a sentence."""
    if not heard:
        return length / 60
    return min(4.0, max(0.0, length / (GROWTH * heard) - 1.0))


def _break_points(
    phonemes: str, start: int, end: int, breaks: _WordBreaks, limit: int
) -> Iterator[tuple[int, int, float]]:
    """Where a phrase may end: (end of the left part, start of the right part, cost), in order."""
    last_start, last_cost = start, SENTENCE
    speakable = _first_speakable(phonemes, start, end)
    for gap in _GAP.finditer(phonemes, start, end):
        left, right = gap.start() + len(gap.group().rstrip(" ")), gap.end()
        marks = gap.group(1) or gap.group().strip(" ")
        cost = next((cost for cost, among in _MARKS if any(mark in among for mark in marks)), WORD)
        if cost > SENTENCE:
            cost += breaks.extra_cost(right, cost < WORD)
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
    match = _SPEAKABLE.search(phonemes, start, end)
    return match.start() if match else end


def _inside_points(start: int, end: int, limit: int) -> Iterator[tuple[int, int, float]]:
    """Breaks within a stretch that is longer than `limit` and has no better place to break."""
    if end - start <= limit:
        return
    step = min(limit, PREFERRED.stop - 1)
    for position in range(start + step, end, step):
        yield position, position, INSIDE
