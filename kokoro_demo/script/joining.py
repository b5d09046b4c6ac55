"""Joins the pronunciations of a script's segments into one, with spans in the whole written text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from html import unescape
from typing import NamedTuple

from kokoro_demo.g2p.pronunciation import Part, Pause, Pronunciation, Word
from kokoro_demo.g2p.token_phonemes import least_sure
from kokoro_demo.script.segments import Segment
from kokoro_demo.text.traced import Traced

MAX_WARNINGS = 40
_PLACE = re.compile(r"Line (\d+), character (\d+): ")


class Spoken(NamedTuple):
    """A segment, its pronunciation, and the voice, speed and language that the pronunciation is for."""

    segment: Segment
    pronunciation: Pronunciation
    voice: str
    speed: float
    language: str | None


def join_pronunciations(
    written: str, spoken: Sequence[Spoken], warnings: Iterable[str] = (), own_layout: bool = False
) -> Pronunciation:
    """Return the pronunciation of a whole script.

    written: the whole script, to which the spans of the result refer.
    spoken: in order, at least one; `Spoken.pronunciation` refers to the segment's own text.
    warnings: warnings about the script as a whole.
    own_layout: see `Script`.
    """
    phonemes, lines = "", list[str]()
    words: list[Word] = []
    pauses: list[Pause] = []
    parts: list[Part] = []
    dropped: list[tuple[int, int]] = []
    lost: list[tuple[int, str]] = []
    merged = dict.fromkeys(warnings)
    for spoken_segment in spoken:
        segment, traced = spoken_segment.pronunciation, spoken_segment.segment.traced
        merged.update(dict.fromkeys(_placed(warning, traced, written) for warning in segment.warnings))
        if phonemes and segment.phonemes:
            phonemes += " "
        offset = len(phonemes)
        # A segment without phonemes adds no space, so what it has belongs to the end of the part before.
        position = offset if segment.phonemes else min(offset, parts[-1].phoneme_span[1] if parts else 0)
        pauses += [Pause(pause.position + position, pause.seconds) for pause in segment.pauses]
        dropped += [traced.span(*span) for span in segment.dropped]
        lost += [(place + position, symbol) for place, symbol in segment.lost]
        first = len(words)
        moved = [_moved(word, traced, offset, written, own_layout) for word in segment.words]
        segment_words, places = _whole_words(moved, segment.words)
        words += segment_words
        phonemes += segment.phonemes
        lines += [segment.spoken] if segment.spoken else []
        if segment.phonemes or segment.words:
            starts = [start for start, _ in places]
            parts.append(
                Part(
                    text=traced.text,
                    voice=spoken_segment.voice,
                    speed=spoken_segment.speed,
                    language=spoken_segment.language,
                    speaker=spoken_segment.segment.speaker,
                    turn=spoken_segment.segment.turn,
                    span=traced.span(0, len(traced.text)),
                    words=(first, len(words)),
                    places=tuple(places),
                    phoneme_span=(offset, len(phonemes)),
                    own_layout=own_layout,
                    marks=tuple(
                        (first + bisect_left(starts, place), name) for place, name in spoken_segment.segment.marks
                    ),
                )
            )
    every = list(merged)
    if len(every) > MAX_WARNINGS:
        every[MAX_WARNINGS:] = [f"There are {len(every) - MAX_WARNINGS} more warnings."]
    return Pronunciation(
        text=written,
        language=spoken[0].pronunciation.language,
        spoken="\n".join(lines),
        phonemes=phonemes,
        words=tuple(words),
        pauses=tuple(pauses),
        warnings=tuple(every),
        parts=tuple(parts),
        dropped=tuple(dropped),
        lost=tuple(lost),
    )


def part_pronunciation(whole: Pronunciation, part: Part) -> Pronunciation:
    """Return the pronunciation of one part alone, with positions counted from its beginning.

    The spans of its words stay those in the whole written text, or are those in its own text if that has the layout.
    """
    start, end = part.phoneme_span
    places = part.places if part.own_layout else [word.span for word in whole.words[slice(*part.words)]]

    def moved(word: Word, span: tuple[int, int]) -> Word:
        return replace(word, span=span, phoneme_span=(word.phoneme_span[0] - start, word.phoneme_span[1] - start))

    return replace(
        whole,
        text=part.text if part.own_layout else whole.text,
        phonemes=whole.phonemes[start:end],
        words=tuple(map(moved, whole.words[slice(*part.words)], places)),
        pauses=tuple(
            Pause(pause.position - start, pause.seconds) for pause in whole.pauses if start <= pause.position <= end
        ),
        parts=(),
        dropped=(),
        lost=tuple((place - start, symbol) for place, symbol in whole.lost if start <= place < end),
    )


def _moved(word: Word, traced: Traced, offset: int, written: str, with_entities: bool) -> Word:
    start, end = traced.span(*word.span) if word.span[0] < word.span[1] else (traced.starts[0], traced.starts[0])
    first, last = word.phoneme_span
    text = written[start:end] if "<" not in written[start:end] else word.text
    text = unescape(text) if with_entities else text
    return replace(word, text=text, span=(start, end), phoneme_span=(first + offset, last + offset))


def _whole_words(words: Sequence[Word], local: Sequence[Word]) -> tuple[list[Word], list[tuple[int, int]]]:
    """Merge words from the same characters of the written text; also return the spans of the words in the segment."""
    whole: list[Word] = []
    places: list[tuple[int, int]] = []
    for word, local_word in zip(words, local, strict=True):
        if whole and whole[-1].span == word.span and word.phonemes:
            before = whole.pop()
            whole.append(
                replace(
                    before,
                    spoken=f"{before.spoken} {word.spoken}".strip(),
                    phonemes=f"{before.phonemes} {word.phonemes}".strip(),
                    source=least_sure([before.source, word.source]),
                    phoneme_span=(before.phoneme_span[0], word.phoneme_span[1]),
                )
            )
            places[-1] = places[-1][0], local_word.span[1]
        else:
            whole.append(word)
            places.append(local_word.span)
    return whole, places


def _placed(warning: str, traced: Traced, written: str) -> str:
    """Return a warning that names a line and a character of a segment, with their position in the whole text."""
    match = _PLACE.match(warning)
    if not match:
        return warning
    lines = traced.text.split("\n")
    line = min(int(match[1]), len(lines)) - 1
    place = sum(len(before) + 1 for before in lines[:line]) + int(match[2]) - 1
    start = traced.starts[min(place, len(traced.text) - 1)]
    number, character = written.count("\n", 0, start) + 1, start - written.rfind("\n", 0, start)
    return f"Line {number}, character {character}: {warning[match.end() :]}"
