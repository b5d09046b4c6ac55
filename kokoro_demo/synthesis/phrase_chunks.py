"""Turns the model's utterance into the chunks of a phrase: all at once, or piece by piece while it is generated."""

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

# In samples. A piece is returned once it has MIN_PIECE. Until the end of the phrase is known, the silence after the
# last audible sound is held back, and a little before it that a fade may still change.
MIN_PIECE = 6000
HOLD_BACK = 480


@dataclass(frozen=True, slots=True)
class PhraseInSpeech:
    """A phrase, and where it is in a speech.

    phonemes: of the phrase.
    words: of the whole speech.
    gain: a factor for the audio.
    index, total, start, style_row: see `SpeechChunk`.
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

    def chunks(self, utterances: Iterable[tuple[Utterance, bool]], model: SpeechModel) -> Iterator[SpeechChunk]:
        """Yield the chunks of an utterance as it grows. utterances: it and whether it is complete (`SpeaksInPieces`).

        Raises:
            CheckpointError: if the model's output is not finite.
        """
        rate = model.sample_rate
        before, after = silence(self.plan.silence_before, rate), silence(self.plan.silence_after, rate)
        first: int | None = None  # the first sample of the utterance that is kept
        sent = symbols = 0  # how many samples from there on, and how many symbols, earlier chunks have
        seconds: dict[str, float] = {}
        for utterance, whole in utterances:
            waveform = utterance.waveform
            seconds = {stage: seconds.get(stage, 0.0) + spent for stage, spent in utterance.seconds.items()} or seconds
            if not np.isfinite(waveform).all():
                raise CheckpointError("The model gave no sound for this text. Run `python -m kokoro_demo doctor`.")
            edges = np.concatenate([[0], np.cumsum(utterance.durations)]) * model.samples_per_frame
            if first is None:
                # Decided by the first piece alone, so that it is the same if the utterance comes from the cache.
                head = waveform[: utterance.first_piece]
                first = kept_span(head, rate, edges, self.phonemes, self.plan)[0]
            if whole:
                last = kept_span(waveform, rate, edges, self.phonemes, self.plan)[1]
                end, symbols_end = last - first, len(self.phonemes)
            else:
                last = len(waveform)
                end = audible_span(waveform, rate)[1] - HOLD_BACK - first
                end -= (len(before) + end) % F0_HOP
                if end - sent < MIN_PIECE:
                    continue
                heard = int(np.searchsorted(edges[2:-1], first + end, "right"))
                symbols_end = max(symbols, self._end_of_whole_words(heard))
            audio = cut(waveform, rate, first, last)[sent:end]
            audio = np.clip(audio * np.float32(self.gain), -1.0, 1.0)
            start = self.start if sent == 0 else self.start + (len(before) + sent) / rate
            offset = self.start + len(before) / rate
            timings = heard_times(edges, rate, self.speed, first, last, offset)[symbols:symbols_end]
            part = replace(self.plan, start=self.plan.start + symbols, end=self.plan.start + symbols_end)
            silent = len(before) if sent == 0 else 0
            audio = np.concatenate([before[:silent], audio, after[: len(after) if whole else 0]])
            # The first chunk also has the duration of the padding token before the phrase, the last that of the one
            # after.
            token, tokens_end = symbols + (symbols > 0), symbols_end + (symbols_end > 0)
            durations = utterance.durations[token : None if whole else tokens_end]
            yield SpeechChunk(
                audio=audio,
                index=self.index,
                total=self.total,
                start=start,
                phonemes=self.phonemes[symbols:symbols_end],
                position=part.start,
                timings=timings,
                durations=tuple(int(frames) for frames in durations),
                words=tuple(_timed_words(self.words, part, timings)),
                style_row=self.style_row,
                f0=heard_f0(utterance.f0, model.samples_per_f0, first + sent, last, silent, len(audio)),
                seconds=seconds,
                phrase_continues=not whole,
            )
            sent, symbols, seconds = end, symbols_end, {}

    def _end_of_whole_words(self, symbols: int) -> int:
        """How many of the first `symbols` belong to complete words; never the last symbol of the phrase."""
        position = self.plan.start + min(symbols, len(self.phonemes) - 1)
        for word in self.words:
            first, end = word.phoneme_span
            if first < position < end:
                position = first
        return max(0, position - self.plan.start)


def whole_phrases(chunks: Iterable[SpeechChunk]) -> Iterator[SpeechChunk]:
    """Yield the chunks, with the pieces of each phrase joined into one."""
    pieces = list[SpeechChunk]()
    for chunk in chunks:
        pieces.append(chunk)
        if not chunk.phrase_continues:
            yield _joined(pieces)
            pieces = []
    if pieces:
        yield _joined(pieces)


def _joined(pieces: Sequence[SpeechChunk]) -> SpeechChunk:
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
        phrase_continues=pieces[-1].phrase_continues,
    )


def _timed_words(words: Sequence[Word], phrase: PhrasePlan, timings: Sequence[tuple[float, float]]) -> Iterator[Word]:
    """Yield the words that begin in a phrase, with their start and end in seconds as far as they are in it."""
    for word in words:
        first = word.phoneme_span[0]
        if phrase.start <= first < phrase.end:
            last = min(last_symbol(word), phrase.end - 1)
            yield replace(word, start=timings[first - phrase.start][0], end=timings[last - phrase.start][1])


def last_symbol(word: Word) -> int:
    """Return the index of a word's last symbol; for a silent word, where its symbol would be."""
    first, end = word.phoneme_span
    return max(first, end - 1)
