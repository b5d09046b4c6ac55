"""The two types that everything shares: a request that decides the sound, and the speech it becomes."""

from __future__ import annotations

import math
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kokoro_demo import timeline
from kokoro_demo.budget import MAX_CHARACTERS
from kokoro_demo.errors import RequestError
from kokoro_demo.files import write_whole
from kokoro_demo.g2p.pronunciation import Part, Word
from kokoro_demo.languages import canonical_language
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.script.cast import cast_lines, parse_cast
from kokoro_demo.script.compiling import compile_script
from kokoro_demo.script.segments import Script, Segment
from kokoro_demo.script.ssml.compiling import Asked
from kokoro_demo.script.ssml.document import begins_as_ssml
from kokoro_demo.text.clean.surrogates import whole_characters
from kokoro_demo.timeline import Timeline
from kokoro_demo.voices.blends import canonical_voice

if TYPE_CHECKING:
    import numpy as np

SAMPLE_RATE = 24_000
SAMPLES_PER_FRAME = 600
F0_HOP = 300
DEFAULT_VOICE = "af_heart"
MIN_SPEED, MAX_SPEED = 0.5, 2.0
MAX_PAUSE_SCALE = 3.0
MAX_SEED = 2**32 - 1


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    """Everything that decides the sound. Equal requests at one engine setting give equal bytes.

    text: 1 to 20,000 characters, with markup.
    voice: a voice pack's name ("af_heart") or a blend of some ("af_bella(2)+bf_emma"), kept in the one way of
        writing it (`kokoro_demo.voices.blends`); the checkpoint checks the names against its catalogue. An alias of the
        server (`kokoro_demo.script.aliases`) becomes what it stands for, and its speed a factor of `speed`.
    speed: 0.5 to 2.
    seed: of the vocoder's noise, 0 to 2**32 - 1.
    language: a code or an alias in `kokoro_demo.languages` ("en-gb", "pt"), kept as the code; None is the voice's own.
    lexicon: the writer's fixes, lines of ``word = /ipa/`` or ``word = respelling``.
    phonemes: spoken in place of the text's own reading; None if the text is to be read.
    pause_scale: by what the pauses at marks, lines and paragraphs between phrases are longer or shorter, 0 to 3. Pauses
        that the text asks for are as long as it says.
    even_loudness: whether the voice speaks by a fixed gain of its own as loud as the others (`voices.loudness`).
    untouched: whether each phrase is exactly what the model gave, with its silence before and after.
    cast: who speaks in a script: lines of ``Name = voice`` or ``Name = voice, speed`` (`kokoro_demo.script.cast`). A
        mapping of names to voices is taken too, and kept as lines.
    ssml: whether the text is SSML without a ``<speak>`` around it. A text that begins with ``<speak`` is SSML always,
        and this is kept as False (`is_ssml`).

    Raises:
        RequestError: if a value is not of this form.
    """

    text: str
    voice: str = DEFAULT_VOICE
    speed: float = 1.0
    seed: int = 0
    language: str | None = None
    lexicon: str = ""
    phonemes: str | None = None
    pause_scale: float = 1.0
    even_loudness: bool = False
    untouched: bool = False
    cast: str = ""
    ssml: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "cast", cast_lines(self.cast))
        for name in ("text", "voice", "lexicon"):
            if not isinstance(getattr(self, name), str):
                raise RequestError(f"{name} must be a string, not {type(getattr(self, name)).__name__}.")
        if self.phonemes is not None and not isinstance(self.phonemes, str):
            raise RequestError(f"phonemes must be a string, not {type(self.phonemes).__name__}.")
        for name in ("text", "voice", "lexicon", "phonemes", "cast"):
            if getattr(self, name) is not None:
                object.__setattr__(self, name, whole_characters(getattr(self, name)))
        if not self.text.strip() and not (self.phonemes or "").strip():
            raise RequestError("There is nothing to speak. Type some text first.")
        for name in ("text", "lexicon", "phonemes", "cast"):
            length = len(getattr(self, name) or "")
            if length > MAX_CHARACTERS:
                book = " A whole book is spoken by `python -m kokoro_demo --file book.txt` on your own machine."
                raise RequestError(
                    f"The {name} {'have' if name == 'phonemes' else 'has'} {length:,} characters; "
                    f"at most {MAX_CHARACTERS:,} can be spoken at once. "
                    f"Shorten it, or speak it in parts.{book if name == 'text' else ''}"
                )
        if not self.voice.strip():
            raise RequestError("Choose a voice.")
        if alias_of(self.voice) is None:
            object.__setattr__(self, "voice", canonical_voice(self.voice))
        if isinstance(self.speed, bool) or not isinstance(self.speed, int | float) or not math.isfinite(self.speed):
            raise RequestError(f"Speed must be a number from {MIN_SPEED} to {MAX_SPEED:g}.")
        if not MIN_SPEED <= self.speed <= MAX_SPEED:
            raise RequestError(f"Speed must be from {MIN_SPEED} to {MAX_SPEED:g}, not {self.speed:g}.")
        alias = alias_of(self.voice)
        if alias is not None:
            object.__setattr__(self, "voice", alias.voice)
        speed = self.speed * alias.speed if alias is not None else self.speed
        object.__setattr__(self, "speed", float(min(max(speed, MIN_SPEED), MAX_SPEED)))
        scale = self.pause_scale
        if isinstance(scale, bool) or not isinstance(scale, int | float) or not 0 <= scale <= MAX_PAUSE_SCALE:
            raise RequestError(f"pause_scale must be a number from 0 to {MAX_PAUSE_SCALE:g}.")
        object.__setattr__(self, "pause_scale", float(scale))
        parse_cast(self.cast)
        for name in ("even_loudness", "untouched", "ssml"):
            if not isinstance(getattr(self, name), bool):
                raise RequestError(f"{name} must be true or false.")
        object.__setattr__(self, "ssml", self.ssml and not begins_as_ssml(self.text))
        if isinstance(self.seed, bool) or not isinstance(self.seed, int) or not 0 <= self.seed <= MAX_SEED:
            raise RequestError(f"The seed must be a whole number from 0 to {MAX_SEED}.")
        if self.language is not None:
            if not isinstance(self.language, str):
                raise RequestError(f"language must be a string, not {type(self.language).__name__}.")
            object.__setattr__(self, "language", canonical_language(self.language))

    @property
    def script(self) -> Script | None:
        """The text in segments; None if one voice says all of it, as it also says phonemes.

        Raises:
            RequestError: if a mark or a tag cannot be read.
        """
        if self.phonemes is not None:
            return None
        return compile_script(self.text, self.cast, self.is_ssml, Asked(self.voice, self.speed, self.language))

    @property
    def is_ssml(self) -> bool:
        """Whether the text is read as SSML."""
        return self.ssml or begins_as_ssml(self.text)

    def for_segment(self, segment: Segment) -> SpeechRequest:
        """The request that a segment of the script is, its text being that of the segment."""
        speed = min(MAX_SPEED, max(MIN_SPEED, self.speed * segment.speed))
        return self._of_script(
            segment.traced.text, segment.voice or self.voice, speed, segment.language or self.language
        )

    def for_part(self, part: Part) -> SpeechRequest:
        """The same for a part of the script's reading."""
        return self._of_script(part.text, part.voice, part.speed, part.language)

    def _of_script(self, text: str, voice: str, speed: float, language: str | None) -> SpeechRequest:
        """What one voice says of the script."""
        return replace(self, text=text, voice=voice, speed=speed, language=language, cast="", ssml=False)


@dataclass(frozen=True, slots=True, eq=False)
class SpeechChunk:
    """One phrase of a speech, in the order it is heard, or a piece of one; or a piece of a long silence, which has no
    phonemes.

    audio: (samples,) float32 in [-1, 1], with the silence that follows it; chunks laid end to end are the speech.
    index, total: which phrase this is, of how many.
    start: when it begins in the whole speech, in seconds.
    phonemes: what the model was given, which begins at `position` in the whole speech's phonemes.
    timings: when each symbol of `phonemes` is heard, in seconds from the start of the whole speech.
    durations: of the model's tokens, in frames of 25 ms: one more than `phonemes` at either end.
    words: the words that begin in the phrase, timed in seconds from the start of the whole speech as far as they are in
        it. A piece has those that have been heard when it ends.
    style_row: of the voice pack.
    f0: Hz at each hop of `F0_HOP` samples of `audio`, 0 if unvoiced.
    seconds: of computing, by stage of the model.
    goes_on: whether the next chunk is a piece of the same phrase. What they have of its symbols, durations and words
        follows each other.
    """

    audio: np.ndarray
    index: int
    total: int
    start: float
    phonemes: str
    position: int
    timings: tuple[tuple[float, float], ...]
    durations: tuple[int, ...]
    words: tuple[Word, ...]
    style_row: int
    f0: np.ndarray
    seconds: Mapping[str, float]
    goes_on: bool = False

    @property
    def ends_phrase(self) -> bool:
        """Whether a phrase has been spoken whole when this has been heard."""
        return bool(self.phonemes) and not self.goes_on


class SpeechStream(Iterator[SpeechChunk]):
    """The phrases of a speech, each made when it is asked for. Laid end to end their audio is the whole speech.

    request: what is spoken.
    warnings: what was left out or replaced, in sentences.
    chunks: a generator of the phrases.
    """

    def __init__(
        self, request: SpeechRequest, warnings: tuple[str, ...], chunks: Generator[SpeechChunk, None, None]
    ) -> None:
        self.request, self.warnings = request, warnings
        self._chunks = chunks

    def __next__(self) -> SpeechChunk:
        return next(self._chunks)

    def close(self) -> None:
        """Ends the stream: nothing more is made."""
        self._chunks.close()


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """24 kHz audio that knows where each word is heard.

    audio: (samples,) float32 in [-1, 1], never normalised.
    phonemes: in Kokoro's alphabet.
    words: each with its phonemes, and its start and end in seconds.
    timings: when each symbol of `phonemes` is heard, in seconds.
    spoken: the text as it was spoken.
    warnings: what was left out or replaced, in sentences.
    chunks: the phrases it was made of; their audio lies within `audio`.
    fingerprint: of request, checkpoint, phonemes and durations, to compare with another's (`share.fingerprint`).
    parts: of a script, which voice says what.
    """

    audio: np.ndarray
    request: SpeechRequest
    phonemes: str
    words: tuple[Word, ...]
    timings: tuple[tuple[float, float], ...]
    spoken: str
    warnings: tuple[str, ...]
    checkpoint: str
    chunks: tuple[SpeechChunk, ...] = ()
    fingerprint: str = ""
    sample_rate: int = SAMPLE_RATE
    parts: tuple[Part, ...] = ()

    @property
    def duration(self) -> float:
        """The length in seconds."""
        return len(self.audio) / self.sample_rate

    @property
    def f0(self) -> np.ndarray:
        """Hz at each hop of `F0_HOP` samples, 0 if unvoiced, float32."""
        import numpy as np

        whole = np.zeros(len(self.audio) // F0_HOP, np.float32)
        begin = 0
        for chunk in self.chunks:
            end = begin + len(chunk.audio)
            hops = np.arange(-(-begin // F0_HOP), min(end // F0_HOP, len(whole)))
            places = (hops * F0_HOP - begin) // F0_HOP
            whole[hops[places < len(chunk.f0)]] = chunk.f0[places[places < len(chunk.f0)]]
            begin = end
        return whole

    @property
    def profile(self) -> dict[str, float]:
        """Seconds of computing by stage of the model."""
        stages: dict[str, float] = {}
        for chunk in self.chunks:
            for stage, seconds in chunk.seconds.items():
                stages[stage] = stages.get(stage, 0.0) + seconds
        return stages

    @property
    def timeline(self) -> Timeline:
        """What is heard when."""
        request = self.request
        written = request.text if request.phonemes is None else request.phonemes
        return Timeline(written, self.phonemes, self.words, self.timings, self.duration, self.parts)

    def details(self) -> dict[str, Any]:
        """Everything that is known of the speech except its sound, for JSON; times in seconds."""
        return {
            "voice": self.request.voice,
            "speed": self.request.speed,
            "seed": self.request.seed,
            "pause_scale": self.request.pause_scale,
            "even_loudness": self.request.even_loudness,
            "untouched": self.request.untouched,
            "cast": self.request.cast,
            "ssml": self.request.is_ssml,
            "checkpoint": self.checkpoint,
            "fingerprint": self.fingerprint,
            "duration": round(self.duration, 4),
            "text": self.request.text,
            "spoken": self.spoken,
            "phonemes": self.phonemes,
            **timeline.fields(self.timeline),
            "warnings": list(self.warnings),
            "phrases": [
                {
                    "start": round(chunk.start, 4),
                    "phonemes": chunk.phonemes,
                    "style_row": chunk.style_row,
                    "durations": list(chunk.durations),
                }
                for chunk in self.chunks
                if chunk.phonemes
            ],
            "seconds": {stage: round(seconds, 4) for stage, seconds in self.profile.items()},
        }

    def save(self, path: str | Path) -> Path:
        """Write the audio as WAV, FLAC, OGG, Opus or MP3, or when it is heard as SRT, VTT, JSON or TextGrid, by the
        suffix of `path`. No half-written file is left.

        Raises:
            RequestError: for another suffix.
            OSError: if the file cannot be written.
        """
        from kokoro_demo.formats import format_of

        return write_whole(path, format_of(path).write(self))
