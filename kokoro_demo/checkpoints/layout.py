"""The files of a checkpoint: where they come from, and which of them belong to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kokoro_demo.errors import CheckpointError

# Called with the fraction that is done, 0 to 1, and what is being done.
Progress = Callable[[float, str], None]

CONFIG = "config.json"
# Identifies the weights that these were derived from: see `kokoro_demo.checkpoints.origin`.
ORIGIN = "origin.json"
# A plain file name without folders or a leading dot, and without characters that are special in a blend of voices.
PACK = re.compile(r"voices/([\w-][\w.-]*)\.pt")
WEIGHTS = re.compile(r"[\w-][\w.-]*\.(?:pth|onnx)")
# kokoro-onnx keeps all packs in one file.
ARCHIVE = re.compile(r"voices[\w.-]*\.bin")


class CheckpointFiles(Protocol):
    """The source of a checkpoint's files."""

    @property
    def name(self) -> str:
        """The checkpoint's name, shown to users."""

    def listing(self) -> Iterable[str]:
        """Return the paths of its files, with "/" between folders.

        Raises:
            CheckpointError: if they cannot be listed.
        """

    def fetch(self, path: str, progress: Progress | None = None) -> Path:
        """Return the local path of a file in the listing, downloading it if necessary. The file is complete and intact.

        progress: called with the fraction that is done, and what is being done.

        Raises:
            CheckpointError: if it is not available.
        """


@dataclass(frozen=True, slots=True)
class Folder:
    """A checkpoint in a local folder.

    weights: the file of weights to use, if there are several.
    """

    path: Path
    name: str
    weights: str | None = None

    def listing(self) -> list[str]:
        try:
            paths = sorted(path.relative_to(self.path).as_posix() for path in self._files())
        except OSError as error:
            raise CheckpointError(f"The checkpoint folder {self.path} cannot be read: {error.strerror}.") from error
        return [path for path in paths if self.weights in (None, path) or not WEIGHTS.fullmatch(path)]

    def fetch(self, path: str, progress: Progress | None = None) -> Path:
        return self.path / path

    def _files(self) -> list[Path]:
        folders = (self.path, self.path / "voices")
        return [path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()]


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a checkpoint, as paths in its source.

    config, origin, archive: None if there is none.
    packs: voice to path.
    """

    config: str | None
    weights: str
    packs: dict[str, str]
    archive: str | None = None
    origin: str | None = None

    @property
    def paths(self) -> list[str]:
        """All paths."""
        single = (self.config, self.origin, self.weights, self.archive)
        return [*(path for path in single if path is not None), *self.packs.values()]


def layout_of(source: CheckpointFiles) -> Layout:
    """Find a checkpoint's files in the listing of `source`, ignoring any others.

    Raises:
        CheckpointError: unless there is exactly one file of weights.
    """
    listing = list(source.listing())
    weights = [path for path in listing if WEIGHTS.fullmatch(path)]
    archives = [path for path in listing if ARCHIVE.fullmatch(path)]
    if not weights:
        raise CheckpointError(f"{source.name} holds no weights: there must be one file named *.pth or *.onnx.")
    for kind, paths in (("weights", weights), ("voices", archives)):
        if len(paths) > 1:
            raise CheckpointError(
                f"{source.name} holds {len(paths)} {kind} files ({', '.join(sorted(paths)[:4])}). "
                f"Keep only the one that belongs to {CONFIG}."
            )
    # An ONNX file rarely comes with a config; without one it must be Kokoro-82M.
    config = None if CONFIG not in listing and weights[0].endswith(".onnx") else CONFIG
    return Layout(
        config,
        weights[0],
        {match[1]: path for path in listing if (match := PACK.fullmatch(path))},
        archives[0] if archives and weights[0].endswith(".onnx") else None,
        ORIGIN if ORIGIN in listing else None,
    )
