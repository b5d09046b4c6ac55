"""Runs: speeches that are being made or were just made. Players fetch their phrases; visitors can stop their own."""

from __future__ import annotations

import secrets
import threading
from collections import OrderedDict
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from kokoro_demo.audio import from_int16

if TYPE_CHECKING:
    from kokoro_demo.g2p.pronunciation import Pronunciation
    from kokoro_demo.speech import Speech, SpeechChunk, SpeechRequest
    from kokoro_demo.synthesis.synthesizer import Synthesizer

# The longest text at the slowest speed is about 120 MB of 16-bit audio.
KEPT_BYTES = 192 * 2**20


@dataclass(slots=True)
class Run:
    """One speech of one visitor. `id` cannot be guessed: anyone who knows it may play the speech.

    session: the visitor's.
    phrases: 16-bit little-endian mono audio in playing order. A long silence, and each part of a phrase that is made in
        parts, is an item of its own.
    spoken: how many of the text's phrases are complete.
    total: how many phrases the text has; 0 while that is unknown.
    share: how much of the speech is made, 0 to 1.
    name: the name of the downloaded file.
    """

    id: str
    session: str
    phrases: list[bytes] = field(default_factory=list)
    total: int = 0
    share: float = 0.0
    name: str = "kokoro.wav"
    spoken: int = 0
    finished: bool = False
    _source: tuple[Synthesizer, SpeechRequest, Pronunciation, list[SpeechChunk]] | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def size(self) -> int:
        """The number of bytes of audio that it holds."""
        return sum(map(len, self.phrases))

    def stop(self) -> None:
        """Request that no further phrases be made."""
        self._stopped.set()

    def finish(self) -> None:
        """Mark the run as finished: it is done, stopped, or failed."""
        self.finished = True

    def set_source(
        self, synthesizer: Synthesizer, request: SpeechRequest, pronunciation: Pronunciation, chunks: list[SpeechChunk]
    ) -> None:
        """Set what `speech` needs to assemble the speech.

        chunks: one for each of `phrases`, without audio; the caller appends to this list as phrases are made.
        """
        self._source = synthesizer, request, pronunciation, chunks

    def speech(self) -> Speech | None:
        """The speech as far as it has been made, with 16-bit audio; None if nothing has been made."""
        if self._source is None or not self.phrases:
            return None
        synthesizer, request, pronunciation, chunks = self._source
        made = [replace(chunk, audio=from_int16(sound)) for chunk, sound in zip(chunks, self.phrases, strict=False)]
        return synthesizer.assemble(request, pronunciation, made)

    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()


class Runs:
    """Runs by id, oldest first; the oldest are dropped if all runs together hold too much audio.

    Phrases are fetched by players, not sent to them, so that a busy browser may skip an update without losing sound.
    Nothing is written to disk.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, session: str) -> Run:
        """Start a new run for this visitor; their earlier runs are stopped and forgotten."""
        run = Run(secrets.token_urlsafe(16), session)
        with self._lock:
            self._forget(session)
            self._runs[run.id] = run
        return run

    def add(self, run: Run, phrase: bytes) -> None:
        """Add a phrase to a run, for its player to fetch."""
        with self._lock:
            run.phrases.append(phrase)
            held = sum(kept.size for kept in self._runs.values())
            for oldest in list(self._runs.values()):
                if held <= self._kept_bytes or oldest is run:
                    break
                held -= oldest.size
                del self._runs[oldest.id]

    def phrase(self, run_id: str, index: int) -> bytes | None:
        """Return a phrase of a run; None if there is no such run or phrase."""
        with self._lock:
            run = self._runs.get(run_id)
            return run.phrases[index] if run and 0 <= index < len(run.phrases) else None

    def find(self, run_id: str) -> Run | None:
        """Return the run of this id; None if there is none."""
        with self._lock:
            return self._runs.get(run_id)

    def latest(self, session: str) -> Run | None:
        """Return the newest run of this visitor; None if there is none."""
        with self._lock:
            return next((run for run in reversed(self._runs.values()) if run.session == session), None)

    def unfinished(self, session: str) -> Run | None:
        """Return the run that is being made for this visitor; None if there is none."""
        with self._lock:
            return next((run for run in self._runs.values() if run.session == session and not run.finished), None)

    def stop(self, session: str) -> Run | None:
        """Stop the run that is being made for this visitor. Returns it, or None if there is none."""
        run = self.unfinished(session)
        if run:
            run.stop()
        return run

    def leave(self, session: str) -> None:
        """Called when a visitor leaves: stops and forgets all their runs."""
        with self._lock:
            self._forget(session)

    def _forget(self, session: str) -> None:
        for run in [run for run in self._runs.values() if run.session == session]:
            run.stop()
            del self._runs[run.id]
