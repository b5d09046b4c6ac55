"""The notice that appears if the server cannot be reached; its script reconnects without losing anything."""

from __future__ import annotations

from pathlib import Path

import gradio as gr

from kokoro_demo.ui.scripts import script

HERE = Path(__file__).parent
SCRIPT = script(HERE / "connection.js")


def build_connection() -> gr.HTML:
    """Add the notice, hidden at first, to the Blocks that is being built."""
    template = (HERE / "connection.html").read_text("utf-8")
    return gr.HTML(None, html_template=template, js_on_load=SCRIPT, apply_default_css=False, elem_id="connection")
