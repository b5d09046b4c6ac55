"""Sound on its way to programs: what was made for each and not read yet is bounded, and so is all of it together."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from weakref import WeakSet

from kokoro_demo.budget import MAX_UNREAD, MAX_UNREAD_BY_ALL, STALLED_AFTER
from kokoro_demo.ui.programs.errors import ApiError

# Bytes handed to the server at once, and the most that it buffers for a client that does not read.
PIECE = 2**16
FULL = "The server holds all the sound that it can for programs that have not fetched theirs yet. Try again later."


class Outboxes:
    """All outboxes of one server, used from its event loop alone.

    each, by_all: bytes that may wait to be read. stalled_after: seconds without reading, after which an outbox gives
    way to others once there is too much for all.
    """

    def __init__(
        self, each: int = MAX_UNREAD, by_all: int = MAX_UNREAD_BY_ALL, stalled_after: float = STALLED_AFTER
    ) -> None:
        self._each, self._by_all, self._stalled_after = each, by_all, stalled_after
        self._open: WeakSet[Outbox] = WeakSet()  # a response that is never begun closes nothing

    @property
    def unread(self) -> int:
        """The bytes that wait to be read."""
        return sum(outbox.unread for outbox in self._open)

    def open(self, cut_off: Callable[[], None] = lambda: None, limit: int | None = None) -> Outbox:
        """An outbox for one program.

        cut_off: ends its connection and the making for it.
        limit: bytes that may wait to be read, if not as many as usual.

        Raises:
            ApiError: 503, if there is no room for what it would hold.
        """
        self.make_room()
        if self.unread >= self._by_all:
            raise ApiError(503, FULL, code="overloaded", headers={"Retry-After": str(round(self._stalled_after))})
        outbox = Outbox(self, self._each if limit is None else limit, cut_off)
        self._open.add(outbox)
        return outbox

    def make_room(self) -> None:
        """Cut off those that have read nothing for the longest, while there is too much for all."""
        for outbox in sorted(self._open, key=lambda outbox: outbox.read_at):
            if self.unread < self._by_all or time.monotonic() - outbox.read_at < self._stalled_after:
                return
            outbox.cut()

    def is_full(self) -> bool:
        """Whether there is too much for all, once those that have stalled are cut off."""
        self.make_room()
        return self.unread >= self._by_all

    def close(self, outbox: Outbox) -> None:
        """The program has everything, or is gone."""
        self._open.discard(outbox)


class Outbox:
    """Sound for one program. What is put in is read in pieces, in order."""

    def __init__(self, outboxes: Outboxes, limit: int, cut_off: Callable[[], None]) -> None:
        self._outboxes, self._limit, self._cut_off = outboxes, limit, cut_off
        self._parts: deque[memoryview] = deque()
        self._changed = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None
        self.unread = 0
        self.read_at = time.monotonic()

    def put(self, part: bytes) -> None:
        """Add what was made."""
        if not self._ended:
            self._parts.append(memoryview(part))
            self.unread += len(part)
            self._changed.set()

    def end(self, error: Exception | None = None) -> None:
        """Nothing more will come; `error` says why if it is not everything."""
        if not self._ended:
            self._ended, self._error = True, error
            self._changed.set()

    def cut(self) -> None:
        """Forget what was not read, and end the connection."""
        self._parts.clear()
        self.unread = 0
        self.end(ConnectionError("It was not read."))
        self._outboxes.close(self)
        self._cut_off()

    def has_room(self) -> bool:
        """Whether more should be made."""
        return self._ended or (self.unread < self._limit and not self._outboxes.is_full())

    async def first(self) -> Exception | None:
        """Wait until something can be read, or until the end; returns the error it ended with."""
        while not self._parts and not self._ended:
            await self._wait()
        return None if self._parts else self._error

    async def completed(self) -> bool:
        """Wait until everything is made; returns False if it is more than may wait here.

        Raises:
            Exception: the error that it ended with.
        """
        while not self._ended and self.has_room():
            self.read_at = time.monotonic()  # a program waiting for the whole has not stalled
            await self._wait()
        if self._error is not None:
            raise self._error
        return self._ended

    def replace_head(self, head: bytes) -> None:
        """Put other bytes in the place of the first ones."""
        self._parts[0] = memoryview(head + self._parts[0][len(head) :].tobytes())

    async def read(self) -> AsyncIterator[bytes]:
        """Everything, in pieces of at most `PIECE`.

        Raises:
            Exception: the error that it ended with.
        """
        try:
            while self._parts or not self._ended:
                self.read_at = time.monotonic()
                if not self._parts:
                    await self._wait()
                    continue
                part = self._parts.popleft()
                piece = part[:PIECE]
                if len(part) > PIECE:
                    self._parts.appendleft(part[PIECE:])
                self.unread -= len(piece)
                yield bytes(piece)
            if self._error is not None:
                raise self._error
        finally:
            self._outboxes.close(self)

    async def _wait(self) -> None:
        self._changed.clear()
        await self._changed.wait()
