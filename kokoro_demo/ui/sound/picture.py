"""The data from which the browser draws a speech: waveform, spectrogram, and F0, in columns of equal duration."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np

from kokoro_demo.speech import F0_HOP

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.speech import Speech

WINDOW, TRANSFORM = 600, 1024
# A column is 5 ms, or a multiple of it if there would be more columns than a browser can draw.
HOP, MAX_COLUMNS = 120, 12_000
# The highest frequency and the number of bins up to it; and the range in dB below the loudest that is drawn.
TOP_HZ, BINS, DYNAMIC_RANGE = 8000, 160, 70.0
BLOCK = 2048


def picture(speech: Speech) -> bytes:
    """Return a line of JSON (the number of columns and of bins, seconds per column, the highest frequency in Hz, and
    the bytes of each part), and then three parts, column by column: the spectrogram, `bins` bytes from 0 Hz upwards;
    the lowest and the highest sample, two signed bytes; and F0 in Hz, 16 bits little-endian, 0 if unvoiced.
    """
    samples = len(speech.audio)
    hop = HOP * max(1, -(-samples // (HOP * MAX_COLUMNS)))
    columns = max(1, samples // hop)
    spectrogram = decibels(speech.audio, hop, columns)
    blocks = np.pad(speech.audio, (0, max(0, columns * hop - samples)))[: columns * hop].reshape(columns, hop)
    extremes = np.stack([blocks.min(axis=1), blocks.max(axis=1)], axis=1)
    f0 = speech.f0 if len(speech.f0) else np.zeros(1, np.float32)
    column_f0 = f0[np.minimum(np.arange(columns) * hop // F0_HOP, len(f0) - 1)]
    parts = [
        np.rint(255 * (1 + spectrogram / DYNAMIC_RANGE)).astype(np.uint8).tobytes(),
        np.rint(127 * extremes).astype(np.int8).tobytes(),
        np.rint(column_f0).astype("<u2").tobytes(),
    ]
    header = {
        "columns": columns,
        "bins": BINS,
        "seconds": hop / speech.sample_rate,
        "top": TOP_HZ,
        "sizes": [len(part) for part in parts],
    }
    return json.dumps(header).encode() + b"\n" + b"".join(parts)


def decibels(audio: NDArray[np.float32], hop: int, columns: int) -> NDArray[np.float32]:
    """(columns, BINS) levels in dB relative to the loudest, from -DYNAMIC_RANGE to 0."""
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
