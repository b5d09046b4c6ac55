"""The Sound tab: a picture of the last speech, in which words and sounds can be clicked to play them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import gradio as gr

from kokoro_demo.ui.tab_purpose import show_purpose

if TYPE_CHECKING:
    from kokoro_demo.ui.main_panel import MainPanel

HERE = Path(__file__).parent
PURPOSE = "See the last speech as a picture, and click a word or a sound to hear it."


def build_sound_tab(main: MainPanel) -> None:
    """Build the tab in the Blocks that is being built. Its script fetches what it draws from `speech_files`."""
    with gr.Tab("Sound", elem_id="sound-tab"):
        show_purpose(PURPOSE)
        gr.HTML(
            html_template=(HERE / "sound.html").read_text("utf-8"),
            js_on_load=(HERE / "sound.js").read_text("utf-8"),
            apply_default_css=False,
            elem_id="sound",
        )
