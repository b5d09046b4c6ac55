"""Guards cells that a spreadsheet would mistake for formulas."""

from __future__ import annotations

import re

# The beginnings of a formula, also in full width, and after spaces that a spreadsheet strips.
_FORMULA = r"(?:[\t\r\n]|\s*[=+\-@＝＋－＠])"
_NEEDS_GUARD = re.compile(f"'*{_FORMULA}")
_GUARDED = re.compile(f"'+{_FORMULA}")


def guarded(cell: str) -> str:
    """Return the cell, with an apostrophe before it if a spreadsheet would evaluate it."""
    return "'" + cell if _NEEDS_GUARD.match(cell) else cell


def unguarded(cell: str) -> str:
    """Reverse `guarded`, for any text."""
    return cell[1:] if _GUARDED.match(cell) else cell
