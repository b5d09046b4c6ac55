"""The Words tab, which shows a text word by word; each can be played alone, and its pronunciation can be changed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.ui.clips import end_waiting
from kokoro_demo.ui.events import PRIVATE, PRONUNCIATION_SLOT, SPEECH_SLOT
from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.tab_purpose import show_purpose
from kokoro_demo.ui.words.word_events import WordEvents, message_html

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

PURPOSE = (
    "See how each word of the text is pronounced. Type other phonemes, or how it sounds (koh-KOH-roh), listen, and "
    "save what is right."
)
SCRIPT = script(Path(__file__).with_name("words.js"))


def build_words_tab(main: MainPanel) -> None:
    """Build the tab in the Blocks that is being built."""
    events = WordEvents(main)
    with gr.Tab("Words", elem_id="words"):
        show_purpose(PURPOSE)
        with gr.Row(equal_height=True):
            show = gr.Button("Show the words", elem_id="show-words", scale=0, min_width=160)
            message = gr.HTML(message_html(""), apply_default_css=False)
        table = gr.HTML("", elem_id="words-table", apply_default_css=False, js_on_load=SCRIPT)
    show.click(events.show, main.fields, [table, message], trigger_mode="always_last", **PRONUNCIATION_SLOT, **PRIVATE)
    slot: dict[str, Any] = {"concurrency_id": SPEECH_SLOT, "concurrency_limit": 1}
    end_waiting(table.click(events.hear, main.fields, [main.clips, message], **slot, **PRIVATE))
    outputs = [table, main.input.text, main.input.more.lexicon, message]
    table.submit(events.keep, main.fields, outputs, **PRONUNCIATION_SLOT, **PRIVATE)
