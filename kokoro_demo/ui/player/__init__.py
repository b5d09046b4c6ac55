"""The player: one clip that grows while it is heard. Its scripts and its markup are files of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.ui.scripts import script

HERE = Path(__file__).parent
# In this order: the last one puts the others together.
PARTS = ("stretch", "sound", "wave", "stage", "menu", "drag", "keys", "wav", "phrases", "download", "kept", "player")
SCRIPT = script(*(HERE / f"{part}.js" for part in PARTS))


def player(fetch: Callable[[dict[str, Any]], str | None]) -> gr.HTML:
    """A player whose value is the state of a run (`ui.speech_events.player_state`).

    fetch: what the script asks for the sound of one phrase.
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
