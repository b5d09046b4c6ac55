"""Tell apostrophes, quotation marks and primes (feet and inches) apart: after this stage each has its own character.

``'`` is an apostrophe, ``“ ”`` are quotation marks (single ones too), ``′ ″`` are primes after a digit.
"""

from __future__ import annotations

import re

from kokoro_demo.text.traced import Traced

_MARK = re.compile(r"""['"‘`]{2}|['"‘`„“]""")
# Words that begin with an apostrophe because their first letters are dropped.
_ELIDED = re.compile(
    r"(?:em|tis|twas|twere|twill|til|till|cause|bout|round|neath|nuff|gainst|cept|fraid|im|er|ere|ello|sup|kay|cuz|nother|s|\d\ds?)\b(?!')|n'",
    re.I,
)
_FEET = re.compile(r"\d'\d{1,2}\Z")
_BETWEEN_DIGITS = re.compile(r"(?:[^A-Za-z]{0,2}?|^)\d{1,2}['`](?:\d|x\d)")
_THOUSANDS = re.compile(r"\d['`]\d{3}(?!\d)")  # "1'000", as the Swiss write
_PLURAL = re.compile(r" [a-z]")
_FRACTIONS = "¼½¾⅛⅜⅝⅞⅓⅔"
_CLOSING = re.compile(r"['`](?!\w)")


class _Reader:
    """Decides mark by mark, from left to right, keeping track of which quotations are open."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._last_closing = max((match.start() for match in _CLOSING.finditer(text)), default=-1)
        self._new_line()

    def _new_line(self) -> None:
        self._single = self._double = self._low = self._path = False

    def edits(self) -> list[tuple[int, int, str]]:
        """Return the marks that change, and what they become."""
        edits = []
        done = 0
        for match in _MARK.finditer(self._text):
            start, end = match.span()
            if self._text.find("\n", done, start) >= 0:
                self._new_line()
            new = self._read(match.group(), start, end)
            if new != match.group():
                edits.append((start, end, new))
            done = end
        return edits

    def _read(self, mark: str, start: int, end: int) -> str:
        before, after = self._text[start - 1 : start], self._text[end : end + 1]
        if mark in "„“":  # „so“ ends with the mark that begins “so”
            new = "”" if self._low and mark == "“" else "“"
            self._low = mark == "„"
            return new
        if len(mark) == 2:
            return "“" if not before.strip() or before in "([—" else "”"
        if mark != '"':
            return self._read_single(mark, start, end, before, after)
        if (
            (before.isdigit() or before in _FRACTIONS)
            and before
            and (not self._double or _FEET.search(self._text, max(0, start - 4), start))
        ):
            return "″"
        self._double = not self._closes(before, after)
        return "“" if self._double else "”"

    def _closes(self, before: str, after: str) -> bool:
        """Whether a straight double mark between these two characters closes a quotation."""
        if not before.strip() and not after.strip():
            return self._double
        if self._double:
            return not after.isalnum() or before.isalnum()
        return bool(before.strip()) and before not in "([—-/" and not after.isalnum()

    def _read_single(self, mark: str, start: int, end: int, before: str, after: str) -> str:
        text = self._text
        if before.isalnum() and after.isalnum():
            if _THOUSANDS.match(text, max(0, start - 1)):
                return ""
            return "′" if _BETWEEN_DIGITS.match(text, max(0, start - 2)) else "'"
        if after.isalnum():
            if _ELIDED.match(text, end) or (mark != "‘" and self._last_closing < end):
                return "'"
            self._single = True
            return "“"
        plural = before == "s" and start < self._last_closing and _PLURAL.match(text, end) is not None
        if after in ("/", "~") and not before.strip() and self._last_closing > end:  # "'/etc/hosts'"
            self._single = self._path = True
            return "“"
        if self._single and (self._path or not plural):
            self._single = self._path = False
            return "”"
        if before.isdigit():
            return "′"
        return "'" if before.isalpha() else ""


def resolve(traced: Traced) -> Traced:
    """Give apostrophes, quotation marks and primes their own characters."""
    if not _MARK.search(traced.text):
        return traced
    return traced.edited(_Reader(traced.text).edits())
