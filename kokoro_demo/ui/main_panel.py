"""The parts of the page above the workbench, which the workbench's tabs use."""

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
    """The left column: the text, the voice, and the other settings."""

    text: gr.Textbox
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
    """The right column: the player, and how the text was read.

    words: each above its phonemes.
    """

    player: gr.HTML
    words: gr.HTML
    phonemes: gr.Textbox
    phoneme_count: gr.HTML
    spoken: gr.Textbox
    warnings: gr.HTML


@dataclass(frozen=True, slots=True)
class MainPanel:
    """The page above the workbench.

    runs: the speeches of all visitors.
    clips: plays what `ui.clips.clip` returns.
    components: the component of each request field, by the names of `RequestFields`.
    """

    backend: Backend
    runs: Runs
    input: InputColumn
    output: OutputColumn
    clips: gr.HTML
    components: dict[str, Any]

    @property
    def fields(self) -> list[Any]:
        """The components of the request fields, in the order in which events receive their values."""
        return [self.components[name] for name in RequestFields._fields]
