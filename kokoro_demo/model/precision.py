"""In which precision the convolutions of decoder and vocoder are computed."""

from __future__ import annotations

import os

import torch

from kokoro_demo.errors import CheckpointError

PRECISIONS = {"f32": torch.float32, "bf16": torch.bfloat16}


def chosen_precision() -> str:
    """ "f32" or "bf16": what ``KOKORO_PRECISION`` says, or with "auto" the one that this CPU is faster in.

    bfloat16 is faster where the CPU multiplies matrices of it in tiles (Intel's AMX). Elsewhere it may be asked for.

    Raises:
        CheckpointError: where the variable says something else.
    """
    asked = os.environ.get("KOKORO_PRECISION", "").strip().lower() or "auto"
    if asked == "auto":
        return "bf16" if has_tiles() else "f32"
    if asked not in PRECISIONS:
        raise CheckpointError(f"KOKORO_PRECISION is {asked!r}. Set it to auto, f32 or bf16.")
    return asked


def has_tiles() -> bool:
    """Whether the CPU has AMX for bfloat16, as torch sees it."""
    ask = getattr(torch.cpu, "_is_amx_tile_supported", None)
    return bool(ask and ask())
