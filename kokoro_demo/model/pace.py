"""Speech that is faster than the network articulates clearly: its features are resampled to fewer frames, at the same
pitch.

With short durations the network slurs, since it has never learned such fast speech. If the frames are generated for a
slower speed and then resampled, every sound is kept.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Resampling(NamedTuple):
    """Where each of `count` frames lies on another grid of frames with the same total length; all arrays are (count,).

    left, right: the two nearest frames of that grid. share: the weight of the right one for interpolation.
    nearest: the nearest frame.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    share: NDArray[np.float32]
    nearest: NDArray[np.int64]


def resampling(count: int, length: int) -> Resampling:
    """Return the positions of `count` frames on a grid of `length` frames."""
    exact = np.clip((np.arange(count) + 0.5) * length / count - 0.5, 0, length - 1)
    left = exact.astype(np.int64)
    right = np.minimum(left + 1, length - 1)
    return Resampling(left, right, (exact - left).astype(np.float32), np.rint(exact).astype(np.int64))


def paced_durations(durations: NDArray[np.int64], pace: float) -> NDArray[np.int64]:
    """Shorten (T,) whole frames by the factor `pace`. Every duration above zero keeps at least one frame, so that every
    sound has a time."""
    at_least = np.cumsum(durations > 0)
    edges = np.rint(np.cumsum(durations) / pace).astype(np.int64)
    edges = np.maximum.accumulate(np.maximum(edges - at_least, 0)) + at_least
    return np.diff(edges, prepend=0)
