"""Convolutions over rows give the results of PyTorch's own."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from kokoro_demo.model import row_convolution
from kokoro_demo.model.row_convolution import FilledConv, RowConv, RowUpsample

CHANNELS = 8


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Makes several blocks even of a short input, none of them a whole number of tiles long."""
    monkeypatch.setattr(row_convolution, "BLOCK", 50 * CHANNELS)
    with torch.inference_mode():
        yield


def a_convolution(kernel: int, dilation: int = 1, *, bias: bool = True) -> nn.Conv1d:
    torch.manual_seed(kernel * dilation)
    margin = dilation * (kernel - 1) // 2
    return nn.Conv1d(CHANNELS, 2 * CHANNELS, kernel, padding=margin, dilation=dilation, bias=bias)


def error(made: torch.Tensor, expected: torch.Tensor) -> float:
    """The root mean square of the difference, relative to the expected values."""
    return float((made - expected).norm() / expected.norm())


def both(form: FilledConv, conv: nn.Conv1d, length: int) -> tuple[torch.Tensor, torch.Tensor]:
    """The result of our form, and PyTorch's."""
    rows, plus = torch.randn(length, CHANNELS), torch.randn(length, 2 * CHANNELS)
    scale, shift = torch.rand(CHANNELS), torch.randn(CHANNELS)
    made = form(rows, scale, shift, torch.Tensor.relu_, plus)
    return made, conv((rows * scale + shift).relu().T).T + plus


@pytest.mark.parametrize("dilation", [1, 3])
@pytest.mark.parametrize(("dtype", "allowed"), [(torch.float32, 1e-6), (torch.bfloat16, 1e-2)])
def test_filled_rows_give_the_convolution(dtype, allowed, dilation):
    conv = a_convolution(7, dilation)
    for length in (1, 50, 203):
        made, expected = both(FilledConv(conv, dtype), conv, length)
        assert made.dtype == torch.float32
        assert error(made, expected) < allowed


def test_bias_and_sum_are_optional():
    conv = a_convolution(3, bias=False)
    rows = torch.randn(80, CHANNELS)
    made = FilledConv(conv, torch.float32)(rows, torch.ones(CHANNELS), torch.zeros(CHANNELS), lambda _: None)
    assert error(made, conv(rows.T).T) < 1e-6


@pytest.mark.parametrize(("dtype", "allowed"), [(torch.float32, 1e-6), (torch.bfloat16, 1e-2)])
@pytest.mark.parametrize(
    "conv",
    [
        nn.Conv1d(CHANNELS, 4, 1),
        nn.Conv1d(CHANNELS, 4, 3, padding=1, bias=False),
        nn.Conv1d(CHANNELS, 4, 3, padding=3, dilation=3),
        nn.Conv1d(CHANNELS, 4, 12, stride=6, padding=3),
        nn.Conv1d(CHANNELS, 4, 3, stride=2, padding=1),
    ],
    ids=str,
)
def test_a_convolution_over_rows(conv, dtype, allowed):
    form = RowConv(conv, dtype)
    for length in (12, 30, 31):
        rows = torch.randn(length, CHANNELS)
        assert error(form(rows), conv(rows.T).T) < allowed


@pytest.mark.parametrize(("dtype", "allowed"), [(torch.float32, 1e-6), (torch.bfloat16, 1e-2)])
@pytest.mark.parametrize(
    "conv",
    [
        nn.ConvTranspose1d(CHANNELS, 4, 12, stride=6, padding=3),
        nn.ConvTranspose1d(CHANNELS, 4, 5, stride=3, padding=1, bias=False),
        nn.ConvTranspose1d(CHANNELS, CHANNELS, 3, stride=2, padding=1, output_padding=1, groups=CHANNELS),
        nn.ConvTranspose1d(CHANNELS, CHANNELS, 3, stride=2, padding=1, groups=CHANNELS, bias=False),
    ],
    ids=str,
)
def test_a_transposed_convolution_over_rows(conv, dtype, allowed):
    form = RowUpsample(conv, dtype)
    for length in (1, 2, 30):
        rows = torch.randn(length, CHANNELS)
        assert error(form(rows), conv(rows.T).T) < allowed
