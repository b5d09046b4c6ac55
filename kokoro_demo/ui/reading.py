"""How a text was read, in the page's words: how many phonemes, and what was left out."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kokoro_demo.g2p.pronunciation import Pronunciation

# The most phonemes that the model takes at once.
CONTEXT = 510

NOTHING_READ = '<p class="count">0 / 510</p>'


def notes(pronunciation: Pronunciation, phrases: int = 0) -> str:
    """HTML: the count of phonemes, and every warning.

    phrases: how many the speech is made in; 0 while that is unknown.
    """
    count = len(pronunciation.phonemes)
    if count <= CONTEXT:
        told = f"{count} / {CONTEXT}"
    else:
        parts = f"{phrases} phrases" if phrases else "phrases"
        told = f"{count:,}, spoken in {parts} of at most {CONTEXT}"
    warnings = "".join(f"<li>{html.escape(warning)}</li>" for warning in pronunciation.warnings)
    listed = f'<ul class="warnings" aria-label="Warnings">{warnings}</ul>' if warnings else ""
    return f'<p class="count">{told}</p>{listed}'
