"""What a person at a terminal sees while something takes long."""

from __future__ import annotations

import sys

START_OF_AN_EMPTY_LINE = "\r\033[K"


def show_progress(fraction: float, sentence: str) -> None:
    """Tell how far loading is in a line of standard error that is written over; nothing where nobody watches."""
    if sys.stderr.isatty():
        line = f"{sentence} ({fraction:.0%})" if fraction < 1 else ""
        print(f"{START_OF_AN_EMPTY_LINE}{line}", end="", file=sys.stderr, flush=True)
