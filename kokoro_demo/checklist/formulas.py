"""Cells that a spreadsheet must not take for formulas."""

from __future__ import annotations

import re

# What begins a formula, also in full width, also behind spaces that a spreadsheet strips.
_FORMULA = r"(?:[\t\r\n]|\s*[=+\-@＝＋－＠])"
_NEEDS_GUARD = re.compile(f"'*{_FORMULA}")
_GUARDED = re.compile(f"'+{_FORMULA}")


def guarded(cell: str) -> str:
    """The cell with an apostrophe before it if a spreadsheet would compute it."""
    return "'" + cell if _NEEDS_GUARD.match(cell) else cell


def unguarded(cell: str) -> str:
    """What was `guarded`, for any text at all."""
    return cell[1:] if _GUARDED.match(cell) else cell
