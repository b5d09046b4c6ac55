"""Which phrases a pronunciation is spoken in, and how long the silence between them is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from kokoro_demo.budget import SILENCE_PIECE
from kokoro_demo.g2p import split_phrases
from kokoro_demo.g2p.phrases import MAX_SYMBOLS
from kokoro_demo.g2p.pronunciation import Pause, Pronunciation, Word

# Seconds from the start of a speech to its first audible sound, and from its last one to the end. The model's own are
# about 0.37 and 0.5.
LEAD, TAIL = 0.08, 0.2
# Seconds from the last audible sound of a phrase to the first of the next, at speed 1, by the mark that ends the first.
# They are what the model itself leaves within one utterance: medians of six voices (`python -m benchmarks.pauses`).
GAPS = {".": 0.24, "!": 0.24, "?": 0.24, "…": 0.23, ";": 0.23, ":": 0.24, "—": 0.15, ",": 0.20, ")": 0.19}
GAP_IN_A_CLAUSE = 0.03
# After a heading or an item of a list, and at an empty line.
LINE_GAP, PARAGRAPH_GAP = 0.55, 0.75
CLOSING_MARKS = ' "”)'

_BLOCK = "p|h[1-6]|div|ul|ol|dl|table|blockquote|section|article|header|footer|pre|hr"
_PARAGRAPH = re.compile(rf"\n[ \t\r]*\n|</?(?:{_BLOCK})\b", re.IGNORECASE)
# A line that is an item or a heading by what it begins with, or that its writer ended without a mark.
_LINE = re.compile(r"\n[ \t>]*(?:[-*+•‣◦▪●○■□➢►✓✔·#]|\(?\d{1,3}[.)]|[a-z]\))|<(?:li|br|dt|dd|tr)\b", re.IGNORECASE)
_ENDS = re.compile(r"[.!?…:;,—–]")
_SENTENCE_ENDS = ".!?…"


@dataclass(frozen=True, slots=True)
class PhrasePlan:
    """One utterance of the model: the symbols ``phonemes[start:end]``, and the silence around it in seconds.

    lead, tail: kept of the utterance before its first and after its last audible sound; None keeps all of it.
    silence_before, silence_after: beside that.
    """

    start: int
    end: int
    silence_before: float
    silence_after: float
    lead: float | None
    tail: float | None

    def without_long_silences(self) -> tuple[float, PhrasePlan, float]:
        """This phrase with at most `SILENCE_PIECE` on either side, and the seconds of silence before and after it."""
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
    """Cut a pronunciation into utterances of at most `limit` symbols, and decide the silence between them.

    Between two phrases is the gap that the punctuation or the layout of the text asks for, by `pause_scale` longer or
    shorter, or the pause that the writer asked for if that is longer; it reaches from the last audible sound of the one
    to the first of the other.

    untouched: whether the utterances are laid end to end as the model gives them, with nothing but the writer's own
        pauses between them.
    waiting: whether somebody waits for the first phrase (`split_phrases`).
    """
    phonemes, pauses = pronunciation.phonemes, pronunciation.pauses
    layout = [] if untouched else list(layout_gaps(pronunciation))
    spans = split_phrases(phonemes, [*pauses, *layout], pronunciation.words, limit=limit, waiting=waiting)
    plans: list[PhrasePlan] = []
    asked = sum(pause.seconds for pause in pauses if spans and pause.position <= spans[0][0])
    lead = LEAD
    before = max(0.0, asked - lead)
    for index, (start, end) in enumerate(spans):
        last = index + 1 == len(spans)
        following = len(phonemes) + 1 if last else spans[index + 1][0]
        asked_after = sum(pause.seconds for pause in pauses if start < pause.position <= following)
        if untouched:
            before = asked if index == 0 else 0.0
            plans.append(PhrasePlan(start, end, before, asked_after, None, None))
            continue
        if last:
            gap, next_lead = max(TAIL, asked_after), 0.0
        else:
            natural = max(
                [gap_after(phonemes[start:end]), *(gap.seconds for gap in layout if gap.position == following)]
            )
            gap = max(natural * pause_scale / speed, asked_after)
            next_lead = min(LEAD, gap / 2)
        tail = min(TAIL, gap - next_lead)
        plans.append(PhrasePlan(start, end, before, gap - next_lead - tail, lead, tail))
        before, lead = 0.0, next_lead
    return plans


def gap_after(phonemes: str) -> float:
    """The silence that the end of a phrase asks for, in seconds at speed 1."""
    mark = phonemes.rstrip(CLOSING_MARKS)[-1:]
    return GAPS.get(mark) or GAPS.get(phonemes.rstrip(' "”')[-1:], GAP_IN_A_CLAUSE)


def layout_gaps(pronunciation: Pronunciation) -> Iterator[Pause]:
    """The gap before each word that begins a paragraph, or a line after a heading or an item of a list, as it was
    written: in the characters between two words."""
    for word, following in pairwise(_heard(pronunciation.words)):
        marks = pronunciation.phonemes[word.phoneme_span[1] : following.phoneme_span[0]]
        if gap := _layout_gap(pronunciation.text, word.span[1], following.span[0], marks):
            yield Pause(following.phoneme_span[0], gap)


def gap_by_layout(before: Pronunciation, after: Pronunciation) -> float:
    """The gap that the layout asks for between the last heard word of one part of a script and the first of the next,
    in seconds; 0 if it asks for none. They are of one text, or each has the layout in its own."""
    heard = _heard(before.words)[-1:], _heard(after.words)[:1]
    if not all(heard):
        return 0.0
    start, end = heard[0][0].span[1], heard[1][0].span[0]
    if before.text is after.text:
        return _layout_gap(before.text, start, end, _SENTENCE_ENDS)
    between = before.text[start:] + after.text[:end]
    return _layout_gap(between, 0, len(between), _SENTENCE_ENDS)


def gap_between(before: str, after: str) -> float:
    """The silence between two sentences that follow each other in a text, in seconds at speed 1."""
    start = len(before.rstrip())
    end = len(before) + len(after) - len(after.lstrip())
    return _layout_gap(before + after, start, end, _SENTENCE_ENDS) or GAPS["."]


def _layout_gap(text: str, start: int, end: int, marks: str) -> float:
    """marks: of the phonemes between two words, which come before and after ``text[start:end]``."""
    between = text[start:end]
    if _PARAGRAPH.search(between):
        return PARAGRAPH_GAP
    ends_a_line = "\n" in between and not _ENDS.search(between) and any(mark in marks for mark in _SENTENCE_ENDS)
    return LINE_GAP if ends_a_line or _begins_an_item(text, start, end) else 0.0


def _begins_an_item(text: str, start: int, end: int) -> bool:
    """Whether a line begins between `start` and `end` with the sign of an item or a heading, or with its number."""
    sign = _LINE.search(text, start, end + 5)
    return sign is not None and sign.start() < end


def _heard(words: Sequence[Word]) -> list[Word]:
    return [word for word in words if word.phoneme_span[0] < word.phoneme_span[1]]
