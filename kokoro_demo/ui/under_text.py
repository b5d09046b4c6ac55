"""Below the text box: how long the text is, and buttons that fill it in. page.js does all of it, without the server."""

from __future__ import annotations

import html

import gradio as gr

from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.ui.examples import EXAMPLES, FIRST_TEXT


def build_under_text() -> gr.HTML:
    """Add the two rows to the Blocks that is being built.

    They are one component, because the page takes a millisecond or two longer with each more of Gradio's.
    """
    examples = "".join(_button(name, f'data-example="{html.escape(text)}"') for name, text in EXAMPLES.items())
    counter = f'<span id="counter">{len(FIRST_TEXT)} / {MAX_CHARACTERS:,} characters</span>'
    open_file, back = _button("Open a text file", "data-open-file"), _button("Back to my text", "data-back")
    first, second = f"{counter}{open_file}", f"<span>Try</span>{examples}{back}"
    rows = f'<div class="fill-in"><div id="under-text">{first}</div><div id="examples">{second}</div></div>'
    return gr.HTML(rows, elem_id="fill-in", apply_default_css=False)


def _button(name: str, attribute: str) -> str:
    return f'<button type="button" class="quiet" {attribute}>{name}</button>'
