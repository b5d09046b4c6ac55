"""How the computing of an utterance is ended in its middle: the parts of the model ask, between steps of at most a
fraction of a second, whether anybody still wants the result."""

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
    """The process is about to end."""


class Interrupted(Exception):
    """The computing was ended because nobody wants its result."""


@contextmanager
def interruptible(should_stop: Callable[[], bool] | None) -> Iterator[None]:
    """Within this block, in this thread, `check_interruption` raises as soon as `should_stop` returns True."""
    token = _should_stop.set(should_stop)
    try:
        yield
    finally:
        _should_stop.reset(token)


def check_interruption() -> None:
    """To be called between two steps of the model.

    Raises:
        Interrupted: if the result is no longer wanted.
        ShuttingDown: if the process is about to end.
    """
    if _shutting_down.is_set():
        raise ShuttingDown("The server is shutting down. Try again in a minute.")
    if interruption_asked():
        raise Interrupted


def interruption_asked() -> bool:
    """Whether nobody wants the result any more."""
    should_stop = _should_stop.get()
    return should_stop is not None and should_stop()


def close() -> None:
    """Take nothing new from now on. What was begun goes on."""
    _closing.set()


def is_closing() -> bool:
    """Whether nothing new is to be taken."""
    return _closing.is_set() or _shutting_down.is_set()


def shut_down() -> None:
    """End whatever is being computed, for whomever, and whatever is begun after this."""
    _shutting_down.set()


def is_shutting_down() -> bool:
    """Whether `shut_down` was called."""
    return _shutting_down.is_set()
