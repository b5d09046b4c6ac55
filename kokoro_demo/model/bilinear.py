"""Correlations of short sequences with fewer multiplications than the definition takes.

An algorithm is three matrices B, G and A such that correlation(x, w) = A @ ((G @ w) * (B @ x)); it takes as many
multiplications as B has rows. x: (size,), w: (taps,); the result is (size - taps + 1,). All are float64.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor


class Bilinear(NamedTuple):
    """B, `transform`: (products, size). G, `transform_weights`: (products, taps). A, `inverse`: (outputs, products)."""

    transform: Tensor
    transform_weights: Tensor
    inverse: Tensor


def fourier(size: int, taps: int) -> Bilinear:
    """Use discrete Fourier transforms: three products for every two values, and rounding errors that do not grow with
    the size.

    With X the transform of x and V the conjugate of that of w, the correlation is the inverse transform of XV, without
    the outputs that wrap around ("overlap-save"; Stockham 1966). A product of complex numbers takes three real ones
    (Gauss), here V' (X' + X"), X' (V" - V') and X" (V' + V") of real and imaginary parts: the real part of XV is the
    first minus the third, the imaginary part is the sum of the first two. Since x is real, negative frequencies are
    not needed.
    """
    at = torch.arange(size, dtype=torch.float64)
    transform, transform_weights, inverse = [], [], []
    for frequency in range(size // 2 + 1):
        angle = 2 * math.pi * frequency / size * at
        cosine, sine = angle.cos(), angle.sin()
        if 2 * frequency % size == 0:
            transform += [cosine]
            transform_weights += [cosine]
            inverse += [cosine / size]
        else:
            transform += [cosine - sine, cosine, -sine]
            transform_weights += [cosine, sine - cosine, cosine + sine]
            inverse += [2 / size * values for values in (cosine - sine, -sine, -cosine)]
    outputs = size - taps + 1
    return Bilinear(
        torch.stack(transform), torch.stack(transform_weights)[:, :taps], torch.stack(inverse, dim=1)[:outputs]
    )


def toom_cook(points: Sequence[float], taps: int) -> Bilinear:
    """Use the minimum number of products, `size`. Rounding errors grow with the size; they are smallest if the points
    are small powers of two.

    The product of two polynomials is interpolated from its values at size - 1 different `points` and at infinity
    (Toom 1963, Cook 1966). A correlation is the transpose of that (Winograd 1980; for convolutional networks, Lavin
    and Gray 2016).
    """
    at = torch.tensor(points, dtype=torch.float64)
    transform_weights, inverse = (
        torch.cat([at[:, None] ** torch.arange(count), F.pad(at.new_ones(1, 1), (count - 1, 0))])
        for count in (taps, len(at) + 2 - taps)
    )
    transform = torch.zeros(len(at) + 1, len(at) + 1, dtype=torch.float64)
    for row, point in enumerate(at):
        others = torch.cat([at[:row], at[row + 1 :]])
        transform[row, :-1] = _polynomial(others)
        transform_weights[row] /= (point - others).prod()
    transform[-1] = _polynomial(at)
    return Bilinear(transform, transform_weights, inverse.T)


def _polynomial(roots: Tensor) -> Tensor:
    """Return the coefficients of the monic polynomial with these roots, the constant first."""
    coefficients = roots.new_ones(1)
    for root in roots:
        coefficients = F.pad(coefficients, (1, 0)) - root * F.pad(coefficients, (0, 1))
    return coefficients
