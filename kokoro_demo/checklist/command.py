"""``python -m kokoro_demo check words.csv``: a pronunciation test for a terminal and for a CI."""

from __future__ import annotations

import argparse
import io
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kokoro_demo.checklist.check import ANY_TEXT, NEEDS_A_LOOK, Read, check_row
from kokoro_demo.checklist.junit import to_junit
from kokoro_demo.checklist.report import report
from kokoro_demo.checklist.results import to_csv, to_json
from kokoro_demo.checklist.rows import read_list
from kokoro_demo.checklist.table import MAX_BYTES
from kokoro_demo.commands.terminal import add_language_option
from kokoro_demo.errors import RequestError
from kokoro_demo.files import write_whole
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import catalogue, describe, near_names

MATCHED, DIFFERED = 0, 1


def main(arguments: Sequence[str], read: Read) -> int:
    """Check a list and print what differs; gives 0 where every row with something expected matches, 1 otherwise.

    read: how a request is read without a checkpoint.

    Raises:
        RequestError: where the list, the lexicon or a file to write cannot be had.
    """
    options = parser().parse_args(arguments)
    usual = replace(ANY_TEXT, language=options.language, lexicon=read_lexicon(options.lexicon))
    checklist = read_list(read_bytes(options.list))
    for note in checklist.notes:
        print(note, file=sys.stderr)
    rows = [check_row(row, lambda request: read_as_named(request, read), usual) for row in checklist.rows]
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a terminal that has no such letters
    for line in report(rows):
        print(line)
    if options.junit:
        write(options.junit, to_junit(rows, "standard input" if options.list == "-" else options.list))
    if options.json:
        write(options.json, to_json(rows, checklist.extra_columns, checklist.notes))
    if options.csv:
        write(options.csv, to_csv(rows, checklist.extra_columns))
    return DIFFERED if any(row.result in NEEDS_A_LOOK for row in rows) else MATCHED


def parser() -> argparse.ArgumentParser:
    """The options of the command."""
    options = argparse.ArgumentParser(
        prog="python -m kokoro_demo check",
        description="Check how the rows of a list are read: a text a line, or a CSV or TSV table (UTF-8) with a column "
        "'text' and, if you like, 'expected' (phonemes, Kokoro's or plain IPA), 'voice', 'language' and 'note'. "
        "Needs no model. Exit status: 0 all matched, 1 something differed or could not be read, 2 misused.",
    )
    options.add_argument("list", help="the file; '-' for standard input")
    add_language_option(options, "for rows that do not name one; the voice's own if left out")
    options.add_argument("--lexicon", type=Path, metavar="FILE", help="lines of 'word = /ipa/' or 'word = respelling'")
    options.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML, for a CI")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON")
    options.add_argument("--csv", type=Path, metavar="FILE", help="write the results as CSV, for a spreadsheet")
    return options


def read_bytes(path: str) -> bytes:
    """The list, and one byte more than it may have where it is too large."""
    if path == "-":
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with naming(Path(path)), Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def read_lexicon(path: Path | None) -> str:
    """The lines of a lexicon; none where there is no file.

    Raises:
        RequestError: where it cannot be read, or a line of it is no entry.
    """
    if path is None:
        return ""
    with naming(path):
        lines = path.read_text(encoding="utf-8-sig")
    _, problems = parse_lexicon(lines)
    if problems:
        raise RequestError(f"{path}: {' '.join(problems)}")
    return lines


def write(path: Path, data: bytes) -> None:
    """Raises RequestError where the file cannot be written."""
    with naming(path):
        write_whole(path, data)


@contextmanager
def naming(path: Path) -> Iterator[None]:
    """What is wrong with a file is a RequestError that names it."""
    try:
        yield
    except OSError as error:
        raise RequestError(f"{path}: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise RequestError(f"{path} is not UTF-8. Convert it, for example with iconv -f latin1 -t utf-8.") from error


def read_as_named(request: SpeechRequest, read: Read) -> Pronunciation:
    """The reading, where no checkpoint says which voices there are: only a name that tells its language is one.

    Raises:
        RequestError: for another name.
    """
    unknown = [name for name, _ in parse_blend(request.voice) if name not in catalogue()]
    if not unknown:
        return read(request)
    near = " or ".join(near_names(unknown[0], catalogue()))
    advice = f" Did you mean {near}?" if near else ""
    if not all(describe(name).gender for name in unknown):
        raise RequestError(f"There is no voice {unknown[0][:80]!r}.{advice}")
    reading = read(request)
    warning = f"{unknown[0][:80]!r} is no voice of Kokoro v1; its name says {reading.language}.{advice}"
    return replace(reading, warnings=(*reading.warnings, warning))
