"""The events behind Check a list: check it, play a row, speak it into a ZIP, stop, download."""

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

# Seconds between two words of how far it is.
NEWS = 0.25
# Seconds of speaking before others have their turn.
TURN = 8.0
# Bytes of a download that are sent at once.
PART = 2**20
# What a listener thinks of a row, by the letter that the script sends.
MARKS = {"r": "right", "w": "wrong"}
MARK_COLUMN = "mark"
GONE = "This list is no longer kept. Check it again."


@dataclass(frozen=True, slots=True)
class ListEvents:
    """For every visitor of one page.

    hears: whether this server has a recogniser.
    """

    backend: Backend
    jobs: Jobs = field(default_factory=Jobs)
    hears: bool = False

    def open(self, data: bytes | None) -> tuple[Any, str]:
        """The text of a file that was uploaded, for the box; or why it is none."""
        try:
            return (gr.skip(), "") if data is None else (decode(data), "")
        except Exception as error:
            return gr.skip(), status_html(explain(error), failed=True)

    def check(self, pasted: str | None, request: gr.Request, *values: Any) -> Iterator[tuple[str, Any]]:
        """Steps of the status and the results. Stopped, it gives what is done.

        values: of `RequestFields`; the text and its phonemes do not matter here.
        """
        try:
            checklist = read_list(pasted or "")
            synthesizer = self.backend.synthesizer()
            fields = RequestFields(*values)._replace(text=ANY_TEXT.text, edited="")
            usual = fields.request(synthesizer)
            checklist = with_lexicon_notes(checklist, usual.lexicon)
            job = self.jobs.begin(request.session_hash or "", checklist, usual)
            total, reported = len(checklist.rows), 0.0
            for row in checklist.rows:
                if job.stopped():
                    break
                if time.monotonic() - reported > NEWS:
                    reported = time.monotonic()
                    yield progress_html("Checking", len(job.rows), total), gr.skip()
                job.rows.append(check_row(row, synthesizer.pronounce, usual))
            missing = total - len(job.rows)
            done = f"{total} row{'' if total == 1 else 's'} checked."
            if missing:
                done = f"Stopped after {len(job.rows)} of {total} rows."
            yield status_html(done), results_html(job.id, job.rows, checklist.notes, missing, self._heard(job))
        except Exception as error:
            yield status_html(explain(error), failed=True), gr.skip()

    def stop(self, request: gr.Request) -> None:
        """Stop what is being done for this visitor."""
        job = self.jobs.of(request.session_hash or "")
        if job is not None:
            job.stop()

    def leave(self, request: gr.Request) -> None:
        """The visitor is gone."""
        self.jobs.leave(request.session_hash or "")

    def play(self, event: gr.EventData, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """Steps of the status and the sound, of the row that the script names."""
        number = getattr(event, "row", None)
        key = sound_key(number) if isinstance(number, int) else ""
        try:
            job = self._job(request)
            checked = _row_named(job, number)
            if not checked.phonemes:
                raise RequestError(f"Row {checked.row.number} cannot be spoken. {checked.error}")
            usual = job.usual
            if hasattr(event, "said"):  # a fix that is tried
                word, sounds = self._fix(checked, event)
                usual = replace(usual, lexicon=with_fix(usual.lexicon, word, sounds))
                key = f"try-{number}-{event.word}"
            job.go_on()
            yield status_html(f"Speaking row {checked.row.number}."), gr.skip()
            audio = row_sound(self.backend.synthesizer(), job, checked, usual)
            message = (
                f"Row {checked.row.number}: {len(audio) / SAMPLE_RATE:.1f} s." if audio is not None else "Stopped."
            )
            yield status_html(message), clip(key, audio)
        except Exception as error:
            yield status_html(explain(error), failed=True), clip(key, None)

    def mend(self, event: gr.EventData, lexicon: str | None, request: gr.Request) -> tuple[str, Any, Any]:
        """The status, the results and the fixes, after one word of a row was given a fix: every row is read anew.

        lexicon: the page's fixes as they are now.
        """
        try:
            job = self._job(request)
            checked = _row_named(job, getattr(event, "row", None))
            word, sounds = self._fix(checked, event)
            fixed = with_fix(lexicon or "", word, sounds)
            usual = replace(job.usual, lexicon=fixed)
            read = self.backend.synthesizer().pronounce
            again = check_row(checked.row, read, usual)
            place = event.word
            if not place < len(again.words) or again.words[place].source != "fix":
                raise RequestError("The word would not be said so. Give the row its own text, like [word](/phonemes/).")
            job.usual = usual
            before = {row.row.number: row.phonemes for row in job.rows}
            job.rows = [check_row(row.row, read, usual) for row in job.rows]
            for row in job.rows:
                if row.phonemes != before[row.row.number]:
                    job.heard.pop(row.row.number, None)
            more = len(job.checklist.rows) - len(job.rows)
            results = results_html(job.id, job.rows, job.checklist.notes, more, self._heard(job))
            return status_html(f"Kept in My fixes: {word} = {sounds}"), results, fixed
        except Exception as error:
            return status_html(explain(error), failed=True), gr.skip(), gr.skip()

    def begin_zip(self, request: gr.Request) -> str:
        """The status, before the first turn speaks."""
        try:
            job = self._job(request)
        except RequestError as error:
            return status_html(str(error), failed=True)
        job.begin_zip()
        return progress_html("Speaking", 0, len(job.rows))

    def speak_turn(self, turn: int, request: gr.Request) -> Iterator[tuple[str, Any]]:
        """Speak rows into the ZIP for some seconds; a new turn goes on, so that other visitors are heard between."""
        job = self.jobs.of(request.session_hash or "")
        sounds = job.sounds if job else None
        if job is None or sounds is None:
            return
        began, total, problem = time.monotonic(), len(job.rows), ""
        try:
            while job.sounds is sounds and job.spoken < total and not job.stopped() and not sounds.full:
                if time.monotonic() - began > TURN:
                    yield gr.skip(), turn + 1
                    return
                yield progress_html("Speaking", job.spoken, total), gr.skip()
                self._put_next(job, sounds)
        except Exception as error:
            problem = explain(error)
        if job.sounds is sounds and self.jobs.get(job.id) is job:
            yield zip_html(job, problem), gr.skip()

    def download(self, wanted: dict[str, Any]) -> str | None:
        """For the script: ``{"job": id, "kind": "csv", "json" or "zip", "part": number, "marks": letters}`` to base64
        of that megabyte, "" after the last, None if gone.

        marks: of the rows in order, "r" for right, "w" for wrong, "." for none: a column of the CSV and the JSON.
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
        """The word of a row that an event means, and its pronunciation.

        Raises:
            RequestError: if there is no such word, or it cannot be said so.
        """
        place, sounds = getattr(event, "word", None), getattr(event, "said", None)
        if not isinstance(place, int) or not 0 <= place < len(checked.words) or not isinstance(sounds, str):
            raise RequestError("There is no such word in the row. Check the list again.")
        word = written(checked.words[place])
        return word, checked_fix(word, sounds, checked.language)

    def _put_next(self, job: Job, sounds: AudioZip) -> None:
        """Speak the next row into the ZIP. One that cannot be spoken is in the results with its error."""
        checked = job.rows[job.spoken]
        try:
            audio = row_sound(self.backend.synthesizer(), job, checked, job.usual) if checked.phonemes else None
        except RequestError:
            audio = None
        if job.stopped() or job.sounds is not sounds:
            return
        if audio is not None:
            sounds.add(checked, audio)
            self.jobs.make_room(job)
        job.spoken += 1

    def _heard(self, job: Job) -> dict[int, Heard] | None:
        """For the column of what was heard; None if this server cannot hear."""
        return job.heard if self.hears else None


def row_sound(
    synthesizer: Synthesizer, job: Job, checked: CheckedRow, usual: SpeechRequest
) -> NDArray[np.float32] | None:
    """The sound of a row, 24 kHz; None if it was stopped.

    Raises:
        RequestError: if it cannot be spoken.
    """
    chunks = list(synthesizer.stream(request_for(checked.row, usual), job.stopped))
    return None if job.stopped() or not chunks else np.concatenate([chunk.audio for chunk in chunks])


def _row_named(job: Job, number: Any) -> CheckedRow:
    if isinstance(number, bool) or not isinstance(number, int) or not 1 <= number <= len(job.rows):
        raise RequestError("There is no such row.")
    return job.rows[number - 1]


def _with_marks(job: Job, marks: Any) -> tuple[list[CheckedRow], tuple[str, ...]]:
    """The rows and the names of their further columns, with a column of the listener's marks if there are any."""
    columns = job.checklist.extra_columns
    if not isinstance(marks, str) or not set(marks) & set(MARKS):
        return job.rows, columns
    kept = columns if MARK_COLUMN in columns else (*columns, MARK_COLUMN)
    place = kept.index(MARK_COLUMN)
    rows = []
    for checked, mark in zip(job.rows, marks.ljust(len(job.rows), "."), strict=False):
        extra = [*checked.row.extra, ""][: len(kept)]
        extra[place] = MARKS.get(mark, extra[place])
        rows.append(replace(checked, row=replace(checked.row, extra=tuple(extra))))
    return rows, kept


def status_html(message: str, failed: bool = False) -> str:
    """A sentence under the buttons."""
    attributes = 'class="check-status checked-error" role="alert"' if failed else 'class="check-status"'
    return f"<p {attributes}>{html.escape(message)}</p>"


def progress_html(doing: str, done: int, total: int) -> str:
    """A bar with its numbers, which a screen reader does not say each time."""
    bar = f'<progress max="{total}" value="{done}" aria-label="{doing}"></progress>'
    return f'<p class="check-status" aria-live="off">{bar} {doing}: row {done + 1} of {total}</p>'


def zip_html(job: Job, problem: str) -> str:
    """Close the ZIP: what is in it, and its download.

    problem: what went wrong; "" if nothing did.
    """
    total, spoken, full = len(job.rows), job.spoken, job.sounds is not None and job.sounds.full
    count = job.end_zip()
    if spoken < total and not problem:
        problem = f"{'The ZIP is full' if full else 'Stopped'} after {spoken} of {total} rows."
    size = f"{count} row{'' if count == 1 else 's'} spoken, {len(job.zipped) / 1e6:.1f} MB."
    return (
        f'<p class="check-status">{html.escape(f"{problem} {size}".strip())}</p>'
        f'<p class="checked-downloads" data-job="{html.escape(job.id)}">'
        '<button type="button" data-download="zip">Download ZIP</button></p>'
    )
