"""The cast panel, which appears if lines of the text begin with names, and assigns a voice to each speaker."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.ui.cast.cast_events import CastEvents
from kokoro_demo.ui.clips import end_waiting
from kokoro_demo.ui.events import IN_BROWSER, PRIVATE, SPEECH_SLOT
from kokoro_demo.ui.scripts import script

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

HERE = Path(__file__).parent


def build_cast(events: CastEvents) -> gr.HTML:
    """Add the panel to the Blocks that is being built."""

    def find_speakers(state: dict[str, Any]) -> dict[str, Any]:
        return events.find_speakers(state)

    return gr.HTML(
        html_template=(HERE / "cast.html").read_text("utf-8"),
        js_on_load=script(HERE / "cast.js"),
        server_functions=[find_speakers],
        apply_default_css=False,
        elem_id="cast-panel",
    )


def connect_cast(main: MainPanel, panel: gr.HTML, events: CastEvents) -> None:
    """Copy what the visitor chooses in the panel to the cast field, and play samples."""
    cast = main.components["cast"]
    panel.select(js="() => window.kokoroCast.current()", outputs=cast, **IN_BROWSER)
    heard = panel.click(
        events.hear, main.fields, main.clips, concurrency_id=SPEECH_SLOT, concurrency_limit=1, **PRIVATE
    )
    end_waiting(heard)
