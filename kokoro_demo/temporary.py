"""The temporary folder for files that visitors download: private to this process, limited in size, and removed when the
process ends. The next start removes what a killed process left behind."""

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
    """A folder on which its process holds a lock for as long as it runs.

    parent: where to create it; defaults to ``GRADIO_TEMP_DIR``, or else to the system's temporary folder.
    """

    def __init__(self, parent: Path | None = None) -> None:
        shared = _user_folder(parent or Path(os.environ.get("GRADIO_TEMP_DIR") or tempfile.gettempdir()))
        for other in shared.iterdir():
            _remove_if_abandoned(other)
        self.path = Path(tempfile.mkdtemp(prefix=f"{os.getpid()}-", dir=shared))
        self._lock = (self.path / LOCK).open("wb")
        _try_lock(self._lock)

    def keep_within(self, limit: int = MAX_TEMPORARY) -> None:
        """Remove the oldest files until the total is at most `limit` bytes."""
        files = []
        for path in self.path.rglob("*"):
            with contextlib.suppress(OSError):
                status = path.lstat()
                if stat.S_ISREG(status.st_mode) and path.name != LOCK:
                    files.append((status.st_mtime, status.st_size, path))
        held = sum(size for _, size, _ in files)
        for _, size, path in sorted(files):
            if held <= limit:
                return
            with contextlib.suppress(OSError):
                path.unlink()
            held -= size

    def remove(self) -> None:
        """Remove the folder and everything in it."""
        self._lock.close()
        shutil.rmtree(self.path, ignore_errors=True)


@functools.lru_cache(maxsize=1)
def process_folder() -> TemporaryFolder:
    """Return this process's folder, which is created on the first call."""
    return TemporaryFolder()


def _user_folder(parent: Path) -> Path:
    """Return the folder that holds those of this user's processes. One of that name that another user owns is not
    used."""
    folder = parent / f"kokoro_demo-{os.getuid() if hasattr(os, 'getuid') else 'app'}"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    status = folder.lstat()
    ours = not hasattr(os, "getuid") or status.st_uid == os.getuid()
    return folder if ours and stat.S_ISDIR(status.st_mode) else Path(tempfile.mkdtemp(prefix="kokoro_demo-"))


def _remove_if_abandoned(folder: Path) -> None:
    """Remove the folder of a process that is no longer running."""
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
    """Lock a file, unless another process holds the lock; the system releases it when the process ends."""
    try:
        import fcntl
    except ImportError:  # Windows does not remove a file that is open
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
