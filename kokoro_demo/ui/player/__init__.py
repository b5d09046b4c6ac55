"""The player, which plays a speech while it is being made."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.ui.scripts import script

HERE = Path(__file__).parent
# Concatenated in this order: the last one uses the others.
PARTS = (
    "stretch",
    "sound",
    "wave",
    "stage",
    "menu",
    "drag",
    "keys",
    "wav",
    "phrases",
    "download",
    "kept",
    "clip",
    "display",
    "player",
)
SCRIPT = script(*(HERE / f"{part}.js" for part in PARTS))


def player(fetch: Callable[[dict[str, Any]], str | None]) -> gr.HTML:
    """Build a player. Its value is the state of a run (`ui.speech_events.player_state`).

    fetch: returns the audio of one phrase to the player's script.
    """

    def phrase(wanted: dict[str, Any]) -> str | None:
        return fetch(wanted)

    return gr.HTML(
        value=None,
        html_template=(HERE / "player.html").read_text("utf-8"),
        js_on_load=SCRIPT,
        server_functions=[phrase],
        apply_default_css=False,
        elem_id="player",
    )
