"""The page's scripts. One, in the page's head, has CONFIG, the constants that Python and the browser share, and
`shared.js`; the others use both."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kokoro_demo.formats import FORMATS, SOUNDS
from kokoro_demo.speech import MAX_CHARACTERS, SAMPLE_RATE
from kokoro_demo.ui.counts import SOURCES
from kokoro_demo.ui.edited_page import Scope, before_head_end
from kokoro_demo.voices.uploads import MAX_BYTES

CONFIG: dict[str, Any] = {
    "sampleRate": SAMPLE_RATE,
    "maxCharacters": MAX_CHARACTERS,
    "maxTextFile": 1_000_000,  # size limit in bytes of a text file to open
    "maxPack": MAX_BYTES,  # size limit in bytes of a voice pack
    # Keys in the browser's storage: the fields of this tab, and whether the visitor turned storing off.
    "fieldsKey": "kokoro-fields",
    "forgetfulKey": "kokoro-forgetful",
    # The last sound of this tab, and whether the page was reloaded because the server had gone.
    "soundKey": "kokoro-sound",
    "backKey": "kokoro-back",
    # The alphabet in which phonemes are shown: Kokoro's or IPA.
    "lettersKey": "kokoro-letters",
    "sources": SOURCES,  # names of the sources of phonemes
    # Download formats: file suffix to label in the menu; and those among them that are audio.
    "formats": {suffix: form.label for suffix, form in FORMATS.items()},
    "sounds": SOUNDS,
}
SHARED = f"const CONFIG = {json.dumps(CONFIG)};\n" + Path(__file__).with_name("shared.js").read_text("utf-8")


def with_shared_script(page: bytes, scope: Scope) -> bytes:
    """The page with that script at the end of its head, before those that use it run."""
    return before_head_end(page, f"<script>\n{SHARED}</script>\n".encode())


def script(*paths: Path) -> str:
    """Concatenate scripts for Gradio's `js_on_load`, which runs them with `element`, `props` and so on in scope.

    They run in a task of their own, because Gradio builds all components in one, which is long enough.
    """
    return "setTimeout(() => {\n" + "".join(path.read_text("utf-8") for path in paths) + "});"


def expression(path: Path) -> str:
    """Read a script that is a single expression, such as a function for Gradio's `js`."""
    lines = path.read_text("utf-8").strip().splitlines()
    while lines[0].startswith("//"):
        del lines[0]
    return "\n".join(lines)
