"""Checkpoints: config, weights and voice packs in one layout, from any source.

The layout is the Hub's: ``config.json``, one ``*.pth``, ``voices/*.pt``. The weights may be an ONNX file instead.
"""

from __future__ import annotations

import functools
import logging
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch

from kokoro_demo.checkpoints import kokoro_82m, origin
from kokoro_demo.checkpoints.hub import HubRepository, parse_repository
from kokoro_demo.checkpoints.integrity import combined, sha256_of
from kokoro_demo.checkpoints.layout import CONFIG, CheckpointFiles, Folder, Layout, Progress, layout_of
from kokoro_demo.checkpoints.packaged import PACKAGED, Packaged
from kokoro_demo.checkpoints.reading import read_config, read_model, read_pack
from kokoro_demo.checkpoints.voice_archive import VoiceArchive
from kokoro_demo.errors import CheckpointError
from kokoro_demo.first import SHA256, VOCABULARY, FirstVoice
from kokoro_demo.model import Kokoro, SpeechModel
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import Voices, catalogue, describe
from kokoro_demo.voices.curves import curve_pack

log = logging.getLogger(__name__)

# Selects the first voice in place of a checkpoint.
BUILTIN = "builtin"
FIRST_VOICE = "af_heart_small"
# The signature of `read_and_hash`.
ReadWeights = Callable[[dict[str, Any], Path, "origin.Origin | None"], tuple[Kokoro, str]]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A loaded model and its voices.

    voices: its own, and those of the checkpoints in `beside`.
    config: the parsed ``config.json``; its "vocab" maps symbols to ids.
    fingerprint: 16 hexadecimal digits that identify the config and weights.
    beside: checkpoints whose voices can be chosen too; each speaks with its own model.
    """

    name: str
    model: SpeechModel
    voices: Voices
    config: dict[str, Any]
    fingerprint: str
    beside: tuple[Checkpoint, ...] = ()

    def with_beside(self, other: Checkpoint) -> Checkpoint:
        """Return this checkpoint with the additional voices of another one."""
        return replace(self, voices=self.voices.beside(other.voices), beside=(*self.beside, other))

    def speaker_of(self, voice: str) -> Checkpoint:
        """Return the checkpoint whose model speaks a voice or a blend."""
        first = parse_blend(voice)[0][0]
        if not self.voices.is_unblended(first):
            return self
        return next(other for other in self.beside if first in other.voices.names())

    def with_first_voice(self) -> Checkpoint:
        """Return this checkpoint with the first voice added; without it, if that is not available."""
        if FIRST_VOICE in self.voices.names():
            return self
        try:
            return self.with_beside(first_checkpoint())
        except CheckpointError as error:
            log.warning("%s", error)
            return self


def load_checkpoint(source: str | Path | None = None, progress: Progress | None = None) -> Checkpoint:
    """Load a checkpoint. Its voice packs are downloaded when they are first used.

    source: a folder, an ONNX file, ``owner/name``, ``owner/name@revision``, ``packaged`` or ``builtin``. Defaults to
        ``KOKORO_CHECKPOINT``, and if that is not set, to the Hub's Kokoro-82M.
    progress: called with the fraction that is done, 0 to 1, and what is being done.

    Raises:
        CheckpointError: if it is unavailable, damaged or invalid.
    """
    chosen = chosen_source(source)
    if chosen == BUILTIN:
        return first_checkpoint()
    return load_from(open_source(chosen), progress)


def chosen_source(source: str | Path | None = None) -> str | Path:
    """Return `source` or, if that is empty, ``KOKORO_CHECKPOINT``; "" if neither is set."""
    return source or os.environ.get("KOKORO_CHECKPOINT") or ""


@functools.lru_cache(maxsize=1)
def first_checkpoint() -> Checkpoint:
    """Return the first voice (`kokoro_demo.first`), the same one for the whole process. Its file is read when it first
    speaks.

    Raises:
        CheckpointError: if its file is missing or damaged.
    """
    model = FirstVoice()
    voices = Voices([FIRST_VOICE], lambda name: torch.zeros(1, 1, model.style_width))
    return Checkpoint(describe(FIRST_VOICE).title, model, voices, {"vocab": dict(VOCABULARY)}, SHA256[:16])


def open_source(source: str | Path | None = None) -> CheckpointFiles:
    """Return the files of a checkpoint; `source` is as in `load_checkpoint`. Nothing is read yet.

    Raises:
        CheckpointError: if `source` is not a folder, a file or a repository's name.
    """
    chosen = chosen_source(source)
    if chosen == BUILTIN:
        raise CheckpointError("The first voice is part of the installation and has no files of a checkpoint.")
    if chosen == PACKAGED:
        return Packaged()
    path = Path(chosen).expanduser()
    if chosen and path.is_dir():
        return Folder(path, path.resolve().name)
    if chosen and path.suffix == ".onnx":
        if path.is_file():
            return Folder(path.parent, path.stem, weights=path.name)
        raise CheckpointError(f"There is no file {str(chosen)!r}. Give the path of the ONNX file.")
    if chosen and path.is_file():
        raise CheckpointError(
            f"{str(chosen)!r} is a file. Give the folder that holds it and {CONFIG}, or an ONNX file."
        )
    if isinstance(chosen, Path):
        raise CheckpointError(f"There is no folder {str(chosen)!r}. Give the folder that holds config.json.")
    return parse_repository(chosen) if chosen else HubRepository()


def read_and_hash(config: dict[str, Any], weights: Path, made_of: origin.Origin | None) -> tuple[Kokoro, str]:
    """Read a model from a file of weights; returns it and the file's SHA-256.

    made_of: the origin of a derived file, if it has one.

    Raises:
        CheckpointError: if the file is damaged, or does not fit the config.
    """
    with ThreadPoolExecutor(1) as beside:  # hashing a large file takes as long as loading it
        hashing = beside.submit(sha256_of, weights)
        try:
            model = on_compute_thread(read_model, config, weights)
        except CheckpointError:
            origin.check(made_of, weights, hashing.result())
            raise
    return model, origin.check(made_of, weights, hashing.result())


def load_from(
    source: CheckpointFiles, progress: Progress | None = None, read: ReadWeights = read_and_hash
) -> Checkpoint:
    """Load a checkpoint from its files; for the other arguments and the errors see `load_checkpoint`.

    read: reads the file of weights, like `read_and_hash`.
    """
    try:
        return _load(source, progress, read)
    except origin.Damaged:
        if not isinstance(source, Packaged):
            raise
        source.discard()
        return _load(source, progress, read)


def config_file(source: CheckpointFiles, layout: Layout) -> Path:
    """Return the path of a checkpoint's config: its own, or that of Kokoro-82M if it has none."""
    return kokoro_82m.CONFIG_FILE if layout.config is None else source.fetch(layout.config)


def _load(source: CheckpointFiles, progress: Progress | None, read: ReadWeights) -> Checkpoint:
    report = progress or (lambda fraction, sentence: None)
    layout = layout_of(source)
    report(0.0, "Fetching the config")
    config_path = config_file(source, layout)
    config = read_config(config_path)
    weights = source.fetch(layout.weights, lambda fraction, sentence: report(0.9 * fraction, sentence))
    made_of = None if layout.origin is None else origin.read(source.fetch(layout.origin))
    report(0.9, "Loading the weights")
    model, digest = read(config, weights, made_of)
    voices = _voices(source, layout, model.config.style_dim, kokoro_82m.is_kokoro_82m(config, model))
    report(1.0, "Ready")
    return Checkpoint(source.name, model, voices, config, combined(sha256_of(config_path), digest))


def _voices(source: CheckpointFiles, layout: Layout, style_dim: int, known_model: bool) -> Voices:
    """The voices of a checkpoint: its packs, those in an archive, and for Kokoro-82M those that this package
    includes."""
    archive = None if layout.archive is None else VoiceArchive(source.fetch(layout.archive))
    archived = archive.names() if archive else ()
    names = {*layout.packs, *archived, *(catalogue() if known_model else ())}
    if not names:
        raise CheckpointError(f"{source.name} has no voices: there is no file in voices/ whose name ends in .pt.")

    fetched: dict[str, Path | None] = {}

    def fetch(name: str) -> None:
        """Download a pack; if that fails, the package's own copy is used if there is one."""
        if name in layout.packs and fetched.get(name) is None:
            try:
                fetched[name] = source.fetch(layout.packs[name])
            except CheckpointError as error:
                if not known_model or name not in catalogue():
                    raise
                log.warning("%s The voice speaks with the package's copy of its style.", error)
                fetched[name] = None

    def read(name: str) -> torch.Tensor:
        if name not in fetched:
            fetch(name)
        return on_compute_thread(read_fetched, name)

    def read_fetched(name: str) -> torch.Tensor:
        path = fetched.get(name)
        if path is not None:
            return read_pack(path, style_dim)
        if archive is not None and name in archived and name not in layout.packs:
            return archive.pack(name, style_dim)
        return curve_pack(name)

    return Voices(names, read, fetch=fetch)
