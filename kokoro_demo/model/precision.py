"""The precision in which the convolutions of decoder and vocoder are computed."""

from __future__ import annotations

import os

import torch

from kokoro_demo.errors import CheckpointError

PRECISIONS = {"f32": torch.float32, "bf16": torch.bfloat16}


def chosen_precision() -> str:
    """ "f32" or "bf16": what ``KOKORO_PRECISION`` says, or with "auto" the one in which this CPU is faster.

    bfloat16 is faster if the CPU has instructions that multiply it: Intel's AMX or AVX512_BF16, as AMD has since Zen 4.
    It may be asked for on any CPU.

    Raises:
        CheckpointError: if the variable has another value.
    """
    asked = os.environ.get("KOKORO_PRECISION", "").strip().lower() or "auto"
    if asked == "auto":
        return "bf16" if multiplies_bf16() else "f32"
    if asked not in PRECISIONS:
        raise CheckpointError(f"KOKORO_PRECISION is {asked!r}. Set it to auto, f32 or bf16.")
    return asked


def multiplies_bf16() -> bool:
    """Whether the CPU has instructions that multiply bfloat16, as torch reports it."""
    questions = ("_is_amx_tile_supported", "_is_avx512_bf16_supported")
    return any(getattr(torch.cpu, question, bool)() for question in questions)
