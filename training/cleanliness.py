"""Whether speech is clean: no clicks, no offset, no clipping, and silence where it pauses."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# A step is measured against those up to so far around it, but for the nearest, which belong to the same event.
AROUND_SECONDS, NEAREST_SECONDS = 0.010, 0.001
# Steps below 60 dB under full scale are not heard as clicks, however still it is around them.
INAUDIBLE_STEP = 1e-3
# What is quieter than 100 dB under the speech is all the same.
SILENT_DB = -100.0

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Cleanliness:
    """offset: the mean of the samples, and peak: the largest, both of full scale; click: see `largest_click`;
    pauses: see `pause_level`."""

    offset: float
    peak: float
    click: float
    pauses: float


def cleanliness(audio: NDArray[np.float32], sample_rate: int, pauses: Sequence[Span]) -> Cleanliness:
    """Measure (samples,) audio. pauses: the spans of samples in which nothing should be heard."""
    return Cleanliness(
        offset=abs(float(audio.mean(dtype=np.float64))),
        peak=float(np.abs(audio).max()),
        click=largest_click(audio, sample_rate),
        pauses=pause_level(audio, pauses),
    )


def largest_click(audio: NDArray[np.float32], sample_rate: int) -> float:
    """The largest step from sample to sample, as a multiple of the root mean square of the steps around it.

    Before the first sample and after the last there is silence, so that a hard edge counts as a step.
    """
    steps = np.diff(audio.astype(np.float64), prepend=0.0, append=0.0)
    around, nearest = (round(seconds * sample_rate) for seconds in (AROUND_SECONDS, NEAREST_SECONDS))
    counted = 2 * (around - nearest)
    power = (_moving_sum(steps**2, around) - _moving_sum(steps**2, nearest)).clip(min=0) / counted
    return float((np.abs(steps) / (np.sqrt(power) + INAUDIBLE_STEP)).max())


def pause_level(audio: NDArray[np.float32], pauses: Sequence[Span]) -> float:
    """The power in the pauses against that of all the rest, in dB; NaN where there are none."""
    silent = np.zeros(len(audio), dtype=bool)
    for first, last in pauses:
        silent[first:last] = True
    if not silent.any() or silent.all():
        return math.nan
    power = audio.astype(np.float64) ** 2
    quiet, loud = power[silent].mean(), power[~silent].mean()
    return max(SILENT_DB, 10 * math.log10(max(quiet, 1e-30) / max(loud, 1e-20)))


def _moving_sum(values: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """Of each value and its neighbours up to `reach` on either side."""
    sums = np.concatenate([np.zeros(1), np.cumsum(values)])
    places = np.arange(len(values))
    result: NDArray[np.float64] = (
        sums[np.minimum(places + reach + 1, len(values))] - sums[np.maximum(places - reach, 0)]
    )
    return result
