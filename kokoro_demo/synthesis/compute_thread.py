"""Runs all model code on one thread of the process, so that OpenMP keeps only one team of workers.

OpenMP gives each thread that computes its own team of workers, for as long as the thread lives. In GNU's libgomp, once
all teams together have more threads than there are cores, idle workers no longer spin but sleep, and every layer has to
wake them: a speech took 1.6 times as long once two threads had spoken (`benchmarks/together.py`). A new thread for each
speech would not help, since MKL keeps the buffers of every thread that ever was.
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

# Seconds between checks, while a caller waits, whether its result is still wanted.
POLL_INTERVAL = 0.1


class _ComputeThread:
    """The thread, which starts with its first task. A forked process gets a new one."""

    def __init__(self) -> None:
        self.renew()
        if hasattr(os, "register_at_fork"):
            os.register_at_fork(after_in_child=self.renew)

    def renew(self) -> None:
        self.ident: int | None = None
        self.executor = ThreadPoolExecutor(1, thread_name_prefix="kokoro-engine", initializer=self._remember_thread)

    def _remember_thread(self) -> None:
        self.ident = threading.get_ident()


_compute_thread = _ComputeThread()


def on_compute_thread(compute: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `compute` on the compute thread and return its result; on that thread itself, call it directly.

    It runs in the caller's context, so that `interruptible` applies to it, and can also be cancelled while it waits for
    its turn.

    Raises:
        Interrupted: if the result is no longer wanted.
        Exception: whatever `compute` raises.
    """
    if threading.get_ident() == _compute_thread.ident:
        return compute(*args, **kwargs)
    context = contextvars.copy_context()
    future = _compute_thread.executor.submit(lambda: context.run(compute, *args, **kwargs))
    while not wait([future], POLL_INTERVAL).done:
        if interruption_asked() and future.cancel():
            raise Interrupted
    return future.result()
