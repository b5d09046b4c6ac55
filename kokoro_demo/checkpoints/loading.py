"""Weights that load behind a page: another voice speaks until the wanted checkpoint is there."""

from __future__ import annotations

import itertools
import logging
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from kokoro_demo.checkpoints.checkpoint import BUILTIN, Checkpoint, load_checkpoint
from kokoro_demo.checkpoints.hub import OFFICIAL_WEIGHTS, HubRepository
from kokoro_demo.checkpoints.packaged import PACKAGED, Packaged
from kokoro_demo.errors import CheckpointError

log = logging.getLogger(__name__)

Load = Callable[[str | Path | None, Callable[[float, str], None] | None], Checkpoint]

# Seconds between tries; the last one repeats.
INTERVALS = (5.0, 15.0, 45.0, 120.0, 300.0, 600.0)


@dataclass(frozen=True, slots=True)
class LoadingStatus:
    """How loading goes.

    state: "loading"; "waiting" for the next try; "ready", the wanted checkpoint speaks; "failed", and no more tries.
    message: a sentence for a person, "" if there is nothing to say. While another checkpoint speaks it says why.
    fraction: of the loading that is done, 0 to 1; None if nobody knows.
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

    Until then the first voice speaks, and it can be chosen afterwards. If nothing else is chosen, Kokoro-82M of the Hub
    is wanted; if that is not available, the packaged one replaces it, at once if it is at hand.

    source: as `load_checkpoint` takes it.
    intervals: seconds between tries.
    load: in place of `load_checkpoint`.
    stand_in: what is loaded if the wanted checkpoint is not available; nothing if "". By default "packaged" if neither
        `source` nor ``KOKORO_CHECKPOINT`` chooses.
    first: whether the stand-in goes before the wanted checkpoint is tried; by default, if it alone is on this machine.
    """

    def __init__(
        self,
        source: str | Path | None = None,
        intervals: Sequence[float] = INTERVALS,
        load: Load = load_checkpoint,
        stand_in: str | None = None,
        first: Callable[[], bool] | None = None,
    ) -> None:
        self._source = source
        self._intervals = intervals
        self._load = load
        chosen = bool(source or os.environ.get("KOKORO_CHECKPOINT"))
        self._stand_in_source = stand_in if stand_in is not None else "" if chosen else PACKAGED
        self._stand_in_first = first or only_packaged_at_hand
        self._wanted: Checkpoint | None = None
        self._stand_in: Checkpoint | None = None
        self._builtin: Checkpoint | None = None
        self._loading_builtin = threading.Lock()
        self._stop = threading.Event()
        self._status = LoadingStatus("loading", "Starting")

    @property
    def status(self) -> LoadingStatus:
        """How loading goes now."""
        return self._status

    def start(self) -> None:
        """Begin to load, and return at once."""
        threading.Thread(target=self._prepare_builtin, name="first voice", daemon=True).start()
        threading.Thread(target=self._work, name="checkpoint loader", daemon=True).start()

    def stop(self) -> None:
        """Try no more. A load that is under way ends by itself."""
        self._stop.set()

    def current(self) -> Checkpoint:
        """The wanted checkpoint if it is there, else its stand-in or the first voice. Keep it for one whole speech.

        Raises:
            CheckpointError: if the first voice is wanted for now and cannot speak.
        """
        return self._wanted or self._stand_in or self._the_builtin()

    def load_now(self) -> Checkpoint:
        """Load the wanted checkpoint, once and before anything else; if it is not available, its stand-in or the first
        voice.

        Raises:
            CheckpointError: if that cannot speak either.
        """
        failures = self._attempt()
        if failures:
            self._status = LoadingStatus("failed", " ".join(failures))
        return self.current()

    def _work(self) -> None:
        if self._stand_in_source and self._stand_in_first():
            self._take_stand_in()
        for seconds in self._pauses():
            failures = self._attempt()
            if not failures:
                return
            speaking = [] if self._stand_in is None else [f"{self._stand_in.name} speaks until then."]
            message = " ".join([*failures, f"The next try is in {in_words(seconds)}.", *speaking])
            self._status = LoadingStatus("waiting", message)
            if self._stop.wait(seconds):
                return

    def _pauses(self) -> Iterator[float]:
        return itertools.chain(self._intervals, itertools.repeat(self._intervals[-1]))

    def _attempt(self) -> list[str]:
        """Load the wanted checkpoint and its best voice, and let it speak from here on; else the stand-in.

        Returns why the wanted one does not speak; nothing if it does.
        """
        checkpoint, failure = self._loaded(self._source)
        if checkpoint is not None:
            self._wanted = checkpoint
            self._stand_in = self._builtin = None
            self._status = LoadingStatus("ready", fraction=1.0)
            return []
        if self._stand_in_source and self._stand_in is None:
            return [failure, *self._take_stand_in()]
        return [failure]

    def _take_stand_in(self) -> list[str]:
        """Load what speaks in place of the wanted checkpoint; returns why that failed, nothing if it did not."""
        checkpoint, failure = self._loaded(self._stand_in_source)
        if checkpoint is None:
            return [failure]
        self._stand_in = checkpoint
        self._builtin = None
        return []

    def _loaded(self, source: str | Path | None) -> tuple[Checkpoint | None, str]:
        """A checkpoint whose best voice is there, or a sentence on why it is not."""
        self._report(0.0, "Loading")
        try:
            checkpoint = self._load(source, self._report)
            checkpoint.voices[checkpoint.voices.default]
            return checkpoint.with_first_voice(), ""
        except CheckpointError as error:
            log.warning("%s", error)
            return None, str(error)
        except Exception:  # a thread that dies in silence would leave the page loading for ever
            log.exception("A checkpoint could not be loaded")
            return None, "The checkpoint could not be loaded."

    def _report(self, fraction: float, sentence: str) -> None:
        self._status = LoadingStatus("loading", sentence, fraction)

    def _prepare_builtin(self) -> None:
        """Open the first voice before anyone wants to hear it. `current` tells what is wrong if it cannot speak."""
        try:
            self._the_builtin().model.prepare()
        except CheckpointError as error:
            log.warning("%s", error)

    def _the_builtin(self) -> Checkpoint:
        with self._loading_builtin:
            better = self._wanted or self._stand_in
            if better is not None:
                return better
            if self._builtin is None:
                self._builtin = self._load(BUILTIN, None)
            return self._builtin


def only_packaged_at_hand() -> bool:
    """Whether the packaged checkpoint is on this machine and the Hub's is not."""
    return HubRepository().cached(OFFICIAL_WEIGHTS) is None and Packaged().at_hand


def load_best(progress: Callable[[float, str], None] | None = None) -> tuple[Checkpoint, str]:
    """Kokoro-82M of the Hub or, if that is not available, the packaged one; and a sentence on why it is not the first.

    Raises:
        CheckpointError: if neither can be obtained.
    """
    try:
        return load_checkpoint(None, progress), ""
    except CheckpointError as hub_error:
        try:
            checkpoint = load_checkpoint(PACKAGED, progress)
        except CheckpointError as packaged_error:
            raise CheckpointError(f"{hub_error} {packaged_error}") from packaged_error
        return checkpoint, f"{hub_error} {checkpoint.name} of the package index speaks instead."


def in_words(seconds: float) -> str:
    """A time to wait: "45 seconds", "2 minutes"."""
    number, unit = (round(seconds), "second") if seconds < 90 else (round(seconds / 60), "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"
