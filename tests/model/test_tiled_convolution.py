"""Convolution in tiles gives the results of PyTorch's own."""

from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import nn

from kokoro_demo.model import tiled_convolution
from kokoro_demo.model.tiled_convolution import TiledConv

ALLOWED = {torch.float32: 5e-6, torch.bfloat16: 2e-2}


@pytest.fixture(autouse=True, scope="module")
def small_blocks():
    """Makes several blocks even of a short input, none of them a whole number of tiles long."""
    with pytest.MonkeyPatch.context() as patch, torch.inference_mode():
        patch.setattr(tiled_convolution, "ROWS", 100)
        yield


def error(made: torch.Tensor, expected: torch.Tensor) -> float:
    """The root mean square of the difference, relative to the expected values."""
    return float((made - expected).norm() / expected.norm())


@given(
    kernel=st.integers(0, 7).map(lambda half: 2 * half + 1),
    dilation=st.integers(1, 6),
    length=st.integers(1, 400),
    channels=st.tuples(st.integers(1, 20), st.integers(1, 20)),
    bias=st.booleans(),
    summed=st.booleans(),
    dtype=st.sampled_from(list(ALLOWED)),
)
@settings(max_examples=150, deadline=None)
def test_tiles_give_the_convolution(kernel, dilation, length, channels, bias, summed, dtype):
    if dtype != torch.float32 and kernel <= tiled_convolution.SHORT_KERNEL:
        dtype = torch.float32
    torch.manual_seed(length)
    margin = dilation * (kernel - 1) // 2
    conv = nn.Conv1d(*channels, kernel, padding=margin, dilation=dilation, bias=bias)
    rows, scale, shift = torch.randn(length, channels[0]), torch.rand(channels[0]), torch.randn(channels[0])
    plus = torch.randn(length, channels[1]) if summed else None
    made = TiledConv(conv, dtype)(rows, scale, shift, torch.Tensor.relu_, plus)
    filled = (rows * scale + shift).relu()
    expected = conv(filled.T).T + (0 if plus is None else plus)
    assert made.dtype == torch.float32
    # Relative to the largest possible value, since a sum itself, before the activation or after the convolution, may
    # happen to be close to zero.
    largest = rows.abs() * scale + shift.abs()
    size = conv.weight.norm() * largest.norm() / len(conv.weight) ** 0.5 + expected.norm()
    assert float((made - expected).norm() / size) < ALLOWED[dtype]


@pytest.mark.parametrize("kernel", [3, 7, 11])
def test_a_tile_does_not_depend_on_what_comes_after_it(kernel):
    """Equal beginnings sound equal, to a millionth, however long the utterance is."""
    conv = nn.Conv1d(8, 8, kernel, padding=(kernel - 1) // 2)
    form, rows, ones = TiledConv(conv), torch.randn(500, 8), torch.ones(8)
    long, short = (form(part, ones, ones, torch.Tensor.relu_) for part in (rows, rows[:300]))
    torch.testing.assert_close(long[:280], short[:280], rtol=0, atol=1e-5)


@pytest.mark.parametrize("dtype", list(ALLOWED))
def test_the_same_rows_give_the_same_bytes(dtype):
    conv = nn.Conv1d(16, 16, 7, padding=9, dilation=3)
    form, rows, ones = TiledConv(conv, dtype), torch.randn(333, 16), torch.ones(16)
    first, second = (form(rows, ones, ones, torch.Tensor.relu_) for _ in range(2))
    assert torch.equal(first, second)
