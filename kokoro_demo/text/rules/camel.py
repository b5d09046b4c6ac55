"""Words run together with capitals: camelCase, PascalCase, HTTPServer."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import listed

_PART = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[^\W\d_A-Z]+|[A-Z]+")
_SEAM = re.compile(r"[a-z][A-Z]|[A-Z]{2}[a-z]{2}")
# Names with a capital inside that are still one word.
_ONE_WORD = re.compile(
    r"(?:(?:Mc|Mac|O'|D'|De|Di|Du|La|Le|Lo|Van|Von|Fitz|Ma)[A-Z][a-z]+|[a-z][A-Z][a-z]+)(?:'s?)?$|(?:Mc|Mac)[A-Z]{3,}(?:'[sS])?$|[A-Z]+s$|[A-Z]aaS$"
)
_BRANDS = listed(
    "YouTube JavaScript TypeScript GitHub GitLab LinkedIn PayPal WhatsApp FaceTime FaceBook PlayStation",
    "TikTok FedEx MasterCard WordPress PowerPoint AirPods LaTeX BitTorrent SoundCloud DreamWorks",
    "HarperCollins CinemaScope MiG MiGs HeLa",
)


def is_camel(word: str) -> bool:
    """Whether a capital inside the word begins another word."""
    return (
        len(word) > 2
        and _SEAM.search(word) is not None
        and _ONE_WORD.match(word) is None
        and word.removesuffix("'s") not in _BRANDS
    )


def split_words(word: str, start: int) -> list[tuple[str, int, int]]:
    """Split `word`, which begins at `start`, into its words and their spans."""
    if not is_camel(word):
        return [(word, start, start + len(word))]
    return [(part.group(), start + part.start(), start + part.end()) for part in _PART.finditer(word)]
