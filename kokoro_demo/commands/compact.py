"""The command ``python -m kokoro_demo compact --to FOLDER``: a checkpoint in a quarter of the space, for small disks.

The large weights are kept in 8 bits with a scale for each channel, the voice packs in half precision. The result is a
checkpoint like any other.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch

from kokoro_demo.checkpoints.checkpoint import (
    CheckpointFiles,
    Folder,
    layout_of,
    load_from,
    open_source,
    read_config,
    read_tensors,
)
from kokoro_demo.errors import CheckpointError
from kokoro_demo.files import replacing, write_whole
from kokoro_demo.model import plain_weights
from kokoro_demo.model.eight_bits import in_8_bits


def main(arguments: Sequence[str]) -> int:
    """Run the command; gives the exit status.

    Raises:
        CheckpointError: where the checkpoint cannot be had or the folder already holds one.
        OSError: where the folder cannot be written.
    """
    options = parser().parse_args(arguments)
    source, folder = open_source(options.checkpoint), options.to.expanduser()
    before, after = compact(source, folder)
    print(f"{source.name}: {before / 1e6:.1f} MB made {after / 1e6:.1f} MB. To speak with it:")
    print(f'  python -m kokoro_demo "Hello there." --checkpoint {folder}')
    return 0


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(
        prog="python -m kokoro_demo compact", description="Write a checkpoint again with 8-bit weights."
    )
    options.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
    options.add_argument(
        "--checkpoint", help="owner/name, owner/name@revision, a folder, or builtin; Kokoro-82M where left out"
    )
    return options


def compact(source: CheckpointFiles, folder: Path) -> tuple[int, int]:
    """Write the checkpoint at `source` to `folder` in 8 bits, and load it from there; gives its size in bytes before
    and after.

    Raises:
        CheckpointError, OSError: as `main`.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CheckpointError(f"{folder} is not empty. Choose a new folder.")
    layout = layout_of(source)
    config = source.fetch("config.json")
    weights = source.fetch(layout.weights)
    read_config(config)
    state = read_tensors(weights)
    if not isinstance(state, dict) or not all(isinstance(part, dict) for part in state.values()):
        raise CheckpointError(f"{weights} is not a Kokoro checkpoint: it must hold a dict of five modules.")
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    before = config.stat().st_size + weights.stat().st_size
    write_whole(folder / "config.json", config.read_bytes())
    _save({module: in_8_bits(plain_weights(part)) for module, part in state.items()}, folder / layout.weights)
    for path in layout.packs.values():
        pack = source.fetch(path)
        before += pack.stat().st_size
        _save(_halved(read_tensors(pack)), folder / path)
    checkpoint = load_from(Folder(folder, str(folder)))
    for name in checkpoint.voices.names():
        checkpoint.voices[name]
    return before, sum((folder / path).stat().st_size for path in layout.paths)


def _halved(pack: torch.Tensor) -> torch.Tensor:
    """A pack in half precision; rows that are all alike, as in a voice with one style, are stored once."""
    half = pack.half()
    return half[:1].clone().expand_as(half) if bool((half == half[:1]).all()) else half


def _save(content: Any, path: Path) -> None:
    with replacing(path) as file:
        torch.save(content, file)
