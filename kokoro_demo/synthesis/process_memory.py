"""The memory beside the weights: what an utterance needs for a moment, and what is kept for the next.

glibc maps every large block anew and unmaps it when it is freed, so that the system clears its pages again for each
layer: a quarter of the time of a long utterance. Elsewhere than with glibc, this is left as it is.

oneDNN compiles a kernel for every shape of every layer, and keeps 1,024 of them, 0.3 MB each: for requests of many
lengths, as much as the weights.

All of this is for a whole process, so that only the app and the command line ask for it (`tune_process`). In somebody
else's program, the library leaves the memory as it finds it.
"""

from __future__ import annotations

import ctypes
import os
from functools import lru_cache
from typing import Any

# From glibc's malloc.h.
M_TRIM_THRESHOLD, M_TOP_PAD, M_MMAP_MAX, M_ARENA_MAX = -1, -2, -4, -8
# More than one utterance needs; the next one has another length, and needs others.
KERNELS = 64


_tuned = False


def tune_process() -> None:
    """Set the memory of this process up for speaking. To be called by its main program, before it loads or computes."""
    global _tuned
    _tuned = True
    keep_few_kernels()
    share_one_heap()


def settle() -> None:
    """To be called once weights are loaded: what loading needed is given back, and freed blocks are kept from then on.
    Does nothing in a process that is not tuned."""
    if _tuned:
        reuse_blocks()
    give_back()


def keep_few_kernels() -> None:
    """Bound what oneDNN keeps, unless the environment says how much. To be called before the first layer is run."""
    os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", str(KERNELS))


def share_one_heap() -> None:
    """Threads that begin after this have no heap of their own, which could not hold large blocks."""
    library = _c_library()
    if library is not None:
        library.mallopt(M_ARENA_MAX, 1)


def reuse_blocks() -> None:
    """Keep what is freed for the next block, however large it is."""
    library = _c_library()
    if library is not None:
        library.mallopt(M_MMAP_MAX, 0)
        library.mallopt(M_TRIM_THRESHOLD, 2**31 - 1)
        library.mallopt(M_TOP_PAD, 2**28)


def give_back() -> None:
    """Let go of everything that is kept and not used, in a process that is tuned."""
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
