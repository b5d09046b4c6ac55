"""Convolutions of one utterance, laid out as rows, (L, C), in the forms that run fastest on CPUs.

In the vocoder, the input of a convolution is a normalised and activated copy of the rows. It is computed block by
block, in float32, so that each block is still in the cache when it is convolved.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

# Values in a block. Two cores share it, and with a scratch buffer of the same size it fits their second-level caches.
BLOCK = 2**19
# Modifies any number of rows in place.
Activation = Callable[[Tensor], object]


class RowConv(nn.Module):
    """A convolution over rows. One with a stride is computed as one without, over rows that are `stride` times as wide.

    dtype: of the computation.
    """

    def __init__(self, conv: nn.Conv1d, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        (self.stride,), (self.padding,) = conv.stride, map(int, conv.padding)
        self.reach = conv.dilation[0] * (conv.kernel_size[0] - 1) + 1
        weight = _in_strides(conv).permute(2, 3, 1, 0).flatten(1, 2)
        self.correlation = Correlation(weight, conv.bias, conv.dilation[0], dtype)

    def forward(self, x: Tensor) -> Tensor:
        """x: (L, C) float32; returns (L', C') float32."""
        length = (len(x) + 2 * self.padding - self.reach) // self.stride + 1
        total = (length + self.correlation.margin) * self.stride
        read = x[: total - self.padding]
        rows = x.new_zeros(total, x.shape[1], dtype=self.correlation.dtype)
        rows[self.padding : self.padding + len(read)] = read
        return self.correlation(rows.view(-1, self.stride * x.shape[1]))


class RowUpsample(nn.Module):
    """A transposed convolution over rows, of all channels together or of each by itself. It is computed as a
    convolution without stride whose rows are `stride` times as wide.

    dtype: of the computation; float32 if each channel is convolved by itself.
    """

    def __init__(self, conv: nn.ConvTranspose1d, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        (self.stride,), (self.padding,), (self.extra,) = conv.stride, map(int, conv.padding), conv.output_padding
        self.kernel, self.channels = conv.kernel_size[0], conv.out_channels
        kernel = _in_strides(conv).flip(2)
        if conv.groups == 1:
            bias = None if conv.bias is None else conv.bias.repeat(self.stride)
            self.correlation: Correlation | ChannelCorrelation = Correlation(
                kernel.permute(2, 0, 3, 1).flatten(2), bias, 1, dtype
            )
        else:
            self.correlation = ChannelCorrelation(kernel[:, 0].permute(1, 2, 0), conv.bias)

    def forward(self, x: Tensor) -> Tensor:
        """x: (L, C) float32; returns (L', C') float32."""
        margin = self.correlation.margin
        rows = x.new_zeros(len(x) + 2 * margin, x.shape[1], dtype=self.correlation.dtype)
        rows[margin : margin + len(x)] = x
        output = self.correlation(rows).view(-1, self.channels)
        length = (len(x) - 1) * self.stride - 2 * self.padding + self.kernel + self.extra
        return output[self.padding : self.padding + length]


class Correlation(nn.Module):
    """A convolution without stride, of rows that already include its margins.

    weight: (taps, C, C'), bias: (C',).

    In float32 it is a sum of matrix products. That is as fast as oneDNN's convolution, whose cache moreover grows with
    every new length. In bfloat16 it is a two-dimensional convolution of a single line, in channels-last order.
    """

    def __init__(self, weight: Tensor, bias: Tensor | None, dilation: int, dtype: torch.dtype) -> None:
        super().__init__()
        self.dilation, self.dtype = dilation, dtype
        self.margin = dilation * (len(weight) - 1)
        weight = weight.detach()
        bias = weight.new_zeros(weight.shape[2]) if bias is None else bias.detach()
        if dtype != torch.float32:
            weight = weight.permute(2, 1, 0)[:, :, None].contiguous(memory_format=torch.channels_last)
        self.weight, self.bias = nn.Parameter(weight.to(dtype)), nn.Parameter(bias.to(dtype))

    def forward(self, rows: Tensor) -> Tensor:
        """rows: (margin + L, C) of `dtype`; returns (L, C') float32."""
        if self.dtype != torch.float32:
            image = rows[None, None].permute(0, 3, 1, 2)
            output = F.conv2d(image, self.weight, self.bias, dilation=(1, self.dilation))
            return output.permute(0, 2, 3, 1)[0, 0].float()
        count = len(rows) - self.margin
        output = self.bias.repeat(count, 1)
        for tap, weight in enumerate(self.weight):
            first = tap * self.dilation
            output.addmm_(rows[first : first + count], weight)
        return output


class ChannelCorrelation(nn.Module):
    """`Correlation` of each channel by itself, in float32.

    weight: (taps, n, C) for n outputs of each channel, bias: (C,).
    """

    dtype = torch.float32

    def __init__(self, weight: Tensor, bias: Tensor | None) -> None:
        super().__init__()
        self.margin = len(weight) - 1
        self.weight = nn.Parameter(weight.detach().contiguous())
        self.bias = nn.Parameter(weight.new_zeros(weight.shape[2]) if bias is None else bias.detach())

    def forward(self, rows: Tensor) -> Tensor:
        """rows: (margin + L, C); returns (L, n, C) float32."""
        count = len(rows) - self.margin
        output = self.bias.repeat(count, self.weight.shape[1], 1)
        for tap, weight in enumerate(self.weight):
            output.addcmul_(rows[tap : tap + count, None], weight)
        return output


class FilledConv(nn.Module):
    """A convolution that keeps the length, and computes its input block by block.

    dtype: of the computation.
    """

    def __init__(self, conv: nn.Conv1d, dtype: torch.dtype) -> None:
        super().__init__()
        self.correlation = Correlation(_in_strides(conv).permute(2, 3, 1, 0)[:, 0], conv.bias, conv.dilation[0], dtype)

    def forward(
        self, x: Tensor, scale: Tensor, shift: Tensor, activate: Activation, plus: Tensor | None = None
    ) -> Tensor:
        """Convolve activate(x * scale + shift), padded with zeros.

        x: (L, C) float32, scale and shift: (C,). plus: (L, C'), added to the result. Returns (L, C') float32.
        """
        before = self.correlation.margin // 2
        rows = x.new_empty(len(x) + 2 * before, x.shape[1], dtype=self.correlation.dtype)
        rows[:before] = rows[before + len(x) :] = 0
        within = rows[before : before + len(x)]
        size = rows_per_block(x)
        scratch = x.new_empty(size, x.shape[1])
        for begin in range(0, len(x), size):
            block = scratch[: len(x) - begin]
            fill(block, x, begin, scale, shift, activate)
            within[begin : begin + size] = block
        output = self.correlation(rows)
        return output if plus is None else output.add_(plus)


def fill(rows: Tensor, x: Tensor, first: int, scale: Tensor, shift: Tensor, activate: Activation) -> None:
    """Write activate(x * scale + shift), from row `first` of x on, into `rows`; zeros beyond the ends of x.

    rows: (..., C), contiguous; its leading axes together are the rows, in order. x: (L, C), scale and shift: (C,).
    """
    last = first + rows.shape[:-1].numel()
    beyond = (max(0, -first), max(0, last - len(x)))
    source = x[max(0, first) : last]
    if any(beyond):
        source = F.pad(source, (0, 0, *beyond))
    torch.addcmul(shift, source.view(rows.shape), scale, out=rows)
    activate(rows)
    if any(beyond):
        count = last - first
        # NumPy's, because the first call of torch.unravel_index imports 33 MB of modules.
        places = np.unravel_index(np.r_[: beyond[0], count - beyond[1] : count], rows.shape[:-1])
        rows[tuple(map(torch.from_numpy, places))] = 0


def rows_per_block(x: Tensor) -> int:
    """Return how many rows of (L, C) are a block; on a GPU, all of them."""
    return max(1, min(BLOCK // x.shape[1], len(x))) if x.device.type == "cpu" else len(x)


def place(block: Tensor, output: Tensor, begin: int, plus: Tensor | None) -> None:
    """Write a block, plus the rows of `plus`, into `output` from row `begin` on; rows beyond the end are left out.

    block: (n, m, C'), its first two axes together in the order of the rows. output, plus: (L, C') float32.
    """
    count = min(block.shape[:-1].numel(), len(output) - begin)
    if count < block.shape[:-1].numel():
        block = block.flatten(0, 1)[:count]
    rows = output[begin : begin + count].view(block.shape)
    if plus is None:
        rows.copy_(block)
    else:
        torch.add(plus[begin : begin + count].view(block.shape), block, out=rows)


def _in_strides(conv: nn.Conv1d | nn.ConvTranspose1d) -> Tensor:
    """Return the kernels, padded to whole strides: (.., .., taps, stride)."""
    (kernel,), (stride,) = conv.kernel_size, conv.stride
    taps = -(-kernel // stride)
    return F.pad(conv.weight.detach(), (0, taps * stride - kernel)).unflatten(2, (taps, stride))
