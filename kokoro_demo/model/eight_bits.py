"""Weights in 8 bits: integers from -128 to 127, with a scale and a zero point from which the weights are restored.

A tensor ``name`` is stored as ``name.int8``, ``name.scale`` and, unless it is 0 everywhere, ``name.zero``; both
broadcast to its shape. The weight is (int8 - zero) * scale, in that order, as onnxruntime computes it.
"""

from __future__ import annotations

import torch
from torch import Tensor

VALUES, SCALE, ZERO = ".int8", ".scale", ".zero"
# Smaller tensors stay in full precision; all of them are only a small part of a model.
SMALLEST = 2**13


def in_8_bits(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Quantise each large tensor to ``name.int8``, of its shape, and ``name.scale``, (channels, 1, ...)."""
    stored: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.numel() < SMALLEST or not tensor.is_floating_point():
            stored[name] = tensor
            continue
        largest = tensor.abs().amax(dim=tuple(range(1, tensor.ndim)), keepdim=True)
        scale = (largest / 127).clamp(min=torch.finfo(torch.float32).tiny)
        stored[name + VALUES] = (tensor / scale).round().to(torch.int8)
        stored[name + SCALE] = scale
    return stored


def from_8_bits(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Restore float32 weights from 8-bit tensors. Other tensors, and parts that do not fit together, are returned as
    they are."""
    plain = dict(tensors)
    for name in [name for name in tensors if name.endswith(VALUES)]:
        stem = name.removesuffix(VALUES)
        values, scale, zero = (tensors.get(stem + part) for part in (VALUES, SCALE, ZERO))
        if values is None or scale is None:
            continue
        if _fits(scale, values) and (zero is None or _fits(zero, values)):
            for part in (VALUES, SCALE, ZERO):
                plain.pop(stem + part, None)
            plain[stem] = (values.float() if zero is None else values.float() - zero) * scale
    return plain


def _fits(part: Tensor, values: Tensor) -> bool:
    """Whether a scale or a zero broadcasts to the shape of the values."""
    if not part.is_floating_point() or values.dtype != torch.int8 or part.ndim > values.ndim:
        return False
    lengths = zip(reversed(part.shape), reversed(values.shape), strict=False)
    return all(length in (1, whole) for length, whole in lengths)
