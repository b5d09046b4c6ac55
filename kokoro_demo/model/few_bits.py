"""Weights in 8 or 12 bits: integers, with a scale and a zero point from which the weights are restored.

A tensor ``name`` is stored as ``name.int8``, integers from -128 to 127, ``name.scale`` and, unless it is 0 everywhere,
``name.zero``; scale and zero broadcast to its shape. The weight is (int8 - zero) * scale, in that order, as onnxruntime
computes it. In 12 bits, ``name.low`` holds four more bits of each integer, which is 16 * int8 + low. They are in the
order of the flattened tensor, two in a byte, the first in its lower half.
"""

from __future__ import annotations

import torch
from torch import Tensor

VALUES, LOW, SCALE, ZERO = ".int8", ".low", ".scale", ".zero"
FORMS = (VALUES, LOW, SCALE, ZERO)
# Smaller tensors stay in full precision; all of them are only a small part of a model.
SMALLEST = 2**13


def in_few_bits(tensors: dict[str, Tensor], bits: int = 8) -> dict[str, Tensor]:
    """Quantise each large tensor to ``name.int8``, of its shape, and ``name.scale``, (channels, 1, ...).

    bits: 8, or 12, which adds ``name.low``, (half as many bytes,).
    """
    stored: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.numel() < SMALLEST or not tensor.is_floating_point():
            stored[name] = tensor
            continue
        most = 2 ** (bits - 1) - 1
        largest = tensor.abs().amax(dim=tuple(range(1, tensor.ndim)), keepdim=True)
        scale = (largest / most).clamp(min=torch.finfo(torch.float32).tiny)
        integers = (tensor / scale).round().clamp(-most, most).to(torch.int16)
        if bits == 12:
            stored[name + LOW] = _packed(integers & 15)
            integers >>= 4
        stored[name + VALUES] = integers.to(torch.int8)
        stored[name + SCALE] = scale
    return stored


def from_few_bits(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Restore float32 weights from tensors in few bits. Other tensors, and parts that do not fit together, are returned
    as they are."""
    plain = dict(tensors)
    for name in [name for name in tensors if name.endswith(VALUES)]:
        stem = name.removesuffix(VALUES)
        values, low, scale, zero = (tensors.get(stem + form) for form in FORMS)
        if values is None or scale is None or not _fits(scale, values):
            continue
        if (zero is not None and not _fits(zero, values)) or (low is not None and not _halves(low, values)):
            continue
        for form in FORMS:
            plain.pop(stem + form, None)
        integers = values.float()
        if low is not None:
            integers = integers.mul_(16).add_(_unpacked(low, values))
        plain[stem] = (integers if zero is None else integers - zero) * scale
    return plain


def _packed(low: Tensor) -> Tensor:
    """Integers from 0 to 15 of any shape, two in a byte."""
    flat = low.flatten().to(torch.uint8)
    first, second = flat[::2], flat[1::2]
    return first | torch.nn.functional.pad(second << 4, (0, len(first) - len(second)))


def _unpacked(packed: Tensor, values: Tensor) -> Tensor:
    """The integers that `_packed` packed, of the shape of `values`."""
    pairs = torch.stack([packed & 15, packed >> 4], dim=1)
    return pairs.flatten()[: values.numel()].view(values.shape)


def _fits(part: Tensor, values: Tensor) -> bool:
    """Whether a scale or a zero broadcasts to the shape of the values."""
    if not part.is_floating_point() or values.dtype != torch.int8 or part.ndim > values.ndim:
        return False
    if values.untyped_storage().nbytes() < values.numel():  # one byte in the file, expanded to gigabytes
        return False
    lengths = zip(reversed(part.shape), reversed(values.shape), strict=False)
    return all(length in (1, whole) for length, whole in lengths)


def _halves(low: Tensor, values: Tensor) -> bool:
    """Whether there are four more bits for each of the values."""
    return low.dtype == torch.uint8 and low.shape == (-(-values.numel() // 2),)
