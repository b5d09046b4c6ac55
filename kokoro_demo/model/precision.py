"""The precision of the convolutions in the decoder and vocoder."""

from __future__ import annotations

import os
import platform
from pathlib import Path

import torch

from kokoro_demo.errors import CheckpointError

PRECISIONS = {"f32": torch.float32, "bf16": torch.bfloat16}


def chosen_precision() -> str:
    """Return "f32" or "bf16": the value of ``KOKORO_PRECISION``, or with "auto", the default, the faster one on this
    CPU.

    Either can be chosen on any CPU.

    Raises:
        CheckpointError: if the variable has another value.
    """
    chosen = os.environ.get("KOKORO_PRECISION", "").strip().lower() or "auto"
    if chosen == "auto":
        return "bf16" if is_bf16_faster() else "f32"
    if chosen not in PRECISIONS:
        raise CheckpointError(f"KOKORO_PRECISION is {chosen!r}. Set it to auto, f32 or bf16.")
    return chosen


def is_bf16_faster() -> bool:
    """Whether this CPU computes convolutions faster in bfloat16 than in float32: if it has AMX, or AMD's AVX512_BF16.

    On Intel's CPUs without AMX, AVX512_BF16 multiplies no more numbers a second than float32, and `benchmarks.speed`
    found bfloat16 slower.
    """
    return _has("_is_amx_tile_supported") or (multiplies_bf16() and _is_amd())


def multiplies_bf16() -> bool:
    """Whether the CPU has instructions that multiply bfloat16, according to torch: AMX or AVX512_BF16."""
    return _has("_is_amx_tile_supported") or _has("_is_avx512_bf16_supported")


def _has(check: str) -> bool:
    """Call a check of torch's, which not every version has."""
    return bool(getattr(torch.cpu, check, bool)())


def _is_amd() -> bool:
    """Whether AMD made the CPU, according to Linux or, on other systems, to Python."""
    described = Path("/proc/cpuinfo")
    return "AuthenticAMD" in (described.read_text() if described.exists() else platform.processor())
