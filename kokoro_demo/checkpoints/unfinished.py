"""Resumes downloads that a killed process left in the Hub's cache, and removes what is left over.

`huggingface_hub` writes each download to its own file, ``blobs/<etag>.<number>.incomplete``. It removes that file if
the download fails, but not if the process is killed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from filelock import FileLock, Timeout
from huggingface_hub.file_download import http_get, repo_folder_name
from huggingface_hub.utils import build_hf_headers
from tqdm import tqdm

from kokoro_demo.checkpoints.integrity import git_hash_of, sha256_of


class Remote(NamedTuple):
    """A file on the Hub. etag: its SHA-256 or git hash. size: in bytes."""

    url: str
    etag: str
    size: int


def leftovers(cache: Path, repository: str) -> list[Path]:
    """Return the unfinished downloads of a repository, whether their processes still run or not."""
    return sorted((cache / repo_folder_name(repo_id=repository, repo_type="model") / "blobs").glob("*.incomplete"))


def finish(cache: Path, repository: str, ask: Callable[[], Remote | None], bar: type[tqdm]) -> None:
    """Complete the largest unfinished download of a file in the library's cache, and remove the others.

    ask: returns what the Hub knows of the file; only called if there are unfinished downloads.
    bar: shows the progress.

    Raises:
        Exception: whatever the library raises if the rest cannot be downloaded.
    """
    unfinished = leftovers(cache, repository)
    remote = ask() if unfinished else None
    if remote is None:
        return
    same_file = sorted((path for path in unfinished if path.name.startswith(remote.etag + ".")), key=_size)
    if not same_file:
        return
    folder = repo_folder_name(repo_id=repository, repo_type="model")
    lock = cache / ".locks" / folder / f"{remote.etag}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):  # the library's own lock: another download of the file would hold it
            *others, largest = same_file
            for path in others:
                path.unlink(missing_ok=True)
            _finish_one(largest, largest.with_name(remote.etag), remote, bar)
    except Timeout:
        return


def _finish_one(unfinished: Path, whole: Path, remote: Remote, bar: type[tqdm]) -> None:
    try:
        if whole.exists() or not 0 < _size(unfinished) <= remote.size:
            return
        headers: dict[str, Any] = build_hf_headers()
        with unfinished.open("ab") as file:
            http_get(
                remote.url,
                file,
                resume_size=_size(unfinished),
                headers=headers,
                expected_size=remote.size,
                tqdm_class=bar,
            )
        if has_hash(unfinished, remote.etag):
            unfinished.replace(whole)
    finally:
        unfinished.unlink(missing_ok=True)


def has_hash(file: Path, digest: str) -> bool:
    """Whether a file has the given hash: a SHA-256 (the Hub's for large files) or a git hash (for small ones).

    Raises:
        OSError: if it cannot be read.
    """
    return digest == (sha256_of(file) if len(digest) == 2 * hashlib.sha256().digest_size else git_hash_of(file))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
