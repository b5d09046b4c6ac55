"""One synthesizer for each checkpoint in the process, loaded on first use."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from pathlib import Path

from kokoro_demo.checkpoints.checkpoint import BUILTIN, Checkpoint, load_checkpoint
from kokoro_demo.checkpoints.loading import load_best
from kokoro_demo.errors import CheckpointError
from kokoro_demo.synthesis.synthesizer import Synthesizer

_synthesizers: dict[str, tuple[Synthesizer, tuple[str, ...]]] = {}
_loading = threading.Lock()


def synthesizer_for(
    source: Checkpoint | str | Path | None, progress: Callable[[float, str], None] | None = None
) -> tuple[Synthesizer, tuple[str, ...]]:
    """Return the synthesizer of a checkpoint, and warnings about the choice.

    source: a loaded checkpoint, or what `load_checkpoint` takes. If neither `source` nor ``KOKORO_CHECKPOINT`` names
        one: the Hub's; if that is not available, the packaged one, and if that is not available either, the first
        voice, with a warning.
    progress: called with the fraction that is done, and what is being done.

    Raises:
        CheckpointError: if the chosen checkpoint cannot be loaded.
    """
    if isinstance(source, Checkpoint):
        return Synthesizer(source), ()
    key = str(source or os.environ.get("KOKORO_CHECKPOINT") or "")
    with _loading:
        if key not in _synthesizers:
            _synthesizers[key] = _load(key or None, progress)
        return _synthesizers[key]


def _load(source: str | None, progress: Callable[[float, str], None] | None) -> tuple[Synthesizer, tuple[str, ...]]:
    if source is not None:
        return Synthesizer(load_checkpoint(source, progress=progress).with_first_voice()), ()
    try:
        checkpoint, warning = load_best(progress)
    except CheckpointError as error:
        first = load_checkpoint(BUILTIN)
        return Synthesizer(first), (f"{error} {first.name} speaks instead.",)
    return Synthesizer(checkpoint.with_first_voice()), (warning,) if warning else ()
