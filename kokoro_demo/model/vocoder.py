"""The iSTFTNet vocoder (Kaneko et al. 2022) with a harmonic source (Wang et al. 2019): features and F0 to waveform."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kokoro_demo.model.config import ModelConfig, SourceConfig
from kokoro_demo.model.layers import AdaIN


class SourceSpectrum(NamedTuple):
    """Magnitude and phase of the source, each (B, n_fft // 2 + 1, 2L * samples_per_f0 // hop + 1)."""

    magnitude: Tensor
    phase: Tensor


class Vocoder(nn.Module):
    """Upsamples the features, adds the source at each stage, and ends in an inverse short-time Fourier transform."""

    slope = 0.1
    last_slope = 0.01

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        sizes, style = config.istftnet, config.style_dim
        bins = 2 * (sizes.gen_istft_n_fft // 2 + 1)
        self.samples_per_f0 = sizes.samples_per_f0
        self.blocks_per_stage = len(sizes.resblock_kernel_sizes)
        self.stft = Stft(sizes.gen_istft_n_fft, sizes.gen_istft_hop_size)
        self.m_source = HarmonicSource(config.source, sizes.samples_per_f0)
        self.noise_convs = nn.ModuleList()
        self.noise_res = nn.ModuleList()
        self.ups = nn.ModuleList()
        self.resblocks = nn.ModuleList()
        channels = sizes.upsample_initial_channel
        for stage, (rate, kernel) in enumerate(zip(sizes.upsample_rates, sizes.upsample_kernel_sizes, strict=True)):
            self.ups.append(nn.ConvTranspose1d(channels, channels // 2, kernel, rate, padding=(kernel - rate) // 2))
            channels //= 2
            remaining = math.prod(sizes.upsample_rates[stage + 1 :])
            self.noise_convs.append(
                nn.Conv1d(bins, channels, 1)
                if remaining == 1
                else nn.Conv1d(bins, channels, 2 * remaining, remaining, padding=(remaining + 1) // 2)
            )
            noise_kernel = sizes.noise_res_kernel_sizes[stage]
            self.noise_res.append(SnakeResBlock(channels, noise_kernel, sizes.noise_res_dilations, style))
            for size, dilations in zip(sizes.resblock_kernel_sizes, sizes.resblock_dilation_sizes, strict=True):
                self.resblocks.append(SnakeResBlock(channels, size, dilations, style))
        self.conv_post = nn.Conv1d(channels, bins, 7, padding=3)

    def forward(
        self,
        x: Tensor,
        f0: Tensor,
        style: Tensor,
        noise: Tensor | None = None,
        source_spectrum: SourceSpectrum | None = None,
    ) -> Tensor:
        """Return the waveform, (B, 2L * samples_per_f0).

        x: (B, upsample_initial_channel, 2L), f0: (B, 2L) Hz, style: (B, style_dim).
        noise: the source's random numbers, see `HarmonicSource.forward`.
        source_spectrum: replaces the source.
        """
        source = torch.cat(source_spectrum or self.source_spectrum(f0, noise), dim=1)
        for stage, (up, noise_conv, noise_res) in enumerate(
            zip(self.ups, self.noise_convs, self.noise_res, strict=True)
        ):
            x = up(F.leaky_relu(x, self.slope))
            if stage == len(self.ups) - 1:
                x = F.pad(x, (1, 0), mode="reflect")
            x = x + noise_res(noise_conv(source), style)
            blocks = self.resblocks[stage * self.blocks_per_stage : (stage + 1) * self.blocks_per_stage]
            x = sum(block(x, style) for block in blocks) / len(blocks)
        log_magnitude, phase = self.conv_post(F.leaky_relu(x, self.last_slope)).chunk(2, dim=1)
        return self.stft.inverse(log_magnitude.exp(), phase.sin())

    @torch.no_grad()  # the phase of a bin near zero has no gradient worth following
    def source_spectrum(self, f0: Tensor, noise: Tensor | None = None) -> SourceSpectrum:
        """Return the spectrum of the source for an F0 of (B, 2L) Hz; for the noise see `HarmonicSource.forward`."""
        return self.stft.transform(self.m_source(f0, noise))


class SnakeResBlock(nn.Module):
    """The residual block of the vocoder: twice AdaIN, Snake (Liu et al. 2020) and a convolution, for each dilation."""

    def __init__(self, channels: int, kernel: int, dilations: Sequence[int], style_dim: int) -> None:
        super().__init__()
        self.convs1 = nn.ModuleList(
            nn.Conv1d(channels, channels, kernel, dilation=dilation, padding=dilation * (kernel - 1) // 2)
            for dilation in dilations
        )
        self.convs2 = nn.ModuleList(nn.Conv1d(channels, channels, kernel, padding=(kernel - 1) // 2) for _ in dilations)
        self.adain1 = nn.ModuleList(AdaIN(style_dim, channels) for _ in dilations)
        self.adain2 = nn.ModuleList(AdaIN(style_dim, channels) for _ in dilations)
        self.alpha1 = nn.ParameterList(torch.ones(1, channels, 1) for _ in dilations)
        self.alpha2 = nn.ParameterList(torch.ones(1, channels, 1) for _ in dilations)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (B, channels, L), style: (B, style_dim); returns (B, channels, L)."""
        for conv1, conv2, norm1, norm2, alpha1, alpha2 in zip(
            self.convs1, self.convs2, self.adain1, self.adain2, self.alpha1, self.alpha2, strict=True
        ):
            residual = conv1(snake(norm1(x, style), alpha1))
            x = x + conv2(snake(norm2(residual, style), alpha2))
        return x


def snake(x: Tensor, alpha: Tensor) -> Tensor:
    """The periodic activation of Liu et al. 2020, x + sin²(αx) / α. x: (B, C, L), alpha: (1, C, 1)."""
    return x + torch.sin(alpha * x) ** 2 / alpha


class HarmonicSource(nn.Module):
    """Sines at F0 and its overtones in voiced frames, noise in the others, mixed into one excitation signal.

    The reference implementation also adds a random phase to the first sample of each overtone, at the sample rate. It
    has no effect, since the downsampling to the rate of F0 never reads that sample, and is left out here.
    """

    def __init__(self, config: SourceConfig, samples_per_f0: int) -> None:
        super().__init__()
        self.config = config
        self.samples_per_f0 = samples_per_f0
        self.l_linear = nn.Linear(config.harmonics + 1, 1)

    def forward(self, f0: Tensor, noise: Tensor | None = None) -> Tensor:
        """Return the excitation, (B, samples) with samples = 2L * samples_per_f0, for an F0 of (B, 2L) Hz.

        noise: standard normal random numbers, (B, samples, harmonics + 1), or (B, samples, 1). In the second form they
            are scaled by the norm of the last layer's weights, since a weighted sum of independent normal variables is
            normal with that deviation. If None, torch's global generator draws them.
        """
        config = self.config
        voiced = (f0 > config.voiced_threshold).float().repeat_interleave(self.samples_per_f0, dim=1)[:, :, None]
        if noise is None:
            noise = torch.randn(*voiced.shape[:2], 1, device=f0.device)
        noise_amplitude = voiced * config.noise_std + (1 - voiced) * config.sine_amplitude / 3
        sines = self.phase(f0).sin() * config.sine_amplitude
        if noise.shape[2] == 1:
            merged = self.l_linear(sines * voiced) + noise_amplitude * noise * self.l_linear.weight.norm()
        else:
            merged = self.l_linear(sines * voiced + noise_amplitude * noise)
        return torch.tanh(merged).squeeze(2)

    def phase(self, f0: Tensor) -> Tensor:
        """Return the phase of each harmonic in radians, (B, samples, harmonics + 1), for an F0 of (B, 2L) Hz.

        The phase is accumulated at the rate of F0 and interpolated to the sample rate, in the order of operations of
        the
        reference: it grows to thousands of radians, so that another order would round to a different sound.
        """
        harmonics = torch.arange(1, self.config.harmonics + 2, device=f0.device, dtype=f0.dtype)
        cycles = f0[:, :, None] * harmonics / self.config.sample_rate % 1
        phase = torch.cumsum(cycles, dim=1) * 2 * math.pi * self.samples_per_f0
        return F.interpolate(phase.transpose(1, 2), scale_factor=self.samples_per_f0, mode="linear").transpose(1, 2)


class Stft(nn.Module):
    """The short-time Fourier transform with a periodic Hann window of n_fft samples, and its inverse."""

    def __init__(self, n_fft: int, hop: int) -> None:
        super().__init__()
        self.n_fft, self.hop = n_fft, hop

    def transform(self, signal: Tensor) -> SourceSpectrum:
        """Return magnitude and phase, each (B, n_fft // 2 + 1, samples // hop + 1). signal: (B, samples)."""
        window = torch.hann_window(self.n_fft, device=signal.device)
        spectrum = torch.stft(signal, self.n_fft, self.hop, window=window, return_complex=True)
        return SourceSpectrum(spectrum.abs(), spectrum.angle())

    def inverse(self, magnitude: Tensor, phase: Tensor) -> Tensor:
        """magnitude, phase: (B, n_fft // 2 + 1, frames); returns (B, (frames - 1) * hop)."""
        window = torch.hann_window(self.n_fft, device=magnitude.device)
        return torch.istft(torch.polar(magnitude, phase), self.n_fft, self.hop, window=window)
