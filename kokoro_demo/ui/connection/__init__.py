"""What the page says if the server cannot be reached, and how it comes through that without a loss."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from kokoro_demo.ui.scripts import script

HERE = Path(__file__).parent
SCRIPT = script(HERE / "connection.js")


def build_connection() -> gr.HTML:
    """Lay it out in the Blocks that is being built: a notice that is seen only if there is something to say."""
    template = (HERE / "connection.html").read_text("utf-8")
    return gr.HTML(None, html_template=template, js_on_load=SCRIPT, apply_default_css=False, elem_id="connection")
