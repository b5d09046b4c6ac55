"""When each word and sound of a speech is heard: captions (SubRip, WebVTT), Praat TextGrid, and JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from kokoro_demo.g2p.alphabet import PUNCTUATION, STRESSES
from kokoro_demo.text.clean.markup import without_marks

if TYPE_CHECKING:
    from kokoro_demo.g2p.pronunciation import Part, Word

# Common limits for subtitles: characters per line, lines, and seconds.
LINE, LINES = 42, 2
LONGEST, SHORTEST = 7.0, 1.0
SENTENCE_END = tuple(".!?…。")
CLAUSE_END = tuple(",;:—")
# Modifiers that are heard as part of the sound before them.
TRAILING = "ːʰʲ̩̃"


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is spoken and when.

    written: the text, or the phonemes that were given instead; the spans of the words refer to it.
    words: the words, with their spans in `phonemes`.
    timings: when each symbol of `phonemes` is heard, in seconds.
    duration: the duration of the whole speech, in seconds.
    parts: the parts of a script, in order; empty if one voice speaks the whole text.
    """

    written: str
    phonemes: str
    words: tuple[Word, ...]
    timings: tuple[tuple[float, float], ...]
    duration: float
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Interval:
    """A word, a sound or a caption that is heard from `start` to `end`, in seconds; the text of a silence is "".

    speaker: the speaker of a caption in a script; "" if there is none.
    begins: whether it is the first caption of the speaker's turn.
    mark: the name of an SSML mark at the beginning of a caption; "" if there is none.
    """

    start: float
    end: float
    text: str
    speaker: str = ""
    begins: bool = False
    mark: str = ""


def word_intervals(timeline: Timeline) -> list[Interval]:
    """Return the audible words in order, without overlaps. A word that two phrases share ends in the second."""
    heard = (word for word in timeline.words if _is_heard(timeline, word))
    return _in_order(Interval(*_heard(timeline, word), without_marks(word.text)) for word in heard)


def sound_intervals(timeline: Timeline) -> list[Interval]:
    """Return the sounds in order: each phoneme, with the stress mark before it and the length mark after it."""
    sounds: list[Interval] = []
    stress: Interval | None = None
    for symbol, (start, end) in zip(timeline.phonemes, timeline.timings, strict=True):
        if symbol in STRESSES:
            stress = Interval(start, end, symbol)
        elif symbol == " " or symbol in PUNCTUATION:
            stress = None
        elif symbol in TRAILING and sounds:
            sounds[-1] = Interval(sounds[-1].start, end, sounds[-1].text + symbol)
        else:
            sounds.append(Interval(stress.start, end, stress.text + symbol) if stress else Interval(start, end, symbol))
            stress = None
    return _in_order(sounds)


def with_silences(intervals: Sequence[Interval], duration: float) -> list[Interval]:
    """Add the silences before, between and after the intervals; the result covers the whole duration, in seconds."""
    whole: list[Interval] = []
    reached = 0.0
    for interval in intervals:
        if interval.start > reached:
            whole.append(Interval(reached, interval.start, ""))
        whole.append(interval)
        reached = interval.end
    if duration > reached or not whole:
        whole.append(Interval(reached, max(duration, reached), ""))
    return whole


def captions(timeline: Timeline) -> list[Interval]:
    """Return the written text as captions of at most two lines, short enough to be read while they are heard.

    No caption has words from two speakers.
    """
    pieces: list[Interval] = []
    for turn in _turns(timeline):
        first = True
        for group in _grouped(turn.words, turn.marks):
            lines = _lines(written for _, written in group)
            times = [_heard(timeline, word) for word, _ in group if _is_heard(timeline, word)]
            if lines and times:
                mark = turn.marks.get(id(group[0][0]), "")
                for piece in _divided(lines, times[0][0], max(end for _, end in times)):
                    pieces.append(replace(piece, speaker=turn.speaker, begins=first, mark=mark))
                    first, mark = False, ""
    ordered = _in_order(pieces)
    nexts = [piece.start for piece in ordered[1:]] + [timeline.duration]
    return [
        replace(piece, end=max(piece.end, min(piece.start + SHORTEST, following)))
        for piece, following in zip(ordered, nexts, strict=False)
    ]


def srt(timeline: Timeline) -> str:
    """Return SubRip subtitles. In a script, the first caption of each turn names the speaker."""
    blocks = [
        f"{number}\n{_clock(piece.start, ',')} --> {_clock(piece.end, ',')}\n{_named(piece)}\n"
        for number, piece in enumerate(captions(timeline), start=1)
    ]
    return "\n".join(blocks)


def vtt(timeline: Timeline) -> str:
    """Return WebVTT subtitles (https://www.w3.org/TR/webvtt1/), with markup escaped.

    In a script, each caption has its speaker in a voice span, and one that begins at an SSML mark has the mark's name
    as its identifier.
    """
    escapes = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    blocks = []
    for piece in captions(timeline):
        voice = f"<v {piece.speaker.translate(escapes)}>" if piece.speaker else ""
        mark = " ".join(piece.mark.replace("-->", "").split())
        blocks.append(
            (f"{mark}\n" if mark else "")
            + f"{_clock(piece.start, '.')} --> {_clock(piece.end, '.')}\n{voice}{piece.text.translate(escapes)}\n"
        )
    return "\n".join(["WEBVTT\n", *blocks])


def textgrid(timeline: Timeline) -> str:
    """Return a Praat TextGrid in the long text format, with tiers of words, phones and, in a script, speakers."""
    duration = timeline.duration
    tiers = {"words": word_intervals(timeline), "phones": sound_intervals(timeline)}
    if speakers := speaker_intervals(timeline):
        tiers["speakers"] = speakers
    lines = ['File type = "ooTextFile"', 'Object class = "TextGrid"', "", "xmin = 0", f"xmax = {duration:.6f}"]
    lines += ["tiers? <exists>", f"size = {len(tiers)}", "item []:"]
    for number, (name, intervals) in enumerate(tiers.items(), start=1):
        whole = with_silences(intervals, duration)
        lines += [f"    item [{number}]:", '        class = "IntervalTier"', f'        name = "{name}"']
        lines += ["        xmin = 0", f"        xmax = {duration:.6f}", f"        intervals: size = {len(whole)}"]
        for place, interval in enumerate(whole, start=1):
            text = " ".join(interval.text.split()).replace('"', '""')
            lines += [f"        intervals [{place}]:", f"            xmin = {interval.start:.6f}"]
            lines += [f"            xmax = {interval.end:.6f}", f'            text = "{text}"']
    return "\n".join(lines) + "\n"


def fields(timeline: Timeline) -> dict[str, Any]:
    """Return words, sounds, captions, turns and marks as JSON values; times in seconds, None for a silent word."""
    return {
        "words": [
            {
                "text": word.text,
                "spoken": word.spoken,
                "phonemes": word.phonemes,
                "source": word.source,
                **_times(*(_heard(timeline, word) if _is_heard(timeline, word) else (None, None))),
            }
            for word in timeline.words
        ],
        "sounds": [{"text": sound.text, **_times(sound.start, sound.end)} for sound in sound_intervals(timeline)],
        "captions": [
            {
                "text": piece.text,
                **_times(piece.start, piece.end),
                **({"speaker": piece.speaker} if piece.speaker else {}),
            }
            for piece in captions(timeline)
        ],
        "turns": [_part_fields(timeline, part) for part in timeline.parts],
        "marks": [{"name": name, "time": round(time, 4)} for name, time in mark_times(timeline)],
    }


def speaker_intervals(timeline: Timeline) -> list[Interval]:
    """Return when each speaker of a script is heard, one interval per turn; [] if no part has a speaker."""
    spoken: list[Interval] = []
    turn = -1
    for part in timeline.parts:
        first, last = part.phoneme_span
        if not first < last <= len(timeline.timings):
            continue
        start, end = timeline.timings[first][0], timeline.timings[last - 1][1]
        if spoken and part.turn == turn and spoken[-1].text == part.speaker:
            spoken[-1] = replace(spoken[-1], end=end)
        else:
            spoken.append(Interval(start, end, part.speaker))
        turn = part.turn
    return _in_order(spoken) if any(interval.text for interval in spoken) else []


def mark_times(timeline: Timeline) -> list[tuple[str, float]]:
    """Return the SSML marks, each with the time in seconds at which the next word begins, or the speech ends."""
    times = []
    for part in timeline.parts:
        for index, name in part.marks:
            heard = (word for word in timeline.words[index:] if _is_heard(timeline, word))
            following = next(heard, None)
            times.append((name, _heard(timeline, following)[0] if following else timeline.duration))
    return times


def _part_fields(timeline: Timeline, part: Part) -> dict[str, Any]:
    first, last = part.phoneme_span
    heard = first < last <= len(timeline.timings)
    times = (timeline.timings[first][0], timeline.timings[last - 1][1]) if heard else (None, None)
    return {
        "speaker": part.speaker,
        "voice": part.voice,
        "speed": part.speed,
        "position": list(part.span),
        **_times(*times),
    }


def _named(piece: Interval) -> str:
    return f"{piece.speaker}: {piece.text}" if piece.speaker and piece.begins else piece.text


def _heard(timeline: Timeline, word: Word) -> tuple[float, float]:
    first, last = word.phoneme_span
    return timeline.timings[first][0], timeline.timings[last - 1][1]


def _is_heard(timeline: Timeline, word: Word) -> bool:
    first, last = word.phoneme_span
    return first < last <= len(timeline.timings)


def _in_order(intervals: Iterable[Interval]) -> list[Interval]:
    """Remove overlaps: no interval starts before the last one ends, and empty ones are dropped."""
    kept: list[Interval] = []
    for interval in intervals:
        start = max(interval.start, kept[-1].end) if kept else interval.start
        if interval.end > start:
            kept.append(replace(interval, start=start))
    return kept


@dataclass(frozen=True, slots=True)
class _Turn:
    """A speaker's turn.

    words: its words, each with the written text up to the next word, without markup.
    marks: the names of SSML marks, by the `id` of the word that follows.
    """

    speaker: str
    words: list[tuple[Word, str]]
    marks: dict[int, str]


def _turns(timeline: Timeline) -> list[_Turn]:
    if not timeline.parts:
        places = [word.span for word in timeline.words]
        return [_Turn("", list(_written_words(timeline.words, places, timeline.written)), {})]
    turns: list[_Turn] = []
    number = -1
    for part in timeline.parts:
        words = timeline.words[slice(*part.words)]
        if not turns or part.turn != number or part.speaker != turns[-1].speaker:
            turns.append(_Turn(part.speaker, [], {}))
        number = part.turn
        before = turns[-1].words
        if before and before[-1][1] and not before[-1][1][-1].isspace():
            before[-1] = (before[-1][0], before[-1][1] + " ")
        before += _written_words(words, part.places, part.text, part.own_layout)
        for index, name in part.marks:
            if index < len(timeline.words):
                turns[-1].marks.setdefault(id(timeline.words[index]), name)
    return turns


def _written_words(
    words: Sequence[Word], places: Sequence[tuple[int, int]], text: str, as_written: bool = False
) -> Iterator[tuple[Word, str]]:
    """Yield each word with the written text from it to the next.

    places: the spans of the words in `text`.
    as_written: use each word as it was written, since `text` may have another in its place (an SSML substitution).
    """
    for index, word in enumerate(words):
        following = places[index + 1][0] if index + 1 < len(words) else len(text)
        start, end = places[index]
        if as_written:
            before = "" if index else without_marks(text[:start])
            yield word, f"{before}{without_marks(word.text)}{without_marks(text[end:following])}"
        else:
            yield word, without_marks(text[start if index else 0 : following])


def _grouped(words: Sequence[tuple[Word, str]], marks: Mapping[int, str]) -> Iterator[list[tuple[Word, str]]]:
    """Divide the words into captions.

    A caption ends with a sentence, with a clause once it fills a line, or before it would become too long; a word with
    a mark begins a new one.
    """
    group: list[tuple[Word, str]] = []
    started = 0.0
    for word, caption in words:
        lines = _lines([*(before for _, before in group), caption])
        if group and (len(lines) > LINES or (word.end or 0.0) - started > LONGEST or id(word) in marks):
            yield group
            group, lines = [], _lines([caption])
        if not group:
            started = word.start or 0.0
        group.append((word, caption))
        ending = caption.rstrip().rstrip("”’\"')»")
        if ending.endswith(SENTENCE_END) or "\n\n" in caption or (len(lines) > 1 and ending.endswith(CLAUSE_END)):
            yield group
            group = []
    if group:
        yield group


def _divided(lines: Sequence[str], start: float, end: float) -> Iterator[Interval]:
    """Divide lines into captions of `LINES` lines, with the time divided evenly."""
    texts = ["\n".join(lines[first : first + LINES]) for first in range(0, len(lines), LINES)]
    share = (end - start) / len(texts)
    for place, text in enumerate(texts):
        yield Interval(start + place * share, start + (place + 1) * share, text)


def _lines(parts: Iterable[str]) -> list[str]:
    return textwrap.wrap(" ".join("".join(parts).split()), LINE, break_long_words=False)


def _times(start: float | None, end: float | None) -> dict[str, float | None]:
    return {"start": None if start is None else round(start, 4), "end": None if end is None else round(end, 4)}


def _clock(seconds: float, point: str) -> str:
    whole = round(seconds * 1000)
    return f"{whole // 3_600_000:02}:{whole // 60_000 % 60:02}:{whole // 1000 % 60:02}{point}{whole % 1000:03}"
