"""The Coverage tab, which lists the words of the text that are in no dictionary, to listen to and to fix."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.ui.clips import end_waiting
from kokoro_demo.ui.coverage.coverage_events import CoverageEvents, found_words
from kokoro_demo.ui.events import PRIVATE, PRONUNCIATION_SLOT, SPEECH_SLOT
from kokoro_demo.ui.fields import argument_components
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.tab_purpose import show_purpose

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

PURPOSE = "Find the words that are in no dictionary: names, brands, typing errors. Listen to them, and fix them."
SCRIPT = script(Path(__file__).with_name("coverage.js"))


def build_coverage_tab(main: MainPanel) -> None:
    """Build the tab in the Blocks that is being built."""
    events = CoverageEvents(main.backend)
    with gr.Tab("Coverage", elem_id="coverage"):
        show_purpose(PURPOSE)
        with gr.Row(equal_height=True):
            find = gr.Button("Find unknown words", elem_id="coverage-find", scale=0, min_width=180)
            status = gr.HTML("", apply_default_css=False, elem_id="coverage-status")
        table = gr.HTML("", elem_id="coverage-table", apply_default_css=False, js_on_load=SCRIPT)
        _add_endpoint()
    find.click(events.show, main.fields, [table, status], trigger_mode="always_last", **PRONUNCIATION_SLOT, **PRIVATE)
    slot: dict[str, Any] = {"concurrency_id": SPEECH_SLOT, "concurrency_limit": 1}
    end_waiting(table.click(events.hear, main.fields, [main.clips, status], **slot, **PRIVATE))
    table.submit(events.keep, main.fields, [table, main.input.more.lexicon, status], **PRONUNCIATION_SLOT, **PRIVATE)


def _add_endpoint() -> None:
    """Add the API endpoint /coverage, which lists the same words."""
    with hidden(for_programs=True):
        text, accent, *others = argument_components("text", "language", "lexicon", "cast", "ssml")
        coverage = gr.JSON(label="Coverage: language, total, unknown, words (word, guess, count, place, context)")
        gr.Button().click(found_words, [text, accent, *others], coverage, api_name="coverage", **PRONUNCIATION_SLOT)
