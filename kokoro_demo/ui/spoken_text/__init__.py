"""The words of the speech over their phonemes: they light as they are heard, and a press on one plays from there."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from kokoro_demo.ui.scripts import script

SCRIPT = script(Path(__file__).with_name("spoken_text.js"))
MARKUP = '<div class="spoken-words" role="group" aria-label="Words of the speech" hidden></div>'


def build_spoken_text() -> gr.HTML:
    """Lay it out in the Blocks that is being built. Its script takes the words from the player."""
    return gr.HTML(MARKUP, js_on_load=SCRIPT, apply_default_css=False, elem_id="spoken-words")
