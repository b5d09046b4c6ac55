"""Layers that several stages share. Shapes: B utterances, C channels, L frames, S values of style."""

from __future__ import annotations

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

from kokoro_demo.model.interruption import check_interruption


def run_lstm(lstm: nn.LSTM, x: Tensor, lengths: Tensor | None = None) -> Tensor:
    """Run an LSTM over (B, L, C); returns (B, L, 2 * hidden). With `lengths`, (B,), padding is left out."""
    if lengths is None:
        return lstm(x)[0]
    packed = pack_padded_sequence(x, lengths.cpu(), batch_first=True, enforce_sorted=False)
    return pad_packed_sequence(lstm(packed)[0], batch_first=True, total_length=x.shape[1])[0]


def padding_mask(lengths: Tensor, size: int) -> Tensor:
    """Return a mask of (B, size), True at padding, for lengths of (B,)."""
    return torch.arange(size, device=lengths.device) >= lengths[:, None]


class AdaIN(nn.Module):
    """Adaptive instance normalisation (Huang and Belongie 2017): each channel is normalised over time, then
    scaled and shifted by the style."""

    eps = 1e-5

    def __init__(self, style_dim: int, channels: int) -> None:
        super().__init__()
        self.fc = nn.Linear(style_dim, 2 * channels)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (B, C, L), style: (B, S); returns (B, C, L)."""
        check_interruption()
        scale, shift = self.fc(style)[:, :, None].chunk(2, dim=1)
        return (1 + scale) * F.instance_norm(x, eps=self.eps) + shift


class AdaLayerNorm(nn.Module):
    """Layer normalisation whose scale and shift are computed from the style."""

    eps = 1e-5

    def __init__(self, style_dim: int, channels: int) -> None:
        super().__init__()
        self.channels = channels
        self.fc = nn.Linear(style_dim, 2 * channels)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (B, L, C), style: (B, S); returns (B, L, C)."""
        scale, shift = self.fc(style)[:, None, :].chunk(2, dim=2)
        return (1 + scale) * F.layer_norm(x, (self.channels,), eps=self.eps) + shift


class AdaINResBlock(nn.Module):
    """The residual block of the prosody predictor and the decoder: twice AdaIN, leaky ReLU and a convolution, plus a
    shortcut; the sum is divided by √2. With `upsample` the output is twice as long."""

    slope = 0.2

    def __init__(self, dim_in: int, dim_out: int, style_dim: int, upsample: bool = False) -> None:
        super().__init__()
        self.upsample = upsample
        self.norm1 = AdaIN(style_dim, dim_in)
        self.conv1 = nn.Conv1d(dim_in, dim_out, 3, padding=1)
        self.norm2 = AdaIN(style_dim, dim_out)
        self.conv2 = nn.Conv1d(dim_out, dim_out, 3, padding=1)
        if dim_in != dim_out:
            self.conv1x1 = nn.Conv1d(dim_in, dim_out, 1, bias=False)
        if upsample:
            self.pool = nn.ConvTranspose1d(dim_in, dim_in, 3, stride=2, padding=1, output_padding=1, groups=dim_in)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (B, dim_in, L), style: (B, S); returns (B, dim_out, L) or (B, dim_out, 2L)."""
        return (self.residual(x, style) + self.shortcut(x)) * 0.5**0.5

    def residual(self, x: Tensor, style: Tensor) -> Tensor:
        x = F.leaky_relu(self.norm1(x, style), self.slope)
        if self.upsample:
            x = self.pool(x)
        x = F.leaky_relu(self.norm2(self.conv1(x), style), self.slope)
        return self.conv2(x)

    def shortcut(self, x: Tensor) -> Tensor:
        if hasattr(self, "conv1x1"):
            x = self.conv1x1(x)
        return x.repeat_interleave(2, dim=-1) if self.upsample else x
