"""The algorithms with fewer multiplications are exact in exact arithmetic."""

from __future__ import annotations

import pytest
import torch
import torch.nn.functional as F

from kokoro_demo.model.bilinear import Bilinear, fourier, toom_cook

POINTS = (0.0, 1.0, -1.0, 2.0, -2.0, 0.5, -0.5)


def assert_correlates(algorithm: Bilinear, size: int, taps: int) -> None:
    torch.manual_seed(size * taps)
    x, weights = (torch.randn(count, dtype=torch.float64) for count in (size, taps))
    expected = F.conv1d(x[None], weights[None, None])[0]
    made = algorithm.inverse @ ((algorithm.transform_weights @ weights) * (algorithm.transform @ x))
    torch.testing.assert_close(made, expected, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(("outputs", "taps"), [(1, 1), (2, 3), (4, 3), (6, 3), (4, 4), (3, 5)])
def test_toom_cook(outputs, taps):
    algorithm = toom_cook(POINTS[: outputs + taps - 2], taps)
    assert len(algorithm.transform) == outputs + taps - 1
    assert_correlates(algorithm, outputs + taps - 1, taps)


@pytest.mark.parametrize(("size", "taps"), [(1, 1), (2, 1), (5, 3), (7, 7), (16, 3), (24, 7), (25, 7), (32, 11)])
def test_fourier(size, taps):
    algorithm = fourier(size, taps)
    assert len(algorithm.transform) <= 3 * (size + 1) // 2
    assert_correlates(algorithm, size, taps)
