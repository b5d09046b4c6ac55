"""The queue of API clients: one speech is made at a time, and the number of waiting requests is limited."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from kokoro_demo.ui.programs.errors import ApiError

# Seconds that a speech is assumed to take until the first one has been made.
FIRST_GUESS = 5.0


class ProgramQueue:
    """API clients wait here for whole speeches. Their phrases and the page's then take turns in the synthesizer.

    longest: how many may wait, including visitors of the page.
    waiting_on_the_page: returns how many visitors of the page wait now.
    """

    def __init__(self, longest: int, waiting_on_the_page: Callable[[], int]) -> None:
        self._longest = longest
        self._waiting_on_the_page = waiting_on_the_page
        self._here = 0
        self._one = asyncio.Semaphore(1)
        self._average = FIRST_GUESS

    @property
    def waiting(self) -> int:
        """How many wait or are being served, here and on the page."""
        return self._here + self._waiting_on_the_page()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Wait for a turn, and hold it.

        Raises:
            ApiError: 429, if the queue is full; its Retry-After header estimates when there will be room.
        """
        ahead = self.waiting
        if ahead >= self._longest:
            seconds = max(1, round(self._average * (ahead + 1 - self._longest)))
            raise ApiError(
                429,
                "Too many requests are waiting. Try again later.",
                code="overloaded",
                headers={"Retry-After": str(seconds)},
            )
        turn = Turn(self)
        await turn.begin()
        try:
            yield turn
            turn.pause()
            self._average += 0.2 * (turn.seconds - self._average)
        finally:
            turn.pause()


class Turn:
    """A speech that is being made. While its client does not read, it is paused, and others are served.

    seconds: how long it has been worked on, up to its last pause.
    """

    def __init__(self, queue: ProgramQueue) -> None:
        self._queue = queue
        self._held = False
        self.seconds = self._began = 0.0

    async def begin(self) -> None:
        """Wait in the queue; then begin, or continue after a pause."""
        self._queue._here += 1
        try:
            await self._queue._one.acquire()
        except BaseException:
            self._queue._here -= 1
            raise
        self._held, self._began = True, time.monotonic()

    def pause(self) -> None:
        """Leave the queue until the next `begin`."""
        if self._held:
            self._held = False
            self.seconds += time.monotonic() - self._began
            self._queue._here -= 1
            self._queue._one.release()
