"""A report on a checked list for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence

from kokoro_demo.checklist.check import CheckedRow, summary
from kokoro_demo.checklist.difference import DiffSegment

SHOWN = 60
_INDENT = " " * 10


def report(rows: Sequence[CheckedRow]) -> Iterator[str]:
    """Yield lines for every row that has warnings or does not match, with differences underlined, and a summary."""
    for checked in rows:
        if checked.result != "matches" or checked.warnings:
            yield f"line {checked.row.line:<4} {checked.result:<8} {_short(checked.row.text)}"
            yield from _details(checked)
    yield printable(summary(rows))


def printable(text: str) -> str:
    """Return the text as one line without control characters, which a terminal would obey."""
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


def _aligned(segments: Sequence[DiffSegment]) -> tuple[str, str, str]:
    """The expected and the actual phonemes with their segments aligned, and a line of marks under differences."""
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
