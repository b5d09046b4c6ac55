"""The two types that the whole package shares: a request, which determines the audio, and the speech it becomes."""

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
from kokoro_demo.script.ssml.compiling import RequestSettings
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
    """Everything that determines the audio. Equal requests give equal bytes at equal precision and number of threads.

    text: 1 to 20,000 characters, with markup.
    voice: a voice pack's name ("af_heart") or a blend of several ("af_bella(2)+bf_emma"), stored in its canonical form
        (`kokoro_demo.voices.blends`); whether the checkpoint has these voices is checked later. An alias of the server
        (`kokoro_demo.script.aliases`) is replaced by its voice, and its speed multiplies `speed`.
    speed: 0.5 to 2.
    seed: seeds the vocoder's noise, 0 to 2**32 - 1.
    language: a code or an alias in `kokoro_demo.languages` ("en-gb", "pt"), stored as the code; None means the voice's
        language.
    lexicon: corrected pronunciations, lines of ``word = /ipa/`` or ``word = respelling``.
    phonemes: spoken instead of the phonemes of the text; None if the text is to be read.
    pause_scale: a factor for the pauses between phrases (at marks, lines and paragraphs), 0 to 3. It does not apply to
        a pause that the text sets.
    even_loudness: apply a fixed gain to each voice, so that all are equally loud (`voices.loudness`).
    untouched: keep each phrase exactly as the model generated it, including the silence before and after.
    cast: the voices of a script's speakers: lines of ``Name = voice`` or ``Name = voice, speed``
        (`kokoro_demo.script.cast`). A mapping of names to voices is accepted too, and stored as lines.
    ssml: parse the text as SSML even though it has no ``<speak>`` around it. A text that begins with ``<speak`` always
        is SSML, and then this is stored as False (see `is_ssml`).

    Raises:
        RequestError: if a value is invalid.
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
        """The text divided into segments; None if one voice speaks all of it, as it does whenever phonemes are given.

        Raises:
            RequestError: if a mark or a tag is invalid.
        """
        if self.phonemes is not None:
            return None
        return compile_script(
            self.text, self.cast, self.is_ssml, RequestSettings(self.voice, self.speed, self.language)
        )

    @property
    def is_ssml(self) -> bool:
        """Whether the text is parsed as SSML."""
        return self.ssml or begins_as_ssml(self.text)

    def for_segment(self, segment: Segment) -> SpeechRequest:
        """Return the request for one segment of the script."""
        speed = min(MAX_SPEED, max(MIN_SPEED, self.speed * segment.speed))
        return self._of_script(
            segment.traced.text, segment.voice or self.voice, speed, segment.language or self.language
        )

    def for_part(self, part: Part) -> SpeechRequest:
        """Return the request for one part of the script's pronunciation."""
        return self._of_script(part.text, part.voice, part.speed, part.language)

    def _of_script(self, text: str, voice: str, speed: float, language: str | None) -> SpeechRequest:
        """Return a request for one voice, without a cast."""
        return replace(self, text=text, voice=voice, speed=speed, language=language, cast="", ssml=False)


@dataclass(frozen=True, slots=True, eq=False)
class SpeechChunk:
    """One phrase of a speech, or a piece of one, or a piece of a long silence, which has no phonemes.

    audio: (samples,) float32 in [-1, 1], with the silence that follows; concatenated, the chunks are the whole speech.
    index, total: the number of the phrase, from 0, and the number of phrases.
    start: when it begins, in seconds from the start of the speech.
    phonemes: the model's input, which begins at `position` in the phonemes of the speech.
    timings: when each symbol of `phonemes` is heard, in seconds from the start of the speech.
    durations: of the model's tokens, in frames of 25 ms; the model pads `phonemes` with one token at either end.
    words: the words that begin in this phrase, with their times in seconds from the start of the speech, as far as they
        lie in the phrase. A piece has the words that have been heard by its end.
    style_row: the row of the voice pack that was used.
    f0: Hz at each hop of `F0_HOP` samples of `audio`, 0 if unvoiced, float32.
    seconds: computing time of each stage of the model.
    phrase_continues: whether the next chunk is a piece of the same phrase. The symbols, durations and words of the
        pieces follow one another, without overlap.
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
    phrase_continues: bool = False

    @property
    def ends_phrase(self) -> bool:
        """Whether the phrase has been heard to its end after this chunk."""
        return bool(self.phonemes) and not self.phrase_continues


class SpeechStream(Iterator[SpeechChunk]):
    """Iterates over the phrases of a speech, each generated on demand. Concatenated, their audio is the whole speech.

    request: what is spoken.
    warnings: what was left out or replaced, one sentence each.
    chunks: generates the phrases.
    """

    def __init__(
        self, request: SpeechRequest, warnings: tuple[str, ...], chunks: Generator[SpeechChunk, None, None]
    ) -> None:
        self.request, self.warnings = request, warnings
        self._chunks = chunks

    def __next__(self) -> SpeechChunk:
        return next(self._chunks)

    def close(self) -> None:
        """End the stream; nothing more is generated."""
        self._chunks.close()


@dataclass(frozen=True, slots=True, eq=False)
class Speech:
    """24 kHz mono audio, with the times of its words and phonemes.

    audio: (samples,) float32 in [-1, 1], never normalised.
    phonemes: in Kokoro's alphabet.
    words: each with its phonemes, and its start and end in seconds.
    timings: when each symbol of `phonemes` is heard, in seconds.
    spoken: the text as it was spoken: numbers, abbreviations and symbols in words.
    warnings: what was left out or replaced, one sentence each.
    checkpoint: the name of the checkpoint that spoke.
    chunks: the phrases; concatenated, their audio is `audio`.
    fingerprint: of request, checkpoint, phonemes and durations, to compare with another speech (`share.fingerprint`).
    parts: of a script: what each voice speaks.
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
        """The fundamental frequency in Hz at each hop of `F0_HOP` samples, (hops,) float32; 0 if unvoiced."""
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
        """Computing time of each stage of the model, in seconds."""
        stages: dict[str, float] = {}
        for chunk in self.chunks:
            for stage, seconds in chunk.seconds.items():
                stages[stage] = stages.get(stage, 0.0) + seconds
        return stages

    @property
    def timeline(self) -> Timeline:
        """When each word and symbol is heard."""
        request = self.request
        written = request.text if request.phonemes is None else request.phonemes
        return Timeline(written, self.phonemes, self.words, self.timings, self.duration, self.parts)

    def details(self) -> dict[str, Any]:
        """Everything but the audio, as JSON values; times in seconds."""
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
        """Write the audio as WAV, FLAC, OGG, Opus or MP3, or the times of its words as SRT, VTT, JSON or TextGrid,
        depending on the suffix of `path`. The file is written atomically.

        Raises:
            RequestError: if the suffix is not one of these.
            OSError: if the file cannot be written.
        """
        from kokoro_demo.formats import format_of

        return write_whole(path, format_of(path).write(self))
