"""``python -m kokoro_demo check words.csv``: a pronunciation test for the terminal and for CI."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from kokoro_demo.checklist.check import ANY_TEXT, NEEDS_A_LOOK, CheckedRow, Pronounce, check_row, request_for
from kokoro_demo.checklist.heard import Heard, Recogniser, compare_heard, marked_words
from kokoro_demo.checklist.junit import to_junit
from kokoro_demo.checklist.report import printable, report
from kokoro_demo.checklist.results import to_csv, to_json
from kokoro_demo.checklist.rows import read_list
from kokoro_demo.checklist.table import MAX_BYTES
from kokoro_demo.commands.lexicon_files import LEXICON_HELP, read_lexicon
from kokoro_demo.commands.speak import open_synthesizer
from kokoro_demo.commands.terminal import CAST_HELP, Options, add_language_option, read_cast
from kokoro_demo.errors import RequestError
from kokoro_demo.files import check_writable, write_whole
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.pronouncing import pronounce_without_model
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import catalogue, describe, near_names

MATCHED, DIFFERED = 0, 1


def main(arguments: Sequence[str]) -> int:
    """Check a list and print a report; return 0 if every row with something expected matches, 1 otherwise.

    Raises:
        RequestError: if the list or the lexicon cannot be read, or a file cannot be written.
    """
    options = parser().parse_args(arguments)
    recogniser = Recogniser() if options.heard else None
    for path in filter(None, (options.junit, options.json, options.csv)):
        check_writable(path)
    checklist = read_list(read_bytes(options.list))
    with naming(options.lexicon):
        texts = "\n".join(row.text for row in checklist.rows)
        lexicon = read_lexicon(options.lexicon, options.language, texts)
    with naming(options.cast):
        cast = read_cast(options.cast)
    defaults = replace(ANY_TEXT, language=options.language, lexicon=lexicon, cast=cast)
    for note in checklist.notes:
        print(note, file=sys.stderr)
    rows = [check_row(row, _pronounce, defaults) for row in checklist.rows]
    for line in report(rows):
        print(line)
    heard = hear_rows(rows, defaults, recogniser, options) if recogniser else None
    if options.junit:
        write(options.junit, to_junit(rows, "standard input" if options.list == "-" else options.list))
    if options.json:
        write(options.json, to_json(rows, checklist.extra_columns, checklist.notes, heard))
    if options.csv:
        write(options.csv, to_csv(rows, checklist.extra_columns, heard=heard))
    return DIFFERED if any(row.result in NEEDS_A_LOOK for row in rows) else MATCHED


def parser() -> Options:
    """The options of the command."""
    options = Options(
        "check",
        "Check how the rows of a list are pronounced: one text per line, or a CSV or TSV table with a column\n'text' "
        "and, optionally, 'expected' (phonemes, Kokoro's or plain IPA), 'voice', 'language' and 'note'.\n"
        "Needs no model. Exit status: 0 all matched, 1 something differed or could not be read, 2 usage error.",
    )
    options.add_argument("list", help="the file; '-' for standard input")
    add_language_option(options, "for rows that do not name one; defaults to the voice's own")
    options.add_argument("--lexicon", type=Path, metavar="FILE", help=LEXICON_HELP)
    options.add_argument("--cast", type=Path, metavar="FILE", help=CAST_HELP)
    options.add_argument("--junit", type=Path, metavar="FILE", help="write JUnit XML, for CI")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the results as JSON")
    options.add_argument("--csv", type=Path, metavar="FILE", help="write the results as CSV, for a spreadsheet")
    options.add_argument(
        "--heard",
        action="store_true",
        help="speak each row and show what a recogniser hears differently; needs weights and "
        "requirements-listening.txt, and does not change the exit status",
    )
    options.add_argument(
        "--checkpoint",
        help="the checkpoint for --heard: a folder, an ONNX file, owner/name[@revision], packaged or builtin",
    )
    return options


def hear_rows(
    rows: Sequence[CheckedRow], defaults: SpeechRequest, recogniser: Recogniser, options: argparse.Namespace
) -> dict[int, Heard]:
    """Speak each row that can be read, and print what the recogniser hears differently.

    Raises:
        CheckpointError: if the checkpoint cannot be loaded.
    """
    synthesizer = open_synthesizer(options)
    heard: dict[int, Heard] = {}
    failed = 0
    for checked in rows:
        if not checked.phonemes:
            continue
        try:
            request = request_for(checked.row, defaults)
            speech = synthesizer.speak(request)
        except RequestError as error:
            failed += 1
            print(f"line {checked.row.line:<4} not heard: {printable(str(error))}")
            continue
        language = request.language or synthesizer.language_of(request.voice)
        heard_text = recogniser.hear(speech.audio, speech.sample_rate, language)
        comparison = compare_heard(checked.spoken, heard_text, language)
        heard[checked.row.number] = comparison
        if not comparison.same:
            print(f"line {checked.row.line:<4} heard as {printable(marked_words(comparison))}")
    differ = sum(not result.same for result in heard.values())
    print(f"Heard {len(heard)} of {len(heard) + failed} rows: {differ} otherwise than spoken.")
    return heard


def read_bytes(path: str) -> bytes:
    """Read the list: at most one byte more than the limit, so that a larger file is noticed."""
    if path == "-":
        if sys.stdin is None:
            raise RequestError("Standard input is closed. Name the file of the list.")
        return sys.stdin.buffer.read(MAX_BYTES + 1)
    with naming(Path(path)), Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def write(path: Path, data: bytes) -> None:
    """Write a file whole.

    Raises:
        RequestError: if it cannot be written.
    """
    with naming(path):
        write_whole(path, data)


@contextmanager
def naming(path: Path | None) -> Iterator[None]:
    """Turn an OSError into a RequestError that names the file."""
    try:
        yield
    except OSError as error:
        raise RequestError(f"{path}: {error.strerror or error}.") from error


def _pronounce(request: SpeechRequest) -> Pronunciation:
    return pronounce_by_name(request, pronounce_without_model)


def pronounce_by_name(request: SpeechRequest, pronounce: Pronounce) -> Pronunciation:
    """Return the pronunciation of a request without a checkpoint, so with no list of its voices.

    A voice that is not Kokoro's is accepted, with a warning, if its name shows its language.

    Raises:
        RequestError: if the name of the voice does not show its language.
    """
    unknown = [name for name, _ in parse_blend(request.voice) if name not in catalogue()]
    if not unknown:
        return pronounce(request)
    near = " or ".join(near_names(unknown[0], catalogue()))
    advice = f" Did you mean {near}?" if near else ""
    if not all(describe(name).gender for name in unknown):
        raise RequestError(f"There is no voice {unknown[0][:80]!r}.{advice}")
    pronunciation = pronounce(request)
    warning = f"{unknown[0][:80]!r} is not a voice of Kokoro v1; its name suggests {pronunciation.language}.{advice}"
    return replace(pronunciation, warnings=(*pronunciation.warnings, warning))
