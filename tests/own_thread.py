"""Runs code that needs its own event loop, which Playwright's loop on the main thread does not allow there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def in_own_thread(function: Callable[..., T], *arguments: object) -> T:
    """Return or raise what `function` does on a new thread."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()
