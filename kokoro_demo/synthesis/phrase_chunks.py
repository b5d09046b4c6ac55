"""An utterance becomes the chunks of its phrase: at once, or piece by piece while it is made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from kokoro_demo.audio import audible_span, silence
from kokoro_demo.errors import CheckpointError
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.speech import F0_HOP, SpeechChunk
from kokoro_demo.synthesis.edges import cut, heard_f0, heard_times, kept_span
from kokoro_demo.synthesis.phrasing import PhrasePlan

if TYPE_CHECKING:
    from kokoro_demo.model import SpeechModel, Utterance

# A piece is handed on if it has so many samples; what comes after the last audible sound is held back until the end of
# the phrase is known, and as much before it as an edge may fade.
LEAST_PIECE = 6000
HELD_BACK = 480


@dataclass(frozen=True, slots=True)
class PhraseInSpeech:
    """A phrase, and its place in a speech.

    phonemes: of the phrase.
    words: of the whole speech.
    gain: how much louder it is made.
    index, total, start, style_row: as of `SpeechChunk`.
    speed: at which it is spoken.
    """

    plan: PhrasePlan
    phonemes: str
    words: Sequence[Word]
    gain: float
    index: int
    total: int
    start: float
    style_row: int
    speed: float

    def chunks(self, made: Iterable[tuple[Utterance, bool]], model: SpeechModel) -> Iterator[SpeechChunk]:
        """The chunks of an utterance, as it grows. made: it and whether it is whole, as `SpeaksInPieces`.

        Raises:
            CheckpointError: if the model gives no sound.
        """
        rate = model.sample_rate
        before, after = silence(self.plan.silence_before, rate), silence(self.plan.silence_after, rate)
        first, handed, symbols = None, 0, 0
        seconds: dict[str, float] = {}
        for utterance, whole in made:
            waveform = utterance.waveform
            seconds = {stage: seconds.get(stage, 0.0) + spent for stage, spent in utterance.seconds.items()} or seconds
            if not np.isfinite(waveform).all():
                raise CheckpointError("The model gave no sound for this text. Run `python -m kokoro_demo doctor`.")
            edges = np.concatenate([[0], np.cumsum(utterance.durations)]) * model.samples_per_frame
            if first is None:
                # Whether it comes from the model or the cache: the start is decided by the first piece.
                head = waveform[: utterance.first_piece]
                first = kept_span(head, rate, edges, self.phonemes, self.plan)[0]
            if whole:
                last = kept_span(waveform, rate, edges, self.phonemes, self.plan)[1]
                end, said = last - first, len(self.phonemes)
                audio = cut(waveform, rate, first, last)
            else:
                end = audible_span(waveform, rate)[1] - HELD_BACK - first
                end -= (len(before) + end) % F0_HOP
                if end - handed < LEAST_PIECE:
                    continue
                last = len(waveform)
                audio = cut(waveform, rate, first, last)[:end]
                said = max(symbols, self._said_by(int(np.searchsorted(edges[2:-1], first + end, "right"))))
            audio = np.clip(audio[handed:] * np.float32(self.gain), -1.0, 1.0)
            start = self.start if handed == 0 else self.start + (len(before) + handed) / rate
            offset = self.start + len(before) / rate
            timings = heard_times(edges, rate, self.speed, first, last, offset)[symbols:said]
            part = replace(self.plan, start=self.plan.start + symbols, end=self.plan.start + said)
            silent = len(before) if handed == 0 else 0
            audio = np.concatenate([before[:silent], audio, after[: len(after) if whole else 0]])
            durations = utterance.durations[symbols + (symbols > 0) : None if whole else said + (said > 0)]
            yield SpeechChunk(
                audio=audio,
                index=self.index,
                total=self.total,
                start=start,
                phonemes=self.phonemes[symbols:said],
                position=part.start,
                timings=timings,
                durations=tuple(int(frames) for frames in durations),
                words=tuple(_timed_words(self.words, part, timings)),
                style_row=self.style_row,
                f0=heard_f0(utterance.f0, model.samples_per_f0, first + handed, last, silent, len(audio)),
                seconds=seconds,
                goes_on=not whole,
            )
            handed, symbols, seconds = end, said, {}

    def _said_by(self, symbols: int) -> int:
        """How many of the first `symbols` belong to words that they hold whole; the last of all is always left."""
        position = self.plan.start + min(symbols, len(self.phonemes) - 1)
        for word in self.words:
            first, end = word.phoneme_span
            if first < position < end:
                position = first
        return max(0, position - self.plan.start)


def whole_phrases(chunks: Iterable[SpeechChunk]) -> Iterator[SpeechChunk]:
    """The chunks, those laid together that are pieces of one phrase."""
    pieces = list[SpeechChunk]()
    for chunk in chunks:
        pieces.append(chunk)
        if not chunk.goes_on:
            yield _laid_together(pieces)
            pieces = []
    if pieces:
        yield _laid_together(pieces)


def _laid_together(pieces: Sequence[SpeechChunk]) -> SpeechChunk:
    if len(pieces) == 1:
        return pieces[0]
    seconds: dict[str, float] = {}
    for piece in pieces:
        for stage, spent in piece.seconds.items():
            seconds[stage] = seconds.get(stage, 0.0) + spent
    return replace(
        pieces[0],
        audio=np.concatenate([piece.audio for piece in pieces]),
        phonemes="".join(piece.phonemes for piece in pieces),
        timings=tuple(timing for piece in pieces for timing in piece.timings),
        durations=tuple(frames for piece in pieces for frames in piece.durations),
        words=tuple(word for piece in pieces for word in piece.words),
        f0=np.concatenate([piece.f0 for piece in pieces]),
        seconds=seconds,
        goes_on=pieces[-1].goes_on,
    )


def _timed_words(words: Sequence[Word], phrase: PhrasePlan, timings: Sequence[tuple[float, float]]) -> Iterator[Word]:
    """The words that begin in a phrase, with the time from their first symbol to their last in it."""
    for word in words:
        first = word.phoneme_span[0]
        if phrase.start <= first < phrase.end:
            last = min(last_symbol(word), phrase.end - 1)
            yield replace(word, start=timings[first - phrase.start][0], end=timings[last - phrase.start][1])


def last_symbol(word: Word) -> int:
    """The place of the last symbol of a word; of one that is silent, the place it would have."""
    first, end = word.phoneme_span
    return max(first, end - 1)
