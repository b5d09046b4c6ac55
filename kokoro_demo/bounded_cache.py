"""A thread-safe cache that evicts the least recently used values."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """A cache that evicts the least recently used values first. Safe to share between threads.

    limit: the largest total size; a value that exceeds it by itself is not cached.
    size_of: returns the size of a value; defaults to 1 for each. All sizes are computed again whenever a value is
        added, so values may grow.
    dropped: called with each value that is evicted.
    """

    def __init__(
        self, limit: int, size_of: Callable[[V], int] = lambda value: 1, dropped: Callable[[V], None] | None = None
    ) -> None:
        self._limit, self._size_of, self._dropped = limit, size_of, dropped
        self._values: OrderedDict[K, V] = OrderedDict()
        self._lock = threading.RLock()

    def __len__(self) -> int:
        return len(self._values)

    def get(self, key: K) -> V | None:
        """Return the value of `key` and mark it as used; None if there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """Return the value of `key`; if there is none, make one and cache it."""
        with self._lock:
            value = self.get(key)
            if value is None:
                value = make()
                self.keep(key, value)
            return value

    def keep(self, key: K, value: V) -> None:
        """Cache a value, replacing the key's previous one."""
        with self._lock:
            self._values.pop(key, None)
            if self._size_of(value) > self._limit:
                return
            self._values[key] = value
            total = sum(map(self._size_of, self._values.values()))
            while total > self._limit:
                oldest = self._values.popitem(last=False)[1]
                total -= self._size_of(oldest)
                if self._dropped is not None:
                    self._dropped(oldest)

    def values(self) -> list[V]:
        """Return all values, least recently used first."""
        with self._lock:
            return list(self._values.values())

    def items(self) -> list[tuple[K, V]]:
        """Return all keys and values, least recently used first."""
        with self._lock:
            return list(self._values.items())

    def pop(self, key: K) -> V | None:
        """Remove and return the value of `key`; None if there is none."""
        with self._lock:
            return self._values.pop(key, None)

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            self._values.clear()
