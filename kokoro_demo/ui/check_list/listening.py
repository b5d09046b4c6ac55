"""Listen to each row: every row of a checked list is spoken and written down by a recogniser, in turns with others."""

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
from kokoro_demo.ui.check_list.list_events import TURN, progress_html, row_sound, status_html
from kokoro_demo.ui.check_list.results_table import heard_html
from kokoro_demo.ui.errors import explain

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

# Seconds between two updates of the column.
NEWS = 1.0


@dataclass(slots=True)
class ListeningEvents:
    """For every visitor of one page.

    recogniser: makes the one that hears; called once, when the first row is heard.
    """

    backend: Backend
    jobs: Jobs
    recogniser: Callable[[], Recogniser]
    _made: Recogniser | None = None
    _making: threading.Lock = field(default_factory=threading.Lock)

    def begin(self, on: bool, turn: int, request: gr.Request) -> Any:
        """The switch was moved, or the list was checked: rows that were not heard yet are to be heard, or no more.

        Returns the number of the next turn, which begins it.
        """
        job = self.jobs.of(request.session_hash or "")
        if job is None:
            return gr.skip()
        job.listening = bool(on)
        if not on:
            return gr.skip()
        job.go_on()
        return turn + 1

    def turn(self, turn: int, request: gr.Request) -> Iterator[tuple[Any, Any, Any]]:
        """Hear rows for some seconds; a new turn goes on, so that other visitors are heard between.

        Steps of the status, the number of the next turn, and what was heard, for the script.
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
                news = heard_so_far(job) if now - reported > NEWS else gr.skip()
                reported = reported if now - reported <= NEWS else now
                yield progress_html("Listening", len(job.heard), len(job.rows)), gr.skip(), news
                self._hear(job, checked)
            yield status_html(summary(job)), gr.skip(), heard_so_far(job)
        except Exception as error:
            yield status_html(explain(error), failed=True), gr.skip(), heard_so_far(job)
        job.listening = False

    def _hear(self, job: Job, checked: CheckedRow) -> None:
        synthesizer = self.backend.synthesizer()
        usual = job.usual
        try:
            audio = row_sound(synthesizer, job, checked, usual)
        except RequestError:
            job.heard[checked.row.number] = Heard("", ())
            return
        if audio is None:
            return
        request = request_for(checked.row, usual)
        language = request.language or synthesizer.language_of(request.voice)
        text = self._recogniser().hear(audio, SAMPLE_RATE, language)
        job.heard_seconds += len(audio) / SAMPLE_RATE
        job.heard[checked.row.number] = compare_heard(checked.spoken, text, language)

    def _recogniser(self) -> Recogniser:
        with self._making:
            if self._made is None:
                self._made = self.recogniser()
            return self._made


def heard_so_far(job: Job) -> dict[str, Any]:
    """For the script: the cell of each row that was heard, by its number."""
    return {"job": job.id, "cells": {str(number): heard_html(heard) for number, heard in job.heard.items()}}


def summary(job: Job) -> str:
    """How much was heard, and how much of it otherwise than it is spoken."""
    wanted = sum(bool(row.phonemes) for row in job.rows)
    heard, differ = len(job.heard), sum(not heard.same for heard in job.heard.values())
    otherwise = f"{differ} otherwise than spoken" if differ else "all as they are spoken"
    counted = f"{heard} row{'' if heard == 1 else 's'} heard, {otherwise}." if heard else "Nothing was heard."
    if heard < wanted and job.heard_seconds >= MAX_HEARD:
        return f"{counted} At most {MAX_HEARD / 60:.0f} minutes of a list are heard; check the rest as another list."
    return counted if heard >= wanted else f"Stopped. {counted}"
