"""The phoneme box, in which the phonemes of the text can be edited and spoken."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.ui.counts import count_html
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, PRONUNCIATION_SLOT
from kokoro_demo.ui.fields import fields_js
from kokoro_demo.ui.hidden import hidden
from kokoro_demo.ui.phoneme_box.palette import palette_html
from kokoro_demo.ui.phoneme_box.phoneme_events import PhonemeEvents

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

SCRIPT = Path(__file__).with_name("phoneme_box.js").read_text("utf-8")
SHOW_JS = fields_js("window.kokoroPhonemes.show(fields);")
CHANGED_JS = fields_js("return window.kokoroPhonemes.changed(phonemes, fields);", "phonemes")
EDIT_JS = fields_js("return window.kokoroPhonemes.edit(phonemes, fields);", "phonemes")
SET_ASIDE_JS = fields_js("return window.kokoroPhonemes.setAside(fields);")
USE_AGAIN_JS = fields_js("return window.kokoroPhonemes.useAgain(fields);")
SPEAK_JS = "() => document.querySelector('button#speak').click()"


@dataclass(frozen=True, slots=True)
class PhonemeBox:
    """The box and the components around it.

    edited, edited_for: see `RequestFields`.
    unknown: shows symbols that Kokoro does not know.
    """

    phonemes: gr.Textbox
    count: gr.HTML
    unknown: gr.HTML
    speak: gr.Button
    back: gr.Button
    again: gr.Button
    edited: gr.Textbox
    edited_for: gr.Textbox


def build_phoneme_box() -> PhonemeBox:
    """Build the box in the Blocks that is being built."""
    phonemes = gr.Textbox(
        label="Phonemes", lines=4, max_lines=4, interactive=True, buttons=["copy"], elem_id="phonemes"
    )
    count = gr.HTML(count_html(), elem_id="count", apply_default_css=False)
    unknown = gr.HTML("", elem_id="unknown", apply_default_css=False)
    gr.HTML('<p role="status"></p>', elem_id="phoneme-note", apply_default_css=False, js_on_load=SCRIPT)
    with gr.Row(elem_id="phoneme-actions"):
        speak = gr.Button("Speak these phonemes", size="sm", elem_classes="quiet", elem_id="speak-phonemes")
        back = gr.Button("Back to the text's own", size="sm", elem_classes="quiet", elem_id="phonemes-back")
        again = gr.Button("Restore my edit", size="sm", elem_classes="quiet", elem_id="phonemes-again")
    with gr.Accordion("Symbols", open=False, elem_id="symbols"):
        gr.HTML(palette_html(), apply_default_css=False)
    with hidden():
        edited, edited_for = gr.Textbox(""), gr.Textbox(None)
    return PhonemeBox(phonemes, count, unknown, speak, back, again, edited, edited_for)


def connect_phoneme_box(box: PhonemeBox, main: MainPanel) -> None:
    """Connect the events of typing phonemes, speaking them, discarding them, and restoring them."""
    events = PhonemeEvents(main.backend)
    typed = [box.phonemes, box.edited, main.input.voice, main.input.more.language]
    fields, edited = [box.phonemes, *main.fields], [box.edited, box.edited_for]
    quick: dict[str, Any] = {"queue": False, "trigger_mode": "always_last", **PRIVATE}

    changed = box.phonemes.change(js=CHANGED_JS, inputs=fields, outputs=edited, **IN_BROWSER)
    changed.then(events.inspect, typed, [box.count, box.unknown], **quick)

    spoken = box.speak.click(js=EDIT_JS, inputs=fields, outputs=edited, **IN_BROWSER)
    spoken.then(js=SPEAK_JS, **IN_BROWSER)

    back = box.back.click(js=SET_ASIDE_JS, inputs=main.fields, outputs=box.edited_for, **IN_BROWSER)
    back.then(
        events.from_text,
        main.fields,
        [main.output.words, box.phonemes, box.count, main.output.spoken, main.output.warnings],
        **PRONUNCIATION_SLOT,
        **PRIVATE,
    )
    box.again.click(js=USE_AGAIN_JS, inputs=main.fields, outputs=[box.phonemes, box.edited_for], **IN_BROWSER)


def look_at_phonemes(event: Any, box: PhonemeBox, main: MainPanel) -> None:
    """After an event that may have filled the box, show whether its phonemes are used."""
    event.then(js=SHOW_JS, inputs=main.fields, **IN_BROWSER)
