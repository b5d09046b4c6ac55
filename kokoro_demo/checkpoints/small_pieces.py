"""Downloads in small pieces: in the Hub library's own of 10 MB, a slow line shows for a minute that nothing arrives."""

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
    """Within this block the library downloads in pieces of `PIECE` bytes; after the last of such blocks it does as
    before."""
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
