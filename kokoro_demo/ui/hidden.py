"""Components that are never shown: what an endpoint takes and returns, and what an event keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr


@contextmanager
def hidden(for_programs: bool = False) -> Iterator[None]:
    """Lays out what is built within it where nobody sees it.

    Each component is hidden by itself too: a browser fetches the script of every component that is not, even if the row
    around it is, and that of an audio output is a third of a plain page.

    for_programs: whether it belongs to endpoints alone. Then it is in no layout, and a browser builds nothing for it.
    """
    with gr.Row(visible=False, variant="compact") as row:  # compact: Gradio puts no forms around its fields
        yield
    for component in row.children:
        component.visible = False
    if for_programs and row.parent is not None:
        row.parent.children.remove(row)
