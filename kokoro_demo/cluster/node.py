"""A speaker's process on a machine of the cluster."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path

from filelock import FileLock

from kokoro_demo.checkpoints.checkpoint import chosen_source, load_checkpoint
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.synthesis.synthesizer import Synthesizer


def load_once_at_a_time(source: str | None = None) -> Synthesizer:
    """The synthesizer of a checkpoint. The speakers of one machine load after one another: the first fetches it, and
    the others find it in the cache and its file in the system's memory.

    source: as `load_checkpoint` takes it. No other checkpoint speaks in its place: on a cluster nobody would notice.

    Raises:
        CheckpointError: if it cannot be had.
    """
    tune_process()
    name = hashlib.sha256(str(chosen_source(source)).encode()).hexdigest()[:16]
    with FileLock(Path(tempfile.gettempdir()) / f"kokoro-{os.getuid()}-{name}.lock"):
        return Synthesizer(load_checkpoint(source).with_first_voice())
