"""The page's scripts, each with `shared.js` and CONFIG before it, which holds what Python and the browser both know."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kokoro_demo.formats import FORMATS, SOUNDS
from kokoro_demo.speech import MAX_CHARACTERS, SAMPLE_RATE
from kokoro_demo.ui.counts import SOURCES
from kokoro_demo.voices.uploads import MAX_BYTES

CONFIG: dict[str, Any] = {
    "sampleRate": SAMPLE_RATE,
    "maxCharacters": MAX_CHARACTERS,
    "maxTextFile": 1_000_000,  # bytes of a file that is opened as the text
    "maxPack": MAX_BYTES,  # bytes of a voice pack
    # Keys of what the browser keeps: the fields of this tab, and whether nothing is to be kept.
    "fieldsKey": "kokoro-fields",
    "forgetfulKey": "kokoro-forgetful",
    # The sound of this tab, and whether the page is loaded again because the server was gone.
    "soundKey": "kokoro-sound",
    "backKey": "kokoro-back",
    # Of the letters that phonemes are shown in: Kokoro's or IPA.
    "lettersKey": "kokoro-letters",
    "sources": SOURCES,  # where phonemes came from
    # The files that a speech can be downloaded as: the suffix and what the menu calls it; which of them are sound.
    "formats": {suffix: form.label for suffix, form in FORMATS.items()},
    "sounds": SOUNDS,
}
SHARED = f"const CONFIG = {json.dumps(CONFIG)};\n" + Path(__file__).with_name("shared.js").read_text("utf-8")


def script(*paths: Path) -> str:
    """Scripts, one after another, that Gradio runs with `element`, `props` and so on: for `js_on_load`."""
    return SHARED + "".join(path.read_text("utf-8") for path in paths)


def expression(path: Path) -> str:
    """A script that is one expression, such as a function for `js`."""
    lines = path.read_text("utf-8").strip().splitlines()
    while lines[0].startswith("//"):
        del lines[0]
    return f"(() => {{\n{SHARED}return {chr(10).join(lines)}\n}})()"
