"""Cuts a phoneme string into phrases that the model reads at one go."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kokoro_demo.g2p.alphabet import PUNCTUATION
from kokoro_demo.g2p.pronunciation import Pause, Word

MAX_SYMBOLS = 510
# The model's authors found 100 to 200 symbols to sound best, and fewer than 10 to 20 weak: short sentences share a
# phrase until it is this long.
GOOD = range(100, 201)
TOO_SHORT = 20
# A sentence is spoken whole up to this length. Beyond it the model begins to hurry: in five voices, sounds of 375
# symbols at once were 3 to 10% shorter than in the same sentences alone.
BEST = 300
# How many symbols may follow one that is heard, so that they are made in the time that it takes.
GROWTH = 3.0

# What a break costs by the mark before it: each more than two of the one before, and the first more than
# all that a listener's waiting can cost.
SENTENCE, SEMICOLON, COLON, DASH, COMMA, BRACKET = 0.0, 8.0, 18.0, 38.0, 78.0, 90.0
_MARKS = ((SENTENCE, ".!?…"), (SEMICOLON, ";"), (COLON, ":"), (DASH, "—"), (COMMA, ","), (BRACKET, ")"))
# A phrase beyond `BEST`: more than a few of these, and less than a break inside a clause.
HURRIED = 400.0
WORD, INSIDE = 5_000.0, 50_000.0
# What a break costs more after a word that leans on the next one, with a mark between them and without, and amid one
# written word, as an amount of money is.
LEANING_AT_A_MARK, LEANING, AMID = 20.0, 6_000.0, 800.0

# Words that lean on the next one although they may be stressed. Those without stress lean in any language.
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
_LEANING_WORDS = frozenset(f"{_TITLES} {_OTHERS} {_NUMBERS}".split())

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
    """The phrases of a phoneme string as spans: ``phonemes[start:end]``.

    Together they cover every symbol but the spaces between them. A sentence of up to `BEST` symbols stays whole; a
    longer one is cut at semicolons, else at colons, dashes, commas. A clause is cut only if it alone is longer than
    `limit`: between words of which the first does not lean on the second, inside a word only if that alone is longer
    than `limit`.

    pauses: what the writer asked for; each of them ends a phrase.
    words: of the phonemes, in order; a phrase ends amid a written one only if it would be far too long.
    limit: the most symbols of a phrase.
    waiting: whether somebody waits for the first phrase. It is then as short as it can be, and those after it are as
        long as can be made while the ones before them are heard.
    """
    spans: list[tuple[int, int]] = []
    leaning = _Leaning(phonemes, words)
    for start, end in _sections(phonemes, pauses):
        spans += _best_split(phonemes, start, end, leaning, limit, start if waiting else None)
    return spans


class _Leaning:
    """What a break costs more for the words that it parts."""

    def __init__(self, phonemes: str, words: Sequence[Word]) -> None:
        self._phonemes = phonemes
        self._words = [word for word in words if word.phoneme_span[0] < word.phoneme_span[1]]
        self._starts = [word.phoneme_span[0] for word in self._words]

    def cost(self, place: int, marked: bool) -> float:
        """Of a break before `phonemes[place]`, with or without marks before it."""
        index = bisect_left(self._starts, place) - 1
        word = self._words[index] if index >= 0 else None
        if word is not None and place < word.phoneme_span[1]:
            return AMID
        before = self._phonemes[:place].rstrip(PUNCTUATION + " ").rpartition(" ")[2]
        spoken = word.spoken.rpartition(" ")[2].casefold() if word is not None else ""
        if spoken in _LEANING_WORDS or (before and "ˈ" not in before):
            return LEANING_AT_A_MARK if marked else LEANING
        return 0.0


def _sections(phonemes: str, pauses: Sequence[Pause]) -> list[tuple[int, int]]:
    """The parts between the pauses, each with something to say in it."""
    cuts = sorted({0, len(phonemes), *(min(max(pause.position, 0), len(phonemes)) for pause in pauses)})
    sections: list[tuple[int, int]] = []
    for start, end in pairwise(cuts):
        if sections:
            # Marks that close what was spoken before the pause stay with it; a lone one makes a noise of its own.
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
    phonemes: str, start: int, end: int, leaning: _Leaning, limit: int, heard: int | None
) -> list[tuple[int, int]]:
    """The cheapest way from `start` to `end` over the break points between them.

    heard: how many symbols are heard before `start`; None if nobody waits.
    """
    points = [(start, start, SENTENCE), *_break_points(phonemes, start, end, leaning, limit), (end, end, SENTENCE)]
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
    if length < GOOD.start:
        return 1.0 - length / GOOD.start
    over = 3.0 * (max(0, length - GOOD.stop) / 100) ** 2
    return over if length <= BEST else over + HURRIED


def _waiting_cost(length: int, heard: int) -> float:
    """What it costs that somebody waits for a phrase: too little to cut a sentence for it."""
    if not heard:
        return length / 60
    return min(4.0, max(0.0, length / (GROWTH * heard) - 1.0))


def _break_points(
    phonemes: str, start: int, end: int, leaning: _Leaning, limit: int
) -> Iterator[tuple[int, int, float]]:
    """Where a phrase may end: (end of the left part, start of the right part, cost), in order."""
    last_start, last_cost = start, SENTENCE
    speakable = _first_speakable(phonemes, start, end)
    for gap in _GAP.finditer(phonemes, start, end):
        left, right = gap.start() + len(gap.group().rstrip(" ")), gap.end()
        marks = gap.group(1) or gap.group().strip(" ")
        cost = next((cost for cost, among in _MARKS if any(mark in among for mark in marks)), WORD)
        if cost > SENTENCE:
            cost += leaning.cost(right, cost < WORD)
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
