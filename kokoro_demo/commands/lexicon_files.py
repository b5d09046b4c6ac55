"""Reads the lexicon files of commands, in any format, merges them, and reports on standard error."""

from __future__ import annotations

import sys
from pathlib import Path

from kokoro_demo.budget import MAX_CHARACTERS
from kokoro_demo.checklist.report import printable
from kokoro_demo.commands.terminal import warn
from kokoro_demo.errors import RequestError
from kokoro_demo.files import decode_text, encoding_of
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.languages import DEFAULT_LANGUAGE
from kokoro_demo.lexicons import MergedLexicon, entries_for, merge_lexicon
from kokoro_demo.lexicons.content import MAX_BYTES

# Further lines are counted; --report shows all of them.
SHOWN = 10
LEXICON_HELP = "lines of 'word = /ipa/' or 'word = respelling', or any format of the command lexicon"


def read_lexicon(path: Path | None, language: str | None = None, text: str = "") -> str:
    """Return the lines of a lexicon in any format; "" if there is no file, or it is empty.

    If the lexicon is too long for a request, only the entries that `text` may need are returned.

    language: the language of the phonemes, which are checked in it; None for the default.
    text: everything that will be spoken.

    Raises:
        OSError: if the file cannot be read.
        RequestError: if it is not a lexicon, or a line of our own format is invalid.
    """
    if path is None:
        return ""
    data = read_bytes(path)
    if not data.strip():
        return ""
    merged = merged_with(path, data, "", language or DEFAULT_LANGUAGE)
    problems = parse_lexicon(decode_text(data))[1] if merged.format == "fixes" else []
    if problems:
        raise RequestError(f"{path}: {' '.join(problems)}")
    if merged.format == "fixes":
        warn([printable(warning) for warning in merged.warnings])
    else:
        show(merged, path, SHOWN)
    if len(merged.lines) <= MAX_CHARACTERS:
        return merged.lines
    needed = entries_for(merged.lines, text)
    count, total = (len(parse_lexicon(lines)[0]) for lines in (needed, merged.lines))
    warn([f"{path} is too long for a request: {count:,} of its {total:,} entries are used, those that may be needed."])
    return needed


def read_bytes(path: str | Path) -> bytes:
    """Read a file, up to one byte more than the limit, so that a file that is too large is recognised later.

    Raises:
        OSError: if it cannot be read.
    """
    with Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def merged_with(path: str | Path, data: bytes, lines: str, language: str) -> MergedLexicon:
    """Merge a file into the lines of a lexicon. If its encoding had to be guessed, a warning names it.

    Raises:
        RequestError: if it is not a lexicon; the message names the file.
    """
    try:
        merged = merge_lexicon(lines, data, language)
    except RequestError as error:
        raise RequestError(f"{path}: {error}") from None
    if merged.format != "pls" and encoding_of(data) == "windows-1252":
        warn([f"{path} is not UTF-8; it is read as Windows-1252, the encoding of old Western European files."])
    return merged


def show(merged: MergedLexicon, path: str | Path, limit: int | None) -> None:
    """Print a report on one file: a summary, and what was refused or replaced, at most `limit` lines of each. If
    `limit` is None, everything is listed, including what was taken."""
    print(f"{path}: {merged.summary}", file=sys.stderr)
    lines = [f"replaced: {step.before} → {step.line}" for step in merged.replaced[:limit]]
    lines += [f"taken: {step.line}" for step in (merged.taken if limit is None else ())]
    lines += _first([f"refused: {refused}" for refused in merged.refused], limit)
    lines += _first([f"warning: {warning}" for warning in merged.warnings], limit)
    for line in lines:
        print(f"  {printable(line)}", file=sys.stderr)


def _first(lines: list[str], limit: int | None) -> list[str]:
    if limit is None or len(lines) <= limit:
        return lines
    return [*lines[:limit], f"and {len(lines) - limit} more: --report shows all"]
