"""The origin of derived weights: in another form, they keep the fingerprint of the file that they were made from."""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path

from kokoro_demo.errors import CheckpointError

MAX_BYTES = 10_000
SHA256 = re.compile(r"[0-9a-f]{64}")


class Damaged(CheckpointError):
    """Weights that are not what was written."""


@dataclass(frozen=True, slots=True)
class Origin:
    """weights: the SHA-256 of the weights in this folder. made_of: that of the file that they were made from."""

    weights: str
    made_of: str

    def write(self, path: Path) -> None:
        path.write_text(json.dumps(asdict(self), indent=2) + "\n", encoding="utf-8")


def read(path: Path) -> Origin:
    """Read an ``origin.json``.

    Raises:
        CheckpointError: if it is damaged.
    """
    try:
        with path.open("rb") as file:
            values = json.loads(file.read(MAX_BYTES))
        origin = Origin(**values)
        if not all(SHA256.fullmatch(digest) for digest in (origin.weights, origin.made_of)):
            raise ValueError("no SHA-256")
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise Damaged(f"{path} is damaged. Write the checkpoint again.") from error
    return origin


def check(origin: Origin | None, weights: Path, digest: str) -> str:
    """Return the SHA-256 that identifies the weights: that of their origin, if they have one, or else `digest`.

    digest: the SHA-256 of the file `weights`.

    Raises:
        CheckpointError: if they are not the weights that were written.
    """
    if origin is None:
        return digest
    if origin.weights != digest:
        raise Damaged(f"{weights} is damaged: it is not what was written there. Write the checkpoint again.")
    return origin.made_of
