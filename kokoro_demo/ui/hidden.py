"""Components that are never shown: inputs and outputs of API endpoints, and values that events pass on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr


@contextmanager
def hidden(for_programs: bool = False) -> Iterator[None]:
    """Hide the components that are built inside this context.

    Each component is hidden by itself too: a browser fetches the script of every visible component even inside a hidden
    row, and the script of an audio output is a third of the size of an empty page.

    for_programs: whether only API endpoints use them. Then they are in no layout, and browsers build nothing for them.
    """
    with gr.Row(visible=False, variant="compact") as row:  # compact keeps Gradio from wrapping the fields in forms
        yield
    for component in row.children:
        component.visible = False
    if for_programs and row.parent is not None:
        row.parent.children.remove(row)
