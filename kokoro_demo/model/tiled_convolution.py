"""A convolution of one utterance, laid out as rows, (L, C), in tiles, with fewer multiplications.

The transforms before and after the products are small matrix products, too. CPUs compute those near their peak speed;
an FFT of so few values would save little arithmetic and take several passes over memory.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kokoro_demo.model.bilinear import Bilinear, fourier, toom_cook
from kokoro_demo.model.row_convolution import Activation, fill, place

# The longest kernel for which the Toom-Cook algorithm is faster than Fourier transforms.
SHORT_KERNEL = 3
POINTS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5)
# Rows that are transformed together on a CPU: few enough that their transform stays in the caches of two cores, and
# enough to make good use of each weight matrix.
ROWS = 4096


class TiledConv(nn.Module):
    """`FilledConv` with a fifth to a half of the multiplications, over tiles that overlap by kernel - 1 rows.

    A kernel of 11 computes 22 rows from a tile of 32 with 47 products instead of 242; one of 7, 18 rows from 24 with 35
    instead of 126; one of 3, 6 rows from 8 with 8 instead of 18. Over all channels these are matrix products.

    dtype: of the transforms and products. Fourier transforms are accurate enough in bfloat16, Toom-Cook is not.
    """

    transform: Tensor
    inverse: Tensor

    def __init__(self, conv: nn.Conv1d, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        (kernel,), (self.dilation,) = conv.kernel_size, conv.dilation
        self.margin = self.dilation * (kernel - 1) // 2
        with torch.device("cpu"):  # real values, even if the weights have none (the device "meta")
            transform, transform_weights, inverse = algorithm(kernel)
        self.register_buffer("transform", transform.to(conv.weight.device, dtype), persistent=False)
        self.register_buffer("inverse", inverse.to(conv.weight.device, dtype), persistent=False)
        # (products, C, C')
        weight = torch.einsum("pt,oit->pio", transform_weights.to(conv.weight.device), conv.weight.detach().double())
        self.weight = nn.Parameter(weight.to(dtype).contiguous())
        # There is a product that contributes equally to every output; the bias is added to it.
        self.everywhere = int((inverse == inverse[0]).all(dim=0).nonzero()[0])
        bias = None if conv.bias is None else conv.bias.detach().double() / inverse[0, self.everywhere].item()
        self.bias = None if bias is None else nn.Parameter(bias.to(dtype))

    def forward(
        self, x: Tensor, scale: Tensor, shift: Tensor, activate: Activation, plus: Tensor | None = None
    ) -> Tensor:
        """See `FilledConv.forward`."""
        outputs, size = len(self.inverse), self.transform.shape[1]
        tiles = -(-len(x) // (outputs * self.dilation))
        blocks = -(-tiles * self.dilation * size // ROWS) if x.device.type == "cpu" else 1
        tiles_per_block = -(-tiles // blocks)
        output = x.new_empty(len(x), self.weight.shape[2])
        for first in range(0, tiles, tiles_per_block):
            count = min(tiles_per_block, tiles - first)
            begin = first * outputs * self.dilation
            rows = x.new_empty(self.dilation, (count - 1) * outputs + size, x.shape[1])
            fill(rows.transpose(0, 1), x, begin - self.margin, scale, shift, activate)
            block = self._convolved(rows.to(self.weight.dtype), count)
            place(block.view(self.dilation, count * outputs, -1).transpose(0, 1), output, begin, plus)
        return output

    def _convolved(self, rows: Tensor, count: int) -> Tensor:
        """rows: (dilation, L, C), of `count` tiles each; returns (dilation * count, outputs, C')."""
        products, size = self.transform.shape
        channels, step = rows.shape[2], len(self.inverse) * rows.shape[2]
        transformed = rows.new_empty(self.dilation, count, products, channels)
        for output, read in zip(transformed, rows, strict=True):
            tiles = read.as_strided((count, size, channels), (step, channels, 1))
            torch.bmm(self.transform.expand(count, -1, -1), tiles, out=output)
        values = torch.bmm(transformed.flatten(0, 1).transpose(0, 1), self.weight)
        if self.bias is not None:
            values[self.everywhere] += self.bias
        return torch.bmm(self.inverse.expand(self.dilation * count, -1, -1), values.transpose(0, 1))


def algorithm(kernel: int) -> Bilinear:
    """Return the algorithm for a kernel. It is independent of the length, so that equal rows give equal results."""
    if kernel > SHORT_KERNEL:
        return fourier(2 * (kernel + 5), kernel)
    return toom_cook(POINTS[: 4 + kernel], kernel)
