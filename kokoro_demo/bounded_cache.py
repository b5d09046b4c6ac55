"""Values that are kept while there is room for them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)
V = TypeVar("V")


class BoundedCache(Generic[K, V]):
    """Values by key, of which those not used for the longest are dropped first. Safe to share between threads.

    limit: the sum of the sizes that are kept; a value that alone is larger is not kept.
    size_of: the size of a value, asked again whenever one is kept, so that values may grow; 1 if not given.
    dropped: called with each value that gives way to others.
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
        """The value kept under `key`, which counts as used now; None if there is none."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
            return self._values.get(key)

    def get_or_make(self, key: K, make: Callable[[], V]) -> V:
        """The value kept under `key`, or else a new one, which is kept."""
        with self._lock:
            value = self.get(key)
            if value is None:
                value = make()
                self.keep(key, value)
            return value

    def keep(self, key: K, value: V) -> None:
        """Keep a value in place of the key's old one."""
        with self._lock:
            self._values.pop(key, None)
            if self._size_of(value) > self._limit:
                return
            self._values[key] = value
            held = sum(map(self._size_of, self._values.values()))
            while held > self._limit:
                oldest = self._values.popitem(last=False)[1]
                held -= self._size_of(oldest)
                if self._dropped is not None:
                    self._dropped(oldest)

    def values(self) -> list[V]:
        """All values, the one not used for the longest first."""
        with self._lock:
            return list(self._values.values())

    def items(self) -> list[tuple[K, V]]:
        """All keys and values, the one not used for the longest first."""
        with self._lock:
            return list(self._values.items())

    def pop(self, key: K) -> V | None:
        """Remove and return the value kept under `key`; None if there is none."""
        with self._lock:
            return self._values.pop(key, None)

    def clear(self) -> None:
        """Remove everything."""
        with self._lock:
            self._values.clear()
