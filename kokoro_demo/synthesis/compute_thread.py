"""Where the model computes: in one thread of the process, whoever asks, so that there is one team of threads.

OpenMP gives every thread that computes a team of helpers and keeps it as long as that thread lives. In GNU's libgomp,
as soon as all teams together have more threads than there are cores, none of them waits awake any more, and each layer
waits for its helpers to be woken: a speech took 1.6 times as long once two threads had spoken
(`benchmarks/together.py`). A new thread each time would not do: MKL keeps the buffers of every thread there was.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class _Engine:
    """The thread, which begins with its first work; a process that was forked has one of its own."""

    def __init__(self) -> None:
        self.renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="kokoro-engine")


_engine = _Engine()


def on_compute_thread(compute: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What `compute` gives or raises, from the engine's thread. It must not ask for the engine itself."""
    return _engine.thread.submit(compute, *args, **kwargs).result()
