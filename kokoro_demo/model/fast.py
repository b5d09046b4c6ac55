"""The decoder and the vocoder in the form that CPUs run fastest: the arithmetic of decoder.py and vocoder.py, for one
utterance at a time.

What is laid out there as (1, C, L) is laid out here as rows, (L, C): a convolution over rows is an image convolution
in channels-last order, which oneDNN runs at up to twice the speed, and what is done to each value by itself is done
block by block, so that a block is still in the cache when the next step needs it. Convolutions may take bfloat16;
normalisation, activations, residual sums, the source and the inverse transform stay in float32, and so do all of the
durations, F0 and energy.
"""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from kokoro_demo.model.decoder import Decoder
from kokoro_demo.model.kokoro import Kokoro
from kokoro_demo.model.layers import AdaIN, AdaINResBlock
from kokoro_demo.model.precision import PRECISIONS
from kokoro_demo.model.vocoder import SnakeResBlock, SourceSpectrum, Vocoder

# Values a block: shared by two cores, with a scratch as large, it fits their second-level caches.
BLOCK = 2**18
# Changes a block in place, with a scratch of its shape.
Activation = Callable[[Tensor, Tensor], object]


def make_fast(model: Kokoro, precision: str = "f32") -> None:
    """Give `model` the fast form of its convolutional parts, in place. It then speaks one utterance at a time, cannot
    be trained, and its weights no longer bear a checkpoint's names.

    precision: of the convolutions of decoder and vocoder, "f32" or "bf16".
    """
    model.precision = precision
    for blocks in (model.predictor.F0, model.predictor.N):
        for index, block in enumerate(_remade(RowResBlock, blocks)):
            blocks[index] = OverColumns(block)
    model.decoder = FastDecoder(model.decoder, PRECISIONS[precision])  # type: ignore[assignment]
    model.requires_grad_(False)


class FastDecoder(nn.Module):
    """`Decoder`, made over.

    dtype: of the convolutions in the residual blocks and of the upsampling, float32 or bfloat16.
    """

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
        """As `Decoder.forward`, with B = 1."""
        rows = text[0].T.contiguous()
        curves = torch.cat([self.F0_conv(f0), self.N_conv(energy)]).T
        x = self.encode(torch.cat([rows, curves], dim=1), style)
        beside = torch.cat([self.asr_res(rows), curves], dim=1)
        for block in self.decode:
            x = block(torch.cat([x, beside], dim=1), style)
        return self.generator(x, f0, style, noise, source_spectrum)


class FastVocoder(nn.Module):
    """`Vocoder` over rows."""

    def __init__(self, vocoder: Vocoder, dtype: torch.dtype) -> None:
        super().__init__()
        self.slope, self.last_slope = vocoder.slope, vocoder.last_slope
        self.blocks_per_stage = vocoder.blocks_per_stage
        self.m_source, self.stft = vocoder.m_source, vocoder.stft
        self.ups = _remade(RowConv, vocoder.ups, dtype)
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
        """x: (2L, upsample_initial_channel); the rest as `Vocoder.forward`, with B = 1."""
        spectrum = source_spectrum or self.stft.transform(self.m_source(f0, noise))
        source = torch.cat(spectrum, dim=1)[0].T.contiguous()
        for stage, (up, noise_conv, noise_res) in enumerate(
            zip(self.ups, self.noise_convs, self.noise_res, strict=True)
        ):
            x = up(F.leaky_relu(x, self.slope))
            if stage == len(self.ups) - 1:
                x = torch.cat([x[1:2], x])
            x = noise_res(noise_conv(source), style).add_(x)
            blocks = self.resblocks[stage * self.blocks_per_stage : (stage + 1) * self.blocks_per_stage]
            x = sum(block(x, style) for block in blocks).div_(len(blocks))
        log_magnitude, phase = self.conv_post(F.leaky_relu(x, self.last_slope)).T[None].chunk(2, dim=1)
        return self.stft.inverse(log_magnitude.exp(), phase.sin())


class RowSnakeBlock(nn.Module):
    """`SnakeResBlock` over rows."""

    def __init__(self, block: SnakeResBlock, dtype: torch.dtype) -> None:
        super().__init__()
        self.convs1 = _remade(RowConv, block.convs1, dtype)
        self.convs2 = _remade(RowConv, block.convs2, dtype)
        self.adain1 = _remade(RowAdaIN, block.adain1, dtype)
        self.adain2 = _remade(RowAdaIN, block.adain2, dtype)
        self.alpha1, self.alpha2 = block.alpha1, block.alpha2

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (L, C) float32; gives the same."""
        for conv1, conv2, norm1, norm2, alpha1, alpha2 in zip(
            self.convs1, self.convs2, self.adain1, self.adain2, self.alpha1, self.alpha2, strict=True
        ):
            x = x + conv2(norm2(conv1(norm1(x, style, snake(alpha1))), style, snake(alpha2)))
        return x


class RowResBlock(nn.Module):
    """`AdaINResBlock` over rows."""

    def __init__(self, block: AdaINResBlock, dtype: torch.dtype) -> None:
        super().__init__()
        self.slope, self.upsample = block.slope, block.upsample
        self.norm1, self.norm2 = RowAdaIN(block.norm1, dtype), RowAdaIN(block.norm2, dtype)
        self.conv1, self.conv2 = RowConv(block.conv1, dtype), RowConv(block.conv2, dtype)
        if hasattr(block, "conv1x1"):
            self.conv1x1 = RowConv(block.conv1x1, dtype)
        if block.upsample:
            self.pool = RowConv(block.pool, dtype)

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """x: (L, dim_in) float32; gives (L, dim_out) or (2L, dim_out) float32."""
        residual = self.norm1(x, style, self._leaky)
        if self.upsample:
            residual = self.pool(residual)
        residual = self.conv2(self.norm2(self.conv1(residual), style, self._leaky))
        if hasattr(self, "conv1x1"):
            x = self.conv1x1(x)
        return (residual + (x.repeat_interleave(2, dim=0) if self.upsample else x)) * 0.5**0.5

    def _leaky(self, x: Tensor, scratch: Tensor) -> None:
        F.leaky_relu_(x, self.slope)


class OverColumns(nn.Module):
    """A `RowResBlock` for (1, C, L)."""

    def __init__(self, block: nn.Module) -> None:
        super().__init__()
        self.block = block

    def forward(self, x: Tensor, style: Tensor) -> Tensor:
        """As `AdaINResBlock.forward`, with B = 1."""
        return self.block(x[0].T.contiguous(), style).T[None]


class RowAdaIN(nn.Module):
    """`AdaIN` over rows and the activation that follows it.

    dtype: of what it gives.
    """

    def __init__(self, norm: AdaIN, dtype: torch.dtype) -> None:
        super().__init__()
        self.fc, self.eps, self.dtype = norm.fc, norm.eps, dtype

    def forward(self, x: Tensor, style: Tensor, activate: Activation) -> Tensor:
        """x: (L, C) float32; gives (L, C) of `dtype`."""
        scale, shift = self.fc(style)[0].chunk(2)
        mean, variance = moments(x)
        scale = (1 + scale) * torch.rsqrt(variance + self.eps)
        shift = shift - mean * scale
        made = torch.empty(x.shape, dtype=self.dtype, device=x.device)
        size = rows_a_block(x)
        values, scratch = (torch.empty(size, x.shape[1], device=x.device) for _ in range(2))
        for begin in range(0, len(x), size):
            rows, out = x[begin : begin + size], made[begin : begin + size]
            block = out if self.dtype == torch.float32 else values[: len(rows)]
            torch.addcmul(shift, rows, scale, out=block)
            activate(block, scratch[: len(rows)])
            if block is not out:
                out.copy_(block)
        return made


class RowConv(nn.Module):
    """A convolution, or a transposed one, over rows.

    dtype: in which it is computed.
    """

    def __init__(self, conv: nn.Conv1d | nn.ConvTranspose1d, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        weight = conv.weight.detach()[:, :, None].to(dtype).contiguous(memory_format=torch.channels_last)
        self.weight = nn.Parameter(weight)
        self.bias = None if conv.bias is None else nn.Parameter(conv.bias.detach().to(dtype))
        self.transposed = isinstance(conv, nn.ConvTranspose1d)
        self.stride, self.dilation = (1, conv.stride[0]), (1, conv.dilation[0])
        self.padding = (0, int(conv.padding[0]))
        self.groups, self.output_padding = conv.groups, (0, conv.output_padding[0])

    def forward(self, x: Tensor) -> Tensor:
        """x: (L, C); gives (L', C') float32."""
        image = x.to(self.weight.dtype)[None, None].permute(0, 3, 1, 2)
        if self.transposed:
            made = F.conv_transpose2d(
                image,
                self.weight,
                self.bias,
                self.stride,
                self.padding,
                self.output_padding,
                self.groups,
                self.dilation,
            )
        else:
            made = F.conv2d(image, self.weight, self.bias, self.stride, self.padding, self.dilation, self.groups)
        return made.permute(0, 2, 3, 1)[0, 0].contiguous().float()


def _remade(kind: Callable[..., nn.Module], modules: nn.Module, dtype: torch.dtype = torch.float32) -> nn.ModuleList:
    return nn.ModuleList(kind(module, dtype) for module in modules.children())


def snake(alpha: Tensor) -> Activation:
    """The activation of Liu et al. 2020, x + sin²(αx) / α. alpha: (1, C, 1)."""
    factor = alpha[0, :, 0]
    inverse = 1 / factor

    def activate(x: Tensor, scratch: Tensor) -> None:
        torch.mul(x, factor, out=scratch)
        scratch.sin_()
        torch.mul(scratch, scratch, out=scratch)
        x.addcmul_(scratch, inverse)

    return activate


def moments(x: Tensor) -> tuple[Tensor, Tensor]:
    """The mean and the variance of each column of (L, C), (C,) float32 each.

    The sums are of differences to the first block's mean, so that nothing cancels where a channel's mean is large
    beside what varies in it.
    """
    size = rows_a_block(x)
    near = x[:size].mean(dim=0)
    ones = torch.ones(1, size, device=x.device)
    scratch = torch.empty(size, x.shape[1], device=x.device)
    total, squares = (torch.zeros(1, x.shape[1], device=x.device) for _ in range(2))
    for begin in range(0, len(x), size):
        rows = x[begin : begin + size]
        block = scratch[: len(rows)]
        torch.sub(rows, near, out=block)
        total.addmm_(ones[:, : len(rows)], block)
        torch.mul(block, block, out=block)
        squares.addmm_(ones[:, : len(rows)], block)
    mean = total[0] / len(x)
    return mean + near, squares[0] / len(x) - mean * mean


def rows_a_block(x: Tensor) -> int:
    """How many rows of (L, C) make a block: on a GPU, all of them."""
    return max(1, min(BLOCK // x.shape[1], len(x))) if x.device.type == "cpu" else len(x)
