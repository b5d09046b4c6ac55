"""Weights that load behind a page: the built-in voice speaks until the wanted checkpoint is there."""

from __future__ import annotations

import itertools
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kokoro_demo.checkpoints.checkpoint import BUILTIN, Checkpoint, load_checkpoint
from kokoro_demo.errors import CheckpointError

log = logging.getLogger(__name__)

Load = Callable[[str | Path | None, Callable[[float, str], None] | None], Checkpoint]

# Seconds between tries; the last one repeats.
INTERVALS = (5.0, 15.0, 45.0, 120.0, 300.0, 600.0)


@dataclass(frozen=True, slots=True)
class LoadingStatus:
    """How loading stands.

    state: "loading"; "waiting" for the next try; "ready", the wanted checkpoint speaks; "failed", and no more tries.
    message: a sentence for a person, "" where there is nothing to say.
    fraction: of the loading that is done, 0 to 1; None where nobody knows.
    """

    state: Literal["loading", "waiting", "ready", "failed"]
    message: str = ""
    fraction: float | None = None

    @property
    def more_to_come(self) -> bool:
        """Whether another checkpoint may yet take over."""
        return self.state in ("loading", "waiting")


class BackgroundLoader:
    """Loads the wanted checkpoint in a thread, again and again until it comes; safe to ask from any thread.

    source: as `load_checkpoint` takes it.
    intervals: seconds between tries.
    load: in place of `load_checkpoint`.
    """

    def __init__(
        self, source: str | Path | None = None, intervals: Sequence[float] = INTERVALS, load: Load = load_checkpoint
    ) -> None:
        self._source = source
        self._intervals = intervals
        self._load = load
        self._wanted: Checkpoint | None = None
        self._builtin: Checkpoint | None = None
        self._loading_builtin = threading.Lock()
        self._stop = threading.Event()
        self._status = LoadingStatus("loading", "Starting")

    @property
    def status(self) -> LoadingStatus:
        """How loading stands now."""
        return self._status

    def start(self) -> None:
        """Begin to load, and come back at once."""
        threading.Thread(target=self._work, name="checkpoint loader", daemon=True).start()

    def stop(self) -> None:
        """Try no more. A load that is under way ends by itself."""
        self._stop.set()

    def current(self) -> Checkpoint:
        """The wanted checkpoint where it is there, and else the built-in voice. Keep it for one whole speech.

        Raises:
            CheckpointError: where the built-in voice is wanted for now and is damaged.
        """
        return self._wanted or self._the_builtin()

    def load_now(self) -> Checkpoint:
        """Load the wanted checkpoint, once and before anything else; the built-in voice where it cannot be had.

        Raises:
            CheckpointError: where that is damaged too.
        """
        try:
            self._take()
        except CheckpointError as error:
            self._status = LoadingStatus("failed", str(error))
            log.warning("%s", error)
        return self.current()

    def _work(self) -> None:
        for seconds in self._pauses():
            try:
                self._take()
                return
            except CheckpointError as error:
                message = str(error)
                log.warning("%s", message)
            except Exception:  # a thread that dies in silence would leave the page loading for ever
                message = "The checkpoint could not be loaded."
                log.exception(message)
            self._status = LoadingStatus("waiting", f"{message} The next try is in {in_words(seconds)}.")
            if self._stop.wait(seconds):
                return

    def _pauses(self) -> Iterator[float]:
        return itertools.chain(self._intervals, itertools.repeat(self._intervals[-1]))

    def _take(self) -> None:
        """Load the wanted checkpoint and its best voice, and let it speak from here on."""
        self._tell(0.0, "Loading")
        checkpoint = self._load(self._source, self._tell)
        checkpoint.voices[checkpoint.voices.default]
        self._wanted = checkpoint
        self._builtin = None
        self._status = LoadingStatus("ready", fraction=1.0)

    def _tell(self, fraction: float, sentence: str) -> None:
        self._status = LoadingStatus("loading", sentence, fraction)

    def _the_builtin(self) -> Checkpoint:
        with self._loading_builtin:
            if self._wanted is not None:
                return self._wanted
            if self._builtin is None:
                self._builtin = self._load(BUILTIN, None)
            return self._builtin


def in_words(seconds: float) -> str:
    """A time to wait: "45 seconds", "2 minutes"."""
    number, unit = (round(seconds), "second") if seconds < 90 else (round(seconds / 60), "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"
