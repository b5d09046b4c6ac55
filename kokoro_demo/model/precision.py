"""The precision of the convolutions in the decoder and vocoder."""

from __future__ import annotations

import os

import torch

from kokoro_demo.errors import CheckpointError

PRECISIONS = {"f32": torch.float32, "bf16": torch.bfloat16}


def chosen_precision() -> str:
    """Return "f32" or "bf16": the value of ``KOKORO_PRECISION``, or with "auto", the default, the faster one on this
    CPU.

    bfloat16 is faster if the CPU has instructions that multiply it: AMX or AVX512_BF16 (Intel, and AMD since Zen 4). It
    can be chosen on any CPU.

    Raises:
        CheckpointError: if the variable has another value.
    """
    chosen = os.environ.get("KOKORO_PRECISION", "").strip().lower() or "auto"
    if chosen == "auto":
        return "bf16" if multiplies_bf16() else "f32"
    if chosen not in PRECISIONS:
        raise CheckpointError(f"KOKORO_PRECISION is {chosen!r}. Set it to auto, f32 or bf16.")
    return chosen


def multiplies_bf16() -> bool:
    """Whether the CPU has instructions that multiply bfloat16, according to torch."""
    checks = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(getattr(torch.cpu, check, bool)() for check in checks)
