"""A convolution of one utterance laid out as rows, (L, C), tile by tile, with fewer multiplications.

What leads to the products and back is multiplied by small constant matrices, too: CPUs do so near their peak, and an
FFT of so few values would save little arithmetic and take several passes over memory.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from kokoro_demo.model.bilinear import Bilinear, fourier, toom_cook
from kokoro_demo.model.row_convolution import Activation, fill, place

# The longest kernel for which Toom and Cook's way is faster than Fourier transforms.
SHORT_KERNEL = 3
POINTS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5)
# Rows transformed together, on a CPU: what is made of them stays in the caches of two cores, and each matrix of weights
# is multiplied by enough rows.
ROWS = 4096


class TiledConv(nn.Module):
    """`FilledConv` with a fifth to a half of the multiplications, over tiles that overlap by kernel - 1 rows.

    A kernel of 11 makes 22 rows of a tile of 32 with 47 products in place of 242, one of 7 makes 18 of 24 with 35 in
    place of 126, one of 3 makes 6 of 8 with 8 in place of 18. Over all channels these are products of matrices.

    dtype: of transforms and products. Fourier's are exact enough in bfloat16; those of a kernel of 3 are not.
    """

    there: Tensor
    back: Tensor

    def __init__(self, conv: nn.Conv1d, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        (kernel,), (self.dilation,) = conv.kernel_size, conv.dilation
        self.margin = self.dilation * (kernel - 1) // 2
        with torch.device("cpu"):  # known even if the weights are not, as on the device "meta"
            there, weights_there, back = algorithm(kernel)
        self.register_buffer("there", there.to(conv.weight.device, dtype), persistent=False)
        self.register_buffer("back", back.to(conv.weight.device, dtype), persistent=False)
        # (products, C, C')
        weight = torch.einsum("pt,oit->pio", weights_there.to(conv.weight.device), conv.weight.detach().double())
        self.weight = nn.Parameter(weight.to(dtype).contiguous())
        # There is one product that every row is given the same part of.
        self.everywhere = int((back == back[0]).all(dim=0).nonzero()[0])
        bias = None if conv.bias is None else conv.bias.detach().double() / back[0, self.everywhere].item()
        self.bias = None if bias is None else nn.Parameter(bias.to(dtype))

    def forward(
        self, x: Tensor, scale: Tensor, shift: Tensor, activate: Activation, plus: Tensor | None = None
    ) -> Tensor:
        """As `FilledConv.forward`."""
        outputs, size = len(self.back), self.there.shape[1]
        tiles = -(-len(x) // (outputs * self.dilation))
        blocks = -(-tiles * self.dilation * size // ROWS) if x.device.type == "cpu" else 1
        tiles_a_block = -(-tiles // blocks)
        made = x.new_empty(len(x), self.weight.shape[2])
        for first in range(0, tiles, tiles_a_block):
            count = min(tiles_a_block, tiles - first)
            begin = first * outputs * self.dilation
            rows = x.new_empty(self.dilation, (count - 1) * outputs + size, x.shape[1])
            fill(rows.transpose(0, 1), x, begin - self.margin, scale, shift, activate)
            block = self._convolved(rows.to(self.weight.dtype), count)
            place(block.view(self.dilation, count * outputs, -1).transpose(0, 1), made, begin, plus)
        return made

    def _convolved(self, rows: Tensor, count: int) -> Tensor:
        """rows: (dilation, L, C), of `count` tiles each. Gives (dilation * count, outputs, C')."""
        products, size = self.there.shape
        channels, step = rows.shape[2], len(self.back) * rows.shape[2]
        there = rows.new_empty(self.dilation, count, products, channels)
        for made, read in zip(there, rows, strict=True):
            tiles = read.as_strided((count, size, channels), (step, channels, 1))
            torch.bmm(self.there.expand(count, -1, -1), tiles, out=made)
        values = torch.bmm(there.flatten(0, 1).transpose(0, 1), self.weight)
        if self.bias is not None:
            values[self.everywhere] += self.bias
        return torch.bmm(self.back.expand(self.dilation * count, -1, -1), values.transpose(0, 1))


def algorithm(kernel: int) -> Bilinear:
    """The one that `TiledConv` takes. It does not depend on the length: the same rows are always computed alike."""
    if kernel > SHORT_KERNEL:
        return fourier(2 * (kernel + 5), kernel)
    return toom_cook(POINTS[: 4 + kernel], kernel)
