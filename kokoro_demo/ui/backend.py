"""The page's backend: the synthesizer of the checkpoint that is loaded now, and the progress of loading."""

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

# Seconds until it is worth asking again for a language that Kokoro will speak: while it is loaded, and between tries.
SOON, LATER = 10, 60
# How much of the loading, and how many seconds of it, must be seen before the rest is estimated.
ENOUGH, EARLIEST = 0.02, 2.0
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ModelStatus:
    """Model status, shown at the top of the page.

    name: of the checkpoint that speaks now; "" if none can.
    languages: those that it speaks, by their names; empty if it speaks all of Kokoro's.
    fetching: whether another one may yet take over.
    progress: how much of that is there, 0 to 1; None if nobody knows.
    message: what is being loaded or, if nothing is, why the wanted model does not speak; "" if there is nothing to say.
    problem: why nothing can speak now, "" if something can.
    left: about how many seconds of loading are left; None if nobody knows.
    """

    name: str
    languages: tuple[str, ...] = ()
    fetching: bool = False
    progress: float | None = None
    message: str = ""
    problem: str = ""
    left: float | None = None


class Backend(Protocol):
    """A page's engine. Tests give a small one."""

    def synthesizer(self) -> Synthesizer:
        """The synthesizer for one speech. Keep it until that speech ends.

        Raises:
            CheckpointError: if nothing can speak.
        """

    def status(self) -> ModelStatus:
        """The current status of the model."""


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
        self._pace = Pace()

    def synthesizer(self) -> Synthesizer:
        """See `Backend`."""
        checkpoint = self._loader.current()
        if self._gpu is not None:
            return Synthesizer(checkpoint, self._gpu.for_one_speech(), self._made, self._outlook)
        with self._changing:
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
            left=self._pace.seconds_left(progress),
        )

    def _outlook(self) -> Outlook:
        """Whether a language that nothing speaks now will be spoken."""
        loading = self._loader.status
        if not loading.more_to_come:
            return KOKORO_IS_NEEDED
        if loading.state == "waiting":
            return Outlook(f"Kokoro speaks it, and is not there yet. {loading.message}", LATER)
        part = "" if loading.fraction is None else f": {loading.fraction:.0%} of it is there"
        return Outlook(f"Kokoro speaks it, and is on its way{part}. Try again in a moment.", SOON)


class Pace:
    """How long loading takes, from how far it has come since it began.

    clock: tells the time in seconds.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began: tuple[float, float] | None = None
        self._latest = 0.0

    def seconds_left(self, progress: float | None) -> float | None:
        """About how many seconds are left; None if it is too early to tell.

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
        if progress - first < ENOUGH or now - began < EARLIEST:
            return None
        return (1 - progress) * (now - began) / (progress - first)


def languages_of(checkpoint: Checkpoint) -> tuple[str, ...]:
    """The names of the languages that a checkpoint speaks; empty if it speaks all of Kokoro's."""
    return tuple(BY_CODE[code].name for code in checkpoint.model.languages or ())


def open_backend() -> LoadedBackend:
    """The backend of the app: it loads behind the page or, on ZeroGPU, before it."""
    loader = BackgroundLoader()
    if on_zerogpu():
        return LoadedBackend(loader, GpuFirst(loader.load_now()))
    loader.start()
    return LoadedBackend(loader)
