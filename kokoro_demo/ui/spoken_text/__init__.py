"""The reading: each word over its phonemes. They light as they are heard, and a press on one plays from there."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.spoken_text.reading import NOTHING

HERE = Path(__file__).parent
SCRIPT = script(HERE / "spoken_text.js")


def build_spoken_text() -> gr.HTML:
    """Lay it out in the Blocks that is being built. Its value is what `reading_of` returns; its script learns from the
    player when the words are heard."""
    return gr.HTML(
        value=NOTHING,
        html_template=(HERE / "spoken_text.html").read_text("utf-8"),
        js_on_load=SCRIPT,
        apply_default_css=False,
        elem_id="spoken-words",
    )
