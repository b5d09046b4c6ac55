"""What the picture of a speech is drawn from: waveform, spectrogram and F0, in columns of equal time."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from kokoro_demo.speech import F0_HOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.speech import Speech

WINDOW, TRANSFORM = 600, 1024
# 5 ms a column; if that gives more columns than a browser can draw, as much longer as needed.
HOP, MOST_COLUMNS = 120, 12_000
# Speech lies below 8 kHz; what is fainter than the loudest by this many dB is not drawn.
TOP_HZ, BINS, DYNAMIC_RANGE = 8000, 160, 70.0
BLOCK = 2048


def picture(speech: Speech) -> bytes:
    """A line of JSON (columns, bins, seconds a column, Hz at the top, bytes of each part), then three parts, column by
    column: the spectrogram, `bins` bytes from 0 Hz upwards; the least and the greatest sample, two signed bytes; F0 in
    Hz, 16 bits little-endian, 0 if unvoiced.
    """
    samples = len(speech.audio)
    hop = HOP * max(1, -(-samples // (HOP * MOST_COLUMNS)))
    columns = max(1, samples // hop)
    spectrogram = decibels(speech.audio, hop, columns)
    reached = np.pad(speech.audio, (0, max(0, columns * hop - samples)))[: columns * hop].reshape(columns, hop)
    extremes = np.stack([reached.min(axis=1), reached.max(axis=1)], axis=1)
    f0 = speech.f0 if len(speech.f0) else np.zeros(1, np.float32)
    heard = f0[np.minimum(np.arange(columns) * hop // F0_HOP, len(f0) - 1)]
    parts = [
        np.rint(255 * (1 + spectrogram / DYNAMIC_RANGE)).astype(np.uint8).tobytes(),
        np.rint(127 * extremes).astype(np.int8).tobytes(),
        np.rint(heard).astype("<u2").tobytes(),
    ]
    head = {
        "columns": columns,
        "bins": BINS,
        "seconds": hop / speech.sample_rate,
        "top": TOP_HZ,
        "sizes": [len(part) for part in parts],
    }
    return json.dumps(head).encode() + b"\n" + b"".join(parts)


def decibels(audio: NDArray[np.float32], hop: int, columns: int) -> NDArray[np.float32]:
    """(columns, BINS) levels against the loudest, from -DYNAMIC_RANGE to 0; a column is placed at its middle."""
    window = np.hanning(WINDOW).astype(np.float32)
    padded = np.pad(audio, (WINDOW // 2, WINDOW + hop))
    starts = np.arange(columns) * hop + hop // 2
    edges = np.linspace(0, TOP_HZ / 24_000 * TRANSFORM, BINS + 1).astype(int)
    power = np.empty((columns, BINS), np.float32)
    for begin in range(0, columns, BLOCK):
        frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[starts[begin : begin + BLOCK]]
        spectrum = np.abs(np.fft.rfft(frames * window, TRANSFORM)) ** 2
        power[begin : begin + BLOCK] = np.maximum.reduceat(spectrum[:, : edges[-1]], edges[:-1], axis=1)
    loudest = max(float(power.max()), 1e-12)
    return np.clip(10 * np.log10(np.maximum(power, 1e-30) / loudest), -DYNAMIC_RANGE, 0.0).astype(np.float32)
