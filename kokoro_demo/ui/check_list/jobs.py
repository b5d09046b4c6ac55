"""The lists that visitors are checking or have checked: in memory, one a visitor, the oldest forgotten."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

from kokoro_demo.bounded_cache import BoundedCache
from kokoro_demo.checklist import CheckedRow, CheckList
from kokoro_demo.checklist.audio_zip import AudioZip
from kokoro_demo.checklist.heard import Heard
from kokoro_demo.speech import SpeechRequest

# A list of 500 rows is about 1 MB; sound is more.
KEPT_JOBS = 64
KEPT_BYTES = 256 * 2**20


@dataclass(slots=True)
class Job:
    """One list of one visitor. `id` cannot be guessed: who knows it may have the results.

    usual: the fields of the page when the list was checked, for rows that leave them out.
    rows: those checked so far.
    sounds: the ZIP that is being written, if any.
    spoken: how many of `rows` it holds.
    zipped: the finished ZIP.
    listening: whether its rows are to be heard.
    heard: what was heard, by the number of the row.
    heard_seconds: the sound that was made for it.
    """

    id: str
    session: str
    checklist: CheckList
    usual: SpeechRequest
    rows: list[CheckedRow] = field(default_factory=list)
    sounds: AudioZip | None = None
    spoken: int = 0
    zipped: bytes = b""
    listening: bool = False
    heard: dict[int, Heard] = field(default_factory=dict)
    heard_seconds: float = 0.0
    _stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def size(self) -> int:
        """The bytes of sound it holds."""
        return len(self.zipped) + (self.sounds.size if self.sounds else 0)

    def stop(self) -> None:
        """Ask that nothing more be done; what is done stays."""
        self._stopped.set()

    def go_on(self) -> None:
        """Something new was asked for."""
        self._stopped.clear()

    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def begin_zip(self) -> None:
        """A new ZIP, in place of the last."""
        self.go_on()
        self.sounds, self.spoken, self.zipped = AudioZip(), 0, b""

    def end_zip(self) -> int:
        """Close the ZIP as it is; returns how many rows that is."""
        assert self.sounds is not None, "a ZIP was begun"
        count = self.sounds.count
        self.zipped = self.sounds.close(self.rows, self.checklist.extra_columns)
        self.sounds = None
        return count


class Jobs:
    """Every visitor's list. Safe to share between threads; nothing is written to disk."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._jobs: BoundedCache[str, Job] = BoundedCache(KEPT_JOBS, dropped=Job.stop)

    def begin(self, session: str, checklist: CheckList, usual: SpeechRequest) -> Job:
        """A new job of this visitor; the one before is stopped and forgotten."""
        job = Job(secrets.token_urlsafe(16), session, checklist, usual)
        self.leave(session)
        self._jobs.keep(job.id, job)
        return job

    def get(self, job_id: str) -> Job | None:
        """The job with this id, if it is still kept."""
        return self._jobs.get(job_id)

    def of(self, session: str) -> Job | None:
        """The job of this visitor; None if there is none or the session is unknown."""
        return next((job for job in self._jobs.values() if job.session == session != ""), None)

    def make_room(self, job: Job) -> None:
        """Forget the oldest jobs with sound, but not this one, while together they hold too much."""
        jobs = self._jobs.values()
        held = sum(other.size for other in jobs)
        for oldest in jobs:
            if held > self._kept_bytes and oldest is not job and oldest.size and self._jobs.pop(oldest.id):
                held -= oldest.size
                oldest.stop()

    def leave(self, session: str) -> None:
        """Stop and forget what this visitor has."""
        job = self.of(session)
        if job is not None:
            job.stop()
            self._jobs.pop(job.id)
