"""How a model speaks faster than its network does clearly: what the network foretells passes in fewer frames, at the
same pitch.

Asked for short durations, a network slurs: it has learned no speech as fast as that. Frames that it made for a slower
pace and that are then made fewer keep every sound.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray


class Places(NamedTuple):
    """Where each of some frames lies among others that last as long together; all (count,).

    left, right: the two nearest. share: of the right one in what lies between them.
    nearest: the nearest one.
    """

    left: NDArray[np.int64]
    right: NDArray[np.int64]
    share: NDArray[np.float32]
    nearest: NDArray[np.int64]


def places(count: int, length: int) -> Places:
    """The places of `count` frames among `length`."""
    exact = np.clip((np.arange(count) + 0.5) * length / count - 0.5, 0, length - 1)
    left = exact.astype(np.int64)
    right = np.minimum(left + 1, length - 1)
    return Places(left, right, (exact - left).astype(np.float32), np.rint(exact).astype(np.int64))


def paced_durations(durations: NDArray[np.int64], pace: float) -> NDArray[np.int64]:
    """(T,) whole frames, `pace` times as fast. What has a duration keeps at least a frame: no sound is without a place
    in time."""
    at_least = np.cumsum(durations > 0)
    edges = np.rint(np.cumsum(durations) / pace).astype(np.int64)
    edges = np.maximum.accumulate(np.maximum(edges - at_least, 0)) + at_least
    return np.diff(edges, prepend=0)
