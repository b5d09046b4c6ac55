"""Lone surrogates: what JavaScript leaves when it cuts an emoji in half, and Python when bytes are not UTF-8."""

from __future__ import annotations

import re

HALF = re.compile("[\ud800-\udfff]")
LOST = "\ufffd"
WARNING = f"Part of a character is missing, because the text was cut in the middle of it: {LOST} is not spoken."


def whole_characters(text: str) -> str:
    """Return the text with surrogate pairs joined and lone surrogates replaced by U+FFFD, so that it can be encoded."""
    if not HALF.search(text):
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
