"""The decoder and the vocoder in the form that runs fastest on CPUs: the same arithmetic as decoder.py and vocoder.py,
for one utterance at a time.

Tensors that are (1, C, L) there are rows, (L, C), here. A convolution over rows is a two-dimensional convolution in
channels-last order, which oneDNN runs up to twice as fast; elementwise operations run block by block, so that a block
is still in the cache for the next step. Convolutions may run in bfloat16; normalisation, activations, residual sums,
the source, the inverse transform, and everything that computes durations, F0 and energy stay in float32.
"""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kokoro_demo.model.decoder import Decoder
from kokoro_demo.model.interruption import check_interruption
from kokoro_demo.model.kokoro import Kokoro
from kokoro_demo.model.layers import AdaIN, AdaINResBlock
from kokoro_demo.model.precision import PRECISIONS
from kokoro_demo.model.row_convolution import FilledConv, RowConv, RowUpsample
from kokoro_demo.model.tiled_convolution import SHORT_KERNEL, TiledConv
from kokoro_demo.model.vocoder import SnakeResBlock, SourceSpectrum, Vocoder


def make_fast(model: Kokoro, precision: str = "f32") -> None:
    """Convert the convolutional parts of `model` to the fast form, in place. It then speaks one utterance at a time,
    cannot be trained, and its parameters no longer have the names of a checkpoint.

    precision: of the convolutions in the decoder and vocoder, "f32" or "bf16".
    """
    model.precision = precision
    for blocks in (model.predictor.F0, model.predictor.N):
        for index, block in enumerate(_remade(RowResBlock, blocks, torch.float32)):
            blocks[index] = RowsForColumns(block)
    model.decoder = FastDecoder(model.decoder, PRECISIONS[precision])  # type: ignore[assignment]
    model.requires_grad_(False)


class FastDecoder(nn.Module):
    """The fast form of `Decoder`.

    dtype: of the convolutions in the residual blocks and of the upsampling, float32 or bfloat16.
    """

    time_axis = 0

    def __init__(self, decoder: Decoder, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.F0_conv, self.N_conv = decoder.F0_conv, decoder.N_conv
        (self.asr_res,) = _remade(RowConv, decoder.asr_res)
        self.encode = RowResBlock(decoder.encode, dtype)
        self.decode = _remade(RowResBlock, decoder.decode, dtype)
        self.generator = FastVocoder(decoder.generator, dtype)

    def forward(
        self,
        text: Tensor,
        f0: Tensor,
        energy: Tensor,
        style: Tensor,
        noise: Tensor | None = None,
        source_spectrum: SourceSpectrum | None = None,
    ) -> Tensor:
        """See `Decoder.forward`; B = 1."""
        return self.generator(self.features(text, f0, energy, style), f0, style, noise, source_spectrum)

    def features(self, text: Tensor, f0: Tensor, energy: Tensor, style: Tensor) -> Tensor:
        """See `Decoder.features`; B = 1, and the result is (2L, upsample_initial_channel)."""
        rows = text[0].T.contiguous()
        curves = torch.cat([self.F0_conv(f0), self.N_conv(energy)]).T
        x = self.encode(torch.cat([rows, curves], dim=1), style)
        skip = torch.cat([self.asr_res(rows), curves], dim=1)
        for block in self.decode:
            x = block(torch.cat([x, skip], dim=1), style)
        return x


class FastVocoder(nn.Module):
    """The fast form of `Vocoder`."""

    def __init__(self, vocoder: Vocoder, dtype: torch.dtype) -> None:
        super().__init__()
        self.slope, self.last_slope = vocoder.slope, vocoder.last_slope
        self.blocks_per_stage = vocoder.blocks_per_stage
        self.m_source, self.stft = vocoder.m_source, vocoder.stft
        self.ups = _remade(RowUpsample, vocoder.ups, dtype)
        self.noise_convs = _remade(RowConv, vocoder.noise_convs)
        self.noise_res = _remade(RowSnakeBlock, vocoder.noise_res, dtype)
        self.resblocks = _remade(RowSnakeBlock, vocoder.resblocks, dtype)
        self.conv_post = RowConv(vocoder.conv_post)

    def forward(
        self,
        x: Tensor,
        f0: Tensor,
        style: Tensor,
        noise: Tensor | None = None,
        source_spectrum: SourceSpectrum | None = None,
    ) -> Tensor:
        """x: (2L, upsample_initial_channel). For the rest see `Vocoder.forward`; B = 1."""
        return self.vocode_rows(x, self.source_rows(f0, noise, source_spectrum), lambda norm, rows: norm(rows, style))

    def source_rows(
        self, f0: Tensor, noise: Tensor | None = None, source_spectrum: SourceSpectrum | None = None
    ) -> Tensor:
        """Return the source's magnitude and phase as rows, (2L * samples_per_f0 // hop + 1, n_fft + 2)."""
        spectrum = source_spectrum or self.stft.transform(self.m_source(f0, noise))
        return torch.cat(spectrum, dim=1)[0].T.contiguous()

    def vocode_rows(self, x: Tensor, source: Tensor, normalise: Normalise) -> Tensor:
        """Return the waveform, (1, 2L * samples_per_f0).

        x: (2L, upsample_initial_channel). source: see `source_rows`. normalise: called for each AdaIN layer.
        """
        for stage, (up, noise_conv, noise_res) in enumerate(
            zip(self.ups, self.noise_convs, self.noise_res, strict=True)
        ):
            x = up(F.leaky_relu(x, self.slope))
            if stage == len(self.ups) - 1:
                x = torch.cat([x[1:2], x])
            x = noise_res(noise_conv(source), normalise).add_(x)
            blocks = self.resblocks[stage * self.blocks_per_stage : (stage + 1) * self.blocks_per_stage]
            x = sum(block(x, normalise) for block in blocks).div_(len(blocks))
        log_magnitude, phase = self.conv_post(F.leaky_relu(x, self.last_slope)).T[None].chunk(2, dim=1)
        return self.stft.inverse(log_magnitude.exp(), phase.sin())


class RowSnakeBlock(nn.Module):
    """The fast form of `SnakeResBlock`."""

    def __init__(self, block: SnakeResBlock, dtype: torch.dtype) -> None:
        super().__init__()
        self.alpha1, self.alpha2 = (
            nn.ParameterList(alpha.detach()[0, :, 0] for alpha in alphas) for alphas in (block.alpha1, block.alpha2)
        )
        self.convs1, self.convs2 = (
            nn.ModuleList(_filled(_of_scaled(conv, alpha), dtype) for conv, alpha in zip(convs, alphas, strict=True))
            for convs, alphas in ((block.convs1, self.alpha1), (block.convs2, self.alpha2))
        )
        self.adain1, self.adain2 = _remade(RowAdaIN, block.adain1), _remade(RowAdaIN, block.adain2)

    def forward(self, x: Tensor, normalise: Normalise) -> Tensor:
        """x: (L, C) float32; returns the same shape."""
        for conv1, conv2, norm1, norm2, alpha1, alpha2 in zip(
            self.convs1, self.convs2, self.adain1, self.adain2, self.alpha1, self.alpha2, strict=True
        ):
            scale, shift = normalise(norm1, x)
            residual = conv1(x, scale * alpha1, shift * alpha1, scaled_snake)
            scale, shift = normalise(norm2, residual)
            x = conv2(residual, scale * alpha2, shift * alpha2, scaled_snake, plus=x)
        return x


class RowResBlock(nn.Module):
    """The fast form of `AdaINResBlock`."""

    def __init__(self, block: AdaINResBlock, dtype: torch.dtype) -> None:
        super().__init__()
        self.slope, self.upsample = block.slope, block.upsample
        self.norm1, self.norm2 = RowAdaIN(block.norm1), RowAdaIN(block.norm2)
        self.conv1, self.conv2 = RowConv(block.conv1, dtype), RowConv(block.conv2, dtype)
        if hasattr(block, "conv1x1"):
            self.conv1x1 = RowConv(block.conv1x1, dtype)
        if block.upsample:
            self.pool = RowUpsample(block.pool)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (L, dim_in) float32, style: (1, S); returns (L, dim_out), or (2L, dim_out) if it upsamples."""
        residual = self._activated(x, self.norm1, style)
        if self.upsample:
            residual = self.pool(residual)
        residual = self.conv2(self._activated(self.conv1(residual), self.norm2, style))
        if hasattr(self, "conv1x1"):
            x = self.conv1x1(x)
        return (residual + (x.repeat_interleave(2, dim=0) if self.upsample else x)) * 0.5**0.5

    def _activated(self, x: Tensor, norm: RowAdaIN, style: Tensor) -> Tensor:
        scale, shift = norm(x, style)
        return F.leaky_relu_(torch.addcmul(shift, x, scale), self.slope)


class RowsForColumns(nn.Module):
    """Adapts a `RowResBlock` to inputs of (1, C, L)."""

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        self.block = block

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """See `AdaINResBlock.forward`; B = 1."""
        return self.block(x[0].T.contiguous(), style).T[None]


class RowAdaIN(nn.Module):
    """The fast form of `AdaIN`. It returns the scale and shift instead of applying them, so that they can be fused with
    the activation."""

    def __init__(self, norm: AdaIN) -> None:
        super().__init__()
        self.fc, self.eps = norm.fc, norm.eps

    def forward(self, x: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        """Return scale and shift, (C,) each: the normalised rows are x * scale + shift. x: (L, C) float32, style: (1,
        S)."""
        return self.affine(*moments(x), style)

    def affine(self, mean: Tensor, variance: Tensor, style: Tensor) -> tuple[Tensor, Tensor]:
        """The same for rows with the given mean and variance, (C,) each."""
        check_interruption()
        gain, offset = self.fc(style)[0].chunk(2)
        scale = (1 + gain) * torch.rsqrt(variance + self.eps)
        return scale, offset - mean * scale


# Returns the scale and shift, (C,) each, that an AdaIN layer applies to the given rows, (L, C).
Normalise = Callable[[RowAdaIN, Tensor], tuple[Tensor, Tensor]]


def _remade(kind: Callable[..., nn.Module], modules: nn.Module, *arguments: Any) -> nn.ModuleList:
    return nn.ModuleList(kind(module, *arguments) for module in modules.children())


def scaled_snake(x: Tensor) -> None:
    """The Snake activation (Liu et al. 2020), x + sin²(αx) / α, in place; input and output are scaled by α, which saves
    two of four passes over the data."""
    sine = x.sin()
    x.addcmul_(sine, sine)


def _filled(conv: nn.Conv1d, dtype: torch.dtype) -> nn.Module:
    """Return the faster form of a convolution whose input is computed block by block."""
    direct = dtype != torch.float32 and conv.kernel_size[0] <= SHORT_KERNEL
    return FilledConv(conv, dtype) if direct else TiledConv(conv, dtype)


def _of_scaled(conv: nn.Module, factor: Tensor) -> nn.Conv1d:
    """Return the convolution that gives the same output for an input that is `factor`, (C,), times as large."""
    assert isinstance(conv, nn.Conv1d)
    made = copy.copy(conv)
    made._parameters = {**conv._parameters, "weight": nn.Parameter(conv.get_parameter("weight") / factor[:, None])}
    return made


def moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """Return the mean and the variance of each column of (L, C), (C,) float32 each."""
    if x.device.type != "cpu":
        variance, mean = torch.var_mean(x, dim=0, correction=0)
        return mean, variance
    # The two-pass statistics of batch normalisation, since var_mean takes twenty times as long over columns. They add
    # up row after row, which loses precision over many rows; hence the split.
    parts = x.split(8192)
    statistics = [
        torch.batch_norm_update_stats(part[None, None].permute(0, 3, 1, 2), None, None, 1.0) for part in parts
    ]
    means, variances = (torch.stack(values) for values in zip(*statistics, strict=True))
    weights = x.new_tensor([len(part) / len(x) for part in parts])
    mean = weights @ means
    return mean, weights @ (variances + (means - mean).square())
