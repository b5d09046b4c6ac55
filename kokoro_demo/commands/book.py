"""A long text spoken part by part: each part is kept as soon as it is made, so that a run that was ended goes on."""

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
from kokoro_demo.g2p.pronunciation import Part as Voiced
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.script.dialogue import openings
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrasing import GAPS, LEAD, PARAGRAPH_GAP, TAIL

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.synthesis.synthesizer import Synthesizer

# Part of the name of what is kept: to be raised if what is spoken or kept changes its form.
FORM = 3
# Seconds from sound to sound.
BETWEEN_CHAPTERS = 2.0
# In place of a part without words, such as a row of asterisks.
WORDLESS = 0.6
# What a WAV file's 32-bit lengths can say.
LARGEST_WAV = 2**32 - 2**12


@dataclass(frozen=True, slots=True)
class BookFile:
    """One file to write, and its captions.

    chapters: that are in it.
    """

    path: Path
    captions: Path | None
    chapters: Sequence[Chapter]

    @property
    def text(self) -> str:
        """All that is spoken in it."""
        return "".join(chapter.text for chapter in self.chapters)


def speak_book(synthesizer: Synthesizer, files: Sequence[BookFile], usual: SpeechRequest, folder: Path) -> None:
    """Speak a long text to its files, with progress on standard error.

    usual: all that decides the sound, but the text.
    folder: where finished parts are kept until everything is done.

    Raises:
        RequestError, CheckpointError: as `Synthesizer.stream`.
        OSError: if a file cannot be written; what is done is kept.
    """
    from tqdm import tqdm

    kept = KeptParts(folder)
    plans = [(file, plan_parts(file, usual, synthesizer.checkpoint.fingerprint)) for file in files]
    every = [part for _, plan in plans for part in plan]
    made = sum(kept.get(key) is not None for key, _ in every)
    if made:
        print(f"{made} of {len(every)} parts are in {folder} already.", file=sys.stderr)
    shown: set[str] = set()
    try:
        watched = sys.stderr.isatty()
        with tqdm(
            total=sum(len(cut.spoken) for _, cut in every), unit=" characters", mininterval=0.5 if watched else 60
        ) as bar:
            for file, plan in plans:
                described = []
                for key, cut in plan:
                    bar.set_description(file.path.name, refresh=False)
                    part = kept.get(key)
                    if part is None:
                        part, audio = speak_part(synthesizer, replace(usual, text=cut.spoken))
                        kept.keep(key, part, audio)
                    described.append((key, cut, part))
                    fresh = [warning for warning in part.warnings if warning not in shown]
                    shown.update(fresh)
                    if fresh:
                        bar.clear()
                        warn(fresh)
                    bar.update(len(cut.spoken))
                _write_once(file, described, kept, usual, synthesizer.checkpoint.name)
    except BaseException:
        done = sum(kept.get(key) is not None for key, _ in every)
        print(
            f"\n{done} of {len(every)} parts are kept in {folder}. Run the same command again to go on from there.",
            file=sys.stderr,
        )
        raise
    kept.remove()


class Cut(NamedTuple):
    """A part of a file's text, where it begins, and what has to be written before it so that its speaker goes on
    (`openings`)."""

    start: int
    text: str
    opening: str

    @property
    def spoken(self) -> str:
        """What is spoken."""
        return self.opening + self.text


def plan_parts(file: BookFile, usual: SpeechRequest, checkpoint: str) -> list[tuple[str, Cut]]:
    """The parts of a file in order, each with its key.

    checkpoint: the fingerprint of what will speak it.
    """
    plan, begin = list[tuple[str, Cut]](), 0
    roles = parse_cast(usual.cast)
    for chapter in file.chapters:
        found = parts(chapter.text)
        before = openings(chapter.text, roles, [start for start, _ in found])
        for (start, text), opening in zip(found, before, strict=True):
            cut = Cut(begin + start, text, opening)
            plan.append((key_of([FORM, checkpoint, asdict(replace(usual, text=cut.spoken))]), cut))
        begin += len(chapter.text)
    return plan


def key_of(decides: Any) -> str:
    """32 hexadecimal digits that tell what is decided by these values from everything else."""
    return hashlib.sha256(json.dumps(decides, sort_keys=True).encode()).hexdigest()[:32]


def speak_part(synthesizer: Synthesizer, request: SpeechRequest) -> tuple[Part, NDArray[np.float32] | None]:
    """Speak one part. One without words has no sound."""
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
    """A whole file as what is written from it (`formats.Saved`); its sound is written apart."""

    timeline: timeline.Timeline
    described: dict[str, Any]
    sample_rate: int
    audio: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))

    def details(self) -> dict[str, Any]:
        return self.described


def _write_once(
    file: BookFile, spoken: Sequence[tuple[str, Cut, Part]], kept: KeptParts, usual: SpeechRequest, checkpoint: str
) -> None:
    """Write a file and its captions, unless an earlier run has."""
    key = key_of([str(file.path.resolve()), str(file.captions), *(key for key, _, _ in spoken)])
    if kept.is_done(key) and file.path.is_file() and (file.captions is None or file.captions.is_file()):
        return
    seconds = write_file(file, spoken, kept, usual, checkpoint)
    kept.mark_done(key)
    print(f"{file.path}: {_clock(seconds)}, {usual.voice}, {checkpoint}", file=sys.stderr)


def write_file(
    file: BookFile, spoken: Sequence[tuple[str, Cut, Part]], kept: KeptParts, usual: SpeechRequest, checkpoint: str
) -> float:
    """Write a file and its captions from its parts; returns its length in seconds.

    spoken: each part with its key and what it is cut from.
    checkpoint: the name of what has spoken it.

    Raises:
        RequestError: if no part has words, or it is too long for a WAV file.
        OSError: if it cannot be written.
    """
    rate = next((part.sample_rate for _, _, part in spoken if part.sample_rate), 0)
    if not rate:
        raise RequestError(f"There is nothing in {file.path.name} that can be spoken.")
    silences = [round(seconds * rate) for seconds in _silences(file, spoken, usual)]
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
        whole = _whole(file, spoken, silences, usual, checkpoint, rate)
        write_whole(file.captions, format_of(file.captions).write(whole))
    return samples / rate


def _silences(file: BookFile, spoken: Sequence[tuple[str, Cut, Part]], usual: SpeechRequest) -> list[float]:
    """The seconds of silence before each part, over those that a part has at its own edges."""
    chapters = set(itertools.accumulate(len(chapter.text) for chapter in file.chapters))
    silences, reached = [], -1
    for _, cut, part in spoken:
        gap = GAPS["."]
        if file.text[: cut.start].rstrip(" \t\r").endswith("\n"):
            gap = PARAGRAPH_GAP
        if any(reached < begin <= cut.start for begin in chapters):
            gap = BETWEEN_CHAPTERS
        scaled = gap * usual.pause_scale / usual.speed
        before = 0.0 if reached < 0 or usual.untouched else max(0.0, scaled - LEAD - TAIL)
        silences.append(before if part.samples else before + WORDLESS)
        reached = cut.start
    return silences


def _whole(
    file: BookFile,
    spoken: Sequence[tuple[str, Cut, Part]],
    silences: Sequence[int],
    usual: SpeechRequest,
    checkpoint: str,
    rate: int,
) -> _Whole:
    """What is heard when, in the whole file."""
    phonemes, words, timings, described = "", list[Word](), list[tuple[float, float]](), []
    voiced = list[Voiced]()
    begun = 0
    for (_, cut, part), before in zip(spoken, silences, strict=True):
        begun += before
        offset = begun / rate
        if phonemes and part.phonemes:
            timings.append((timings[-1][1], offset))
            phonemes += " "
        place = cut.start - len(cut.opening)
        voiced += _moved_turns(part, cut, usual, voiced, len(words), len(phonemes))
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
    turns = tuple(voiced) if any(part.script for _, _, part in spoken) else ()
    line = timeline.Timeline(file.text, phonemes, tuple(words), tuple(timings), samples / rate, turns)
    return _Whole(
        line,
        {
            "voice": usual.voice,
            "speed": usual.speed,
            "seed": usual.seed,
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
    part: Part, cut: Cut, usual: SpeechRequest, before: Sequence[Voiced], words: int, symbols: int
) -> list[Voiced]:
    """Who says what of a part, placed in the whole file; a turn that goes on from the part before is one with it.

    before: of the parts before, which have so many `words` and `symbols`.
    """
    alone = Voiced(
        text=cut.text,
        voice=usual.voice,
        speed=usual.speed,
        language=usual.language,
        speaker="",
        turn=0,
        span=(0, len(cut.text)),
        words=(0, len(part.words)),
        places=tuple(word.span for word in part.words),
        phoneme_span=(0, len(part.phonemes)),
    )
    own = part.script or ((alone,) if part.words else ())
    if not own:
        return []
    last = before[-1].turn if before else -1
    turns = last - own[0].turn + (0 if cut.opening and before else 1)
    place = cut.start - len(cut.opening)
    return [
        replace(
            voiced,
            turn=voiced.turn + turns,
            span=(max(cut.start, voiced.span[0] + place), voiced.span[1] + place),
            words=(voiced.words[0] + words, voiced.words[1] + words),
            phoneme_span=(voiced.phoneme_span[0] + symbols, voiced.phoneme_span[1] + symbols),
            marks=tuple((index + words, name) for index, name in voiced.marks),
        )
        for voiced in own
    ]


def _clock(seconds: float) -> str:
    """As in "9:05:07"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
