"""Convolutions of one utterance laid out as rows, (L, C), in the forms that CPUs run fastest.

A convolution over rows is an image convolution in channels-last order, which oneDNN runs at up to twice the speed. In
the vocoder, what is convolved is a normalised and activated copy of the rows: it is made block by block, so that each
block is still in the cache when it is convolved.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

# Values a block: shared by two cores, with a scratch as large, it fits their second-level caches.
BLOCK = 2**19
# Changes rows in place, whatever their number.
Activation = Callable[[Tensor], object]
# Where `TiledConv` takes the values of polynomials, beside infinity: small powers of two cost the least precision.
POINTS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5)
TILE = 4


class RowConv(nn.Module):
    """A convolution, or a transposed one, over rows.

    dtype: in which it is computed.
    """

    def __init__(self, conv: nn.Conv1d | nn.ConvTranspose1d, dtype: torch.dtype = torch.float32) -> None:
        super().__init__()
        self.weight, self.bias = _as_image(conv, dtype)
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


class FilledConv(nn.Module):
    """A convolution that keeps the length, over rows that are made for it.

    dtype: in which it is computed.
    """

    def __init__(self, conv: nn.Conv1d, dtype: torch.dtype) -> None:
        super().__init__()
        self.conv = RowConv(conv, dtype)

    def forward(
        self, x: Tensor, scale: Tensor, shift: Tensor, activate: Activation, plus: Tensor | None = None
    ) -> Tensor:
        """Convolve activate(x * scale + shift), which is zero beyond its ends.

        x: (L, C) float32, scale and shift: (C,), plus: (L, C'), added to the result. Gives (L, C') float32.
        """
        rows = torch.empty_like(x, dtype=self.conv.weight.dtype)
        size = rows_a_block(x)
        scratch = x.new_empty(size, x.shape[1])
        for begin in range(0, len(x), size):
            block = scratch[: len(x) - begin]
            fill(block, x, begin, scale, shift, activate)
            rows[begin : begin + size] = block
        made = self.conv(rows)
        return made if plus is None else made.add_(plus)


class TiledConv(nn.Module):
    """`FilledConv` in float32 with half of the multiplications, by the method of Toom and Cook, which Winograd (1980)
    showed to be minimal and Lavin and Gray (2016) brought to convolutional networks.

    The outputs are taken TILE at a time, dilation apart, and the kernel in groups of at most TILE taps. What a group
    adds to a tile would take TILE * taps products; it takes TILE + taps - 1, of the values that two polynomials have at
    as many points, and `toom_cook` gives the matrices that lead there and back. Over all channels these products are
    products of matrices. Rounding errors grow fourfold.
    """

    there: Tensor
    back: Tensor

    def __init__(self, conv: nn.Conv1d) -> None:
        super().__init__()
        (kernel,), (self.dilation,) = conv.kernel_size, conv.dilation
        self.margin = self.dilation * (kernel - 1) // 2
        taps = min(kernel, TILE)
        self.groups = -(-kernel // taps)
        there, weights_there, back = toom_cook(POINTS[: TILE + taps - 2], TILE, taps)
        self.register_buffer("there", there.float(), persistent=False)
        self.register_buffer("back", back.float(), persistent=False)
        kernels = F.pad(conv.weight.detach().double(), (0, self.groups * taps - kernel))
        # (groups, points, C, C')
        weight = torch.einsum("pt,oigt->gpio", weights_there, kernels.unflatten(2, (self.groups, taps)))
        self.weight = nn.Parameter(weight.float().contiguous())
        self.bias = None if conv.bias is None else nn.Parameter(conv.bias.detach().float())

    def forward(
        self, x: Tensor, scale: Tensor, shift: Tensor, activate: Activation, plus: Tensor | None = None
    ) -> Tensor:
        """As `FilledConv.forward`."""
        made = x.new_empty(len(x), self.weight.shape[3])
        tile_rows = TILE * self.dilation
        size = max(1, rows_a_block(x) // tile_rows) * tile_rows
        for begin in range(0, len(x), size):
            end = min(begin + size, len(x))
            tiles = -(-(end - begin) // tile_rows)
            # Each group reads a tile further than the one before it, and the last of them into the next.
            rows = x.new_empty(TILE, tiles + self.groups, self.dilation, x.shape[1])
            fill(rows.transpose(0, 1), x, begin - self.margin, scale, shift, activate)
            block = self._convolved(rows).transpose(0, 1)
            if tiles * tile_rows > end - begin:
                block = block.flatten(0, 2)[: end - begin]
            _place(block, made, begin, plus)
        return made

    def _convolved(self, rows: Tensor) -> Tensor:
        """rows: (TILE, tiles + groups, dilation, C). Gives (TILE, tiles, dilation, C')."""
        _, read, _, channels = rows.shape
        tiles, wide = read - self.groups, self.dilation * channels
        values = rows.view(TILE, -1)
        there = torch.mm(self.there[:, :TILE], values[:, :-wide])
        following = self.there[:, TILE:]
        there.addmm_(following, values[: following.shape[1], wide:])
        there = there.view(len(there), -1, channels)
        count = tiles * self.dilation
        products = rows.new_empty(len(there), count, self.weight.shape[3])
        for group, weight in enumerate(self.weight):
            first = group * self.dilation
            add_products(products, there[:, first : first + count], weight, keep=group > 0)
        if self.bias is not None:
            products[POINTS.index(1.0)] += self.bias  # on the way back the value at 1 is added to every output
        return torch.mm(self.back, products.flatten(1)).view(TILE, tiles, self.dilation, -1)


def toom_cook(points: Sequence[float], outputs: int, taps: int) -> tuple[Tensor, Tensor, Tensor]:
    """The float64 matrices B, G and A with correlation(x, w) = A @ ((G @ w) * (B @ x)).

    x: (outputs + taps - 1,), w: (taps,); the result is (outputs,). The points are outputs + taps - 2, all different;
    infinity is the last one.

    The product of two polynomials is found again from its values (Toom 1963, Cook 1966); a correlation is the
    transposition of that (Winograd 1980).
    """
    at = torch.tensor(points, dtype=torch.float64)
    weights_there, back = (
        torch.cat([at[:, None] ** torch.arange(count), F.pad(at.new_ones(1, 1), (count - 1, 0))])
        for count in (taps, outputs)
    )
    there = torch.zeros(len(at) + 1, len(at) + 1, dtype=torch.float64)
    for row, point in enumerate(at):
        others = torch.cat([at[:row], at[row + 1 :]])
        there[row, :-1] = _polynomial(others)
        weights_there[row] /= (point - others).prod()
    there[-1] = _polynomial(at)
    return there, weights_there, back.T


def _polynomial(roots: Tensor) -> Tensor:
    """The coefficients of the monic polynomial with these roots, the constant first."""
    coefficients = roots.new_ones(1)
    for root in roots:
        coefficients = F.pad(coefficients, (1, 0)) - root * F.pad(coefficients, (0, 1))
    return coefficients


def add_products(out: Tensor, left: Tensor, right: Tensor, *, keep: bool) -> None:
    """Write to `out` the products of `left`, (N, rows, K), and `right`, (N, K, columns), added to what it keeps.

    Each thread takes whole products; those left over are made by all of them together, so that none waits.
    """
    whole = len(out) - len(out) % torch.get_num_threads()
    if whole:
        out[:whole].baddbmm_(left[:whole], right[:whole], beta=int(keep))
    for index in range(whole, len(out)):
        out[index].addmm_(left[index], right[index], beta=int(keep))


def fill(rows: Tensor, x: Tensor, first: int, scale: Tensor, shift: Tensor, activate: Activation) -> None:
    """Write activate(x * scale + shift) from row `first` of x on, and zero beyond the ends of x.

    rows: (..., C), dense; its places in order are those of the rows. x: (L, C), scale and shift: (C,).
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
        # numpy's: torch.unravel_index imports 33 MB of modules when it is first called.
        places = np.unravel_index(np.r_[: beyond[0], count - beyond[1] : count], rows.shape[:-1])
        rows[tuple(map(torch.from_numpy, places))] = 0


def rows_a_block(x: Tensor) -> int:
    """How many rows of (L, C) make a block: on a GPU, all of them."""
    return max(1, min(BLOCK // x.shape[1], len(x))) if x.device.type == "cpu" else len(x)


def _place(block: Tensor, made: Tensor, begin: int, plus: Tensor | None) -> None:
    """Put a block into `made` from row `begin` on, `plus` added. block: (..., C'), its places in the order of rows."""
    rows = slice(begin, begin + block.shape[:-1].numel())
    place = made[rows].view(block.shape)
    if plus is None:
        place.copy_(block)
    else:
        torch.add(plus[rows].view(block.shape), block, out=place)


def _as_image(conv: nn.Conv1d | nn.ConvTranspose1d, dtype: torch.dtype) -> tuple[nn.Parameter, nn.Parameter | None]:
    """Weight and bias of the same convolution over an image of one line."""
    weight = conv.weight.detach()[:, :, None].to(dtype).contiguous(memory_format=torch.channels_last)
    return nn.Parameter(weight), None if conv.bias is None else nn.Parameter(conv.bias.detach().to(dtype))
