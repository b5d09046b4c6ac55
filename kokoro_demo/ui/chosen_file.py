"""Files that a visitor chooses, which reach the server as a value of an event and are never written to disk there."""

from __future__ import annotations

import base64
import binascii
import json
from pathlib import Path

from kokoro_demo.errors import RequestError

# What the page sends in place of a file that need not be sent.
TOO_LARGE = "too large"
_SCRIPT = Path(__file__).with_suffix(".js").read_text("utf-8")


def choose_js(accept: str, most: int) -> str:
    """A browser function that puts a chosen file in the place of its first value.

    accept: the kinds of files that are offered, ".pt,.pth". most: bytes.
    """
    return _SCRIPT.replace("ACCEPT", json.dumps(accept)).replace("MOST", str(most))


def chosen_bytes(encoded: str, most: int, kind: str) -> bytes:
    """The file that was sent.

    most: bytes. kind: what the file should be, for the message: "a voice pack".

    Raises:
        RequestError: if it is larger, or not what `choose_js` sends.
    """
    # Four letters are three bytes: more need not be decoded to be refused.
    if encoded == TOO_LARGE or len(encoded) > most // 3 * 4 + 4:
        raise RequestError(f"This file is too large for {kind}: {most / 1e6:g} MB is the most.")
    try:
        return base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise RequestError("The file did not arrive whole. Choose it again.") from None
