"""Weights in 8 bits: each output channel as whole numbers from -127 to 127 and the scale that they are multiples of."""

from __future__ import annotations

import torch
from torch import Tensor

VALUES, SCALE = ".int8", ".scale"
# Smaller tensors are together little of a model.
SMALLEST = 2**13


def in_8_bits(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """Plain weights, each large one as ``name.int8``, of its shape, and ``name.scale``, (channels, 1, ...)."""
    made: dict[str, Tensor] = {}
    for name, tensor in tensors.items():
        if tensor.numel() < SMALLEST or not tensor.is_floating_point():
            made[name] = tensor
            continue
        largest = tensor.abs().amax(dim=tuple(range(1, tensor.ndim)), keepdim=True)
        scale = (largest / 127).clamp(min=torch.finfo(torch.float32).tiny)
        made[name + VALUES] = (tensor / scale).round().to(torch.int8)
        made[name + SCALE] = scale
    return made


def from_8_bits(tensors: dict[str, Tensor]) -> dict[str, Tensor]:
    """What `in_8_bits` was made of, to half a step of each scale, in float32; other tensors as they are."""
    made = dict(tensors)
    for name in [name for name in tensors if name.endswith(VALUES)]:
        stem = name.removesuffix(VALUES)
        if stem + SCALE in made:
            made[stem] = made.pop(name) * made.pop(stem + SCALE)
    return made
