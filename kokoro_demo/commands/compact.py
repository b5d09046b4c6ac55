"""``python -m kokoro_demo compact --to FOLDER``: stores a checkpoint in a quarter of the space, for small disks.

Large weights are stored in 8 bits, or in 12 for PL-BERT, with a scale for each channel, and voice packs as curves
(`kokoro_demo.voices.curves`). The result is an ordinary checkpoint folder.
"""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import torch

from kokoro_demo.checkpoints.checkpoint import config_file, load_from, open_source
from kokoro_demo.checkpoints.layout import CONFIG, CheckpointFiles, Folder, layout_of
from kokoro_demo.checkpoints.reading import read_config, read_pack, read_tensors
from kokoro_demo.checkpoints.voice_archive import VoiceArchive
from kokoro_demo.checkpoints.writing import save_tensors
from kokoro_demo.commands.terminal import Options
from kokoro_demo.errors import CheckpointError
from kokoro_demo.files import write_whole
from kokoro_demo.model import plain_weights
from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.few_bits import FORMS, VALUES, from_few_bits, in_few_bits
from kokoro_demo.voices.curves import ROWS, fit

# The bits of a module's large weights, if not 8. PL-BERT runs its one layer twelve times, which amplifies rounding
# errors: in 8 bits it would change more durations than all other modules.
BITS = {"bert": 12}
# The most that a value of a style may differ from its curve; those of Kokoro v1 differ by less than a third of it.
MAX_DIFFERENCE = 0.02


def main(arguments: Sequence[str]) -> int:
    """Run the command; returns the exit status.

    Raises:
        CheckpointError: if the checkpoint is unavailable, or the folder is not empty.
        OSError: if the folder cannot be written.
    """
    options = parser().parse_args(arguments)
    source, folder = open_source(options.checkpoint), options.to.expanduser()
    before, after = compact(source, folder)
    print(f"{source.name}: {before / 1e6:.1f} MB reduced to {after / 1e6:.1f} MB. To speak with it:")
    print(f'  python -m kokoro_demo "Hello there." --checkpoint {folder}')
    return 0


def parser() -> Options:
    """The command's options."""
    options = Options("compact", "Store a checkpoint in a quarter of the space.")
    options.add_argument("--to", type=Path, required=True, metavar="FOLDER", help="a new or empty folder")
    options.add_argument(
        "--checkpoint",
        help="owner/name[@revision], a folder, an ONNX file or packaged; defaults to Kokoro-82M",
    )
    return options


def compact(source: CheckpointFiles, folder: Path) -> tuple[int, int]:
    """Write a checkpoint to `folder` in few bits, and check that it loads; returns its size in bytes before and after.

    Raises:
        CheckpointError, OSError: see `main`.
    """
    existed = folder.exists()
    if existed and any(folder.iterdir()):
        raise CheckpointError(f"{folder} is not empty. Choose a new folder.")
    try:
        return _write(source, folder)
    except BaseException:  # so that the command can be run again
        shutil.rmtree(folder, ignore_errors=True)
        if existed:
            folder.mkdir(exist_ok=True)
        raise


def _write(source: CheckpointFiles, folder: Path) -> tuple[int, int]:
    layout = layout_of(source)
    config = config_file(source, layout)
    weights = source.fetch(layout.weights)
    style_dim = ModelConfig.from_dict(read_config(config)).style_dim
    state = read_tensors(weights)
    if not isinstance(state, dict) or not all(isinstance(part, dict) for part in state.values()):
        raise CheckpointError(f"{weights} is not a Kokoro checkpoint: it must hold a dict of five modules.")
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    before = config.stat().st_size + weights.stat().st_size
    write_whole(folder / CONFIG, config.read_bytes())
    save_tensors(
        {module: _in_few_bits(part, BITS.get(module, 8)) for module, part in state.items()},
        folder / f"{Path(layout.weights).stem}.pth",
    )
    if layout.archive is not None:
        archive = VoiceArchive(source.fetch(layout.archive))
        before += source.fetch(layout.archive).stat().st_size
        for name in archive.names():
            save_tensors(_smaller(archive.pack(name, style_dim)), folder / "voices" / f"{name}.pt")
    for path in layout.packs.values():
        pack = source.fetch(path)
        before += pack.stat().st_size
        save_tensors(_smaller(read_pack(pack, style_dim)), folder / path)
    written = Folder(folder, str(folder))
    checkpoint = load_from(written)
    for name in checkpoint.voices.names():
        checkpoint.voices[name]
    return before, sum((folder / path).stat().st_size for path in layout_of(written).paths)


def _in_few_bits(part: dict[str, torch.Tensor], bits: int) -> dict[str, torch.Tensor]:
    """The weights of one module in few bits. Weights that already are, and need no folding, are kept as they are."""
    plain = plain_weights(part)
    stored = in_few_bits(plain, bits)
    before = from_few_bits(part)
    for name in (name.removesuffix(VALUES) for name in part if name.endswith(VALUES)):
        if name in plain and torch.equal(plain[name], before[name]):
            for form in ("", *FORMS):
                stored.pop(name + form, None)
            stored |= {name + form: part[name + form] for form in FORMS if name + form in part}
    return stored


def _smaller(pack: torch.Tensor) -> torch.Tensor | dict[str, torch.Tensor]:
    """A pack as a curve if that is close enough, or else in half precision, with identical rows stored once."""
    half = pack.half()
    if bool((half == half[:1]).all()):
        return half[:1].clone().expand_as(half)
    styles = pack.float().numpy()[:, 0]
    curve = fit(styles) if len(styles) == ROWS else None
    close = curve is not None and bool(np.abs(curve.pack() - styles).max() < MAX_DIFFERENCE)
    return curve.tensors() if curve is not None and close else half
