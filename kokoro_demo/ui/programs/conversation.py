"""Serves a connection that receives messages, such as pieces of text, while it speaks earlier ones."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from enum import Enum, auto
from typing import TypeVar

from kokoro_demo.model.interruption import is_closing
from kokoro_demo.ui.programs.tasks import start_task

# Seconds between checks whether the server is shutting down or the client has been silent for too long.
CHECK_INTERVAL = 0.25

Message = TypeVar("Message")


class Ending(Enum):
    """Why a conversation ended: a message ended it, the server is shutting down, or the client was silent too long."""

    BY_MESSAGE = auto()
    CLOSING = auto()
    SILENT = auto()


async def converse(
    receive: Callable[[], Awaitable[Message]],
    handle: Callable[[Message], Awaitable[bool]],
    speaking: Callable[[], asyncio.Task[None] | None],
    is_idle: Callable[[], bool],
    idle: float,
) -> Ending:
    """Handle messages until the conversation ends.

    receive: waits for the next message. handle: handles one; returns whether the conversation continues.
    speaking: returns the task that speaks; None if it has not been started.
    is_idle: returns whether nothing is being spoken or waiting to be spoken.
    idle: seconds after which an idle client is considered silent.

    Raises:
        Exception: whatever `receive`, `handle`, or the speaking task raised.
    """
    clock = asyncio.get_running_loop().time
    receiving = start_task(receive())
    last_active = clock()
    try:
        while True:
            tasks = [task for task in (receiving, speaking()) if task is not None]
            await asyncio.wait(tasks, timeout=CHECK_INTERVAL, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks[1:]:
                if task.done():
                    task.result()
            if receiving.done():
                if not await handle(receiving.result()):
                    return Ending.BY_MESSAGE
                last_active = clock()
                receiving = start_task(receive())
            if not is_idle():
                last_active = clock()
            elif is_closing():
                return Ending.CLOSING
            elif clock() - last_active > idle:
                return Ending.SILENT
    finally:
        receiving.cancel()
