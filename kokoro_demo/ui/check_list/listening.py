"""Listen to each row: speaks every row of a checked list, and has a recogniser transcribe it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.budget import MAX_HEARD
from kokoro_demo.checklist.check import CheckedRow, request_for
from kokoro_demo.checklist.heard import Heard, Recogniser, compare_heard
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.ui.check_list.jobs import Job, Jobs
from kokoro_demo.ui.check_list.list_events import TURN, progress_html, row_audio, status_html
from kokoro_demo.ui.check_list.results_table import heard_html
from kokoro_demo.ui.errors import explain

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

# Seconds between two updates of the column.
UPDATE_INTERVAL = 1.0


@dataclass(slots=True)
class ListeningEvents:
    """The event handlers for all visitors of one page.

    load_recogniser: called once, for the first row.
    """

    backend: Backend
    jobs: Jobs
    load_recogniser: Callable[[], Recogniser]
    _recogniser: Recogniser | None = None
    _loading: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, on: bool, turn: int, request: gr.Request) -> Any:
        """Start or stop listening, after the checkbox changed or the list was checked.

        Returns the number of the next turn; its change triggers `turn`.
        """
        job = self.jobs.of(request.session_hash or "")
        if job is None:
            return gr.skip()
        job.listening = bool(on)
        if not on:
            return gr.skip()
        job.resume()
        return turn + 1

    def turn(self, turn: int, request: gr.Request) -> Iterator[tuple[Any, Any, Any]]:
        """Listen to rows for some seconds. Another turn continues, so that other visitors are served in between.

        Yields the status, the number of the next turn, and what was heard, for the script.
        """
        job = self.jobs.of(request.session_hash or "")
        if job is None or not job.listening:
            return
        began = reported = time.monotonic()
        try:
            for checked in job.rows:
                if checked.row.number in job.heard or not checked.phonemes:
                    continue
                if not job.listening or job.stopped() or job.heard_seconds >= MAX_HEARD:
                    break
                now = time.monotonic()
                if now - began > TURN:
                    yield gr.skip(), turn + 1, heard_so_far(job)
                    return
                update = heard_so_far(job) if now - reported > UPDATE_INTERVAL else gr.skip()
                reported = reported if now - reported <= UPDATE_INTERVAL else now
                yield progress_html("Listening", len(job.heard), len(job.rows)), gr.skip(), update
                self._listen_to(job, checked)
            yield status_html(summary(job)), gr.skip(), heard_so_far(job)
        except Exception as error:
            yield status_html(explain(error), failed=True), gr.skip(), heard_so_far(job)
        job.listening = False

    def _listen_to(self, job: Job, checked: CheckedRow) -> None:
        synthesizer = self.backend.synthesizer()
        defaults = job.defaults
        try:
            audio = row_audio(synthesizer, job, checked, defaults)
        except RequestError:
            job.heard[checked.row.number] = Heard("", ())
            return
        if audio is None:
            return
        request = request_for(checked.row, defaults)
        language = request.language or synthesizer.language_of(request.voice)
        text = self._get_recogniser().hear(audio, SAMPLE_RATE, language)
        job.heard_seconds += len(audio) / SAMPLE_RATE
        job.heard[checked.row.number] = compare_heard(checked.spoken, text, language)

    def _get_recogniser(self) -> Recogniser:
        with self._loading:
            if self._recogniser is None:
                self._recogniser = self.load_recogniser()
            return self._recogniser


def heard_so_far(job: Job) -> dict[str, Any]:
    """The table cells of the rows that were heard, by the row's number; for the script."""
    return {"job": job.id, "cells": {str(number): heard_html(heard) for number, heard in job.heard.items()}}


def summary(job: Job) -> str:
    """A message that says how many rows were heard, and how many of them differ from what was spoken."""
    total = sum(bool(row.phonemes) for row in job.rows)
    heard, differ = len(job.heard), sum(not heard.same for heard in job.heard.values())
    result = f"{differ} differ{'s' if differ == 1 else ''} from what was spoken" if differ else "all as spoken"
    message = f"{heard} row{'' if heard == 1 else 's'} heard, {result}." if heard else "Nothing was heard."
    if heard < total and job.heard_seconds >= MAX_HEARD:
        return f"{message} The limit is {MAX_HEARD / 60:.0f} minutes per list; check the rest as another list."
    return message if heard >= total else f"Stopped. {message}"
