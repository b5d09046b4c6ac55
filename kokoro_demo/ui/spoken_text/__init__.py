"""The spoken text: each word above its phonemes, highlighted as they are spoken. A click on one plays from there."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.spoken_text.word_items import NOTHING

HERE = Path(__file__).parent
SCRIPT = script(HERE / "spoken_text.js")


def build_spoken_text() -> gr.HTML:
    """Add the spoken text to the Blocks that is being built. Its value is what `spoken_text_of` returns; its script
    gets the times of the words from the player."""
    return gr.HTML(
        value=NOTHING,
        html_template=(HERE / "spoken_text.html").read_text("utf-8"),
        js_on_load=SCRIPT,
        apply_default_css=False,
        elem_id="spoken-words",
    )
