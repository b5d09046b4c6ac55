"""The line at the top of each tab that says what the tab is for."""

from __future__ import annotations

import gradio as gr


def show_purpose(sentence: str) -> None:
    """Add the sentence to the tab that is being built; call it first."""
    gr.HTML(f'<p class="tab-purpose">{sentence}</p>', apply_default_css=False)
