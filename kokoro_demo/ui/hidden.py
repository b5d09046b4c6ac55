"""Components that are never shown: what an endpoint takes and returns, and what an event keeps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import gradio as gr
from gradio.blocks import Block, BlockContext


@contextmanager
def hidden() -> Iterator[None]:
    """Lays out what is built within it where nobody sees it.

    Each component is hidden by itself too: a browser fetches the script of every component that is not, even if the row
    around it is, and that of an audio output is a third of a plain page.
    """
    with gr.Row(visible=False) as row:
        yield
    _hide(row)


def _hide(block: Block) -> None:
    block.visible = False
    if isinstance(block, BlockContext):
        for child in block.children:
            _hide(child)
