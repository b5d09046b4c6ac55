"""Tunes the process's memory beyond the weights: temporary blocks and compiled kernels.

glibc maps every large block anew and unmaps it when it is freed, so that the system clears its pages again for each
layer, which is a quarter of the time of a long utterance. With other C libraries nothing is changed.

oneDNN compiles a kernel for every shape of every layer, and keeps 1,024 of them, 0.3 MB each: with requests of many
lengths, as much memory as the weights. PyTorch (in ideep) keeps 1,024 products of bfloat16 matrices, too, kernels
included, and never uses one again: each product asks oneDNN anew, whatever `LRU_CACHE_CAPACITY` is.

This affects the whole process, so only the app and the command line call `tune_process`. In another program, the
library leaves the memory settings alone.
"""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache
from typing import Any

# From glibc's malloc.h.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_MAX, M_ARENA_MAX = -1, -2, -4, -8
# More than one utterance needs. The next one has another length, and needs other kernels anyway.
MAX_KERNELS = 64
MAX_PRODUCTS = 1


_tuned = False


def tune_process() -> None:
    """Set up the memory of this process for speaking. The main program calls it before it loads or computes
    anything."""
    global _tuned
    _tuned = True
    limit_kernel_cache()
    share_one_heap()


def settle_memory() -> None:
    """Release what loading needed, and from then on keep freed blocks for reuse. Call it once weights are loaded; does
    nothing in a process that is not tuned."""
    if _tuned:
        keep_freed_blocks()
    release_unused_memory()


def limit_kernel_cache() -> None:
    """Limit what is kept for shapes that were computed, unless the environment already does. Call it before the first
    layer runs."""
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(MAX_KERNELS))
    os.environ.setdefault("LRU_CACHE_CAPACITY", str(MAX_PRODUCTS))


def share_one_heap() -> None:
    """Give threads that start later no heap of their own, since those cannot hold large blocks."""
    library = _c_library()
    if library is not None:
        library.mallopt(M_ARENA_MAX, 1)


def keep_freed_blocks() -> None:
    """Keep freed blocks of any size for reuse."""
    library = _c_library()
    if library is not None:
        library.mallopt(M_MMAP_MAX, 0)
        library.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(M_TOP_PAD, 2**28)


def release_unused_memory() -> None:
    """Return unused memory to the system, if the process is tuned."""
    library = _c_library() if _tuned else None
    if library is not None:
        library.malloc_trim(0)


@lru_cache(maxsize=1)
def _c_library() -> Any:
    try:
        library = ctypes.CDLL(None)
        return library if library.malloc_trim and library.mallopt else None
    except (AttributeError, OSError, TypeError):
        return None
