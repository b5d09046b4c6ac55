"""What the commands share: options of several of them, and what a person sees while something takes long."""

from __future__ import annotations

import argparse
import sys

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import LANGUAGES, canonical_language

START_OF_AN_EMPTY_LINE = "\r\033[K"


def add_language_option(options: argparse.ArgumentParser, default: str) -> None:
    """Add ``--language``.

    default: when the voice's own language is used, for the help.
    """
    known = ", ".join(LANGUAGES)
    options.add_argument("--language", type=_language, metavar="CODE", help=f"{known}; {default}")


def _language(written: str) -> str:
    try:
        return canonical_language(written)
    except RequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def show_progress(fraction: float, sentence: str) -> None:
    """Tell how far loading is in a line of standard error that is written over; nothing where nobody watches."""
    if sys.stderr.isatty():
        line = f"{sentence} ({fraction:.0%})" if fraction < 1 else ""
        print(f"{START_OF_AN_EMPTY_LINE}{line}", end="", file=sys.stderr, flush=True)
