"""HTML about how a text was read: the number of phonemes, and the warnings."""

from __future__ import annotations

import html
from collections.abc import Sequence

# The most phonemes that the model takes at once.
CONTEXT = 510
FINGERPRINT = '<p class="count-why">Anyone whose page shows the same fingerprint hears exactly the same sound.</p>'
# Where phonemes come from: names for the page, by `Word.source`.
SOURCES = {
    "dictionary": "dictionary",
    "rule": "rule",
    "espeak": "guessed by eSpeak NG",
    "spelled": "spelled out",
    "fix": "your fix",
}


def count_html(phonemes: str = "", phrases: int = 0, fingerprint: str = "") -> str:
    """The number of phonemes, and how many the model takes at once.

    phrases: how many phrases the speech has; 0 while that is unknown.
    fingerprint: of the speech, with the precision and number of threads; "" until the speech is complete.
    """
    count = len(phonemes)
    if count <= CONTEXT:
        message = f"{count} symbol{'' if count == 1 else 's'}; the model takes up to {CONTEXT} at once"
    else:
        message = f"{count:,} symbols, spoken in {phrases or ''} phrases of at most {CONTEXT}".replace("  ", " ")
    shown = f"<span>Fingerprint: {html.escape(fingerprint)}</span>" if fingerprint else ""
    return f'<p class="count"><span>{message}</span>{shown}</p>{FINGERPRINT if fingerprint else ""}'


def warnings_html(warnings: Sequence[str]) -> str:
    """A list of all warnings; "" if there are none."""
    if not warnings:
        return ""
    items = "".join(f"<li>{html.escape(warning)}</li>" for warning in warnings)
    return f'<ul class="warnings" aria-label="Warnings">{items}</ul>'
