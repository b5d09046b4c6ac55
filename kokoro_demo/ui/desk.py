"""The page's parts, as the tabs of the workbench see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import gradio as gr

from kokoro_demo.ui.fields import RequestFields

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.ui.more import More
    from kokoro_demo.ui.runs import Runs


class InputColumn(NamedTuple):
    """The left column: what to say, and how."""

    text: gr.Textbox
    open_file: gr.Button
    examples: dict[str, gr.Button]
    text_back: gr.Button
    picker: gr.HTML
    voice: gr.Dropdown
    speed: gr.Slider
    speak: gr.Button
    stop: gr.Button
    cast: gr.HTML
    more: More
    copy_link: gr.Button
    link: gr.HTML
    qr_code: gr.Button
    qr: gr.HTML
    link_notes: gr.HTML


class OutputColumn(NamedTuple):
    """The right column: what was made of it.

    reading: each word over its phonemes.
    """

    player: gr.HTML
    reading: gr.HTML
    phonemes: gr.Textbox
    phoneme_count: gr.HTML
    spoken: gr.Textbox
    warnings: gr.HTML


@dataclass(frozen=True, slots=True)
class Desk:
    """The page above the workbench.

    runs: every visitor's speeches.
    clips: plays what `ui.clips.clip` gives.
    components: of the request's fields, by the names of `RequestFields`.
    """

    backend: Backend
    runs: Runs
    input: InputColumn
    output: OutputColumn
    clips: gr.HTML
    components: dict[str, Any]

    @property
    def fields(self) -> list[Any]:
        """The components, in the order in which events receive their values."""
        return [self.components[name] for name in RequestFields._fields]
