"""A watchdog for calls that may hang."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Stalled(Exception):
    """A watched call made no progress for too long."""


class Watch(Generic[Result]):
    """Runs one call on its own thread, and abandons it when it stalls.

    A call that hangs in the system (a name server, a socket) cannot be stopped, only abandoned; `alive` ends it when it
    next reports progress.
    """

    def __init__(self, patience: float) -> None:
        """patience: how many seconds the call may go without progress."""
        self._patience = patience
        self._last_progress = time.monotonic()
        self._abandoned = False
        self._done = threading.Event()
        self._result: list[Result] = []
        self._error: BaseException | None = None

    def alive(self) -> None:
        """Called by the call itself to report progress.

        Raises:
            Stalled: if the call was abandoned, to end it.
        """
        if self._abandoned:
            raise Stalled
        self._last_progress = time.monotonic()

    def run(self, call: Callable[[], Result]) -> Result:
        """Run the call and return its result.

        Raises:
            Stalled: if it made no progress for too long.
            Exception: whatever the call raises.
        """
        threading.Thread(target=self._work, args=(call,), name="watched call", daemon=True).start()
        while not self._done.wait(self._last_progress + self._patience - time.monotonic()):
            if time.monotonic() - self._last_progress >= self._patience:
                self._abandoned = True
                raise Stalled
        if self._error is not None:
            raise self._error
        return self._result[0]

    def _work(self, call: Callable[[], Result]) -> None:
        try:
            self._result.append(call())
        except BaseException as error:
            self._error = error
        finally:
            self._done.set()
