"""How a text was read, in the page's words: how many phonemes, and what was left out."""

from __future__ import annotations

import html
from collections.abc import Sequence

# The most phonemes that the model takes at once.
CONTEXT = 510
FINGERPRINT = (
    '<p class="count-why">Whoever sees the same fingerprint and setting, like “4be3-aec3 · float32, 2 threads”, hears '
    "the same sound to the last sample.</p>"
)
# Where phonemes came from, by `Word.source`.
SOURCES = {
    "dictionary": "dictionary",
    "rule": "rule",
    "espeak": "guessed by eSpeak NG",
    "spelled": "spelled out",
    "fix": "your fix",
}


def count_html(phonemes: str = "", phrases: int = 0, fingerprint: str = "") -> str:
    """The count of phonemes against what the model takes at once.

    phrases: how many the speech is made in; 0 while that is unknown.
    fingerprint: of the speech, with the engine's setting; "" until it is made.
    """
    count = len(phonemes)
    if count <= CONTEXT:
        message = f"{count} symbol{'' if count == 1 else 's'}; the model takes up to {CONTEXT} at once"
    else:
        message = f"{count:,} symbols, spoken in {phrases or ''} phrases of at most {CONTEXT}".replace("  ", " ")
    compared = f'<span class="fingerprint">{html.escape(fingerprint)}</span>' if fingerprint else ""
    return f'<p class="count">{compared}{message}</p>{FINGERPRINT if fingerprint else ""}'


def warnings_html(warnings: Sequence[str]) -> str:
    """Every warning; nothing if there is none."""
    if not warnings:
        return ""
    items = "".join(f"<li>{html.escape(warning)}</li>" for warning in warnings)
    return f'<ul class="warnings" aria-label="Warnings">{items}</ul>'
