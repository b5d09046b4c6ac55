"""What the commands share: their names and options, reading of files, and output for the user."""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import FrameType
from typing import NamedTuple, NoReturn

from kokoro_demo.errors import RequestError
from kokoro_demo.files import decode_text, encoding_of
from kokoro_demo.languages import LANGUAGES, canonical_language
from kokoro_demo.script.cast import cast_lines, parse_cast

CLEAR_LINE = "\r\033[K"
CAST_HELP = "the speakers of a script: lines of 'Name = voice' or 'Name = voice, 1.2' with a speed"
PROGRAM = "python -m kokoro_demo"


class Command(NamedTuple):
    """module: has a `main` that takes the arguments and returns the exit status; imported when it is needed.
    purpose: for the help.
    """

    module: str
    purpose: str


COMMANDS = {
    "speak": Command("kokoro_demo.commands.speak", "speak a text; the default command"),
    "batch": Command("kokoro_demo.batch.command", "speak many texts to files, on one machine or several"),
    "check": Command("kokoro_demo.checklist.command", "find the words of a list that are not pronounced as expected"),
    "coverage": Command("kokoro_demo.commands.coverage", "find the words of a script that are in no dictionary"),
    "lexicon": Command("kokoro_demo.commands.lexicon", "merge lexicons, and write them in other programs' formats"),
    "doctor": Command("kokoro_demo.doctor", "check this installation"),
    "download": Command("kokoro_demo.commands.download", "fetch everything that a machine without a network needs"),
    "compact": Command("kokoro_demo.commands.compact", "store a checkpoint in a quarter of the space"),
}


class Options(argparse.ArgumentParser):
    """The argument parser of one command. command: its name in `COMMANDS`."""

    def __init__(self, command: str, description: str, epilog: str | None = None) -> None:
        self.command = command
        name = PROGRAM if command == "speak" else f"{PROGRAM} {command}"
        super().__init__(
            prog=name, description=description, epilog=epilog, formatter_class=argparse.RawDescriptionHelpFormatter
        )

    def error(self, message: str) -> NoReturn:
        """Print the error and, if a text may have been misunderstood, how to have it spoken."""
        if self.command != "speak":
            message += f'\nTo speak the word "{self.command}": {PROGRAM} speak {self.command}'
        elif message.startswith("unrecognized arguments: ") and not message.split(": ", 1)[1].startswith("-"):
            message += f'\nPut a text of several words in quotes: {PROGRAM} "Hello there."'
        super().error(message)


def add_language_option(options: argparse.ArgumentParser, default: str) -> None:
    """Add ``--language``.

    default: what it defaults to, for the help.
    """
    known = ", ".join(LANGUAGES)
    options.add_argument("--language", type=_language, metavar="CODE", help=f"{known}; {default}")


def _language(written: str) -> str:
    try:
        return canonical_language(written)
    except RequestError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def read_text(data: bytes, name: str) -> str:
    """Return the text of a file in whatever encoding. If the encoding had to be guessed, a warning names it.

    Raises:
        RequestError: if it is not a text.
    """
    text = decode_text(data, name)
    if encoding_of(data) == "windows-1252":
        warn([f"{name} is not UTF-8; it is read as Windows-1252, the encoding of old Western European files."])
    return text


def read_cast(path: Path | None) -> str:
    """Return the lines of a cast; "" if there is no file.

    Raises:
        OSError: if it cannot be read.
        RequestError: if it is not a text, or a line is invalid.
    """
    if path is None:
        return ""
    lines = read_text(path.read_bytes(), str(path))
    try:
        lines = cast_lines(lines)
        parse_cast(lines)
    except RequestError as error:
        raise RequestError(f"{path}: {error}") from None
    return lines


def show_progress(fraction: float, sentence: str) -> None:
    """Show the progress of loading in one line on standard error, if that is a terminal."""
    if sys.stderr.isatty():
        line = f"{sentence} ({fraction:.0%})" if fraction < 1 else ""
        print(f"{CLEAR_LINE}{line}", end="", file=sys.stderr, flush=True)


def warn(warnings: Sequence[str]) -> None:
    """Print warnings to standard error, one on each line."""
    for warning in warnings:
        print(f"warning: {warning}", file=sys.stderr)


def message(sentence: str) -> None:
    """Print why a command ends to standard error, if that is still open."""
    with contextlib.suppress(OSError):
        print(f"kokoro_demo: {sentence}", file=sys.stderr, flush=True)


def output() -> io.TextIOBase:
    """Return standard output, for a command's result.

    Raises:
        RequestError: if it is closed.
    """
    if sys.stdout is None:
        raise RequestError("Standard output is closed. Name a file with -o, or leave it open.")
    return sys.stdout  # type: ignore[return-value]


def open_streams() -> None:
    """Make the standard streams usable.

    Those that are closed are connected to the null device; otherwise a file that is opened later could get their
    number, and with it whatever a library prints. Characters that the output's encoding lacks are written as escapes,
    such as ``\\u02c8``.
    """
    for number in range(3):
        if not _is_open(number):
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  for as long as the process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def silence_output() -> None:
    """Discard what is not yet written to standard output; otherwise Python would fail on it again when it exits."""
    with contextlib.suppress(OSError, ValueError, AttributeError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


@contextlib.contextmanager
def tidy_termination() -> Iterator[None]:
    """Within this block SIGTERM and SIGHUP raise SystemExit, so that no unfinished file is left behind."""

    def end(number: int, frame: FrameType | None) -> None:
        raise SystemExit(128 + number)

    in_main_thread = threading.current_thread() is threading.main_thread()
    names = [name for name in ("SIGTERM", "SIGHUP") if in_main_thread and hasattr(signal, name)]
    before = {name: signal.signal(getattr(signal, name), end) for name in names}
    try:
        yield
    finally:
        for name, handler in before.items():
            signal.signal(getattr(signal, name), handler)
