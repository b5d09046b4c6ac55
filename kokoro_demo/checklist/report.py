"""A checked list as a person reads it in a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kokoro_demo.checklist.check import CheckedRow, summary
from kokoro_demo.checklist.difference import Segment

SHOWN = 60
_INDENT = " " * 10


def report(rows: Sequence[CheckedRow]) -> Iterator[str]:
    """Lines: every row that does not just match, what differs in it marked from below, and the counts."""
    for checked in rows:
        if checked.result != "matches" or checked.warnings:
            yield f"line {checked.row.line:<4} {checked.result:<8} {_short(checked.row.text)}"
            yield from _details(checked)
    yield printable(summary(rows))


def printable(text: str) -> str:
    """The text in one line, without anything that a terminal would obey."""
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(text.split()))


def _details(checked: CheckedRow) -> Iterator[str]:
    if checked.result == "differs":
        expected, actual, marks = _aligned(checked.difference)
        yield f"{_INDENT}expected {expected}".rstrip()
        yield f"{_INDENT}is       {actual}".rstrip()
        yield f"{_INDENT}         {marks}".rstrip()
    elif checked.phonemes:
        yield f"{_INDENT}is       {printable(checked.phonemes)}"
    if checked.error:
        yield f"{_INDENT}{printable(checked.error)}"
    for warning in checked.warnings:
        yield f"{_INDENT}warning: {printable(warning)}"


def _aligned(segments: Sequence[Segment]) -> tuple[str, str, str]:
    """The two strings with their segments one above the other, and a line of marks for those that differ."""
    expected, actual, marks = [], [], []
    for segment in segments:
        width = max(_width(segment.expected), _width(segment.actual))
        expected.append(segment.expected + " " * (width - _width(segment.expected)))
        actual.append(segment.actual + " " * (width - _width(segment.actual)))
        marks.append((" " if segment.same else "^") * width)
    return "".join(expected), "".join(actual), "".join(marks)


def _width(phonemes: str) -> int:
    return sum(not unicodedata.combining(symbol) for symbol in phonemes)


def _short(text: str) -> str:
    text = printable(text)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
