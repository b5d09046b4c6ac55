"""One copy of a model's weights for all processes of a machine.

The first process reads a checkpoint, and writes the weights in the form that is used for computing to a private file of
the user. All processes map that file, so that the system holds it in memory only once.
"""

from __future__ import annotations

import hashlib
import json
import logging
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import torch
from filelock import FileLock
from torch import Tensor, nn

from kokoro_demo.checkpoints.checkpoint import (
    BUILTIN,
    Checkpoint,
    chosen_source,
    load_checkpoint,
    load_from,
    open_source,
    read_and_hash,
)
from kokoro_demo.checkpoints.origin import Origin
from kokoro_demo.checkpoints.writing import save_tensors
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import Kokoro, make_fast
from kokoro_demo.model.pieces import use_chosen_vocoder
from kokoro_demo.model.precision import chosen_precision
from kokoro_demo.synthesis.process_memory import settle_memory

log = logging.getLogger(__name__)

# Increase this whenever the form of the weights in memory changes.
FORM = 3


def load_shared(source: str | Path | None = None) -> Checkpoint:
    """Load a checkpoint whose weights the processes of this machine share; for the argument and the errors see
    `load_checkpoint`. Processes that load at the same time wait for one another."""
    chosen = chosen_source(source)
    if chosen == BUILTIN:  # only four megabytes
        return load_checkpoint(chosen)
    try:
        folder = private_folder()
    except OSError as error:
        log.warning("The weights are not shared with other processes: %s", error)
        return load_checkpoint(chosen)
    name = hashlib.sha256(str(chosen).encode()).hexdigest()[:16]
    with FileLock(folder / f"{name}.lock"):
        return load_from(open_source(chosen), read=Shared(folder, name))


def private_folder() -> Path:
    """Return a folder in the system's temporary folder that no other user can read or write.

    Raises:
        OSError: if it cannot be created, or belongs to another user.
    """
    folder = Path(tempfile.gettempdir()) / f"kokoro-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
        raise PermissionError(f"{folder} is not a folder of this user alone. Remove it.")
    return folder


class Shared:
    """Reads weights like `read_and_hash`, but only once for the whole machine.

    folder: for the shared files. name: the prefix of their names; other files with this prefix are out of date.
    """

    def __init__(self, folder: Path, name: str) -> None:
        self._folder, self._name = folder, name

    def __call__(self, config: dict[str, Any], weights: Path, made_of: Origin | None) -> tuple[Kokoro, str]:
        """Return the model and the SHA-256 of its weights."""
        path = self._folder / f"{self._name}-{_identity(config, weights, made_of)}.pt"
        if not path.exists():
            model, digest = read_and_hash(config, weights, made_of)
            try:
                self._write(path, model, digest)
            except OSError as error:  # the disk is full
                log.warning("The weights are not shared with other processes: %s", error)
                return model, digest
            del model
        tensors = torch.load(path, map_location="cpu", mmap=True, weights_only=True)
        digest = tensors.pop("sha256")
        model = _without_weights(config)
        for name, slots, key in _tensor_slots(model):
            slots[key] = _like(slots[key], tensors[name])
        use_chosen_vocoder(model)
        settle_memory()
        return model.eval(), digest

    def _write(self, path: Path, model: Kokoro, digest: str) -> None:
        for old in self._folder.glob(f"{self._name}-*.pt"):
            old.unlink(missing_ok=True)  # processes that have it mapped keep it
        save_tensors(
            {**{name: slots[key].detach() for name, slots, key in _tensor_slots(model)}, "sha256": digest}, path
        )


def _identity(config: dict[str, Any], weights: Path, made_of: Origin | None) -> str:
    """Identify the content of the shared file, without reading the weights."""
    status = weights.stat()
    about = [
        FORM,
        torch.__version__,
        chosen_precision(),
        config,
        str(made_of),
        str(weights.resolve()),
        status.st_size,
        status.st_mtime_ns,
        status.st_ino,
    ]
    return hashlib.sha256(json.dumps(about, sort_keys=True).encode()).hexdigest()[:16]


def _without_weights(config: dict[str, Any]) -> Kokoro:
    """The model as `read_model` builds it, but with tensors that have no values."""
    with torch.device("meta"):
        model = Kokoro(config)
        make_fast(model, chosen_precision())
    return model


def _tensor_slots(model: nn.Module) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield every parameter and buffer: its name, and the dictionary of its module and its key there."""
    for path, module in model.named_modules(remove_duplicate=False):
        for slots in (module._parameters, module._buffers):
            for key, tensor in slots.items():
                if tensor is not None:
                    yield f"{path}.{key}", slots, key


def _like(empty: Tensor, values: Tensor) -> Tensor:
    """Return the values as a parameter or a buffer, like `empty`."""
    if empty.shape != values.shape or empty.dtype != values.dtype:
        raise CheckpointError("The shared weights have another form than the model.")
    return nn.Parameter(values, requires_grad=False) if isinstance(empty, nn.Parameter) else values
