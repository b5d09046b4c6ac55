"""A speaker's process on a machine of the cluster."""

from __future__ import annotations

from kokoro_demo.checkpoints.shared import load_shared
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.synthesis.synthesizer import Synthesizer


def open_speaker(source: str | None = None) -> Synthesizer:
    """The synthesizer of a checkpoint. The speakers of one machine read it once and share its weights.

    source: as `load_checkpoint` takes it. No other checkpoint speaks in its place: on a cluster nobody would notice.

    Raises:
        CheckpointError: if it cannot be loaded.
    """
    tune_process()
    return Synthesizer(load_shared(source).with_first_voice())
