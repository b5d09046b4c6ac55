"""A speaker's process on one machine of the cluster."""

from __future__ import annotations

from kokoro_demo.checkpoints.shared import load_shared
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.synthesis.synthesizer import Synthesizer


def open_speaker(source: str | None = None) -> Synthesizer:
    """Return the synthesizer of a checkpoint. The speakers on one machine read it once and share its weights.

    source: see `load_checkpoint`. If it cannot be loaded no other checkpoint speaks, since nobody would notice.

    Raises:
        CheckpointError: if it cannot be loaded.
    """
    tune_process()
    return Synthesizer(load_shared(source).with_first_voice())
