"""Downloads that a killed process left in the Hub's cache: finished from where they stopped, and nothing left behind.

`huggingface_hub` writes each download into its own file, ``blobs/<etag>.<number>.incomplete``. It removes that file if
the download fails, and forgets it if the process is killed.
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
    """A file on the Hub. etag: its SHA-256 or git's hash. size: in bytes."""

    url: str
    etag: str
    size: int


def leftovers(cache: Path, repository: str) -> list[Path]:
    """The unfinished downloads of a repository, of processes that live or not."""
    return sorted((cache / repo_folder_name(repo_id=repository, repo_type="model") / "blobs").glob("*.incomplete"))


def finish(cache: Path, repository: str, ask: Callable[[], Remote | None], bar: type[tqdm]) -> None:
    """Finish the largest unfinished download of a file and put it where the library looks for it; remove the others.

    ask: asks the Hub about the file; only called if there is something unfinished.
    bar: shows the progress.

    Raises:
        Exception: as the library does, if the rest cannot be fetched.
    """
    found = leftovers(cache, repository)
    remote = ask() if found else None
    if remote is None:
        return
    own = sorted((path for path in found if path.name.startswith(remote.etag + ".")), key=_size)
    if not own:
        return
    folder = repo_folder_name(repo_id=repository, repo_type="model")
    lock = cache / ".locks" / folder / f"{remote.etag}.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    try:
        with FileLock(lock, timeout=0):  # the library's own: whoever downloads the file now holds it
            *others, largest = own
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
        if is_sound(unfinished, remote.etag):
            unfinished.replace(whole)
    finally:
        unfinished.unlink(missing_ok=True)


def is_sound(file: Path, digest: str) -> bool:
    """Whether a file has a hash: a SHA-256, as the Hub gives of large files, or git's, as of small ones.

    Raises:
        OSError: if it cannot be read.
    """
    return digest == (sha256_of(file) if len(digest) == 2 * hashlib.sha256().digest_size else git_hash_of(file))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
