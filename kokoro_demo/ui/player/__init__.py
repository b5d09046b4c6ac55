"""The player: one clip that grows while it is heard. Its script and its markup are files of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from kokoro_demo.ui.scripts import script

HERE = Path(__file__).parent


def player(fetch: Callable[[dict[str, Any]], str | None]) -> gr.HTML:
    """A player whose value is the state of a run (`ui.speaking.player_state`).

    fetch: what the script asks for the sound of one phrase.
    """

    def phrase(wanted: dict[str, Any]) -> str | None:
        return fetch(wanted)

    return gr.HTML(
        value=None,
        html_template=(HERE / "player.html").read_text("utf-8"),
        js_on_load=script(HERE / "player.js"),
        server_functions=[phrase],
        apply_default_css=False,
        elem_id="player",
    )
