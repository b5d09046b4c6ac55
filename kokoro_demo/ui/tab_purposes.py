"""One line under each tab's name says what the tab is for."""

from __future__ import annotations

import gradio as gr

PURPOSES = {
    "Words": "How each word of the text is read. Change its phonemes, listen, and keep what is right.",
    "Sound": "The last speech as a picture: click a word or a sound to hear it.",
    "Compare": "The text in two to four voices or manners, to be switched between while they play.",
    "Check a list": "How a list of names or terms is read, what differs from what you expect, and what was guessed.",
    "Coverage": "The words of the text that no dictionary has: names, brands, typing errors. Listen, and mend them.",
    "Programs": "What is on the page now as a call, to be copied into a program of your own.",
}


def show_purpose(tab: str) -> None:
    """Lay it out, as the first in a tab that is being built.

    tab: its name in `PURPOSES`.
    """
    gr.HTML(f'<p class="tab-purpose">{PURPOSES[tab]}</p>', apply_default_css=False)
