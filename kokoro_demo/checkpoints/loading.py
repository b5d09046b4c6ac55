"""Loads a checkpoint in the background; until it is ready, another voice speaks."""

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

# Seconds between attempts; the last interval repeats.
INTERVALS = (5.0, 15.0, 45.0, 120.0, 300.0, 600.0)


@dataclass(frozen=True, slots=True)
class LoadingStatus:
    """The state of loading.

    state: "loading"; "waiting" for the next attempt; "ready": the requested checkpoint speaks; "failed": no more
        attempts.
    message: for the user; while another checkpoint speaks it says why. "" if there is nothing to say.
    fraction: how much is done, 0 to 1; None if unknown.
    """

    state: Literal["loading", "waiting", "ready", "failed"]
    message: str = ""
    fraction: float | None = None

    @property
    def more_to_come(self) -> bool:
        """Whether another checkpoint may still take over."""
        return self.state in ("loading", "waiting")


class BackgroundLoader:
    """Loads the requested checkpoint on a thread, and retries until it succeeds. Safe to use from any thread.

    Until then the first voice speaks; afterwards it remains available as a voice. If nothing else is requested, this is
    Kokoro-82M from the Hub; if the Hub is unavailable, the packaged checkpoint stands in, at once if it is on this
    machine.

    source: see `load_checkpoint`.
    intervals: seconds between attempts.
    load: replaces `load_checkpoint`.
    stand_in: the checkpoint to load if the requested one is unavailable, "" for none. Defaults to "packaged" unless
        `source` or ``KOKORO_CHECKPOINT`` requests another.
    first: whether to load the stand-in before the requested checkpoint; by default, if only that is on this machine.
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
        self._requested: Checkpoint | None = None
        self._stand_in: Checkpoint | None = None
        self._builtin: Checkpoint | None = None
        self._loading_builtin = threading.Lock()
        self._stop = threading.Event()
        self._status = LoadingStatus("loading", "Starting")
        # The last failure of each source: offline, the same one returns with every attempt, and is logged once.
        self._logged: dict[str | Path | None, str] = {}

    @property
    def status(self) -> LoadingStatus:
        """The current state of loading."""
        return self._status

    def start(self) -> None:
        """Start loading, and return at once."""
        threading.Thread(target=self._prepare_builtin, name="first voice", daemon=True).start()
        threading.Thread(target=self._work, name="checkpoint loader", daemon=True).start()

    def stop(self) -> None:
        """Make no more attempts. One in progress runs to its end."""
        self._stop.set()

    def current(self) -> Checkpoint:
        """Return the requested checkpoint if it is loaded, or else its stand-in or the first voice. Keep the result for
        one whole speech.

        Raises:
            CheckpointError: if only the first voice is left, and it cannot speak.
        """
        return self._requested or self._stand_in or self._the_builtin()

    def load_now(self) -> Checkpoint:
        """Load the requested checkpoint now, in a single attempt; if it is unavailable, return its stand-in or the
        first voice.

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
        """Load the requested checkpoint and its default voice, and switch to it; if that fails, load the stand-in.

        Returns why the requested checkpoint is not available; nothing if it is.
        """
        checkpoint, failure = self._loaded(self._source)
        if checkpoint is not None:
            self._requested = checkpoint
            self._stand_in = self._builtin = None
            self._status = LoadingStatus("ready", fraction=1.0)
            return []
        if self._stand_in_source and self._stand_in is None:
            return [failure, *self._take_stand_in()]
        return [failure]

    def _take_stand_in(self) -> list[str]:
        """Load the stand-in and switch to it; returns why that failed, or nothing."""
        checkpoint, failure = self._loaded(self._stand_in_source)
        if checkpoint is None:
            return [failure]
        self._stand_in = checkpoint
        self._builtin = None
        return []

    def _loaded(self, source: str | Path | None) -> tuple[Checkpoint | None, str]:
        """A checkpoint with its default voice, or the reason why there is none."""
        self._report(0.0, "Loading")
        try:
            checkpoint = self._load(source, self._report)
            checkpoint.voices[checkpoint.voices.default]
            return checkpoint.with_first_voice(), ""
        except CheckpointError as error:
            if self._logged.get(source) != str(error):
                log.warning("%s", error)
            self._logged[source] = str(error)
            return None, str(error)
        except Exception:  # otherwise the thread would die unnoticed, and the page would load for ever
            log.exception("A checkpoint could not be loaded")
            return None, "The checkpoint could not be loaded."

    def _report(self, fraction: float, sentence: str) -> None:
        self._status = LoadingStatus("loading", sentence, fraction)

    def _prepare_builtin(self) -> None:
        """Read the first voice before it is needed. If it cannot speak, `current` raises the error."""
        try:
            self._the_builtin().model.prepare()
        except CheckpointError as error:
            log.warning("%s", error)

    def _the_builtin(self) -> Checkpoint:
        with self._loading_builtin:
            better = self._requested or self._stand_in
            if better is not None:
                return better
            if self._builtin is None:
                self._builtin = self._load(BUILTIN, None)
            return self._builtin


def only_packaged_at_hand() -> bool:
    """Whether the packaged checkpoint is on this machine and the Hub's is not."""
    return HubRepository().cached(OFFICIAL_WEIGHTS) is None and Packaged().at_hand


def load_best(progress: Callable[[float, str], None] | None = None) -> tuple[Checkpoint, str]:
    """Load Kokoro-82M from the Hub or, if that is unavailable, the packaged one; also returns why, or "".

    Raises:
        CheckpointError: if neither is available.
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
    """A waiting time, such as "45 seconds" or "2 minutes"."""
    number, unit = (round(seconds), "second") if seconds < 90 else (round(seconds / 60), "minute")
    return f"{number} {unit}{'' if number == 1 else 's'}"
