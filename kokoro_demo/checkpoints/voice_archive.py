"""All voice packs in one file, in kokoro-onnx's format: an archive of NumPy arrays."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch

from kokoro_demo.checkpoints.reading import checked_pack
from kokoro_demo.errors import CheckpointError
from kokoro_demo.voices.packs import MAX_ROWS, shape_fault

MAX_PACKS = 1000
# In bytes, of an array's header.
MAX_HEADER = 10_000
_MEMBER = re.compile(r"([\w-][\w.-]*)\.npy")


class VoiceArchive:
    """The packs of a file such as voices-v1.0.bin.

    Raises:
        CheckpointError: if it is damaged, or not such an archive.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._opened() as archive:
            members = [member.filename for member in archive.infolist()]
        self._names = tuple(match[1] for member in members if (match := _MEMBER.fullmatch(member)))
        if not 0 < len(self._names) <= MAX_PACKS:
            raise CheckpointError(f"{path} is not an archive of voice packs: it holds {len(self._names)} arrays.")

    def names(self) -> tuple[str, ...]:
        """Return the names of its voices."""
        return self._names

    def pack(self, name: str, style_dim: int) -> torch.Tensor:
        """Return a voice pack, (rows, 1, 2 * style_dim) float32.

        Raises:
            CheckpointError: if it is damaged, or has another shape.
        """
        described = f"{name} in {self._path}"
        with self._opened() as archive:
            # Nothing larger than the largest pack in float64 is decompressed.
            if archive.getinfo(f"{name}.npy").file_size > MAX_HEADER + 8 * MAX_ROWS * 2 * style_dim:
                raise CheckpointError(f"{described} is not a voice pack of this model: it is too large.")
            with archive.open(f"{name}.npy") as file:
                if np.lib.format.read_magic(file) != (1, 0):
                    raise CheckpointError(f"{described} is not a voice pack: it is not an array of NumPy's format 1.0.")
                shape, _, kind = np.lib.format.read_array_header_1_0(file)
                if kind.kind != "f":
                    raise CheckpointError(f"{described} is not a voice pack: it must be floating point.")
                if fault := shape_fault(shape, style_dim):  # before room is made for as much as it claims
                    raise CheckpointError(f"{described} does not fit this model: it {fault}.")
            with archive.open(f"{name}.npy") as file:
                values = np.lib.format.read_array(file, allow_pickle=False)
        return checked_pack(torch.from_numpy(np.array(values, np.float64)), style_dim, described)

    @contextmanager
    def _opened(self) -> Iterator[zipfile.ZipFile]:
        try:
            with zipfile.ZipFile(self._path) as archive:
                yield archive
        except CheckpointError:
            raise
        except OSError as error:
            raise CheckpointError(f"{self._path} cannot be read: {error.strerror or error}.") from error
        except Exception as error:  # an untrusted file may make the readers raise anything
            raise CheckpointError(f"{self._path} is damaged, or not an archive of voice packs.") from error
