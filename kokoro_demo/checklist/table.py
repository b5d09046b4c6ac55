"""Splits a list into rows of cells. It may come from any spreadsheet, or be prose full of commas and quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.files import decode_text, encoding_of

MAX_BYTES = 1_000_000
MAX_COLUMNS = 50
# Characters of a text or its phonemes; a list is for words and sentences.
MAX_CELL = 2_000
DELIMITERS = "\t;,|"
COLUMNS = ("text", "expected", "voice", "note", "language")

_TOO_LARGE = f"The list is larger than {MAX_BYTES // 1_000_000} MB. Check it in parts."
_NUL = (
    "The list contains NUL characters, so it is not plain text, or it is UTF-16 without a byte order mark. Save it as "
    "UTF-8: in a spreadsheet choose “CSV UTF-8”, elsewhere run iconv -f utf-16le -t utf-8."
)
_LINE_END = re.compile(r"\r\n|\r|\n")
# Text that can only be phonemes.
_PHONEMES = re.compile("^/.+/$|[\u0250-\u02af\u02c8\u02cc\u02d0]")


class Line(NamedTuple):
    """The cells of a row as they were written, and the line of the file in which it begins."""

    number: int
    cells: list[str]


@dataclass(frozen=True, slots=True)
class Layout:
    """The layout of a list.

    delimiter: the character between two cells; "" if a line is one cell; None if a line is plain text, in which quotes
        have no special meaning.
    header: whether the first row names the columns.
    start: where the first row begins.
    """

    delimiter: str | None
    header: bool = False
    start: int = 0


def decode(data: bytes) -> str:
    """Return the text of a file in any common encoding (`files.encoding_of`), without a byte order mark.

    Raises:
        RequestError: if it is too large or not a text.
    """
    if len(data) > MAX_BYTES:
        raise RequestError(_TOO_LARGE)
    if data.startswith(b"PK\x03\x04"):
        raise RequestError("This is a workbook or an archive, not a text file. Save the sheet as “CSV UTF-8”.")
    encoding = encoding_of(data)
    if encoding == "utf-8-sig":
        return checked(data.decode(encoding))
    if b"\0" in data and encoding != "utf-16":
        raise RequestError(_NUL)
    return checked(decode_text(data, "The list"))


def checked(text: str) -> str:
    """Return the text itself, without a byte order mark.

    Raises:
        RequestError: if it is too large or not a text.
    """
    if len(text) > MAX_BYTES:
        raise RequestError(_TOO_LARGE)
    if "\0" in text:
        raise RequestError(_NUL)
    if re.search("[\ud800-\udfff]", text):
        raise RequestError("The list contains halves of characters (lone surrogates). Copy it again.")
    return text.removeprefix("\ufeff")


def lines_of(text: str, layout: Layout) -> Iterator[Line]:
    """Yield the rows that are not blank, including the header."""
    if layout.delimiter is not None:
        rows = split_rows(text, layout.delimiter, layout.start)
        return (row for row in rows if any(cell.strip() for cell in row.cells))
    rows = (Line(number, [line.strip()]) for number, line in enumerate(_LINE_END.split(text), 1))
    return (row for row in rows if row.cells[0])


def split_rows(text: str, delimiter: str, start: int = 0) -> Iterator[Line]:
    """Yield every row. Unlike in Python's csv, a quote that is not closed at the end of its cell is just a quote."""
    mark = re.escape(delimiter)
    end = "|".join([*([mark] if mark else []), r"\r\n", r"\r", r"\n", r"\Z"])
    cell = re.compile(rf'(?:"([^"]*(?:""[^"]*)*)"(?={end})|([^{mark}\r\n]*))({end})')
    position, number = start, 1 + len(_LINE_END.findall(text[:start]))
    row_start, cells = start, list[str]()
    while position < len(text) or cells:
        match = cell.match(text, position)
        assert match is not None, "every position begins a cell"
        quoted, plain, closing = match.groups()
        cells.append(plain if quoted is None else quoted.replace('""', '"'))
        position = match.end()
        if not delimiter or closing != delimiter:
            yield Line(number, cells)
            number += len(_LINE_END.findall(text, row_start, position))
            row_start, cells = position, []


def find_layout(text: str) -> Layout:
    """Return the layout of a list. It is a table if the first row names a column "text".

    Otherwise it is a table if there are tabs, or phonemes in the second cell of every row; any other list is lines of
    text, in which commas are punctuation.

    Raises:
        RequestError: if the first row names a column "expected" but none "text".
    """
    declared = re.match(r"\s*sep=([\t;,|])(?:\r\n|\r|\n)", text)
    start = declared.end() if declared else 0
    candidates = []
    for delimiter in declared.group(1) if declared else ["", *DELIMITERS]:
        names = [cell.strip().casefold() for cell in _first_row(text, delimiter, start)]
        if "text" in names or "expected" in names:
            candidates.append((len(set(names) & set(COLUMNS)), len(names), delimiter, names))
    if candidates:
        _, _, delimiter, names = max(candidates, key=lambda candidate: candidate[:2])
        if "text" not in names:
            raise RequestError("The first row has no column “text”. Give that name to the column of texts.")
        return Layout(delimiter, True, start)
    if declared:
        return Layout(declared.group(1), False, start)
    return next((Layout(delimiter) for delimiter in DELIMITERS if _is_table(text, delimiter)), Layout(None))


def _first_row(text: str, delimiter: str, start: int) -> list[str]:
    rows = split_rows(text, delimiter, start)
    return next((row.cells for row in rows if any(cell.strip() for cell in row.cells)), [])


def _is_table(text: str, delimiter: str) -> bool:
    if delimiter not in text:
        return False
    rows = [row.cells for row in lines_of(text, Layout(delimiter))]
    if delimiter == "\t":
        return any(len(row) > 1 for row in rows)
    seconds = [row[1].strip() for row in rows if len(row) > 1 and row[1].strip()]
    return bool(seconds) and all(2 <= len(row) <= 4 for row in rows) and all(map(_PHONEMES.search, seconds))
