"""The event handlers of Compare: make the columns, stop, play them, and find and preview voices."""

from __future__ import annotations

import base64
import html
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.audio import to_int16
from kokoro_demo.checklist.check import ANY_TEXT
from kokoro_demo.errors import CheckpointError
from kokoro_demo.speech import Speech, SpeechRequest
from kokoro_demo.ui.clips import PLAY_ICON, clip
from kokoro_demo.ui.compare.blind import blind_link, columns_in_link, shuffled
from kokoro_demo.ui.compare.columns import MAX_COLUMNS, Column, columns_of, requests_of
from kokoro_demo.ui.compare.previews import Previews
from kokoro_demo.ui.compare.results import comparison
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.fields import split_fields
from kokoro_demo.ui.runs import Run, Runs
from kokoro_demo.ui.voice_choices import voice_choices, voice_label
from kokoro_demo.voices.catalogue import describe, is_known
from kokoro_demo.voices.search import find_voices

if TYPE_CHECKING:
    from kokoro_demo.g2p.pronunciation import Pronunciation
    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.ui.backend import Backend

AS_ON_THE_PAGE = ("As on the page", "")
NO_SECOND = ("None", "")


@dataclass(frozen=True, slots=True)
class CompareEvents:
    """The event handlers for all visitors of one page.

    runs: the comparisons. Each "phrase" of a run is the audio of a whole column.
    """

    backend: Backend
    runs: Runs = field(default_factory=Runs)
    previews: Previews = field(default_factory=Previews)

    def compare(self, count: int, request: gr.Request, *values: Any) -> Iterator[tuple[str, Any]]:
        """Make the columns, yielding the status and the player's state. If it is stopped, the state has the columns
        that are complete.

        values: of `RequestFields`, then of the columns' fields, then whether the test is blind (by default it is not).
        """
        session = request.session_hash or ""
        run = self.runs.begin(session)
        try:
            synthesizer = self.backend.synthesizer()
            fields, others = split_fields(values)
            page = fields.request(synthesizer)
            requests = requests_of(page, columns_of(others, count))
            order = shuffled(count, page.seed) if others[MAX_COLUMNS * len(Column._fields) :] == (True,) else None
            requests = [requests[at] for at in order] if order else requests
            pronunciations = [synthesizer.pronounce(column) for column in requests]
            speeches: list[Speech] = []
            for column, pronunciation in zip(requests, pronunciations, strict=True):
                for progress in self._make(run, synthesizer, column, pronunciation, speeches, len(requests)):
                    yield progress, gr.skip()
            missing = len(requests) - len(speeches)
            message = f"Stopped after {len(speeches)} of {len(requests)} columns." if missing else ready(len(speeches))
            message = f"{message} {cast_note(pronunciations[0])}".strip()
            sizes = [synthesizer.parameters_of(speech.request) for speech in speeches]
            yield (
                status_html(message),
                comparison(run.id, speeches, sizes, order and order[: len(speeches)]) if speeches else gr.skip(),
            )
        except Exception as error:
            yield status_html(explain(error), failed=True), gr.skip()
        finally:
            run.finish()

    def stop(self, request: gr.Request) -> None:
        """Stop making this visitor's columns."""
        self.runs.stop(request.session_hash or "")

    def leave(self, request: gr.Request) -> None:
        """Called when a visitor leaves: stops and forgets their comparisons."""
        self.runs.leave(request.session_hash or "")

    def sound(self, wanted: dict[str, Any]) -> str | None:
        """Return a column to the player: 16-bit little-endian mono audio as base64, or None if it is no longer kept.

        wanted: ``{"run": id, "column": number}``.
        """
        run_id, column = (wanted.get("run"), wanted.get("column")) if isinstance(wanted, dict) else (None, None)
        if not isinstance(run_id, str) or not isinstance(column, int):
            return None
        sound = self.runs.phrase(run_id, column)
        return None if sound is None else base64.b64encode(sound).decode()

    def use(self, column: int, *values: Any) -> tuple[str, Any, Any]:
        """Copy a column's voice and speed to the page. Returns the status and the updates of the two fields; a blend is
        added to the page's list of voices.

        values: see `compare`.
        """
        try:
            synthesizer = self.backend.synthesizer()
            fields, others = split_fields(values)
            page = fields._replace(text=ANY_TEXT.text).request(synthesizer)
            request = columns_of(others, MAX_COLUMNS)[column].request(page)
            voices = synthesizer.checkpoint.voices
            label = voice_label(voices.info(request.voice))
        except Exception as error:
            return status_html(explain(error), failed=True), gr.skip(), gr.skip()
        choices = voice_choices(voices, request.voice)
        message = status_html(f"The page now uses {label}, at speed {request.speed:g}.")
        return message, gr.Dropdown(choices=choices, value=request.voice), request.speed

    def test_link(self, count: int, page_url: str, *values: Any) -> tuple[str, str]:
        """Return the link to a blind test of these columns, and the status, which shows it.

        values: see `compare`.
        """
        try:
            fields, others = split_fields(values)
            page = fields.request(self.backend.synthesizer())
            columns = columns_of(others, count)
            requests_of(page, columns)
            link = blind_link(page, columns, page_url)
        except Exception as error:
            return "", status_html(explain(error), failed=True)
        input_html = f'<input readonly aria-label="Link to this blind test" value="{html.escape(link)}">'
        return link, f'<p class="compare-message" role="status">The link to this blind test: {input_html}</p>'

    def open_test(self, test: str | None) -> list[Any]:
        """Open the blind test of a link. Returns the values of all columns' fields, whether the test is blind, the
        number of columns, and the status; nothing changes if the link has no valid test."""
        width = MAX_COLUMNS * len(Column._fields)
        try:
            columns = columns_in_link(test or "", self.backend.synthesizer().checkpoint.voices.names())
        except CheckpointError:
            columns = []
        if not columns:
            return [gr.skip()] * (width + 3)
        values = [value for column in columns for value in column]
        message = "This link opened a blind test: press Compare, listen, and pick the better voice."
        return [*values, *[gr.skip()] * (width - len(values)), True, len(columns), status_html(message)]

    def find(self, query: str | None, *chosen: str | None) -> list[Any]:
        """Return the list of the voices that match the query, then updates of each column's voice and second voice.

        chosen: the columns' current choices, which remain in their lists.
        """
        try:
            synthesizer = self.backend.synthesizer()
        except CheckpointError:
            return [gr.skip()] * (1 + len(chosen))
        voices = synthesizer.checkpoint.voices
        matching = find_voices(query or "", voices.names())
        known = voice_choices(voices)
        lists: list[Any] = [voices_html([choice for choice in known if choice[1] in matching])]
        for at, voice in enumerate(chosen):
            kept = voice if voice and (voice in voices.names() or is_known(voice)) else ""
            shown = [(label, name) for label, name in known if name in matching or name == kept]
            if kept and kept not in voices.names():  # Kokoro is still loading, or this checkpoint lacks the voice
                shown.append((voice_label(describe(kept)), kept))
            # The value is reset only if the chosen voice is gone: it might undo a choice that was made meanwhile.
            choices = [(AS_ON_THE_PAGE, NO_SECOND)[at % 2], *shown]
            gone = voice and not kept
            lists.append(gr.Dropdown(choices=choices, value="") if gone else gr.Dropdown(choices=choices))
        return lists

    def voices(self) -> list[tuple[str, str]]:
        """(label, name) of every voice, best first; [] while no model is loaded."""
        try:
            return voice_choices(self.backend.synthesizer().checkpoint.voices)
        except CheckpointError:
            return []

    def preview(self, event: gr.EventData) -> tuple[str, Any]:
        """Return the status, and the audio of the voice that the event names."""
        voice = getattr(event, "voice", "")
        key = f"voice-{voice}"
        try:
            audio = self.previews.audio(self.backend.synthesizer(), voice if isinstance(voice, str) else "")
            return "", clip(key, audio)
        except Exception as error:
            return status_html(explain(error), failed=True), clip(key, None)

    def _make(
        self,
        run: Run,
        synthesizer: Synthesizer,
        request: SpeechRequest,
        pronunciation: Pronunciation,
        speeches: list[Speech],
        total: int,
    ) -> Iterator[str]:
        """Make a column, yielding its progress, and add it to `speeches` and to the run unless it was stopped."""
        chunks = []
        yield progress_html(len(speeches), total, 0.0)
        for chunk in synthesizer.stream(request, run.stopped, pronunciation=pronunciation):
            chunks.append(chunk)
            yield progress_html(len(speeches), total, (chunk.index + 1) / chunk.total)
        if not run.stopped():
            speech = synthesizer.assemble(request, pronunciation, chunks)
            speeches.append(speech)
            self.runs.add(run, to_int16(speech.audio).astype("<i2").tobytes())


def ready(count: int) -> str:
    """The message that says how to play the columns."""
    keys = {1: "key 1", 2: "keys 1 and 2"}.get(count, f"keys 1 to {count}")
    return f"Ready: play a column with its button or {keys}, and switch while it plays. Space pauses."


def cast_note(pronunciation: Pronunciation) -> str:
    """A note that a cast speaks instead of the columns' voices; "" if there is no cast."""
    speakers = [part.speaker for part in pronunciation.parts if part.words[0] < part.words[1]]
    if not any(speakers):
        return ""
    if all(speakers):
        return "The cast speaks all of this text, so you do not hear the columns' voices. Turn it off to compare them."
    return "The cast speaks its own lines in every column."


def status_html(message: str, failed: bool = False) -> str:
    """A message under the buttons."""
    attributes = 'class="compare-message failed" role="alert"' if failed else 'class="compare-message" role="status"'
    return f"<p {attributes}>{html.escape(message)}</p>"


def progress_html(done: int, total: int, share: float) -> str:
    """A progress bar with its numbers, which screen readers do not announce."""
    bar = f'<progress max="{total}" value="{done + share:.2f}" aria-label="Making the columns"></progress>'
    return f'<p class="compare-message" aria-live="off">{bar} Column {done + 1} of {total}</p>'


def voices_html(choices: Sequence[tuple[str, str]]) -> str:
    """The voices that were found, each with a button that plays its preview."""
    if not choices:
        return '<p class="compare-message" role="status">No voice matches all of these words. Try fewer.</p>'
    items = "".join(
        f'<li><button type="button" data-voice="{html.escape(name)}" data-sound="voice-{html.escape(name)}" '
        f'aria-label="Preview {html.escape(label)}">{PLAY_ICON}</button>'
        f"<span>{html.escape(label)}</span></li>"
        for label, name in choices
    )
    count = f"{len(choices)} voice{'' if len(choices) == 1 else 's'}"
    return (
        f'<p class="compare-found" role="status">{count}</p>'
        f'<ul class="compare-voices" tabindex="0" aria-label="Voices">{items}</ul>'
    )
