"""Buffers audio for API clients, with limits on how much may wait unread: for each client, and for all together."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from weakref import WeakSet

from kokoro_demo.budget import MAX_UNREAD, MAX_UNREAD_BY_ALL, STALLED_AFTER
from kokoro_demo.ui.programs.errors import ApiError

# Bytes passed to the web server at a time, which is also what it buffers for a client that does not read.
PIECE = 2**16
FULL = "The server is full of audio that other clients have not fetched yet. Try again later."


class Outboxes:
    """All outboxes of one server. Use it only from the server's event loop.

    each, by_all: bytes that may wait unread, in one outbox and in all. stalled_after: seconds without reading after
    which an outbox may be cut off to make room for others.
    """

    def __init__(
        self, each: int = MAX_UNREAD, by_all: int = MAX_UNREAD_BY_ALL, stalled_after: float = STALLED_AFTER
    ) -> None:
        self._each, self._by_all, self._stalled_after = each, by_all, stalled_after
        self._open: WeakSet[Outbox] = WeakSet()  # weak, because a response that never starts does not close its outbox

    @property
    def unread(self) -> int:
        """The number of bytes waiting in all outboxes."""
        return sum(outbox.unread for outbox in self._open)

    def open(self, cut_off: Callable[[], None] = lambda: None, limit: int | None = None) -> Outbox:
        """Open an outbox for one client.

        cut_off: ends the client's connection, and stops the work for it.
        limit: bytes that may wait unread, if it differs from the usual limit.

        Raises:
            ApiError: 503, if all outboxes together are full.
        """
        self.make_room()
        if self.unread >= self._by_all:
            raise ApiError(503, FULL, code="overloaded", headers={"Retry-After": str(round(self._stalled_after))})
        outbox = Outbox(self, self._each if limit is None else limit, cut_off)
        self._open.add(outbox)
        return outbox

    def make_room(self) -> None:
        """While all outboxes together are full, cut off stalled ones, longest stalled first."""
        for outbox in sorted(self._open, key=lambda outbox: outbox.read_at):
            if self.unread < self._by_all or time.monotonic() - outbox.read_at < self._stalled_after:
                return
            outbox.cut()

    def is_full(self) -> bool:
        """Whether all outboxes together are full, after stalled ones have been cut off."""
        self.make_room()
        return self.unread >= self._by_all

    def close(self, outbox: Outbox) -> None:
        """Forget an outbox whose client has read everything, or is gone."""
        self._open.discard(outbox)


class Outbox:
    """Audio for one client, which is read in pieces in the order in which it was put in."""

    def __init__(self, outboxes: Outboxes, limit: int, cut_off: Callable[[], None]) -> None:
        self._outboxes, self._limit, self._cut_off = outboxes, limit, cut_off
        self._parts: deque[memoryview] = deque()
        self._changed = asyncio.Event()
        self._ended = False
        self._error: Exception | None = None
        self.unread = 0
        self.read_at = time.monotonic()

    def put(self, part: bytes) -> None:
        """Add a part."""
        if not self._ended:
            self._parts.append(memoryview(part))
            self.unread += len(part)
            self._changed.set()

    def end(self, error: Exception | None = None) -> None:
        """Mark the audio as complete or, with an error, as broken off."""
        if not self._ended:
            self._ended, self._error = True, error
            self._changed.set()

    def cut(self) -> None:
        """Drop everything unread, and end the connection."""
        self._parts.clear()
        self.unread = 0
        self.end(ConnectionError("The client stopped reading."))
        self._outboxes.close(self)
        self._cut_off()

    def has_room(self) -> bool:
        """Whether there is room for more audio."""
        return self._ended or (self.unread < self._limit and not self._outboxes.is_full())

    async def first(self) -> Exception | None:
        """Wait for the first part or the end. Returns the error if it ended with one before any part."""
        while not self._parts and not self._ended:
            await self._wait()
        return None if self._parts else self._error

    async def completed(self) -> bool:
        """Wait until the audio is complete; returns False if it does not fit.

        Raises:
            Exception: the error that it ended with.
        """
        while not self._ended and self.has_room():
            self.read_at = time.monotonic()  # a client that waits for the whole file is not stalled
            await self._wait()
        if self._error is not None:
            raise self._error
        return self._ended

    def replace_head(self, head: bytes) -> None:
        """Overwrite the first bytes."""
        self._parts[0] = memoryview(head + self._parts[0][len(head) :].tobytes())

    async def read(self) -> AsyncIterator[bytes]:
        """Yield everything, in pieces of at most `PIECE` bytes.

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
