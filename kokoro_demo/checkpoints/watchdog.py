"""Calls that may hang, under a watch that gives up on them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

Result = TypeVar("Result")


class Stalled(Exception):
    """A watched call gave no sign of life for too long."""


class Watch(Generic[Result]):
    """One call in a thread of its own, abandoned when it stalls.

    A call that hangs in the system (a name server, a socket) cannot be stopped, only left behind: `alive` ends it
    when it next shows a sign of life.
    """

    def __init__(self, patience: float) -> None:
        """patience: seconds without a sign of life after which the call is given up."""
        self._patience = patience
        self._last_sign = time.monotonic()
        self._abandoned = False
        self._done = threading.Event()
        self._result: list[Result] = []
        self._error: BaseException | None = None

    def alive(self) -> None:
        """For the call to tell that it makes progress.

        Raises:
            Stalled: in a call that was given up, to end it.
        """
        if self._abandoned:
            raise Stalled
        self._last_sign = time.monotonic()

    def run(self, call: Callable[[], Result]) -> Result:
        """Make the call and give what it gives.

        Raises:
            Stalled: if it gave no sign of life for too long.
            Exception: what the call raises.
        """
        threading.Thread(target=self._work, args=(call,), name="watched call", daemon=True).start()
        while not self._done.wait(self._last_sign + self._patience - time.monotonic()):
            if time.monotonic() - self._last_sign >= self._patience:
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
