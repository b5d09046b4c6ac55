"""Files of fixes for the commands, in any form: read, merged, and reported on standard error."""

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

# Further ones are counted; --report has them all.
SHOWN = 10
LEXICON_HELP = "lines of 'word = /ipa/' or 'word = respelling', or any form of the command lexicon"


def read_lexicon(path: Path | None, language: str | None = None, text: str = "") -> str:
    """The lines of a lexicon, whatever its form; "" without a file, or if it is empty. Of a lexicon that is longer than
    a request may hold, only what `text` may need.

    language: the language in which phonemes are checked; None for the default.
    text: all that is to be spoken.

    Raises:
        OSError: if it cannot be read.
        RequestError: if it is not a lexicon, or a line of our own form is not an entry.
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
    warn([f"{path} is longer than a request may be: of its {total:,} entries the {count:,} that may be met are used."])
    return needed


def read_bytes(path: str | Path) -> bytes:
    """The file, and one byte more than it may have if it is too large.

    Raises:
        OSError: if it cannot be read.
    """
    with Path(path).open("rb") as file:
        return file.read(MAX_BYTES + 1)


def merged_with(path: str | Path, data: bytes, lines: str, language: str) -> MergedLexicon:
    """A file merged into the lines of a lexicon; an encoding that had to be guessed is named in a warning.

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


def show(merged: MergedLexicon, path: str | Path, most: int | None) -> None:
    """Print the report of one file: its summary, and what is refused or replaced, at most `most` lines of each; all
    that is taken as well if that is None."""
    print(f"{path}: {merged.summary}", file=sys.stderr)
    lines = [f"replaced: {step.before} → {step.line}" for step in merged.replaced[:most]]
    lines += [f"taken: {step.line}" for step in (merged.taken if most is None else ())]
    lines += _first([f"refused: {refused}" for refused in merged.refused], most)
    lines += _first([f"warning: {warning}" for warning in merged.warnings], most)
    for line in lines:
        print(f"  {printable(line)}", file=sys.stderr)


def _first(lines: list[str], most: int | None) -> list[str]:
    if most is None or len(lines) <= most:
        return lines
    return [*lines[:most], f"and {len(lines) - most} more: --report shows all"]
