"""The edges of an utterance: where it becomes audible, how much of its silence is kept, and when its symbols are
heard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kokoro_demo.audio import audible_span, fade, silence
from kokoro_demo.speech import F0_HOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.synthesis.phrasing import PhrasePlan

# Anything softer, relative to the loudest window, is the model's own noise.
FAINT_DB = -65.0
# A soft consonant lasts at most this many seconds after the last audible sound. What stays soft for longer is the room
# noise of the voice's recordings, which is as loud as -55 dB in some.
SOFT_END = 0.1
# A sound begins this many seconds before its token at speed 1, and half as many at twice the speed: the median of the
# onsets after a silence, for Kokoro's voices and for the first voice (`python -m benchmarks.onsets`).
EARLY = 0.045


def heard_times(
    edges: NDArray[np.int64], rate: int, speed: float, first: int, last: int, offset: float
) -> tuple[tuple[float, float], ...]:
    """Return when each symbol of the phrase is heard: (start, end) in seconds, without the padding tokens.

    edges: see `kept_span`. rate: samples per second. first, last: the span of samples that are kept.
    offset: when the first of them is heard, in seconds.
    """
    times = offset + (np.clip(edges[1:-1] - round(EARLY * rate / speed), first, last) - first) / rate
    return tuple(zip(times[:-1].tolist(), times[1:].tolist(), strict=True))


def kept_span(
    waveform: NDArray[np.float32], rate: int, edges: NDArray[np.int64], phonemes: str, phrase: PhrasePlan
) -> tuple[int, int]:
    """Return the span of samples of an utterance that are kept: from `phrase.lead` before the first audible sample to
    `phrase.tail` after the last. It may reach beyond the utterance; silence is added there.

    waveform: (samples,). rate: samples per second. edges: (T + 1,), where each token begins, in samples, and where the
    last one ends. A sound that is too soft to be found is kept if its token is spoken; at the end, for at most
    `SOFT_END` seconds, which are part of the tail.
    """
    spoken = [index for index, symbol in enumerate(phonemes) if symbol.isalpha()] or [0, len(phonemes) - 1]
    audible_start, audible_end = audible_span(waveform, rate)
    faint_start, faint_end = audible_span(waveform, rate, FAINT_DB)
    first, last = 0, len(waveform)
    if phrase.lead is not None:
        first = min(audible_start, max(faint_start, int(edges[1 + spoken[0]]))) - round(phrase.lead * rate)
    if phrase.tail is not None:
        soft_end = min(faint_end, int(edges[2 + spoken[-1]]), audible_end + round(SOFT_END * rate))
        last = max(audible_end + round(phrase.tail * rate), soft_end)
    return first, last


def cut(waveform: NDArray[np.float32], rate: int, first: int, last: int) -> NDArray[np.float32]:
    """Return a copy of the samples from `first` to `last`, faded where it cuts, with zeros beyond the waveform."""
    within = waveform[max(first, 0) : last].copy()
    fade(within, rate, start=first != 0, end=last != len(waveform))
    before, after = (silence(max(0, samples) / rate, rate) for samples in (-first, last - len(waveform)))
    return np.concatenate([before, within, after])


def heard_f0(
    f0: NDArray[np.float32], samples_per_f0: int, first: int, last: int, before: int, samples: int
) -> NDArray[np.float32]:
    """Return the F0 at the middle of each hop of a chunk, (samples // F0_HOP,) Hz.

    f0: of the whole waveform, one value for every `samples_per_f0`. first, last: the span of the waveform that is in
        the
    chunk. before: the samples of silence before it. samples: the length of the chunk.
    """
    places = np.arange(samples // F0_HOP) * F0_HOP + F0_HOP // 2 - before + first
    heard = (places >= max(first, 0)) & (places < min(last, len(f0) * samples_per_f0))
    return np.where(heard, f0[np.clip(places // samples_per_f0, 0, len(f0) - 1)], 0.0).astype(np.float32)
