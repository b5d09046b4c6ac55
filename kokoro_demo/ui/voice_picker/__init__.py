"""The voice picker: voices in groups, with search and previews; blends; and voice packs that visitors upload."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.ui.clips import end_waiting
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, SPEECH_SLOT
from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.voice_picker.picker_events import PickerEvents

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

__all__ = ["PickerEvents", "build_voice_picker", "connect_voice_picker"]

HERE = Path(__file__).parent
SCRIPTS = ("voice_picker.js", "blend.js", "own_pack.js")


def build_voice_picker(events: PickerEvents, chosen: str | None) -> gr.HTML:
    """Add the picker to the Blocks that is being built.

    chosen: the voice that is chosen at first.
    """

    def voices(query: dict[str, Any]) -> dict[str, Any]:
        return events.voices(query)

    return gr.HTML(
        value=events.voices({}) | {"chosen": chosen or ""},
        html_template=(HERE / "voice_picker.html").read_text("utf-8"),
        js_on_load=script(*(HERE / name for name in SCRIPTS)),
        server_functions=[voices],
        apply_default_css=False,
        elem_id="voice-picker",
    )


def connect_voice_picker(main: MainPanel, events: PickerEvents) -> None:
    """Keep the picker and the voice field in step: the field also changes by other events, such as opening a link."""
    picker, voice = main.input.picker, main.input.voice
    picker.select(js="() => window.kokoroVoices.chosen()", outputs=voice, **IN_BROWSER)
    voice.change(js="(voice) => { window.kokoroVoices?.show(voice); }", inputs=voice, **IN_BROWSER)
    heard = picker.click(events.preview, None, main.clips, concurrency_id=SPEECH_SLOT, concurrency_limit=1, **PRIVATE)
    end_waiting(heard)
    added = picker.upload(events.add_pack, None, picker, concurrency_id="packs", concurrency_limit=1, **PRIVATE)
    added.failure(js="() => window.kokoroVoices.failed()", **IN_BROWSER)
