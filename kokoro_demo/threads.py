"""Where the model computes: in a thread of its own each time, so that no team of threads is left behind.

OpenMP gives every thread that computes a team of helpers and keeps it as long as that thread lives. In GNU's libgomp,
as soon as all teams together have more threads than there are cores, none of them waits awake any more, and each layer
waits for its helpers to be woken: a speech took 1.6 times as long once two threads had spoken
(`benchmarks/together.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


def alone(compute: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `compute` gives or raises, from a thread that ends with it and takes its team along."""
    with ThreadPoolExecutor(1, thread_name_prefix="compute") as own:
        return own.submit(compute, *args, **kwargs).result()
