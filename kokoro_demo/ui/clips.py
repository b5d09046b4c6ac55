"""Short sounds that are played by a button of their own: a row of a list, a word, or a voice."""

from __future__ import annotations

import base64
import itertools
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.audio import to_int16
from kokoro_demo.ui.events import IN_BROWSER
from kokoro_demo.ui.scripts import script

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SCRIPT = script(Path(__file__).with_suffix(".js"))
# For buttons that play, and stop while they are playing.
PLAY_ICON = (
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path class="icon-play" d="M8 5v14l11-7z"/>'
    '<path class="icon-stop" d="M7 7h10v10H7z"/></svg>'
)
_presses = itertools.count()


def build_clips() -> gr.HTML:
    """Add the component that plays them to the Blocks that is being built; its value is a `clip`."""
    return gr.HTML("", html_template="", js_on_load=SCRIPT, apply_default_css=False, elem_id="clips")


def clip(key: str, audio: NDArray[np.float32] | None) -> dict[str, Any]:
    """Return the sound of a button for the script. The audio is at 24 kHz.

    Every value differs from the last: otherwise Gradio would see no change, and a second press would be silent.

    key: the button's `data-sound`.
    audio: None if there is nothing to hear, for instance after an error.
    """
    samples = "" if audio is None else base64.b64encode(to_int16(audio).astype("<i2").tobytes()).decode()
    return {"key": key, "samples": samples, "press": next(_presses)}


def end_waiting(event: Any) -> None:
    """Stop the button's waiting state when `event`, which should return a clip, ends in success or failure."""
    for end in (event.then, event.failure):
        end(js="() => window.kokoroClips?.settle()", **IN_BROWSER)
