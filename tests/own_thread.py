"""Code with an event loop of its own, which Playwright's loop in the main thread does not allow there."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")


def in_own_thread(function: Callable[..., T], *arguments: object) -> T:
    """What `function` returns or raises in a thread of its own."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(function, *arguments).result()
