"""Long silences, generated in pieces so that a minute of silence is never in memory all at once."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kokoro_demo.audio import silence
from kokoro_demo.budget import SILENCE_PIECE
from kokoro_demo.speech import F0_HOP, SpeechChunk


def silent_chunks(
    seconds: float, rate: int, index: int, total: int, start: float, position: int
) -> Iterator[SpeechChunk]:
    """Yield a long silence in pieces, each generated on demand. rate: samples per second. For the other arguments see
    `SpeechChunk`."""
    end = start + seconds
    while round((end - start) * rate) > 0:
        audio = silence(min(SILENCE_PIECE, end - start), rate)
        f0 = np.zeros(len(audio) // F0_HOP, np.float32)
        yield SpeechChunk(audio, index, total, start, "", position, (), (), (), 0, f0, {})
        start += len(audio) / rate
