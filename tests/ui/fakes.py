"""A fake backend: each sentence is a tone, each letter is a phoneme, and a test can hold up each phrase."""

from __future__ import annotations

import base64
import copy
import re
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NoReturn

import numpy as np
import torch

from kokoro_demo.g2p import read_phonemes
from kokoro_demo.g2p.pronunciation import Pronunciation, Word
from kokoro_demo.share import fingerprint
from kokoro_demo.speech import F0_HOP, SAMPLE_RATE, Speech, SpeechChunk, SpeechRequest
from kokoro_demo.ui.backend import ModelStatus
from kokoro_demo.voices.catalogue import Voices

VOICES = ("af_heart", "bf_emma", "am_adam")
FIRST_VOICES = ("af_heart_small",)


def voices(names: Sequence[str]) -> Voices:
    """The real catalogue without voice packs."""

    def read(name: str) -> NoReturn:
        raise AssertionError("a tone needs no pack")

    return Voices(names, read)


class FakeModel:
    """Has Kokoro's style width, so that it accepts voice packs."""

    style_width = 256


@dataclass
class FakeCheckpoint:
    name: str = "Kokoro-82M"
    voices: Voices = field(default_factory=lambda: voices(VOICES))
    model: FakeModel = field(default_factory=FakeModel)


class FakeSynthesizer:
    """Calls `brake` before each phrase, so that a test can make it wait or raise."""

    def __init__(self, checkpoint: FakeCheckpoint, brake: Callable[[int], None] = lambda index: None) -> None:
        self.checkpoint = checkpoint
        self.brake = brake
        self.made = 0

    def parameters_of(self, request: SpeechRequest) -> int:
        return 82_000_000

    def setting_of(self, request: SpeechRequest) -> str:
        return "float32, 1 thread"

    def fingerprint(self, request: SpeechRequest, pronunciation: Pronunciation, chunks: Sequence[SpeechChunk]) -> str:
        return fingerprint(
            request, self.checkpoint.name, pronunciation.phonemes, [len(chunk.phonemes) for chunk in chunks]
        )

    def language_of(self, voice: str) -> str:
        return self.checkpoint.voices.info(voice).language

    def with_packs(self, packs: Mapping[str, torch.Tensor]) -> FakeSynthesizer:
        other = copy.copy(self)
        other.checkpoint = replace(self.checkpoint, voices=self.checkpoint.voices.with_packs(packs))
        return other

    def pronounce(self, request: SpeechRequest) -> Pronunciation:
        self.checkpoint.voices.info(request.voice)
        if request.phonemes is not None:
            return read_phonemes(request.phonemes, "en-us")
        phonemes = "".join(c for c in request.text.lower() if c.isalpha() or c in " .,!?")
        words = tuple(
            Word(m.group(), m.group(), m.group().lower(), "dictionary", m.span(), m.span())
            for m in re.finditer(r"\w+", request.text)
        )
        unknown = sorted(set(re.findall(r"[^\w\s.,!?'\"]", request.text)))
        warnings = (f"Left out, Kokoro has no symbol for it: {' '.join(unknown)}",) if unknown else ()
        return Pronunciation(request.text, "en-us", " ".join(request.text.split()), phonemes, words, (), warnings)

    def stream(
        self,
        request: SpeechRequest,
        should_stop: Callable[[], bool] | None = None,
        *,
        pronunciation: Pronunciation | None = None,
    ) -> Iterator[SpeechChunk]:
        phrases = re.findall(r"[^.!?]*[.!?]|[^.!?]+$", request.text.strip())
        start, place = 0.0, 0
        for index, phrase in enumerate(phrases):
            if should_stop and should_stop():
                return
            self.brake(index)
            seconds = max(0.2, 0.05 * len(phrase)) / request.speed
            t = np.arange(round(seconds * SAMPLE_RATE)) / SAMPLE_RATE
            audio = (0.2 * np.sin(2 * np.pi * (220 + 40 * index) * t)).astype(np.float32)
            self.made += 1
            yield SpeechChunk(
                audio=audio,
                index=index,
                total=len(phrases),
                start=start,
                phonemes=phrase,
                position=0,
                timings=(),
                durations=(),
                words=tuple(timed_words(phrase, request.text.index(phrase, place), start, seconds)),
                style_row=len(phrase) - 1,
                f0=np.full(len(audio) // F0_HOP, 220 + 40 * index, np.float32),
                seconds={},
            )
            start += seconds
            place = request.text.index(phrase, place) + len(phrase)

    def assemble(self, request: SpeechRequest, pronunciation: Pronunciation, chunks: Sequence[SpeechChunk]) -> Speech:
        return Speech(
            audio=np.concatenate([chunk.audio for chunk in chunks]),
            request=request,
            phonemes=pronunciation.phonemes,
            words=tuple(
                replace(word, start=0.1 * place, end=0.1 * place + 0.1)
                for place, word in enumerate(pronunciation.words)
            ),
            timings=tuple((0.05 * place, 0.05 * place + 0.05) for place in range(len(pronunciation.phonemes))),
            spoken=pronunciation.spoken,
            warnings=pronunciation.warnings,
            checkpoint=self.checkpoint.name,
            chunks=tuple(chunks),
        )

    def speak(self, request: SpeechRequest) -> Speech:
        pronunciation = self.pronounce(request)
        return self.assemble(request, pronunciation, list(self.stream(request, pronunciation=pronunciation)))


def timed_words(phrase: str, place: int, start: float, seconds: float) -> Iterator[Word]:
    """The words of a phrase that begins at `place` in its text; their durations are proportional to their lengths."""
    share = seconds / len(phrase)
    for match in re.finditer(r"\w+", phrase):
        first, last = match.span()
        span = (place + first, place + last)
        word = Word(match.group(), match.group(), match.group().lower(), "dictionary", span, span)
        yield replace(word, start=start + first * share, end=start + last * share)


class Brake:
    """Blocks phrases until `release` is called; the first `free` phrases pass freely."""

    def __init__(self, free: int = 0) -> None:
        self._free = free
        self._gate = threading.Semaphore(0)

    def __call__(self, index: int) -> None:
        if index >= self._free and not self._gate.acquire(timeout=20):
            raise TimeoutError("the test never released the brake")

    def release(self, phrases: int = 1) -> None:
        self._gate.release(phrases)


class FakeBackend:
    """Speaks immediately, and has the status that a test sets."""

    def __init__(
        self, checkpoint: FakeCheckpoint | None = None, brake: Callable[[int], None] = lambda index: None
    ) -> None:
        self.speaker = FakeSynthesizer(checkpoint or FakeCheckpoint(), brake)
        self.state = ModelStatus(self.speaker.checkpoint.name)

    def synthesizer(self) -> FakeSynthesizer:
        return self.speaker

    def status(self) -> ModelStatus:
        return self.state


def clip_samples(clip: dict) -> np.ndarray:
    """The 16-bit samples of a `ui.clips.clip`."""
    return np.frombuffer(base64.b64decode(clip["samples"]), "<i2")
