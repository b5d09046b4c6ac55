"""A connection on which text is pushed in while it is written: messages are taken while sentences are spoken."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import TypeVar

from kokoro_demo.model.interruption import is_closing
from kokoro_demo.ui.programs.tasks import start_task

# How often to check whether the server is closing or the client has been silent too long, in seconds.
LOOK_EVERY = 0.25

Message = TypeVar("Message")


class Ending(Enum):
    """Why a conversation has ended: by a message, because the server closes, or because the client was silent."""

    ASKED = auto()
    CLOSING = auto()
    SILENT = auto()


async def converse(
    receive: Callable[[], Awaitable[Message]],
    take: Callable[[Message], Awaitable[bool]],
    speaking: Callable[[], asyncio.Task[None] | None],
    is_idle: Callable[[], bool],
    idle: float,
) -> Ending:
    """Take messages until the conversation ends.

    receive: waits for the next message. take: does what one says; returns whether the conversation goes on.
    speaking: returns the task that speaks, if there is one by now.
    is_idle: returns whether nothing is being spoken or waits to be.
    idle: seconds that the client may be silent meanwhile.

    Raises:
        Exception: whatever ended the receiving, the taking or the speaking.
    """
    clock = asyncio.get_running_loop().time
    coming = start_task(receive())
    active = clock()
    try:
        while True:
            tasks = [task for task in (coming, speaking()) if task is not None]
            await asyncio.wait(tasks, timeout=LOOK_EVERY, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks[1:]:
                if task.done():
                    task.result()
            if coming.done():
                if not await take(coming.result()):
                    return Ending.ASKED
                active = clock()
                coming = start_task(receive())
            if not is_idle():
                active = clock()
            elif is_closing():
                return Ending.CLOSING
            elif clock() - active > idle:
                return Ending.SILENT
    finally:
        coming.cancel()
