"""Jobs: the lists that visitors check. Each visitor has at most one, kept in memory; the oldest are dropped."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

from kokoro_demo.bounded_cache import BoundedCache
from kokoro_demo.checklist import CheckedRow, CheckList
from kokoro_demo.checklist.audio_zip import AudioZip
from kokoro_demo.checklist.heard import Heard
from kokoro_demo.speech import SpeechRequest

# A list of 500 rows takes about 1 MB; audio takes more, and has a limit of its own.
KEPT_JOBS = 64
KEPT_BYTES = 256 * 2**20


@dataclass(slots=True)
class Job:
    """One list of one visitor. `id` cannot be guessed: anyone who knows it may download the results.

    defaults: the page's fields at the time of the check, for rows without values of their own.
    rows: the rows checked so far.
    audio_zip: the ZIP that is being written, if any.
    spoken: how many of `rows` have been spoken for the ZIP.
    zipped: the finished ZIP.
    listening: whether a recogniser should listen to the rows.
    heard: what it heard, by the row's number.
    heard_seconds: how much audio was made for it.
    """

    id: str
    session: str
    checklist: CheckList
    defaults: SpeechRequest
    rows: list[CheckedRow] = field(default_factory=list)
    audio_zip: AudioZip | None = None
    spoken: int = 0
    zipped: bytes = b""
    listening: bool = False
    heard: dict[int, Heard] = field(default_factory=dict)
    heard_seconds: float = 0.0
    _stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def size(self) -> int:
        """The number of bytes of audio that it holds."""
        return len(self.zipped) + (self.audio_zip.size if self.audio_zip else 0)

    def stop(self) -> None:
        """Request that no more work be done; the results so far are kept."""
        self._stopped.set()

    def resume(self) -> None:
        """Cancel an earlier `stop`, because there is new work."""
        self._stopped.clear()

    def stopped(self) -> bool:
        """Whether `stop` was called."""
        return self._stopped.is_set()

    def begin_zip(self) -> None:
        """Start a new ZIP, which replaces the last one."""
        self.resume()
        self.audio_zip, self.spoken, self.zipped = AudioZip(), 0, b""

    def end_zip(self) -> int:
        """Close the ZIP, complete or not. Returns how many rows it has."""
        assert self.audio_zip is not None, "a ZIP was begun"
        count = self.audio_zip.count
        self.zipped = self.audio_zip.close(self.rows, self.checklist.extra_columns)
        self.audio_zip = None
        return count


class Jobs:
    """The jobs of all visitors. Safe to share between threads; nothing is written to disk."""

    def __init__(self, kept_bytes: int = KEPT_BYTES) -> None:
        self._kept_bytes = kept_bytes
        self._jobs: BoundedCache[str, Job] = BoundedCache(KEPT_JOBS, dropped=Job.stop)

    def begin(self, session: str, checklist: CheckList, defaults: SpeechRequest) -> Job:
        """Start a new job for this visitor; their previous one is stopped and forgotten."""
        job = Job(secrets.token_urlsafe(16), session, checklist, defaults)
        self.leave(session)
        self._jobs.keep(job.id, job)
        return job

    def get(self, job_id: str) -> Job | None:
        """Return the job of this id; None if it is no longer kept."""
        return self._jobs.get(job_id)

    def of(self, session: str) -> Job | None:
        """Return this visitor's job; None if there is none, or the session is unknown."""
        return next((job for job in self._jobs.values() if job.session == session != ""), None)

    def make_room(self, job: Job) -> None:
        """Drop the oldest jobs that have audio, except this one, while all together hold too much."""
        jobs = self._jobs.values()
        held = sum(other.size for other in jobs)
        for oldest in jobs:
            if held > self._kept_bytes and oldest is not job and oldest.size and self._jobs.pop(oldest.id):
                held -= oldest.size
                oldest.stop()

    def leave(self, session: str) -> None:
        """Called when a visitor leaves: stops and forgets their job."""
        job = self.of(session)
        if job is not None:
            job.stop()
            self._jobs.pop(job.id)
