"""The decoder: aligned text features, F0 and energy to the vocoder's input features."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.layers import AdaINResBlock
from kokoro_demo.model.vocoder import SourceSpectrum, Vocoder


class Decoder(nn.Module):
    """Residual blocks, each of which also receives the text features, F0 and energy; then the vocoder.

    time_axis: the axis of frames in what `features` returns.
    """

    time_axis = 2

    def __init__(self, config: ModelConfig) -> None:
        super().__init__()
        hidden, residual, style = config.decoder.hidden_dim, config.decoder.residual_dim, config.style_dim
        curves = 2
        self.F0_conv = nn.Conv1d(1, 1, 3, stride=2, padding=1)
        self.N_conv = nn.Conv1d(1, 1, 3, stride=2, padding=1)
        self.asr_res = nn.Sequential(nn.Conv1d(config.hidden_dim, residual, 1))
        self.encode = AdaINResBlock(config.hidden_dim + curves, hidden, style)
        wide = hidden + residual + curves
        self.decode = nn.ModuleList(AdaINResBlock(wide, hidden, style) for _ in range(3))
        self.decode.append(AdaINResBlock(wide, config.istftnet.upsample_initial_channel, style, upsample=True))
        self.generator = Vocoder(config)

    def forward(
        self,
        text: Tensor,
        f0: Tensor,
        energy: Tensor,
        style: Tensor,
        noise: Tensor | None = None,
        source_spectrum: SourceSpectrum | None = None,
    ) -> Tensor:
        """Return the waveform, (B, 600 * L).

        text: (B, hidden_dim, L), aligned to frames. f0, energy: (B, 2L). style: (B, style_dim).
        noise, source_spectrum: see `Vocoder.forward`.
        """
        return self.generator(self.features(text, f0, energy, style), f0, style, noise, source_spectrum)

    def features(self, text: Tensor, f0: Tensor, energy: Tensor, style: Tensor) -> Tensor:
        """Return the vocoder's input, (B, upsample_initial_channel, 2L). Arguments: see `forward`."""
        curves = torch.cat([self.F0_conv(f0[:, None]), self.N_conv(energy[:, None])], dim=1)
        x = self.encode(torch.cat([text, curves], dim=1), style)
        skip = torch.cat([self.asr_res(text), curves], dim=1)
        for block in self.decode:
            x = block(torch.cat([x, skip], dim=1), style)
        return x
