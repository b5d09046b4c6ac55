"""A checkpoint: config, weights and voice packs in one layout, wherever it lies.

The layout is the Hub's: ``config.json``, one ``*.pth``, ``voices/*.pt``.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import torch

from kokoro_demo.checkpoints.hub import HubRepository, Progress, parse_repository
from kokoro_demo.checkpoints.integrity import combined, sha256_of
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import Kokoro, load_weights, make_fast, unfilled
from kokoro_demo.model.config import KOKORO_V1, ModelConfig
from kokoro_demo.model.precision import chosen_precision
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.synthesis.process_memory import give_back, keep_few_kernels, reuse_blocks, share_one_heap
from kokoro_demo.voices.catalogue import Voices, catalogue
from kokoro_demo.voices.curves import Curve, curve_pack

BUILTIN = "builtin"
BUILTIN_FOLDER = Path(__file__).parents[1] / "builtin"
BUILTIN_NAME = "Built-in voice"
# A name of one plain file: no folder, no leading dot, nothing that a request for a blend of voices could contain.
PACK = re.compile(r"voices/([\w-][\w.-]*)\.pt")
WEIGHTS = re.compile(r"[\w-][\w.-]*\.pth")


class CheckpointFiles(Protocol):
    """Where the files of a checkpoint lie."""

    @property
    def name(self) -> str:
        """For a person."""

    def listing(self) -> Iterable[str]:
        """The paths of its files, with "/" between folders.

        Raises:
            CheckpointError: where it cannot be listed.
        """

    def fetch(self, path: str, progress: Progress | None = None) -> Path:
        """A file of the listing on this machine's disk, whole and as it should be.

        Raises:
            CheckpointError: where it cannot be had.
        """


@dataclass(frozen=True, slots=True)
class Folder:
    """A checkpoint in a folder of this machine."""

    path: Path
    name: str

    def listing(self) -> list[str]:
        try:
            return sorted(path.relative_to(self.path).as_posix() for path in self._files())
        except OSError as error:
            raise CheckpointError(f"The checkpoint folder {self.path} cannot be read: {error.strerror}.") from error

    def fetch(self, path: str, progress: Progress | None = None) -> Path:
        return self.path / path

    def _files(self) -> list[Path]:
        folders = (self.path, self.path / "voices")
        return [path for folder in folders if folder.is_dir() for path in folder.iterdir() if path.is_file()]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A loaded model and its voices.

    config: the parsed ``config.json``; its "vocab" maps symbols to ids.
    fingerprint: 16 hexadecimal digits that tell this config and weights from every other.
    """

    name: str
    model: Kokoro
    voices: Voices
    config: dict[str, Any]
    fingerprint: str

    @property
    def builtin(self) -> bool:
        """Whether this is the small demonstration voice of the package."""
        return self.name == BUILTIN_NAME


def load_checkpoint(source: str | Path | None = None, progress: Progress | None = None) -> Checkpoint:
    """Load a checkpoint; its voice packs are fetched when first used.

    source: a folder, ``owner/name``, ``owner/name@revision`` or ``builtin``; where None, ``KOKORO_CHECKPOINT``
        chooses, and else the Hub's Kokoro-82M.
    progress: called with the part done, 0 to 1, and what is being done, in words.

    Raises:
        CheckpointError: where it cannot be had, or is not what it should be.
    """
    return load_from(open_source(source), progress)


def open_source(source: str | Path | None = None) -> CheckpointFiles:
    """Where a checkpoint lies, by what `load_checkpoint` takes. Nothing is read yet.

    Raises:
        CheckpointError: where `source` names nothing.
    """
    chosen = source or os.environ.get("KOKORO_CHECKPOINT") or ""
    if chosen == BUILTIN:
        return Folder(BUILTIN_FOLDER, BUILTIN_NAME)
    folder = Path(chosen).expanduser()
    if chosen and folder.is_dir():
        return Folder(folder, folder.resolve().name)
    if isinstance(chosen, Path):
        raise CheckpointError(f"There is no folder {str(chosen)!r}. Give the folder that holds config.json.")
    return parse_repository(chosen) if chosen else HubRepository()


def load_from(source: CheckpointFiles, progress: Progress | None = None) -> Checkpoint:
    """Load what lies at `source`; arguments and errors as in `load_checkpoint`."""
    tell = progress or (lambda fraction, sentence: None)
    layout = layout_of(source)
    tell(0.0, "Fetching config.json")
    config_file = source.fetch("config.json")
    config = read_config(config_file)
    weights = source.fetch(layout.weights, lambda fraction, sentence: tell(0.9 * fraction, sentence))
    tell(0.9, "Loading the weights")
    share_one_heap()
    with ThreadPoolExecutor(1) as beside:  # hashing a large file takes as long as loading it
        hashing = beside.submit(sha256_of, weights)
        model = on_compute_thread(read_model, config, weights)
    tell(1.0, "Ready")

    fingerprint = combined(sha256_of(config_file), hashing.result())
    return Checkpoint(source.name, model, _voices(source, layout, model.config), config, fingerprint)


def _voices(source: CheckpointFiles, layout: Layout, sizes: ModelConfig) -> Voices:
    """The packs of the checkpoint; if it has Kokoro v1's sizes, the package's own for those that it lacks."""
    packs = layout.packs

    def read(name: str) -> torch.Tensor:
        return read_pack(source.fetch(packs[name]), sizes.style_dim) if name in packs else curve_pack(name)

    def fetch(name: str) -> None:
        if name in packs:
            source.fetch(packs[name])

    names = [*packs, *(name for name in catalogue() if sizes == KOKORO_V1 and name not in packs)]
    if not names:
        raise CheckpointError(f"{source.name} has no voices: there is no file in voices/ whose name ends in .pt.")
    return Voices(names, read, fetch=fetch)


@dataclass(frozen=True, slots=True)
class Layout:
    """The files of a checkpoint, as paths in its source; packs by the name of their voice."""

    weights: str
    packs: dict[str, str]

    @property
    def paths(self) -> list[str]:
        """All of them."""
        return ["config.json", self.weights, *self.packs.values()]


def layout_of(source: CheckpointFiles) -> Layout:
    """Find the files of a checkpoint among those at `source`; whatever else lies there is left alone.

    Raises:
        CheckpointError: if there is not exactly one weights file.
    """
    listing = list(source.listing())
    weights = [path for path in listing if WEIGHTS.fullmatch(path)]
    packs = {match[1]: path for path in listing if (match := PACK.fullmatch(path))}
    if not weights:
        raise CheckpointError(f"{source.name} holds no weights: there must be one file whose name ends in .pth.")
    if len(weights) > 1:
        raise CheckpointError(
            f"{source.name} holds {len(weights)} weights files ({', '.join(sorted(weights)[:4])}). "
            "Leave the one that belongs to config.json."
        )
    return Layout(weights[0], packs)


def read_config(path: Path) -> dict[str, Any]:
    """Parse a ``config.json``.

    Raises:
        CheckpointError: where it is missing, is not JSON or has no vocabulary.
    """
    try:
        config = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise CheckpointError(f"{path} is not JSON: {error}. Fetch it again.") from error
    vocabulary = config.get("vocab") if isinstance(config, dict) else None
    if not isinstance(vocabulary, dict) or not vocabulary:
        raise CheckpointError(f"{path} is not a Kokoro config: it has no 'vocab'.")
    tokens = config.get("n_token")
    for symbol, number in vocabulary.items():
        if len(symbol) != 1 or type(number) is not int or not 0 < number < (tokens if type(tokens) is int else 0):
            raise CheckpointError(f"{path} is not a Kokoro config: its vocab gives {symbol!r} the id {number!r}.")
    return config


def read_model(config: dict[str, Any], weights: Path) -> Kokoro:
    """Build the model that `config` describes, and fill it from a file of five modules' tensors.

    Raises:
        CheckpointError: where the file is damaged, is no Kokoro checkpoint, or does not fit the config.
    """
    precision = chosen_precision()
    try:
        with unfilled():
            model = Kokoro(config)
    except CheckpointError:
        raise
    except Exception as error:  # sizes that do not go together fail wherever a layer is made
        raise CheckpointError(f"config.json describes a model that cannot be built: {error}") from error
    load_weights(model, read_tensors(weights))
    make_fast(model, precision)
    keep_few_kernels()
    reuse_blocks()
    give_back()
    return model.eval()


def read_pack(path: Path, style_dim: int) -> torch.Tensor:
    """A voice pack, (rows, 1, 2 * style_dim) float32.

    Raises:
        CheckpointError: where it is damaged, has another shape, or holds a value that is not finite.
    """
    pack = read_tensors(path)
    if isinstance(pack, dict):
        return _unrolled(pack, path, style_dim)
    if not isinstance(pack, torch.Tensor) or not pack.is_floating_point():
        raise CheckpointError(f"{path} is not a voice pack: it must hold one tensor of floating point.")
    if pack.ndim != 3 or pack.shape[0] < 1 or tuple(pack.shape[1:]) != (1, 2 * style_dim):
        shape = "x".join(map(str, pack.shape))
        raise CheckpointError(
            f"{path} does not fit this model: it is {shape} and must be 510x1x{2 * style_dim}. "
            "A voice and its model belong to the same version of Kokoro."
        )
    if not torch.isfinite(pack).all():
        raise CheckpointError(f"{path} is damaged: it holds values that are not finite. Fetch it again.")
    return pack.float().contiguous()


def _unrolled(parts: dict[Any, Any], path: Path, style_dim: int) -> torch.Tensor:
    """The pack that a curve stands for, see `kokoro_demo.voices.curves`."""
    try:
        curve = Curve.from_tensors(parts, 2 * style_dim)
    except ValueError as error:
        raise CheckpointError(f"{path} is not a voice pack: {error}") from error
    return torch.from_numpy(curve.pack()).unsqueeze(1)


def read_tensors(path: Path) -> Any:
    """What a file of PyTorch holds, if that is tensors and nothing that runs."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    with file:
        try:
            return torch.load(file, map_location="cpu", weights_only=True)
        except Exception as error:  # a file from outside can make the unpickler raise anything
            raise CheckpointError(
                f"{path} is damaged, or holds something other than tensors, which is not loaded. Fetch it again."
            ) from error
