"""Apostrophe, quotation mark, or feet and inches: after this stage each has a character of its own.

``'`` is an apostrophe, ``“ ”`` are quotation marks (single ones too), ``′ ″`` are primes after a digit.
"""

from __future__ import annotations

import re

from kokoro_demo.text.traced import Traced

_MARK = re.compile(r"""['"‘`]{2}|['"‘`„“]""")
# Words that begin with an apostrophe because their first letters are dropped.
_ELIDED = re.compile(
    r"(?:em|tis|twas|twere|twill|til|till|cause|bout|round|neath|nuff|gainst|cept|fraid|im|er|ere|ello|s|\d\ds?)\b(?!')|n'",
    re.I,
)
_FEET = re.compile(r"\d'\d{1,2}\Z")
_BETWEEN_FIGURES = re.compile(r"(?:[^A-Za-z]{0,2}?|^)\d{1,2}['`](?:\d|x\d)")
_PLURAL = re.compile(r" [a-z]")
_CLOSING = re.compile(r"['`](?!\w)")


def _closes(before: str, after: str, is_open: bool) -> bool:
    """Whether a straight double mark between these two characters closes a quotation."""
    if not before.strip() and not after.strip():
        return is_open
    if is_open:
        return not after.isalnum() or before.isalnum()
    return bool(before.strip()) and before not in "([—-/" and not after.isalnum()


def resolve(traced: Traced) -> Traced:
    """Give apostrophes, quotation marks and primes their own characters."""
    text = traced.text
    if not any(mark in text for mark in "'\"‘`„"):
        return traced
    last_closing = max((match.start() for match in _CLOSING.finditer(text)), default=-1)
    edits: list[tuple[int, int, str]] = []
    open_single = open_double = open_low = False
    for match in _MARK.finditer(text):
        start, end = match.span()
        before, after = text[start - 1 : start], text[end : end + 1]
        mark = match.group()
        if mark in "„“":  # „so“ ends with the mark that begins “so”
            new, open_low = ("”" if open_low and mark == "“" else "“"), mark == "„"
        elif len(mark) == 2:
            new = "“" if not before.strip() or before in "([—" else "”"
        elif mark == '"':
            if before.isdigit() and (not open_double or _FEET.search(text, max(0, start - 4), start)):
                new = "″"
            else:
                new = "”" if _closes(before, after, open_double) else "“"
                open_double = new == "“"
        elif before.isalnum() and after.isalnum():
            new = "′" if _BETWEEN_FIGURES.match(text, max(0, start - 2)) else "'"
        elif after.isalnum():
            elided = _ELIDED.match(text, end) is not None
            if elided or (mark != "‘" and last_closing < end):
                new = "'"
            else:
                new, open_single = "“", True
        elif open_single and not (before == "s" and start < last_closing and _PLURAL.match(text, end)):
            new, open_single = "”", False
        elif before.isdigit():
            new = "′"
        elif before.isalpha():
            new = "'"
        else:
            new = ""
        if new != mark:
            edits.append((start, end, new))
    return traced.edited(edits)
