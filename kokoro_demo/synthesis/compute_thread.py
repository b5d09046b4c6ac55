"""Runs all model code on one thread of the process, so that OpenMP keeps only one team of workers.

OpenMP gives every thread that computes a team of helpers and keeps it as long as that thread lives. In GNU's libgomp,
as soon as all teams together have more threads than there are cores, none of them waits awake any more, and each layer
waits for its helpers to be woken: a speech took 1.6 times as long once two threads had spoken
(`benchmarks/together.py`). A new thread each time would not do: MKL keeps the buffers of every thread there was.
"""

from __future__ import annotations

import contextvars
import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait
from typing import ParamSpec, TypeVar

from kokoro_demo.model.interruption import Interrupted, interruption_asked

P = ParamSpec("P")
T = TypeVar("T")

# How often a caller that waits looks whether anybody still wants the result, in seconds.
LOOK_EVERY = 0.1


class _Engine:
    """The thread, which begins with its first work; a process that was forked has one of its own."""

    def __init__(self) -> None:
        self.renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        self.ident: int | None = None
        self.thread = ThreadPoolExecutor(1, thread_name_prefix="kokoro-engine", initializer=self._begin)

    def _begin(self) -> None:
        self.ident = threading.get_ident()


_engine = _Engine()


def on_compute_thread(compute: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `compute` in the compute thread and return or raise what it does; called from there, it runs at once.

    It runs in the caller's context, so that `interruptible` reaches it; while the caller waits for its turn, it may be
    interrupted too.

    Raises:
        Interrupted: if nobody wants the result any more.
    """
    if threading.get_ident() == _engine.ident:
        return compute(*args, **kwargs)
    context = contextvars.copy_context()
    waiting = _engine.thread.submit(lambda: context.run(compute, *args, **kwargs))
    while not wait([waiting], LOOK_EVERY).done:
        if interruption_asked() and waiting.cancel():
            raise Interrupted
    return waiting.result()
