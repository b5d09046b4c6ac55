"""Correlations of a few values with fewer multiplications.

Each is three matrices B, G and A with correlation(x, w) = A @ ((G @ w) * (B @ x)): as many products as B has rows.
x: (size,), w: (taps,); the result is (size - taps + 1,). All are float64.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import Tensor


class Bilinear(NamedTuple):
    """there: (products, size), weights_there: (products, taps), back: (outputs, products)."""

    there: Tensor
    weights_there: Tensor
    back: Tensor


def fourier(size: int, taps: int) -> Bilinear:
    """By discrete Fourier transforms: three products for two frequencies' worth of values, and rounding errors that do
    not grow.

    With X the transform of x and V the conjugate of that of w, the correlation is the inverse transform of XV, as far
    as it does not reach around the end ("overlap-save"; Stockham 1966). A product of complex numbers takes three real
    ones (Gauss), here V' (X' + X"), X' (V" - V') and X" (V' + V") of real and imaginary parts: the real part of XV is
    the first less the third, the imaginary part the sum of the first two. Real x need no negative frequencies.
    """
    at = torch.arange(size, dtype=torch.float64)
    there, weights_there, back = [], [], []
    for frequency in range(size // 2 + 1):
        angle = 2 * math.pi * frequency / size * at
        cosine, sine = angle.cos(), angle.sin()
        if 2 * frequency % size == 0:
            there += [cosine]
            weights_there += [cosine]
            back += [cosine / size]
        else:
            there += [cosine - sine, cosine, -sine]
            weights_there += [cosine, sine - cosine, cosine + sine]
            back += [2 / size * values for values in (cosine - sine, -sine, -cosine)]
    outputs = size - taps + 1
    return Bilinear(torch.stack(there), torch.stack(weights_there)[:, :taps], torch.stack(back, dim=1)[:outputs])


def toom_cook(points: Sequence[float], taps: int) -> Bilinear:
    """As few products as can be: `size` of them. Rounding errors grow with size; small powers of two cost the least.

    The product of two polynomials is found again from its values at `points`, which are size - 1 and all different,
    and at infinity (Toom 1963, Cook 1966). A correlation is the transposition of that (Winograd 1980; in convolutional
    networks, Lavin and Gray 2016).
    """
    at = torch.tensor(points, dtype=torch.float64)
    weights_there, back = (
        torch.cat([at[:, None] ** torch.arange(count), F.pad(at.new_ones(1, 1), (count - 1, 0))])
        for count in (taps, len(at) + 2 - taps)
    )
    there = torch.zeros(len(at) + 1, len(at) + 1, dtype=torch.float64)
    for row, point in enumerate(at):
        others = torch.cat([at[:row], at[row + 1 :]])
        there[row, :-1] = _polynomial(others)
        weights_there[row] /= (point - others).prod()
    there[-1] = _polynomial(at)
    return Bilinear(there, weights_there, back.T)


def _polynomial(roots: Tensor) -> Tensor:
    """The coefficients of the monic polynomial with these roots, the constant first."""
    coefficients = roots.new_ones(1)
    for root in roots:
        coefficients = F.pad(coefficients, (1, 0)) - root * F.pad(coefficients, (0, 1))
    return coefficients
