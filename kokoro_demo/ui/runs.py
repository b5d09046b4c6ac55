"""The speeches being made or just made: who may stop which, and the phrases that players have yet to fetch."""

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

# The longest text at the slowest speed is about 120 MB of 16-bit sound.
KEPT_BYTES = 192 * 2**20


@dataclass(slots=True)
class Run:
    """One speech of one visitor. `id` cannot be guessed: who knows it may hear the speech.

    session: of the visitor who asked for it.
    phrases: 16-bit little-endian mono sound, in the order it is heard.
    spoken: how many phrases of the text they hold whole; here a long silence, and each piece of a phrase, is a phrase.
    total: how many phrases of the text there will be; 0 while that is unknown.
    share: how much of the speech is made, 0 to 1.
    name: of the file that a download makes.
    """

    id: str
    session: str
    phrases: list[bytes] = field(default_factory=list)
    total: int = 0
    share: float = 0.0
    name: str = "kokoro.wav"
    spoken: int = 0
    finished: bool = False
    _making: tuple[Synthesizer, SpeechRequest, Pronunciation, list[SpeechChunk]] | None = None
    _stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def size(self) -> int:
        """The bytes of sound it holds."""
        return sum(map(len, self.phrases))

    def stop(self) -> None:
        """Ask that no further phrase be made."""
        self._stopped.set()

    def finish(self) -> None:
        """Nothing more will be made: it is done, stopped or failed."""
        self.finished = True

    def tell(
        self, synthesizer: Synthesizer, request: SpeechRequest, pronunciation: Pronunciation, chunks: list[SpeechChunk]
    ) -> None:
        """What the run is of, so that it can give its speech.

        chunks: one for each of `phrases`, without its audio; the list grows with them.
        """
        self._making = synthesizer, request, pronunciation, chunks

    def speech(self) -> Speech | None:
        """The speech as far as it was made; None if nothing was. Its audio is of 16 bits."""
        if self._making is None or not self.phrases:
            return None
        synthesizer, request, pronunciation, chunks = self._making
        heard = [replace(chunk, audio=from_int16(sound)) for chunk, sound in zip(chunks, self.phrases, strict=False)]
        return synthesizer.assemble(request, pronunciation, heard)

    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()


class Runs:
    """Runs by id, oldest first; the oldest are forgotten when together they hold too much sound.

    Players fetch phrases rather than being sent them: a page that skips an update, as a busy browser may, loses
    nothing. Nothing is written to disk.
    """

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._lock = threading.Lock()

    def begin(self, session: str) -> Run:
        """A new run of this visitor; the ones before it are stopped and forgotten."""
        run = Run(secrets.token_urlsafe(16), session)
        with self._lock:
            self._forget(session)
            self._runs[run.id] = run
        return run

    def add(self, run: Run, phrase: bytes) -> None:
        """Keep one more phrase of a run for its player."""
        with self._lock:
            run.phrases.append(phrase)
            held = sum(kept.size for kept in self._runs.values())
            for oldest in list(self._runs.values()):
                if held <= self._kept_bytes or oldest is run:
                    break
                held -= oldest.size
                del self._runs[oldest.id]

    def phrase(self, run_id: str, index: int) -> bytes | None:
        """A phrase of a run; None if there is no such run or phrase."""
        with self._lock:
            run = self._runs.get(run_id)
            return run.phrases[index] if run and 0 <= index < len(run.phrases) else None

    def find(self, run_id: str) -> Run | None:
        """A run by its id."""
        with self._lock:
            return self._runs.get(run_id)

    def latest(self, session: str) -> Run | None:
        """The last run of this visitor that is kept."""
        with self._lock:
            return next((run for run in reversed(self._runs.values()) if run.session == session), None)

    def making(self, session: str) -> Run | None:
        """The speech that is being made for this visitor."""
        with self._lock:
            return next((run for run in self._runs.values() if run.session == session and not run.finished), None)

    def stop(self, session: str) -> Run | None:
        """Stop the speech that is being made for this visitor; the run that was stopped, if any."""
        run = self.making(session)
        if run:
            run.stop()
        return run

    def leave(self, session: str) -> None:
        """Stop and forget everything of a visitor who is gone."""
        with self._lock:
            self._forget(session)

    def _forget(self, session: str) -> None:
        for run in [run for run in self._runs.values() if run.session == session]:
            run.stop()
            del self._runs[run.id]
