"""Speaks a long text part by part. Each part is kept as soon as it is generated, so that a killed run can be
resumed."""

from __future__ import annotations

import hashlib
import itertools
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kokoro_demo import timeline
from kokoro_demo.audio import SoundWriter
from kokoro_demo.commands.chapters import Chapter, parts
from kokoro_demo.commands.kept_parts import KeptParts, Part
from kokoro_demo.commands.terminal import warn
from kokoro_demo.errors import RequestError
from kokoro_demo.files import replacing, write_whole
from kokoro_demo.formats import FORMATS, format_of
from kokoro_demo.g2p.pronunciation import Part as ScriptPart
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.script.dialogue import openings
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrasing import GAPS, LEAD, PARAGRAPH_GAP, TAIL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.synthesis.synthesizer import Synthesizer

# Part of each key. Increase it when the result or its stored form changes.
FORM = 3
# Seconds between the last sound of a chapter and the first of the next.
BETWEEN_CHAPTERS = 2.0
# Seconds of silence for a part without words, such as a row of asterisks.
WORDLESS = 0.6
# In bytes; the lengths in a WAV file have 32 bits.
LARGEST_WAV = 2**32 - 2**12


@dataclass(frozen=True, slots=True)
class BookFile:
    """A file to write, with its captions.

    chapters: those in the file.
    """

    path: Path
    captions: Path | None
    chapters: Sequence[Chapter]

    @property
    def text(self) -> str:
        """The text that is spoken in the file."""
        return "".join(chapter.text for chapter in self.chapters)


def speak_book(synthesizer: Synthesizer, files: Sequence[BookFile], template: SpeechRequest, folder: Path) -> None:
    """Speak a long text to its files, with progress on standard error.

    template: the request without the text.
    folder: for the finished parts, until everything is done.

    Raises:
        RequestError, CheckpointError: see `Synthesizer.stream`.
        OSError: if a file cannot be written; finished parts are kept.
    """
    from tqdm import tqdm

    kept = KeptParts(folder)
    plans = [(file, plan_parts(file, template, synthesizer.checkpoint.fingerprint)) for file in files]
    every = [part for _, plan in plans for part in plan]
    done_before = sum(kept.get(key) is not None for key, _ in every)
    if done_before:
        print(f"{done_before} of {len(every)} parts are already in {folder}.", file=sys.stderr)
    shown: set[str] = set()
    try:
        interactive = sys.stderr.isatty()
        with tqdm(
            total=sum(len(cut.spoken) for _, cut in every), unit=" characters", mininterval=0.5 if interactive else 60
        ) as bar:
            for file, plan in plans:
                described = []
                for key, cut in plan:
                    bar.set_description(file.path.name, refresh=False)
                    part = kept.get(key)
                    if part is None:
                        part, audio = speak_part(synthesizer, replace(template, text=cut.spoken))
                        kept.keep(key, part, audio)
                    described.append((key, cut, part))
                    fresh = [warning for warning in part.warnings if warning not in shown]
                    shown.update(fresh)
                    if fresh:
                        bar.clear()
                        warn(fresh)
                    bar.update(len(cut.spoken))
                _write_once(file, described, kept, template, synthesizer.checkpoint.name)
    except BaseException:
        done = sum(kept.get(key) is not None for key, _ in every)
        print(
            f"\n{done} of {len(every)} parts are kept in {folder}. Run the same command again to continue.",
            file=sys.stderr,
        )
        raise
    kept.remove()


class Cut(NamedTuple):
    """A part of a file's text. start: where it begins. opening: the mark that has to precede it so that its speaker
    continues (`openings`)."""

    start: int
    text: str
    opening: str

    @property
    def spoken(self) -> str:
        """The text to speak."""
        return self.opening + self.text


def plan_parts(file: BookFile, template: SpeechRequest, checkpoint: str) -> list[tuple[str, Cut]]:
    """Divide a file's text into parts; returns each with its key.

    checkpoint: the fingerprint of the one that will speak.
    """
    plan, begin = list[tuple[str, Cut]](), 0
    roles = parse_cast(template.cast)
    for chapter in file.chapters:
        chapter_parts = parts(chapter.text)
        before = openings(chapter.text, roles, [start for start, _ in chapter_parts])
        for (start, text), opening in zip(chapter_parts, before, strict=True):
            cut = Cut(begin + start, text, opening)
            plan.append((key_of([FORM, checkpoint, asdict(replace(template, text=cut.spoken))]), cut))
        begin += len(chapter.text)
    return plan


def key_of(values: Any) -> str:
    """Return 32 hexadecimal digits that identify these values, which must be serialisable as JSON."""
    return hashlib.sha256(json.dumps(values, sort_keys=True).encode()).hexdigest()[:32]


def speak_part(synthesizer: Synthesizer, request: SpeechRequest) -> tuple[Part, NDArray[np.float32] | None]:
    """Speak one part; returns it with its samples, (samples,) in [-1, 1], or None if it has no words."""
    pronunciation = synthesizer.pronounce(request)
    if not any(symbol.isalpha() for symbol in pronunciation.phonemes):
        return Part(0, 0, "", "", (), (), pronunciation.warnings), None
    chunks = list(synthesizer.stream(request, pronunciation=pronunciation))
    speech = synthesizer.assemble(request, pronunciation, chunks)
    part = Part(
        len(speech.audio),
        speech.sample_rate,
        speech.phonemes,
        speech.spoken,
        speech.words,
        speech.timings,
        speech.warnings,
        speech.fingerprint,
        speech.parts,
    )
    return part, speech.audio


@dataclass(frozen=True, slots=True)
class _Whole:
    """A whole file, from which its captions are written (`formats.Saved`). It has no audio."""

    timeline: timeline.Timeline
    described: dict[str, Any]
    sample_rate: int
    audio: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def details(self) -> dict[str, Any]:
        return self.described


def _write_once(
    file: BookFile, spoken: Sequence[tuple[str, Cut, Part]], kept: KeptParts, template: SpeechRequest, checkpoint: str
) -> None:
    """Write a file and its captions, unless an earlier run already has."""
    key = key_of([str(file.path.resolve()), str(file.captions), *(key for key, _, _ in spoken)])
    if kept.is_done(key) and file.path.is_file() and (file.captions is None or file.captions.is_file()):
        return
    seconds = write_file(file, spoken, kept, template, checkpoint)
    kept.mark_done(key)
    print(f"{file.path}: {_clock(seconds)}, {template.voice}, {checkpoint}", file=sys.stderr)


def write_file(
    file: BookFile, spoken: Sequence[tuple[str, Cut, Part]], kept: KeptParts, template: SpeechRequest, checkpoint: str
) -> float:
    """Write a file and its captions from its parts; returns its duration in seconds.

    spoken: each part with its key and its text.
    checkpoint: the name of the one that spoke.

    Raises:
        RequestError: if no part has words, or the audio is too long for a WAV file.
        OSError: if a file cannot be written.
    """
    rate = next((part.sample_rate for _, _, part in spoken if part.sample_rate), 0)
    if not rate:
        raise RequestError(f"There is nothing in {file.path.name} that can be spoken.")
    silences = [round(seconds * rate) for seconds in _silences(file, spoken, template)]
    samples = sum(part.samples + before for (_, _, part), before in zip(spoken, silences, strict=True))
    format = format_of(file.path)
    suffix = next(suffix for suffix, known in FORMATS.items() if known is format)
    if suffix == "wav" and 2 * samples > LARGEST_WAV:
        raise RequestError(
            f"{file.path} would be {samples / rate / 3600:.0f} hours of sound, and a WAV file holds no more than "
            f"{LARGEST_WAV / 2 / rate / 3600:.0f}. Name a .flac, .mp3 or .opus file instead, or use --chapters."
        )
    with replacing(file.path) as target, SoundWriter(target, rate, suffix) as sound:
        for (part_key, _, part), before in zip(spoken, silences, strict=True):
            sound.write(np.zeros(before, np.int16))
            if part.samples:
                sound.write(kept.sound(part_key))
    if file.captions is not None:
        whole = _whole(file, spoken, silences, template, checkpoint, rate)
        write_whole(file.captions, format_of(file.captions).write(whole))
    return samples / rate


def _silences(file: BookFile, spoken: Sequence[tuple[str, Cut, Part]], template: SpeechRequest) -> list[float]:
    """The silence before each part in seconds, in addition to the silence at a part's own edges."""
    chapters = set(itertools.accumulate(len(chapter.text) for chapter in file.chapters))
    silences, reached = [], -1
    for _, cut, part in spoken:
        gap = GAPS["."]
        if file.text[: cut.start].rstrip(" \t\r").endswith("\n"):
            gap = PARAGRAPH_GAP
        if any(reached < begin <= cut.start for begin in chapters):
            gap = BETWEEN_CHAPTERS
        scaled = gap * template.pause_scale / template.speed
        before = 0.0 if reached < 0 or template.untouched else max(0.0, scaled - LEAD - TAIL)
        silences.append(before if part.samples else before + WORDLESS)
        reached = cut.start
    return silences


def _whole(
    file: BookFile,
    spoken: Sequence[tuple[str, Cut, Part]],
    silences: Sequence[int],
    template: SpeechRequest,
    checkpoint: str,
    rate: int,
) -> _Whole:
    """The times of everything in the whole file."""
    phonemes, words, timings, described = "", list[Word](), list[tuple[float, float]](), []
    script_parts = list[ScriptPart]()
    begun = 0
    for (_, cut, part), before in zip(spoken, silences, strict=True):
        begun += before
        offset = begun / rate
        if phonemes and part.phonemes:
            timings.append((timings[-1][1], offset))
            phonemes += " "
        place = cut.start - len(cut.opening)
        script_parts += _moved_turns(part, cut, template, script_parts, len(words), len(phonemes))
        for word in part.words:
            first, last = (symbol + len(phonemes) for symbol in word.phoneme_span)
            words.append(
                replace(
                    word,
                    span=(word.span[0] + place, word.span[1] + place),
                    phoneme_span=(first, last),
                    start=None if word.start is None else word.start + offset,
                    end=None if word.end is None else word.end + offset,
                )
            )
        timings += [(first + offset, last + offset) for first, last in part.timings]
        phonemes += part.phonemes
        described.append({"start": round(offset, 4), "position": cut.start, "phonemes": part.phonemes})
        begun += part.samples
    samples = begun
    turns = tuple(script_parts) if any(part.script for _, _, part in spoken) else ()
    line = timeline.Timeline(file.text, phonemes, tuple(words), tuple(timings), samples / rate, turns)
    return _Whole(
        line,
        {
            "voice": template.voice,
            "speed": template.speed,
            "seed": template.seed,
            "checkpoint": checkpoint,
            "duration": round(samples / rate, 4),
            "text": file.text,
            "spoken": "\n\n".join(part.spoken for _, _, part in spoken if part.spoken),
            "phonemes": phonemes,
            **timeline.fields(line),
            "warnings": list(dict.fromkeys(warning for _, _, part in spoken for warning in part.warnings)),
            "parts": described,
        },
        rate,
    )


def _moved_turns(
    part: Part, cut: Cut, template: SpeechRequest, before: Sequence[ScriptPart], words: int, symbols: int
) -> list[ScriptPart]:
    """The script parts of a part, moved to their place in the whole file. A turn that continues from the part before
    keeps its number.

    before: the script parts so far, which have this number of `words` and `symbols`.
    """
    alone = ScriptPart(
        text=cut.text,
        voice=template.voice,
        speed=template.speed,
        language=template.language,
        speaker="",
        turn=0,
        span=(0, len(cut.text)),
        words=(0, len(part.words)),
        places=tuple(word.span for word in part.words),
        phoneme_span=(0, len(part.phonemes)),
    )
    script_parts = part.script or ((alone,) if part.words else ())
    if not script_parts:
        return []
    last = before[-1].turn if before else -1
    turns = last - script_parts[0].turn + (0 if cut.opening and before else 1)
    place = cut.start - len(cut.opening)
    return [
        replace(
            script_part,
            turn=script_part.turn + turns,
            span=(max(cut.start, script_part.span[0] + place), script_part.span[1] + place),
            words=(script_part.words[0] + words, script_part.words[1] + words),
            phoneme_span=(script_part.phoneme_span[0] + symbols, script_part.phoneme_span[1] + symbols),
            marks=tuple((index + words, name) for index, name in script_part.marks),
        )
        for script_part in script_parts
    ]


def _clock(seconds: float) -> str:
    """Such as "9:05:07"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
