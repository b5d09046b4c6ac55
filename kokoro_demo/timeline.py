"""When everything of a speech is heard: words and sounds on one line of time, as captions and as Praat's TextGrid."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kokoro_demo.errors import RequestError
from kokoro_demo.files import write_whole
from kokoro_demo.g2p.alphabet import PUNCTUATION, STRESSES
from kokoro_demo.text.clean.markup import without_marks

if TYPE_CHECKING:
    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.speech import Speech

# What eyes can follow: the customary limits for subtitles, in characters and seconds.
LINE, LINES = 42, 2
LONGEST, SHORTEST = 7.0, 1.0
SENTENCE_END = tuple(".!?…。")
CLAUSE_END = tuple(",;:—")
# Marks that are heard as part of the sound before them.
TRAILING = "ːʰʲ̩̃"


@dataclass(frozen=True, slots=True)
class Interval:
    """A word, a sound or a caption, heard from `start` to `end` in seconds; "" is silence."""

    start: float
    end: float
    text: str


def word_intervals(speech: Speech) -> list[Interval]:
    """The words that are heard, in order, none within another. One that is said in two phrases ends in the second."""
    heard = (word for word in speech.words if _is_heard(speech, word))
    return _in_order(Interval(*_heard(speech, word), without_marks(word.text)) for word in heard)


def sound_intervals(speech: Speech) -> list[Interval]:
    """The sounds: a phoneme with the stress before it and the length after it, in the time that they own together."""
    sounds: list[Interval] = []
    stress: Interval | None = None
    for symbol, (start, end) in zip(speech.phonemes, speech.timings, strict=True):
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
    """The intervals and, between, before and after them, the silences; together they cover the whole duration."""
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


def captions(speech: Speech) -> list[Interval]:
    """The text as it was written, in pieces that can be read while they are heard, each of at most two lines."""
    pieces: list[Interval] = []
    for group in _grouped(list(_written_words(speech))):
        lines = _lines(said for _, said in group)
        times = [_heard(speech, word) for word, _ in group if _is_heard(speech, word)]
        if lines and times:
            pieces += _shared_out(lines, times[0][0], max(end for _, end in times))
    ordered = _in_order(pieces)
    nexts = [piece.start for piece in ordered[1:]] + [speech.duration]
    return [
        Interval(piece.start, max(piece.end, min(piece.start + SHORTEST, following)), piece.text)
        for piece, following in zip(ordered, nexts, strict=False)
    ]


def srt(speech: Speech) -> str:
    """SubRip subtitles."""
    blocks = [
        f"{number}\n{_clock(piece.start, ',')} --> {_clock(piece.end, ',')}\n{piece.text}\n"
        for number, piece in enumerate(captions(speech), start=1)
    ]
    return "\n".join(blocks)


def vtt(speech: Speech) -> str:
    """Subtitles in WebVTT, W3C's format for the web; what would be markup there is escaped."""
    escapes = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
    blocks = [
        f"{_clock(piece.start, '.')} --> {_clock(piece.end, '.')}\n{piece.text.translate(escapes)}\n"
        for piece in captions(speech)
    ]
    return "\n".join(["WEBVTT\n", *blocks])


def textgrid(speech: Speech) -> str:
    """Praat's TextGrid in its long form, with a tier of words and one of sounds."""
    duration = speech.duration
    tiers = {"words": word_intervals(speech), "phones": sound_intervals(speech)}
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


def fields(speech: Speech) -> dict[str, Any]:
    """Everything that is known of a speech but its sound, for JSON; times in seconds."""
    return {
        "voice": speech.request.voice,
        "speed": speech.request.speed,
        "seed": speech.request.seed,
        "checkpoint": speech.checkpoint,
        "fingerprint": speech.fingerprint,
        "duration": round(speech.duration, 4),
        "text": speech.request.text,
        "spoken": speech.spoken,
        "phonemes": speech.phonemes,
        "words": [
            {
                "text": word.text,
                "spoken": word.spoken,
                "phonemes": word.phonemes,
                "source": word.source,
                **_times(*(_heard(speech, word) if _is_heard(speech, word) else (None, None))),
            }
            for word in speech.words
        ],
        "sounds": [{"text": sound.text, **_times(sound.start, sound.end)} for sound in sound_intervals(speech)],
        "captions": [{"text": piece.text, **_times(piece.start, piece.end)} for piece in captions(speech)],
        "warnings": list(speech.warnings),
        "phrases": [
            {
                "start": round(chunk.start, 4),
                "phonemes": chunk.phonemes,
                "style_row": chunk.style_row,
                "durations": list(chunk.durations),
            }
            for chunk in speech.chunks
            if chunk.phonemes
        ],
        "seconds": {stage: round(seconds, 4) for stage, seconds in speech.profile.items()},
    }


def as_json(speech: Speech) -> str:
    """`fields`, as JSON."""
    return json.dumps(fields(speech), ensure_ascii=False, indent=2) + "\n"


FORMATS = {"srt": srt, "vtt": vtt, "json": as_json, "textgrid": textgrid}


def save(path: str | Path, speech: Speech) -> Path:
    """Write what the suffix of `path` says: .srt, .vtt, .json or .TextGrid.

    Raises:
        RequestError: for another suffix.
        OSError: where the file cannot be written.
    """
    path = Path(path)
    write = FORMATS.get(path.suffix.lower().removeprefix("."))
    if write is None:
        raise RequestError(f"Cannot write {str(path)!r}: end the name in .srt, .vtt, .json or .TextGrid.")
    return write_whole(path, write(speech).encode("utf-8"))


def _heard(speech: Speech, word: Word) -> tuple[float, float]:
    first, last = word.phoneme_span
    return speech.timings[first][0], speech.timings[last - 1][1]


def _is_heard(speech: Speech, word: Word) -> bool:
    first, last = word.phoneme_span
    return first < last <= len(speech.timings)


def _in_order(intervals: Iterable[Interval]) -> list[Interval]:
    """The intervals, each cut where the one before it ends; what is nothing then is left out."""
    kept: list[Interval] = []
    for interval in intervals:
        start = max(interval.start, kept[-1].end) if kept else interval.start
        if interval.end > start:
            kept.append(Interval(start, interval.end, interval.text))
    return kept


def _written_words(speech: Speech) -> Iterator[tuple[Word, str]]:
    """Each word with what was written from it to the next, as the listener's eyes should have it."""
    request = speech.request
    text = request.text if request.phonemes is None else request.phonemes
    for place, word in enumerate(speech.words):
        following = speech.words[place + 1].span[0] if place + 1 < len(speech.words) else len(text)
        yield word, without_marks(text[word.span[0] if place else 0 : following])


def _grouped(words: Sequence[tuple[Word, str]]) -> Iterator[list[tuple[Word, str]]]:
    """The words in pieces: to the end of a sentence, or of a clause once a line is full, and never too much."""
    group: list[tuple[Word, str]] = []
    begun = 0.0
    for word, said in words:
        lines = _lines([*(before for _, before in group), said])
        if group and (len(lines) > LINES or (word.end or 0.0) - begun > LONGEST):
            yield group
            group, lines = [], _lines([said])
        if not group:
            begun = word.start or 0.0
        group.append((word, said))
        ending = said.rstrip().rstrip("”’\"')»")
        if ending.endswith(SENTENCE_END) or "\n\n" in said or (len(lines) > 1 and ending.endswith(CLAUSE_END)):
            yield group
            group = []
    if group:
        yield group


def _shared_out(lines: Sequence[str], start: float, end: float) -> Iterator[Interval]:
    """Captions of a piece, of more than one where signs that nobody says make it long; each has its share of time."""
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
