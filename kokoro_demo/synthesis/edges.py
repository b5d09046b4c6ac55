"""Where an utterance begins and ends to be heard, and what of its silence is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from kokoro_demo.audio import audible_span, fade, silence
from kokoro_demo.speech import F0_HOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.synthesis.phrasing import PhrasePlan

# What is softer than this, against the loudest, is the model's own noise.
FAINT_DB = -65.0
# The longest that a soft consonant goes on after the last audible sound, in seconds; what is soft for longer is the
# noise of the room that a voice learned, which lies at -55 dB in some.
SOFT_END = 0.1
# A sound begins this long before its token, in seconds at speed 1; at twice the speed, half as long. The median of the
# onsets after a silence, in Kokoro's voices as in the first one (`python -m benchmarks.onsets`).
EARLY = 0.045


def heard_times(
    edges: NDArray[np.int64], rate: int, speed: float, first: int, last: int, offset: float
) -> tuple[tuple[float, float], ...]:
    """When each symbol between the pads is heard, in seconds.

    edges: as of `kept_span`. first, last: the samples that are kept. offset: when the first of them is heard.
    """
    times = offset + (np.clip(edges[1:-1] - round(EARLY * rate / speed), first, last) - first) / rate
    return tuple(zip(times[:-1].tolist(), times[1:].tolist(), strict=True))


def kept_span(
    waveform: NDArray[np.float32], rate: int, edges: NDArray[np.int64], phonemes: str, phrase: PhrasePlan
) -> tuple[int, int]:
    """The samples of an utterance that are kept: from `phrase.lead` before the first audible one to `phrase.tail` after
    the last. They may lie beyond its ends; that is silence to be added.

    edges: where each token begins, in samples, and the last one ends. A sound that is too soft to be found
    is kept as far as it lies in the tokens that are spoken; at the end, for `SOFT_END`, of which the tail is a part.
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
    """A copy of the samples from `first` to `last`, silent beyond the ends of the waveform, without a click."""
    within = waveform[max(first, 0) : last].copy()
    fade(within, rate, start=first != 0, end=last != len(waveform))
    before, after = (silence(max(0, samples) / rate, rate) for samples in (-first, last - len(waveform)))
    return np.concatenate([before, within, after])


def heard_f0(
    f0: NDArray[np.float32], samples_per_f0: int, first: int, last: int, before: int, samples: int
) -> NDArray[np.float32]:
    """The F0 at the middle of each hop of a chunk of `samples`, in which `before` samples of silence precede the
    samples from `first` to `last` of the waveform that `f0` belongs to."""
    places = np.arange(samples // F0_HOP) * F0_HOP + F0_HOP // 2 - before + first
    heard = (places >= max(first, 0)) & (places < min(last, len(f0) * samples_per_f0))
    return np.where(heard, f0[np.clip(places // samples_per_f0, 0, len(f0) - 1)], 0.0).astype(np.float32)
