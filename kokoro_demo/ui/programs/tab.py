"""The Programs tab: code in several languages that calls this page's API with the current fields."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr
from gradio.context import Context

from kokoro_demo.ui.events import IN_BROWSER
from kokoro_demo.ui.fields import ARGUMENTS, fields_js
from kokoro_demo.ui.scripts import script
from kokoro_demo.ui.tab_purpose import show_purpose
from kokoro_demo.voices.catalogue import UPLOADED

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

HERE = Path(__file__).parent
PURPOSE = "Code that makes the current speech, for you to copy into your own program."
KNOWN = {"defaults": {name: argument.default for name, argument in ARGUMENTS.items()}, "uploaded": UPLOADED}
SCRIPT = f"const KNOWN = {json.dumps(KNOWN)};\n{script(HERE / 'calls.js')}"
SEE_JS = fields_js("window.kokoroPage?.see(fields);")


def build_programs_tab(main: MainPanel) -> None:
    """Build the tab in the Blocks that is being built."""
    with gr.Tab("Programs", elem_id="programs"):
        show_purpose(PURPOSE)
        gr.HTML(
            html_template=(HERE / "calls.html").read_text("utf-8"),
            js_on_load=SCRIPT,
            apply_default_css=False,
            elem_id="calls",
        )
    page = Context.root_block
    assert page is not None, "a tab is built into a page"
    page.load(js=SEE_JS, inputs=main.fields, **IN_BROWSER)
