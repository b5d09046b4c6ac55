"""What the training minimises."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor

from training.features import log_mel, spectrum

# n_fft, hop, window, as in Parallel WaveGAN (Yamamoto et al. 2020), with a fourth for the finest attacks.
RESOLUTIONS = ((2048, 240, 1200), (1024, 120, 600), (512, 50, 240), (256, 30, 128))
FLOOR = 1e-4
F0_SCALE = 50.0


def spectral_loss(made: Tensor, real: Tensor) -> tuple[Tensor, Tensor]:
    """made, real: (B, samples). Gives the mean absolute difference of log spectra, and the spectral convergence."""
    logs, convergences = [], []
    for n_fft, hop, window in RESOLUTIONS:
        ours, theirs = spectrum(made, n_fft, hop, window), spectrum(real, n_fft, hop, window)
        logs.append((torch.log(ours + FLOOR) - torch.log(theirs + FLOOR)).abs().mean())
        difference = (theirs - ours).flatten(1).norm(dim=1)
        convergences.append((difference / theirs.flatten(1).norm(dim=1).clamp(min=1e-2)).mean())
    return torch.stack(logs).mean(), torch.stack(convergences).mean()


def mel_loss(made: Tensor, real: Tensor) -> Tensor:
    """made, real: (B, samples). The mean absolute difference of natural-log mel spectra."""
    return (log_mel(made) - log_mel(real)).abs().mean()


def duration_loss(logits: Tensor, durations: Tensor, real: Tensor) -> Tensor:
    """logits: (B, T, max_dur), durations: (B, T) frames, real: (B, T) False where padding.

    StyleTTS 2's: bin k asks whether the token lasts longer than k frames; and the sum must be the duration.
    """
    bins = torch.arange(logits.shape[2])
    target = (durations[:, :, None] > bins).float()
    each_bin = F.binary_cross_entropy_with_logits(logits, target, reduction="none").mean(dim=2)
    length = (logits.sigmoid().sum(dim=2) - durations).abs() / 10
    return (each_bin + length)[real].mean()


def curve_loss(f0: Tensor, energy: Tensor, real_f0: Tensor, real_energy: Tensor) -> tuple[Tensor, Tensor]:
    """(B, 2L) each."""
    return F.smooth_l1_loss(f0 / F0_SCALE, real_f0 / F0_SCALE, beta=0.2), F.l1_loss(energy, real_energy)
