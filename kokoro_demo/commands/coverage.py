"""``python -m kokoro_demo coverage script.txt --lexicon mine.pls``: finds the words that are in no dictionary."""

from __future__ import annotations

import csv
import io
import sys
from collections.abc import Sequence
from pathlib import Path

from kokoro_demo.checklist.formulas import guarded
from kokoro_demo.checklist.report import printable
from kokoro_demo.commands.chapters import parts
from kokoro_demo.commands.lexicon_files import LEXICON_HELP, read_lexicon
from kokoro_demo.commands.speak import MAX_BOOK, MAX_BYTES
from kokoro_demo.commands.terminal import CAST_HELP, Options, add_language_option, output, read_cast, read_text
from kokoro_demo.errors import RequestError
from kokoro_demo.files import check_writable, write_whole
from kokoro_demo.g2p.coverage import Coverage
from kokoro_demo.languages import DEFAULT_LANGUAGE
from kokoro_demo.lexicons.content import dumped
from kokoro_demo.pronouncing import ScriptCoverage, script_coverage
from kokoro_demo.script.cast import parse_cast
from kokoro_demo.script.dialogue import openings
from kokoro_demo.script.ssml.document import begins_as_ssml
from kokoro_demo.speech import SpeechRequest

COVERED, NOT_COVERED = 0, 1
COLUMNS = ("word", "guess", "count", "line", "column", "context")


def main(arguments: Sequence[str]) -> int:
    """Print the words that are in no dictionary and not in the lexicon; returns 0 if there are at most --allow of them,
    or else 1.

    Raises:
        RequestError: if the script or the lexicon is invalid, or a file cannot be written.
        OSError: if a file cannot be read or written.
    """
    options = parser().parse_args(arguments)
    for path in filter(None, (options.json, options.csv, options.lines)):
        check_writable(path)
    text = written_text(options.script)
    language = options.language or DEFAULT_LANGUAGE
    lexicon = read_lexicon(options.lexicon, language, text)
    coverage = search(text, options.language, lexicon, read_cast(options.cast), options.ssml)
    for line in report(coverage):
        print(line, file=output())
    if options.json:
        write_whole(options.json, dumped(coverage.details()))
    if options.csv:
        write_whole(options.csv, to_csv(coverage))
    if options.lines:
        write_whole(options.lines, "".join(f"{word.word} = /{word.guess}/\n" for word in coverage.words).encode())
    return NOT_COVERED if len(coverage.words) > options.allow else COVERED


def search(text: str, language: str | None, lexicon: str, cast: str, ssml: bool) -> Coverage:
    """Search a whole text. Without a language, the words of each voice in the cast are read in that voice's language.

    Raises:
        RequestError: if the text, the cast or the SSML is invalid.
    """
    if ssml or begins_as_ssml(text):
        return script_coverage(SpeechRequest(text, language=language, lexicon=lexicon, cast=cast, ssml=ssml))
    coverage = ScriptCoverage(text, lexicon)
    cut = parts(text)
    before = openings(text, parse_cast(cast), [start for start, _ in cut])
    for (start, part), opening in zip(cut, before, strict=True):
        coverage.add(SpeechRequest(opening + part, language=language, cast=cast), start, len(opening))
    return coverage.result()


def parser() -> Options:
    """The command's options."""
    options = Options(
        "coverage",
        "Find the words of a script that are in no dictionary: names, brands, typing errors. Each is shown with its\n"
        "number of occurrences, the first of them, and the guess that would be spoken. Needs no model. Exit status:\n"
        "0 if there are at most --allow such words, 1 if there are more, 2 for wrong usage.",
    )
    options.add_argument("script", help="a text file, which may be a whole book; '-' for standard input")
    options.add_argument("--lexicon", type=Path, metavar="FILE", help=LEXICON_HELP)
    options.add_argument("--cast", type=Path, metavar="FILE", help=CAST_HELP)
    options.add_argument("--ssml", action="store_true", help="the script is SSML, even without <speak")
    add_language_option(options, f"defaults to {DEFAULT_LANGUAGE}, or to that of each voice of a script")
    options.add_argument("--allow", type=int, default=0, metavar="N", help="how many words may be in no dictionary")
    options.add_argument("--json", type=Path, metavar="FILE", help="write the words as JSON")
    options.add_argument("--csv", type=Path, metavar="FILE", help="write the words as CSV, for a spreadsheet")
    options.add_argument(
        "--lines", type=Path, metavar="FILE", help="write a lexicon of the words and their guesses, to be corrected"
    )
    return options


def written_text(script: str) -> str:
    """Return the text of a file, or of standard input if it is "-".

    Raises:
        RequestError: if it is not a text, or too long.
        OSError: if it cannot be read.
    """
    if script != "-":
        with Path(script).open("rb") as file:
            text = read_text(file.read(MAX_BYTES), script)
    elif sys.stdin is None:
        raise RequestError("Standard input is closed. Name the file of the script.")
    else:
        text = read_text(sys.stdin.buffer.read(MAX_BYTES), "Standard input")
    if len(text) > MAX_BOOK:
        raise RequestError(f"The script has {len(text):,} characters; at most {MAX_BOOK:,} are read. Divide it.")
    return text


def report(coverage: Coverage) -> list[str]:
    """Return a line for each word, in columns, and a summary."""
    width = max((len(word.word) for word in coverage.words), default=0)
    lines = [
        f"{word.word:<{min(width, 30)}}  ×{word.count:<4} line {word.line}, column {word.column}: "
        f"/{word.guess}/  {printable(word.context)}"
        for word in coverage.words
    ]
    return [*map(_one_line, lines), coverage.summary]


def to_csv(coverage: Coverage) -> bytes:
    """Return a row for each word, safe to open in a spreadsheet, in UTF-8 with a byte order mark."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for word in coverage.words:
        writer.writerow([guarded(str(getattr(word, name))) for name in COLUMNS])
    return file.getvalue().encode("utf-8-sig")


def _one_line(line: str) -> str:
    """The line without control characters, which a terminal might obey; spaces are kept."""
    return "".join(sign if sign.isprintable() else "�" for sign in line)
