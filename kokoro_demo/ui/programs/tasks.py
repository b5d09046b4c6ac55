"""Tasks that serve one client, and end when it leaves."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


def start_task(awaitable: Awaitable[T]) -> asyncio.Task[T]:
    """Start a task whose exception goes to whoever awaits it, and nowhere else.

    A task that is cancelled because its client has left may fail at that very moment, and then nobody awaits it any
    more. asyncio would log its traceback, with a message that may hold a visitor's text.
    """
    task = asyncio.ensure_future(awaitable)
    task.add_done_callback(_retrieve)
    return task


def _retrieve(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()
