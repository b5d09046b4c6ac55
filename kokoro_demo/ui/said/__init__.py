"""The words of the speech over their phonemes: they light as they are heard, and a press on one plays from there."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

SCRIPT = Path(__file__).with_name("said.js").read_text("utf-8")
MARKUP = '<div class="said" role="group" aria-label="Words of the speech" hidden></div>'


def build_said() -> gr.HTML:
    """Lay it out in the Blocks that is being built. Its script takes the words from the player."""
    return gr.HTML(MARKUP, js_on_load=SCRIPT, apply_default_css=False, elem_id="said")
