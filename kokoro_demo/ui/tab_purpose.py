"""One line under each tab's name says what the tab is for."""

from __future__ import annotations

import gradio as gr


def show_purpose(sentence: str) -> None:
    """Lay the sentence out, as the first in a tab that is being built."""
    gr.HTML(f'<p class="tab-purpose">{sentence}</p>', apply_default_css=False)
