"""Asyncio tasks that serve one client, and may be cancelled when it disconnects."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any, TypeVar

T = TypeVar("T")


def start_task(awaitable: Awaitable[T]) -> asyncio.Task[T]:
    """Start a task whose exception is never logged by asyncio.

    A task may fail just as it is cancelled, and then nothing awaits it any more. asyncio would log its traceback, with
    a message that may contain a visitor's text.
    """
    task = asyncio.ensure_future(awaitable)
    task.add_done_callback(_retrieve)
    return task


def _retrieve(task: asyncio.Task[Any]) -> None:
    if not task.cancelled():
        task.exception()
