"""The files that visitors fetch: in a folder of this process alone, which is bounded, and emptied when it ends. What a
process that was killed has left is removed at the next start."""

from __future__ import annotations

import contextlib
import functools
import os
import shutil
import stat
import tempfile
from pathlib import Path
from typing import BinaryIO

from kokoro_demo.budget import MAX_TEMPORARY

LOCK = "in-use"


class TemporaryFolder:
    """A folder that its process holds a lock on, as long as it lives.

    parent: where to make it; the system's temporary folder if None.
    """

    def __init__(self, parent: Path | None = None) -> None:
        shelf = _shelf(parent or Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir()))
        for left in shelf.iterdir():
            _remove_if_abandoned(left)
        self.path = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=shelf))
        self._lock = (self.path / LOCK).open("wb")
        _try_lock(self._lock)

    def keep_within(self, limit: int = MAX_TEMPORARY) -> None:
        """Remove the oldest files until the rest is at most `limit` bytes."""
        found = []
        for path in self.path.rglob("*"):
            with contextlib.suppress(OSError):
                status = path.lstat()
                if stat.S_ISREG(status.st_mode) and path.name != LOCK:
                    found.append((status.st_mtime, status.st_size, path))
        held = sum(size for _, size, _ in found)
        for _, size, path in sorted(found):
            if held <= limit:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            held -= size

    def remove(self) -> None:
        """Empty and remove the folder."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


@functools.lru_cache(maxsize=1)
def process_folder() -> TemporaryFolder:
    """The one folder of this process."""
    return TemporaryFolder()


def _shelf(parent: Path) -> Path:
    """Where the folders of this user's processes lie; another user's of that name is not used."""
    shelf = parent / f"kokoro_demo-{os.getuid() if hasattr(os, 'getuid') else 'app'}"
    shelf.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = shelf.lstat()
    ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return shelf if ours and stat.S_ISDIR(status.st_mode) else Path(tempfile.mkdtemp(prefix="kokoro_demo-"))


def _remove_if_abandoned(folder: Path) -> None:
    """Remove the folder of a process that lives no more."""
    try:
        with (folder / LOCK).open("r+b") as lock:
            abandoned = _try_lock(lock)
    except FileNotFoundError:
        abandoned = folder.is_dir()
    except OSError:
        return
    if abandoned:
        shutil.rmtree(folder, ignore_errors=True)


def _try_lock(file: BinaryIO) -> bool:
    """Lock a file, unless another process has: the lock ends with the process, however that ends."""
    try:
        import fcntl
    except ImportError:  # Windows does not remove a file that is open
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
