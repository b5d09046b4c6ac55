"""Computes the waveform from the network's output: a pulse train, noise and a free part, each shaped by a spectrum.

The formula is from hibari's documentation. For each frame of 12.5 ms and each of 601 frequencies,

    S = exp(min(harmonic, 7)) e^(i pi tanh(turn)) E  +  exp(min(noise, 7)) Z  +  exp(min(rest, 7)) e^(i phase)

E is the short-time Fourier transform of a pulse train at F0, and Z standard normal noise in its real and imaginary
part. The inverse transform of S is the waveform.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from kokoro_demo.model.interruption import check_interruption
from kokoro_demo.model.pace import resampling

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

SAMPLE_RATE = 24_000
HOP = 300
WINDOW = 1200
BINS = WINDOW // 2 + 1
OVERLAP = WINDOW // HOP
HANN = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(WINDOW) / WINDOW)).astype(np.float32)
# In Hz: frames below the first are unvoiced, and there are no harmonics above the second.
LOWEST_F0, HIGHEST_HARMONIC = 40.0, 11_000.0
MAX_LOG_MAGNITUDE = 7.0
# Frames that are computed at once, few enough for the cache.
BLOCK = 64


class Frames(NamedTuple):
    """The output of the network; all but `f0` are (601, frames) float32.

    harmonic, noise, rest: log magnitudes.
    turn: the phase of the pulses, before tanh.
    phase: of `rest`, in radians.
    f0: (frames,) Hz, 0 if unvoiced.
    """

    harmonic: Floats
    turn: Floats
    noise: Floats
    rest: Floats
    phase: Floats
    f0: Floats


def paced(frames: Frames, count: int) -> Frames:
    """Resample to `count` frames, which makes the speech faster or slower at the same pitch.

    Magnitudes and the phase of the pulses are interpolated; the phase of `rest`, which cannot be, and F0, which is 0 if
    unvoiced, are taken from the nearest frame.
    """
    left, right, share, nearest = resampling(count, len(frames.f0))
    harmonic, turn, noise, rest = (part[:, left] * (1 - share) + part[:, right] * share for part in frames[:4])
    return Frames(harmonic, turn, noise, rest, frames.phase[:, nearest], frames.f0[nearest])


def draw_noise(frames: int, seed: int) -> NDArray[np.complex64]:
    """Return the noise of an utterance, (frames, 601), which depends on `seed` alone."""
    draws = np.random.default_rng(seed).standard_normal((frames, 2 * BINS), dtype=np.float32)
    return draws.view(np.complex64)


def waveform(frames: Frames, noise: NDArray[np.complex64]) -> Floats:
    """Return the waveform, (300 * frames,) float32 at 24 kHz. noise: see `draw_noise`."""
    count = len(frames.f0)
    pulses = np.pad(pulse_train(frames.f0), WINDOW // 2, mode="reflect")
    excerpts = np.lib.stride_tricks.sliding_window_view(pulses, WINDOW)[::HOP]
    audio = np.zeros((count + OVERLAP - 1, HOP), np.float32)
    weight = np.zeros_like(audio)
    squares = (HANN * HANN).reshape(OVERLAP, HOP)
    for start in range(0, count, BLOCK):
        check_interruption()
        stop = min(start + BLOCK, count)
        source = np.fft.rfft(excerpts[start:stop] * (HANN / HOP)).astype(np.complex64)
        shaped = _spectrum(frames, source, noise[start:stop], start, stop)
        pieces = (np.fft.irfft(shaped, WINDOW).astype(np.float32) * HANN).reshape(-1, OVERLAP, HOP)
        for part in range(OVERLAP):
            audio[start + part : stop + part] += pieces[:, part]
            weight[start + part : stop + part] += squares[part]
    # The windows are centred on their frames, so the audio begins in the middle of the first one.
    middle = slice(WINDOW // 2, WINDOW // 2 + count * HOP)
    return audio.reshape(-1)[middle] / weight.reshape(-1)[middle]


def pulse_train(f0: Floats) -> Floats:
    """Return one pulse for each period, (300 * frames,): all harmonics up to 11 kHz with amplitude 1; 0 if unvoiced.

    From the sum of a geometric series, cos t + cos 2t + ... + cos nt = sin((n + 1/2) t) / (2 sin(t / 2)) - 1/2.
    """
    positions = (np.arange(len(f0) * HOP) + 0.5) / HOP - 0.5
    pitch = np.interp(positions, np.arange(len(f0)), f0).astype(np.float32)
    voiced = pitch > LOWEST_F0
    pitch = np.maximum(pitch, LOWEST_F0)
    cycles = np.cumsum(pitch, dtype=np.float64) / SAMPLE_RATE
    cycles -= np.floor(cycles)
    terms = np.floor(HIGHEST_HARMONIC / pitch) + np.float32(0.5)
    turns = terms * cycles
    turns -= np.rint(turns)
    above = np.sin((2 * np.pi * turns).astype(np.float32))
    below = 2 * np.sin((np.pi * cycles).astype(np.float32))
    # At the pulse itself both are 0, and the limit of their ratio is the number of terms.
    pulses = np.divide(above, below, out=terms.copy(), where=np.abs(below) > 1e-6)
    return np.where(voiced, pulses - np.float32(0.5), np.float32(0.0))


def _spectrum(
    frames: Frames, source: NDArray[np.complex64], noise: NDArray[np.complex64], start: int, stop: int
) -> NDArray[np.complex64]:
    """Return S for the frames from `start` to `stop`, (frames, 601); `source` and `noise` are for these only."""
    harmonic, turn, hiss, rest, phase = (part[:, start:stop].T for part in frames[:5])
    spectrum = source * _polar(_magnitude(harmonic), np.float32(np.pi) * np.tanh(turn))
    spectrum += noise * _magnitude(hiss)
    spectrum += _polar(_magnitude(rest), phase)
    return spectrum


def _magnitude(logarithm: Floats) -> Floats:
    return np.exp(np.minimum(logarithm, np.float32(MAX_LOG_MAGNITUDE)))


def _polar(magnitude: Floats, angle: Floats) -> NDArray[np.complex64]:
    number = np.empty(magnitude.shape, np.complex64)
    number.real = magnitude * np.cos(angle)
    number.imag = magnitude * np.sin(angle)
    return number
