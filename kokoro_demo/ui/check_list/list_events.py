"""The event handlers of Check a list: check it, play and fix rows, speak them into a ZIP, stop, and download."""

from __future__ import annotations

import base64
import html
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import gradio as gr
import numpy as np

from kokoro_demo.checklist import CheckedRow, check_row, read_list, request_for
from kokoro_demo.checklist.audio_zip import AudioZip
from kokoro_demo.checklist.check import ANY_TEXT, with_lexicon_notes
from kokoro_demo.checklist.results import to_csv, to_json
from kokoro_demo.checklist.table import decode
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.ui.check_list.jobs import Job, Jobs
from kokoro_demo.ui.check_list.results_table import results_html, sound_key
from kokoro_demo.ui.clips import clip
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.words.fixing import checked_fix, with_fix, written

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kokoro_demo.checklist.heard import Heard
    from kokoro_demo.speech import SpeechRequest
    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.ui.backend import Backend

# Seconds between two updates of the progress.
UPDATE_INTERVAL = 0.25
# Seconds of speaking until other visitors have their turn.
TURN = 8.0
# Downloads are sent in parts of this many bytes.
PART = 2**20
# How the visitor marked a row, by the letter that the script sends.
MARKS = {"r": "right", "w": "wrong"}
MARK_COLUMN = "mark"
GONE = "This list is no longer kept. Check it again."


@dataclass(frozen=True, slots=True)
class ListEvents:
    """The event handlers for all visitors of one page.

    hears: whether this server has a recogniser.
    """

    backend: Backend
    jobs: Jobs = field(default_factory=Jobs)
    hears: bool = False

    def open(self, data: bytes | None) -> tuple[Any, str]:
        """Return the text of an uploaded file and the status, which says if it cannot be read."""
        try:
            return (gr.skip(), "") if data is None else (decode(data), "")
        except Exception as error:
            return gr.skip(), status_html(explain(error), failed=True)

    def check(self, pasted: str | None, request: gr.Request, *values: Any) -> Iterator[tuple[str, Any]]:
        """Check the list, yielding the status and the results. If it is stopped, the results are those so far.

        values: of `RequestFields`; the text and its phonemes are ignored.
        """
        try:
            checklist = read_list(pasted or "")
            synthesizer = self.backend.synthesizer()
            fields = RequestFields(*values)._replace(text=ANY_TEXT.text, edited="")
            defaults = fields.request(synthesizer)
            checklist = with_lexicon_notes(checklist, defaults.lexicon)
            job = self.jobs.begin(request.session_hash or "", checklist, defaults)
            total, reported = len(checklist.rows), 0.0
            for row in checklist.rows:
                if job.stopped():
                    break
                if time.monotonic() - reported > UPDATE_INTERVAL:
                    reported = time.monotonic()
                    yield progress_html("Checking", len(job.rows), total), gr.skip()
                job.rows.append(check_row(row, synthesizer.pronounce, defaults))
            missing = total - len(job.rows)
            message = f"{total} row{'' if total == 1 else 's'} checked."
            if missing:
                message = f"Stopped after {len(job.rows)} of {total} rows."
            yield status_html(message), results_html(job.id, job.rows, checklist.notes, missing, self._heard(job))
        except Exception as error:
            yield status_html(explain(error), failed=True), gr.skip()

    def stop(self, request: gr.Request) -> None:
        """Stop checking or speaking for this visitor."""
        job = self.jobs.of(request.session_hash or "")
        if job is not None:
            job.stop()

    def leave(self, request: gr.Request) -> None:
        """Called when a visitor leaves: stops and forgets their list."""
        self.jobs.leave(request.session_hash or "")

    def play(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """Play the row that the event names, perhaps with a fix to try; yields the status and the audio."""
        number = getattr(event, "row", None)
        key = sound_key(number) if isinstance(number, int) else ""
        try:
            job = self._job(request)
            checked = _row_of(job, number)
            if not checked.phonemes:
                raise RequestError(f"Row {checked.row.number} cannot be spoken. {checked.error}")
            defaults = job.defaults
            if hasattr(event, "pronunciation"):  # a fix to try
                word, pronunciation = self._fix(checked, event)
                defaults = replace(defaults, lexicon=with_fix(defaults.lexicon, word, pronunciation))
                key = f"try-{number}-{event.word}"
            job.resume()
            yield status_html(f"Speaking row {checked.row.number}."), gr.skip()
            audio = row_audio(self.backend.synthesizer(), job, checked, defaults)
            message = (
                f"Row {checked.row.number}: {len(audio) / SAMPLE_RATE:.1f} s." if audio is not None else "Stopped."
            )
            yield status_html(message), clip(key, audio)
        except Exception as error:
            yield status_html(explain(error), failed=True), clip(key, None)

    def fix(self, event: gr.EventData, lexicon: str | None, request: gr.Request) -> tuple[str, Any, Any]:
        """Add a fix for one word of a row, and check every row again. Returns the status, the results, and the fixes.

        lexicon: the page's current fixes.
        """
        try:
            job = self._job(request)
            checked = _row_of(job, getattr(event, "row", None))
            word, pronunciation = self._fix(checked, event)
            fixed = with_fix(lexicon or "", word, pronunciation)
            defaults = replace(job.defaults, lexicon=fixed)
            pronounce = self.backend.synthesizer().pronounce
            fixed_row = check_row(checked.row, pronounce, defaults)
            at = event.word
            if not at < len(fixed_row.words) or fixed_row.words[at].source != "fix":
                raise RequestError("A fix cannot change this word. Write [word](/phonemes/) in the row's text instead.")
            job.defaults = defaults
            before = {row.row.number: row.phonemes for row in job.rows}
            job.rows = [check_row(row.row, pronounce, defaults) for row in job.rows]
            for row in job.rows:
                if row.phonemes != before[row.row.number]:
                    job.heard.pop(row.row.number, None)
            more = len(job.checklist.rows) - len(job.rows)
            results = results_html(job.id, job.rows, job.checklist.notes, more, self._heard(job))
            return status_html(f"Saved in My fixes: {word} = {pronunciation}"), results, fixed
        except Exception as error:
            return status_html(explain(error), failed=True), gr.skip(), gr.skip()

    def begin_zip(self, request: gr.Request) -> str:
        """Start a new ZIP. Returns the status to show before the first turn."""
        try:
            job = self._job(request)
        except RequestError as error:
            return status_html(str(error), failed=True)
        job.begin_zip()
        return progress_html("Speaking", 0, len(job.rows))

    def speak_turn(self, turn: int, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """Speak rows into the ZIP for some seconds. Another turn continues, so that other visitors are served in
        between. Yields the status and the number of the next turn."""
        job = self.jobs.of(request.session_hash or "")
        audio_zip = job.audio_zip if job else None
        if job is None or audio_zip is None:
            return
        began, total, problem = time.monotonic(), len(job.rows), ""
        try:
            while job.audio_zip is audio_zip and job.spoken < total and not job.stopped() and not audio_zip.full:
                if time.monotonic() - began > TURN:
                    yield gr.skip(), turn + 1
                    return
                yield progress_html("Speaking", job.spoken, total), gr.skip()
                self._add_next_row(job, audio_zip)
        except Exception as error:
            problem = explain(error)
        if job.audio_zip is audio_zip and self.jobs.get(job.id) is job:
            yield zip_html(job, problem), gr.skip()

    def download(self, wanted: dict[str, Any]) -> str | None:
        """Return one part of a download as base64, "" after the last part, and None if the list is no longer kept;
        called by the script.

        wanted: ``{"job": id, "kind": "csv", "json" or "zip", "part": number, "marks": letters}``. The marks of the
            rows, in order, are "r" for right, "w" for wrong, and "." for none. They become a column of the results.
        """
        fields = wanted if isinstance(wanted, dict) else {}
        job_id, kind, part = fields.get("job"), fields.get("kind"), fields.get("part")
        job = self.jobs.get(job_id) if isinstance(job_id, str) else None
        if job is None or not isinstance(part, int) or part < 0:
            return None
        rows, columns = _with_marks(job, fields.get("marks"))
        if kind == "zip":
            data = job.zipped
        elif kind == "json":
            data = to_json(rows, columns, job.checklist.notes, job.heard)
        elif kind == "csv":
            data = to_csv(rows, columns, heard=job.heard)
        else:
            return None
        return base64.b64encode(data[part * PART : (part + 1) * PART]).decode()

    def _job(self, request: gr.Request) -> Job:
        job = self.jobs.of(request.session_hash or "")
        if job is None or not job.rows:
            raise RequestError(GONE)
        return job

    def _fix(self, checked: CheckedRow, event: Any) -> tuple[str, str]:
        """Return the word of a row that an event refers to, and its new pronunciation.

        Raises:
            RequestError: if there is no such word, or the pronunciation is invalid.
        """
        at, pronunciation = getattr(event, "word", None), getattr(event, "pronunciation", None)
        if not isinstance(at, int) or not 0 <= at < len(checked.words) or not isinstance(pronunciation, str):
            raise RequestError("There is no such word in the row. Check the list again.")
        word = written(checked.words[at])
        return word, checked_fix(word, pronunciation, checked.language)

    def _add_next_row(self, job: Job, audio_zip: AudioZip) -> None:
        """Speak the next row into the ZIP. A row that cannot be spoken is left out; the results show its error."""
        checked = job.rows[job.spoken]
        try:
            audio = row_audio(self.backend.synthesizer(), job, checked, job.defaults) if checked.phonemes else None
        except RequestError:
            audio = None
        if job.stopped() or job.audio_zip is not audio_zip:
            return
        if audio is not None:
            audio_zip.add(checked, audio)
            self.jobs.make_room(job)
        job.spoken += 1

    def _heard(self, job: Job) -> dict[int, Heard] | None:
        """The column of what was heard; None if this server has no recogniser."""
        return job.heard if self.hears else None


def row_audio(
    synthesizer: Synthesizer, job: Job, checked: CheckedRow, defaults: SpeechRequest
) -> NDArray[np.float32] | None:
    """The audio of a row at 24 kHz; None if the job was stopped.

    Raises:
        RequestError: if the row cannot be spoken.
    """
    chunks = list(synthesizer.stream(request_for(checked.row, defaults), job.stopped))
    return None if job.stopped() or not chunks else np.concatenate([chunk.audio for chunk in chunks])


def _row_of(job: Job, number: Any) -> CheckedRow:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(job.rows):
        raise RequestError("There is no such row.")
    return job.rows[number - 1]


def _with_marks(job: Job, marks: Any) -> tuple[list[CheckedRow], tuple[str, ...]]:
    """Return the rows and the names of their extra columns, with a column of the visitor's marks if there are any."""
    columns = job.checklist.extra_columns
    if not isinstance(marks, str) or not set(marks) & set(MARKS):
        return job.rows, columns
    names = columns if MARK_COLUMN in columns else (*columns, MARK_COLUMN)
    at = names.index(MARK_COLUMN)
    rows = []
    for checked, mark in zip(job.rows, marks.ljust(len(job.rows), "."), strict=False):
        extra = [*checked.row.extra, ""][: len(names)]
        extra[at] = MARKS.get(mark, extra[at])
        rows.append(replace(checked, row=replace(checked.row, extra=tuple(extra))))
    return rows, names


def status_html(message: str, failed: bool = False) -> str:
    """A message under the buttons."""
    attributes = 'class="check-status checked-error" role="alert"' if failed else 'class="check-status"'
    return f"<p {attributes}>{html.escape(message)}</p>"


def progress_html(doing: str, done: int, total: int) -> str:
    """A progress bar with its numbers, which screen readers do not announce."""
    bar = f'<progress max="{total}" value="{done}" aria-label="{doing}"></progress>'
    return f'<p class="check-status" aria-live="off">{bar} {doing}: row {done + 1} of {total}</p>'


def zip_html(job: Job, problem: str) -> str:
    """Close the ZIP. Returns a message about its contents, and its download button.

    problem: the error, if there was one; "" if not.
    """
    total, spoken, full = len(job.rows), job.spoken, job.audio_zip is not None and job.audio_zip.full
    count = job.end_zip()
    if spoken < total and not problem:
        problem = f"{'The ZIP is full' if full else 'Stopped'} after {spoken} of {total} rows."
    size = f"{count} row{'' if count == 1 else 's'} spoken, {len(job.zipped) / 1e6:.1f} MB."
    return (
        f'<p class="check-status">{html.escape(f"{problem} {size}".strip())}</p>'
        f'<p class="checked-downloads" data-job="{html.escape(job.id)}">'
        '<button type="button" data-download="zip">Download ZIP</button></p>'
    )
