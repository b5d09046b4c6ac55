"""Divides a pronunciation into phrases, and decides how long the silence between them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kokoro_demo.budget import SILENCE_PIECE
from kokoro_demo.g2p import split_phrases
from kokoro_demo.g2p.phrases import MAX_SYMBOLS
from kokoro_demo.g2p.pronunciation import Pause, Pronunciation, Word

# Seconds from the start of a speech to its first audible sound, and from the last one to the end. The model's own
# silences are about 0.37 and 0.5.
LEAD, TAIL = 0.08, 0.2
# Seconds from the last audible sound of a phrase to the first of the next, at speed 1, for the mark at its end. They
# are what the model itself leaves within an utterance: medians of six voices (`python -m benchmarks.pauses`).
GAPS = {".": 0.24, "!": 0.24, "?": 0.24, "…": 0.23, ";": 0.23, ":": 0.24, "—": 0.15, ",": 0.20, ")": 0.19}
GAP_IN_A_CLAUSE = 0.03
# After a heading or an item of a list, and at a blank line.
LINE_GAP, PARAGRAPH_GAP = 0.55, 0.75
CLOSING_MARKS = ' "”)'

_BLOCK = "p|h[1-6]|div|ul|ol|dl|table|blockquote|section|article|header|footer|pre|hr"
_PARAGRAPH = re.compile(rf"\n[ \t\r]*\n|</?(?:{_BLOCK})\b", re.IGNORECASE)
# The beginning of a line that is a heading or an item of a list.
_LINE = re.compile(r"\n[ \t>]*(?:[-*+•‣◦▪●○■□➢►✓✔·#]|\(?\d{1,3}[.)]|[a-z]\))|<(?:li|br|dt|dd|tr)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…:;,—–]")
_SENTENCE_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class PhrasePlan:
    """One utterance of the model: the symbols ``phonemes[start:end]``, and the silence around it, in seconds.

    lead, tail: how much of the utterance's own silence is kept before its first and after its last audible sound; None
        keeps all of it.
    silence_before, silence_after: added to that.
    """

    start: int
    end: int
    silence_before: float
    silence_after: float
    lead: float | None
    tail: float | None

    def without_long_silences(self) -> tuple[float, PhrasePlan, float]:
        """Limit the silence on either side to `SILENCE_PIECE`; also returns the seconds taken off before and after."""
        before, after = (min(silence, SILENCE_PIECE) for silence in (self.silence_before, self.silence_after))
        short = replace(self, silence_before=before, silence_after=after)
        return self.silence_before - before, short, self.silence_after - after


def plan_phrases(
    pronunciation: Pronunciation,
    speed: float,
    pause_scale: float = 1.0,
    untouched: bool = False,
    limit: int = MAX_SYMBOLS,
    waiting: bool = True,
) -> list[PhrasePlan]:
    """Divide a pronunciation into utterances of at most `limit` symbols, and decide the silence between them.

    The gap between two phrases is measured from the last audible sound of one to the first of the next. It is the one
    that the punctuation or the layout calls for, times `pause_scale`, or the pause that the text sets if that is
    longer.

    untouched: concatenate the utterances exactly as the model generates them, with no silence but the pauses that the
        text sets.
    waiting: whether a listener is waiting for the first phrase (see `split_phrases`).
    """
    phonemes, pauses = pronunciation.phonemes, pronunciation.pauses
    layout = [] if untouched else list(layout_gaps(pronunciation))
    spans = split_phrases(phonemes, [*pauses, *layout], pronunciation.words, limit=limit, waiting=waiting)
    plans: list[PhrasePlan] = []
    explicit = sum(pause.seconds for pause in pauses if spans and pause.position <= spans[0][0])
    lead = LEAD
    before = max(0.0, explicit - lead)
    for index, (start, end) in enumerate(spans):
        last = index + 1 == len(spans)
        following = len(phonemes) + 1 if last else spans[index + 1][0]
        explicit_after = sum(pause.seconds for pause in pauses if start < pause.position <= following)
        if untouched:
            before = explicit if index == 0 else 0.0
            plans.append(PhrasePlan(start, end, before, explicit_after, None, None))
            continue
        if last:
            gap, next_lead = max(TAIL, explicit_after), 0.0
        else:
            natural = max(
                [gap_after(phonemes[start:end]), *(gap.seconds for gap in layout if gap.position == following)]
            )
            gap = max(natural * pause_scale / speed, explicit_after)
            next_lead = min(LEAD, gap / 2)
        tail = min(TAIL, gap - next_lead)
        plans.append(PhrasePlan(start, end, before, gap - next_lead - tail, lead, tail))
        before, lead = 0.0, next_lead
    return plans


def gap_after(phonemes: str) -> float:
    """Return the silence that the end of a phrase calls for, in seconds at speed 1."""
    mark = phonemes.rstrip(CLOSING_MARKS)[-1:]
    return GAPS.get(mark) or GAPS.get(phonemes.rstrip(' "”')[-1:], GAP_IN_A_CLAUSE)


def layout_gaps(pronunciation: Pronunciation) -> Iterator[Pause]:
    """Yield the gap before each word that begins a paragraph, or a line after a heading or an item of a list; found in
    the written text between two words."""
    for word, following in pairwise(_audible(pronunciation.words)):
        marks = pronunciation.phonemes[word.phoneme_span[1] : following.phoneme_span[0]]
        if gap := _layout_gap(pronunciation.text, word.span[1], following.span[0], marks):
            yield Pause(following.phoneme_span[0], gap)


def gap_by_layout(before: Pronunciation, after: Pronunciation) -> float:
    """Return the gap that the layout calls for between the last audible word of one part of a script and the first of
    the next, in seconds at speed 1; 0 if there is none. The parts share one text, or each has its own."""
    neighbours = _audible(before.words)[-1:], _audible(after.words)[:1]
    if not all(neighbours):
        return 0.0
    start, end = neighbours[0][0].span[1], neighbours[1][0].span[0]
    if before.text is after.text:
        return _layout_gap(before.text, start, end, _SENTENCE_ENDS)
    between = before.text[start:] + after.text[:end]
    return _layout_gap(between, 0, len(between), _SENTENCE_ENDS)


def gap_between(before: str, after: str) -> float:
    """Return the silence between two successive sentences of a text, in seconds at speed 1."""
    start = len(before.rstrip())
    end = len(before) + len(after) - len(after.lstrip())
    return _layout_gap(before + after, start, end, _SENTENCE_ENDS) or GAPS["."]


def _layout_gap(text: str, start: int, end: int, marks: str) -> float:
    """The gap for the layout of ``text[start:end]`` between two words. marks: the phonemes between them."""
    between = text[start:end]
    if _PARAGRAPH.search(between):
        return PARAGRAPH_GAP
    ends_a_line = "\n" in between and not _ENDS.search(between) and any(mark in marks for mark in _SENTENCE_ENDS)
    return LINE_GAP if ends_a_line or _begins_an_item(text, start, end) else 0.0


def _begins_an_item(text: str, start: int, end: int) -> bool:
    """Whether a line between `start` and `end` begins with the marker or number of a list item or heading."""
    sign = _LINE.search(text, start, end + 5)
    return sign is not None and sign.start() < end


def _audible(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.phoneme_span[0] < word.phoneme_span[1]]
