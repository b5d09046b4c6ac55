"""Validation of voice packs, whatever their source."""

from __future__ import annotations

import io
from collections.abc import Sequence

import torch

# Kokoro's have 510 rows.
MAX_ROWS = 1024
# Kokoro's reach 3.2. A style far from those that the model was trained on makes sounds that never end.
MAX_VALUE = 16.0


def shape_fault(shape: Sequence[int], style_dim: int) -> str:
    """Return what is wrong with a pack's shape, to follow the word "it" in a message; "" if nothing is."""
    if len(shape) == 3 and 1 <= shape[0] <= MAX_ROWS and tuple(shape[1:]) == (1, 2 * style_dim):
        return ""
    described = "x".join(str(length)[:12] for length in shape[:6]) or "one number"
    return f"is {described} and must be 510x1x{2 * style_dim}"


def read_values(pack: torch.Tensor) -> torch.Tensor:
    """Return the values of a pack in float32, contiguous.

    Raises:
        ValueError: if they are not real numbers that a style can have; the message follows the word "it".
    """
    if pack.layout != torch.strided or not pack.is_floating_point() or pack.is_meta:
        raise ValueError("must hold one tensor of floating point")
    values = pack.detach().to("cpu", torch.float32, copy=True).contiguous()
    if not torch.isfinite(values).all():
        raise ValueError("holds values that are not finite numbers")
    if values.numel() and values.abs().max() > MAX_VALUE:
        raise ValueError(f"holds values beyond {MAX_VALUE:g}, which no style has")
    return values


def pack_file(pack: torch.Tensor) -> bytes:
    """Return a voice pack as a PyTorch file, which `read_upload` can read."""
    file = io.BytesIO()
    torch.save(pack.contiguous().clone(), file)
    return file.getvalue()
