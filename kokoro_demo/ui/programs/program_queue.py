"""The queue of programs: one of their speeches is made at a time, and no more wait than can be served."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from kokoro_demo.ui.programs.errors import ApiError

# How long a speech is assumed to take until one has been made, in seconds.
FIRST_GUESS = 5.0


class ProgramQueue:
    """Whole speeches of programs wait here; phrases of theirs and of the page's take turns in the synthesizer.

    longest: how many may wait, those on the page counted too.
    waiting_on_the_page: tells how many wait there now.
    """

    def __init__(self, longest: int, waiting_on_the_page: Callable[[], int]) -> None:
        self._longest = longest
        self._waiting_on_the_page = waiting_on_the_page
        self._here = 0
        self._one = asyncio.Semaphore(1)
        self._usual = FIRST_GUESS

    @property
    def waiting(self) -> int:
        """How many wait or are served, here and on the page."""
        return self._here + self._waiting_on_the_page()

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[Turn]:
        """Wait for a turn, and hold it.

        Raises:
            ApiError: 429, if the queue is full, with the seconds after which it is worth asking again.
        """
        ahead = self.waiting
        if ahead >= self._longest:
            seconds = max(1, round(self._usual * (ahead + 1 - self._longest)))
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
            self._usual += 0.2 * (turn.seconds - self._usual)
        finally:
            turn.pause()


class Turn:
    """A speech that is being made. While nobody fetches it, it is paused, and others are served.

    seconds: that it was made for before its last pause.
    begun: when it began or went on.
    """

    def __init__(self, queue: ProgramQueue) -> None:
        self._queue = queue
        self._held = False
        self.seconds = self.begun = 0.0

    async def begin(self) -> None:
        """Wait in the queue, and go on."""
        self._queue._here += 1
        try:
            await self._queue._one.acquire()
        except BaseException:
            self._queue._here -= 1
            raise
        self._held, self.begun = True, time.monotonic()

    def pause(self) -> None:
        """Leave the queue until `begin`."""
        if self._held:
            self._held = False
            self.seconds += time.monotonic() - self.begun
            self._queue._here -= 1
            self._queue._one.release()
