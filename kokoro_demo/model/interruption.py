"""Cancels the computation of an utterance: the layers of the model call `check_interruption` every fraction of a
second, which raises if the result is no longer wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from threading import Event

from kokoro_demo.errors import KokoroError

_should_stop: ContextVar[Callable[[], bool] | None] = ContextVar("should_stop", default=None)


_closing = Event()
_shutting_down = Event()


class ShuttingDown(KokoroError):
    """The process is shutting down."""


class Interrupted(Exception):
    """The computation was cancelled because its result is no longer wanted."""


@contextmanager
def interruptible(should_stop: Callable[[], bool] | None) -> Iterator[None]:
    """Within this block, on this thread, `check_interruption` raises as soon as `should_stop` returns True."""
    token = _should_stop.set(should_stop)
    try:
        yield
    finally:
        _should_stop.reset(token)


def check_interruption() -> None:
    """Call this between two steps of the model.

    Raises:
        Interrupted: if the result is no longer wanted.
        ShuttingDown: if the process is shutting down.
    """
    if _shutting_down.is_set():
        raise ShuttingDown("The server is shutting down. Try again in a minute.")
    if interruption_asked():
        raise Interrupted


def interruption_asked() -> bool:
    """Whether the result is no longer wanted."""
    should_stop = _should_stop.get()
    return should_stop is not None and should_stop()


def close() -> None:
    """Accept no new work from now on; what has begun continues."""
    _closing.set()


def is_closing() -> bool:
    """Whether no new work is accepted."""
    return _closing.is_set() or _shutting_down.is_set()


def shut_down() -> None:
    """Cancel every computation, including those that begin later."""
    _shutting_down.set()


def is_shutting_down() -> bool:
    """Whether `shut_down` was called."""
    return _shutting_down.is_set()
