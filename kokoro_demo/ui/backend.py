"""The page's backend: the synthesizer of the currently loaded checkpoint, and the progress of loading."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from kokoro_demo.checkpoints.checkpoint import Checkpoint
from kokoro_demo.checkpoints.loading import BackgroundLoader
from kokoro_demo.errors import CheckpointError
from kokoro_demo.languages import BY_CODE
from kokoro_demo.script.aliases import problems
from kokoro_demo.synthesis.casting import KOKORO_IS_NEEDED, Outlook
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.zerogpu import GpuFirst, on_zerogpu

# Seconds after which to retry a language that only Kokoro speaks: while Kokoro loads, and while it waits to try again.
RETRY_WHILE_LOADING, RETRY_WHILE_WAITING = 10, 60
# The remaining time is estimated only after this much of the loading (0 to 1), and this many seconds.
MIN_PROGRESS, MIN_SECONDS = 0.02, 2.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Model status, shown at the top of the page.

    name: of the checkpoint in use; "" if none is loaded.
    languages: the names of the languages that it speaks; empty if it speaks all of Kokoro's.
    fetching: whether another checkpoint is being loaded, or will be tried again.
    progress: how much of that checkpoint is loaded, 0 to 1; None if unknown.
    message: what is being loaded or, if nothing is, why the wanted model is not in use; "" if neither applies.
    problem: why nothing can speak now; "" if something can.
    left: estimated seconds until loading is complete; None if unknown.
    """

    name: str
    languages: tuple[str, ...] = ()
    fetching: bool = False
    progress: float | None = None
    message: str = ""
    problem: str = ""
    left: float | None = None


class Backend(Protocol):
    """What a page needs to make speech. Tests use small fakes."""

    def synthesizer(self) -> Synthesizer:
        """Return the synthesizer for one speech. Keep using it until that speech ends.

        Raises:
            CheckpointError: if no checkpoint is loaded.
        """

    def status(self) -> ModelStatus:
        """The current status of the model."""


class LoadedBackend:
    """Speaks with the checkpoint that a loader has loaded.

    gpu: runs the model instead of this machine's CPU.
    """

    def __init__(self, loader: BackgroundLoader, gpu: GpuFirst | None = None) -> None:
        self._loader = loader
        self._gpu = gpu
        self._cache = PhraseCache()
        self._latest: Synthesizer | None = None
        self._lock = threading.Lock()
        self._estimate = LoadingEstimate()

    def synthesizer(self) -> Synthesizer:
        """See `Backend`."""
        checkpoint = self._loader.current()
        if self._gpu is not None:
            return Synthesizer(checkpoint, self._gpu.for_one_speech(), self._cache, self._outlook)
        with self._lock:
            if self._latest is None or self._latest.checkpoint is not checkpoint:
                self._latest = Synthesizer(checkpoint, outlook=self._outlook)
                for problem in problems(checkpoint.voices):
                    log.warning("%s", problem)
            return self._latest

    def status(self) -> ModelStatus:
        """See `Backend`."""
        loading = self._loader.status
        checkpoint: Checkpoint | None = None
        problem = ""
        try:
            checkpoint = self._loader.current()
        except CheckpointError as error:
            problem = str(error)
        progress = loading.fraction if loading.more_to_come else None
        return ModelStatus(
            name=checkpoint.name if checkpoint else "",
            languages=languages_of(checkpoint) if checkpoint else (),
            fetching=loading.more_to_come,
            progress=progress,
            message=loading.message,
            problem=problem,
            left=self._estimate.seconds_left(progress),
        )

    def _outlook(self) -> Outlook:
        """Whether a language that the loaded checkpoint does not speak will be available later."""
        loading = self._loader.status
        if not loading.more_to_come:
            return KOKORO_IS_NEEDED
        if loading.state == "waiting":
            return Outlook(f"Kokoro speaks it, but is not loaded yet. {loading.message}", RETRY_WHILE_WAITING)
        part = "" if loading.fraction is None else f" ({loading.fraction:.0%})"
        return Outlook(f"Kokoro speaks it, and is being loaded{part}. Try again in a moment.", RETRY_WHILE_LOADING)


class LoadingEstimate:
    """Estimates the remaining loading time from the progress so far.

    clock: returns the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, float] | None = None
        self._latest = 0.0

    def seconds_left(self, progress: float | None) -> float | None:
        """Return about how many seconds are left; None if it is too early to estimate.

        progress: how much is loaded, 0 to 1; None if nothing is being loaded.
        """
        if progress is None:
            self._began = None
            return None
        now = self._clock()
        if self._began is None or progress < self._latest:
            self._began = now, progress
        self._latest = progress
        began, first = self._began
        if progress - first < MIN_PROGRESS or now - began < MIN_SECONDS:
            return None
        return (1 - progress) * (now - began) / (progress - first)


def languages_of(checkpoint: Checkpoint) -> tuple[str, ...]:
    """The names of the languages that a checkpoint speaks; empty if it speaks all of Kokoro's."""
    return tuple(BY_CODE[code].name for code in checkpoint.model.languages or ())


def open_backend() -> LoadedBackend:
    """Return the app's backend. It loads its checkpoint in the background or, on ZeroGPU, before the page starts."""
    loader = BackgroundLoader()
    if on_zerogpu():
        return LoadedBackend(loader, GpuFirst(loader.load_now()))
    loader.start()
    return LoadedBackend(loader)
