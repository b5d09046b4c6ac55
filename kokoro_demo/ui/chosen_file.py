"""Files that a visitor chooses. They reach the server as the value of an event, and are never written to its disk."""

from __future__ import annotations

import base64
import binascii
import json
from pathlib import Path

from kokoro_demo.errors import RequestError

# What the page sends instead of a file that exceeds the limit.
TOO_LARGE = "too large"
_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


def choose_js(accept: str, most: int) -> str:
    """Return a browser function that replaces its first value by a chosen file.

    accept: the file types to offer, ".pt,.pth". most: the size limit in bytes.
    """
    return _SCRIPT.replace("ACCEPT", json.dumps(accept)).replace("MAX_BYTES", str(most))


def chosen_bytes(encoded: str, most: int, kind: str) -> bytes:
    """Decode the file that was sent.

    most: the size limit in bytes. kind: what the file should be, for the message: "a voice pack".

    Raises:
        RequestError: if the file is too large, or not what `choose_js` sends.
    """
    # Base64 has four characters for three bytes, so a file that is too large is refused without decoding it.
    if encoded == TOO_LARGE or len(encoded) > most // 3 * 4 + 4:
        raise RequestError(f"This file is too large for {kind}: the limit is {most / 1e6:g} MB.")
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise RequestError("The file was damaged on the way. Choose it again.") from None
