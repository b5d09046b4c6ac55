"""Hashes of files."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

BLOCK = 1 << 20


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal. An unchanged file is not read again.

    Raises:
        OSError: if it cannot be read.
    """
    state = path.stat()
    return _sha256(path.resolve(), state.st_size, state.st_mtime_ns)


def git_hash_of(path: Path) -> str:
    """Return git's hash of a file in hexadecimal: the SHA-1 of its type, size and content.

    Raises:
        OSError: if it cannot be read.
    """
    digest = hashlib.sha1(f"blob {path.stat().st_size}\0".encode(), usedforsecurity=False)
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def combined(*hashes: str) -> str:
    """Combine hashes into 16 hexadecimal digits."""
    return hashlib.sha256("".join(hashes).encode()).hexdigest()[:16]


@lru_cache(maxsize=128)
def _sha256(path: Path, size: int, modified: int) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()
