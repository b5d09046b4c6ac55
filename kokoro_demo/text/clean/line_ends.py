"""Rejoin words that are hyphenated at the end of a line, and read a Markdown line break as the end of a line."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import listed
from kokoro_demo.text.traced import Traced

_DIVIDED = re.compile(
    r"(?P<first>[^\W\d_]{1,40})(?:(?P<hyphen>[-\u2010])|[\u00ad¬])[ \t]*\r?\n[ \t]*(?P<rest>[^\W\d_]{1,40})"
)
_HYPHEN = re.compile(r"[-\u2010][^\W\d_]")
_SOFT = re.compile(r"(?<=[^\W\d_])¬(?=[^\W\d_])")
_BREAK = re.compile(r"\\(?=\r?\n)")
# After these, the two halves are words of a compound and stay apart: "well-known", "half-way", "twenty-one".
_COMPOUNDING = listed(
    "well self half ex all ill high low long short old new first second third two three four five six seven eight nine",
    "ten twenty thirty forty fifty sixty seventy eighty ninety good bad great so much far ever full part hard soft hot",
    "cold red blue green white black dark light right left single double cross mother father brother sister son vice",
    "by daughter to one late early mid large small wide open hand eye back time life world land water free quick slow",
    "best better worse worst non anti post pre co middle north south east west",
)


def join_lines(traced: Traced) -> Traced:
    """Return the text without the hyphens and line ends that divide words."""
    text = traced.text
    if "\n" not in text and "¬" not in text:
        return traced
    edits: list[tuple[int, int, str]] = []
    for match in _DIVIDED.finditer(text):
        if match["hyphen"] and not match["rest"][0].islower():
            continue
        hyphen_follows = _HYPHEN.match(text, match.end()) is not None  # "end-\nof-line"
        is_compound = match["hyphen"] and (hyphen_follows or match["first"].lower() in _COMPOUNDING)
        edits.append((match.end("first"), match.start("rest"), " " if is_compound else ""))
    return traced.edited(edits).substituted(_SOFT, "").substituted(_BREAK, "")
