"""Smaller download chunks: with the Hub library's 10 MB, a slow connection shows no progress for a minute."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from huggingface_hub import constants

PIECE = 1 << 18

_lock = threading.Lock()
_users = 0
_usual = constants.DOWNLOAD_CHUNK_SIZE


@contextmanager
def small_pieces() -> Iterator[None]:
    """Within this block the library downloads in chunks of `PIECE` bytes. Blocks may overlap; the last one to end
    restores the library's setting."""
    global _users, _usual
    with _lock:
        if not _users:
            _usual = constants.DOWNLOAD_CHUNK_SIZE
            constants.DOWNLOAD_CHUNK_SIZE = PIECE
        _users += 1
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if not _users:
                constants.DOWNLOAD_CHUNK_SIZE = _usual
