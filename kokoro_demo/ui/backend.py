"""What the page stands on: the synthesizer of whichever checkpoint is loaded now, and word of how loading goes."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from typing import Protocol

from kokoro_demo.checkpoints.checkpoint import Checkpoint
from kokoro_demo.checkpoints.loading import BackgroundLoader
from kokoro_demo.errors import CheckpointError
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.zerogpu import GpuFirst, on_zerogpu


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """How the model stands, for the line at the top of the page.

    name: of the checkpoint that speaks now; "" where none can.
    builtin: whether that is the small voice of the package.
    fetching: whether another one may yet take over.
    progress: how much of that is there, 0 to 1; None where nobody knows.
    message: what a person should know of it, "" where there is nothing to say.
    """

    name: str
    builtin: bool = False
    fetching: bool = False
    progress: float | None = None
    message: str = ""


class Backend(Protocol):
    """A page's engine. Tests give a small one."""

    def synthesizer(self) -> Synthesizer:
        """The synthesizer for one speech. Keep it until that speech ends.

        Raises:
            CheckpointError: where nothing can speak.
        """

    def status(self) -> ModelStatus:
        """How the model stands now."""


class LoadedBackend:
    """Speaks with what a loader has.

    gpu: runs the model in place of the checkpoint's own.
    """

    def __init__(self, loader: BackgroundLoader, gpu: GpuFirst | None = None) -> None:
        self._loader = loader
        self._gpu = gpu
        self._made = PhraseCache()
        self._latest: Synthesizer | None = None
        self._changing = threading.Lock()

    def synthesizer(self) -> Synthesizer:
        """See `Backend`."""
        checkpoint = self._loader.current()
        if self._gpu is not None:
            return Synthesizer(checkpoint, self._gpu.for_one_speech(), self._made)
        with self._changing:
            if self._latest is None or self._latest.checkpoint is not checkpoint:
                self._latest = Synthesizer(checkpoint)
            return self._latest

    def status(self) -> ModelStatus:
        """See `Backend`."""
        loading = self._loader.status
        checkpoint: Checkpoint | None = None
        message = loading.message
        try:
            checkpoint = self._loader.current()
        except CheckpointError as error:
            message = f"{error} {message}".strip()
        return ModelStatus(
            name=checkpoint.name if checkpoint else "",
            builtin=checkpoint.builtin if checkpoint else False,
            fetching=loading.more_to_come,
            progress=loading.fraction if loading.more_to_come else None,
            message=message,
        )


def open_backend() -> LoadedBackend:
    """The backend of the app: it loads behind the page or, on ZeroGPU, before it."""
    loader = BackgroundLoader()
    if on_zerogpu():
        return LoadedBackend(loader, GpuFirst(loader.load_now()))
    loader.start()
    return LoadedBackend(loader)
