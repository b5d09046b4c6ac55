"""Sound as the training sees it: log-mel spectra, pitch and energy, at two values a 25 ms frame."""

from __future__ import annotations

import math
from functools import lru_cache

import torch
import torch.nn.functional as F
from torch import Tensor

SAMPLE_RATE = 24_000
HOP = 300
N_FFT, WINDOW = 2048, 1200
MELS = 80
FLOOR = 1e-5
LOWEST_F0, HIGHEST_F0 = 60.0, 400.0
PITCH_WINDOW = 1024
VOICED_CORRELATION = 0.55


def log_mel(audio: Tensor) -> Tensor:
    """(B, samples) to natural-log mel magnitudes (B, MELS, samples // HOP)."""
    return torch.log(mel_filters().to(audio.device) @ spectrum(audio, N_FFT, HOP, WINDOW)[..., :-1] + FLOOR)


def spectrum(audio: Tensor, n_fft: int, hop: int, window: int) -> Tensor:
    """(B, samples) to magnitudes (B, n_fft // 2 + 1, samples // hop + 1)."""
    hann = torch.hann_window(window, device=audio.device)
    return torch.stft(audio, n_fft, hop, window, hann, return_complex=True).abs()


@lru_cache(maxsize=1)
def mel_filters() -> Tensor:
    """Triangles evenly spaced on the mel scale of O'Shaughnessy (2595 log10(1 + f / 700)), (MELS, N_FFT // 2 + 1)."""
    frequencies = torch.linspace(0, SAMPLE_RATE / 2, N_FFT // 2 + 1)
    top = 2595 * math.log10(1 + SAMPLE_RATE / 2 / 700)
    corners = 700 * (10 ** (torch.linspace(0, top, MELS + 2) / 2595) - 1)
    rising = (frequencies - corners[:-2, None]) / (corners[1:-1] - corners[:-2])[:, None]
    falling = (corners[2:, None] - frequencies) / (corners[2:] - corners[1:-1])[:, None]
    triangles = torch.minimum(rising, falling).clamp(min=0)
    return triangles * (2 / (corners[2:] - corners[:-2]))[:, None] * 50


def energy(audio: Tensor) -> Tensor:
    """(samples,) to (samples // HOP,): the log of the norm of the mel spectrum."""
    return log_mel(audio[None])[0].exp().norm(dim=0).clamp(min=FLOOR).log()


def pitch(audio: Tensor) -> Tensor:
    """(samples,) to F0 in Hz, 0 where unvoiced, (samples // HOP,), by the normalised autocorrelation.

    Of the lags that come near the best the shortest is taken: a period correlates with its multiples too.
    """
    count = len(audio) // HOP
    longest = int(SAMPLE_RATE / LOWEST_F0)
    shortest = int(SAMPLE_RATE / HIGHEST_F0)
    size = PITCH_WINDOW + longest + 2
    padded = F.pad(audio, (size // 2, size))
    frames = padded.unfold(0, size, HOP)[:count]
    head = frames[:, :PITCH_WINDOW]
    transform = 4096
    cross = torch.fft.irfft(torch.fft.rfft(head, transform).conj() * torch.fft.rfft(frames, transform), transform)
    cross = cross[:, : longest + 2]
    squares = F.pad(frames.square().cumsum(1), (1, 0))
    power = squares[:, PITCH_WINDOW : PITCH_WINDOW + longest + 2] - squares[:, : longest + 2]
    correlation = cross / (power[:, :1] * power).clamp(min=1e-9).sqrt()
    inner = correlation[:, shortest : longest + 1]
    peaks = (inner >= correlation[:, shortest - 1 : longest]) & (inner >= correlation[:, shortest + 1 : longest + 2])
    peaked = torch.where(peaks, inner, torch.zeros_like(inner))
    best = peaked.max(dim=1, keepdim=True).values
    lag = (peaked >= 0.9 * best).float().argmax(dim=1) + shortest
    left, middle, right = (correlation.gather(1, (lag + step)[:, None])[:, 0] for step in (-1, 0, 1))
    shift = 0.5 * (left - right) / (left - 2 * middle + right).clamp(max=-1e-6)
    loud = power[:, 0] / PITCH_WINDOW > 1e-6
    voiced = (best[:, 0] > VOICED_CORRELATION) & loud
    return torch.where(voiced, SAMPLE_RATE / (lag + shift.clamp(-0.5, 0.5)), torch.zeros_like(middle))
