"""Reads a pronunciation list: lines of text, or a table with a column of texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from kokoro_demo.checklist.formulas import unguarded
from kokoro_demo.checklist.table import (
    COLUMNS,
    MAX_CELL,
    MAX_COLUMNS,
    Layout,
    Line,
    checked,
    decode,
    find_layout,
    lines_of,
)
from kokoro_demo.errors import RequestError
from kokoro_demo.files import encoding_of

MAX_ROWS = 500
_GUESSED_ENCODING = (
    "The list is not UTF-8; it was read as Windows-1252, the encoding of old Western European files. If letters are "
    "wrong, save it as “CSV UTF-8”."
)
# The order of the columns if the first row does not name them.
POSITIONS = ("text", "expected", "voice", "note")
# The columns that a check adds. A list with the first three is the result of an earlier check.
RESULT_COLUMNS = ("result", "phonemes", "difference", "source", "spoken", "error", "warnings", "audio")
# The columns that listening adds.
HEARD_COLUMNS = ("heard", "heard_difference")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list.

    number: counted from 1.
    line: the line of the file in which the row begins.
    text: the text to read, with markup.
    expected: the phonemes that it should have, Kokoro's or plain IPA; "" if nothing is expected.
    voice, language: "" if the list does not name one.
    extra: the cells in `CheckList.extra_columns`.
    problem: why the row cannot be read; "" if it can.
    """

    number: int
    line: int
    text: str
    expected: str = ""
    voice: str = ""
    note: str = ""
    language: str = ""
    extra: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True, slots=True)
class CheckList:
    """A list that was read from a file or pasted.

    extra_columns: the names of columns that are kept but not used.
    notes: remarks for the user on how the list was read.
    """

    rows: tuple[ListRow, ...]
    extra_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Columns(NamedTuple):
    """The meaning of each column.

    known: the indices of the columns that are used, by name.
    extra: the indices of those that are only kept, by name.
    outdated: the names of those that an earlier check added.
    """

    known: dict[str, int]
    extra: dict[str, int]
    outdated: list[str]
    width: int


def read_list(data: bytes | str) -> CheckList:
    """Read a list from the bytes of a file, or from pasted text.

    An invalid row stays in the list, with a `problem`.

    Raises:
        RequestError: if it is not a list, or has more than 500 rows or 50 columns.
    """
    text = checked(data) if isinstance(data, str) else decode(data)
    layout = find_layout(text)
    lines = list(lines_of(text, layout))
    _refuse_wide(lines, layout)
    header = lines.pop(0).cells if layout.header else None
    if not lines:
        raise RequestError("The list is empty. Paste one text per line, or a table with a column “text”.")
    if len(lines) > MAX_ROWS:
        raise RequestError(
            f"The list has {len(lines):,} rows; at most {MAX_ROWS} are checked at once. Check it in parts."
        )
    columns = _columns(header, lines)
    rows = tuple(_row(number, line, columns, layout) for number, line in enumerate(lines, 1))
    guessed = isinstance(data, bytes) and encoding_of(data) == "windows-1252"
    notes = [_GUESSED_ENCODING] if guessed else []
    return CheckList(rows, tuple(columns.extra), (*notes, *_notes(layout, columns, lines)))


def _refuse_wide(lines: Sequence[Line], layout: Layout) -> None:
    """Raise a RequestError if there are too many columns, even if they were not recognised as columns."""
    for line in lines:
        columns = len(line.cells)
        if layout.delimiter is None and len(line.cells[0]) > MAX_CELL:
            columns = 1 + max(line.cells[0].count(delimiter) for delimiter in ";,|")
        if columns > MAX_COLUMNS:
            raise RequestError(
                f"Line {line.number} of the list has {columns:,} columns; at most {MAX_COLUMNS} are read. "
                f"Keep these: {', '.join(COLUMNS)}."
            )


def _columns(header: Sequence[str] | None, lines: Sequence[Line]) -> _Columns:
    if header is None:
        width = max(len(line.cells) for line in lines)
        names = [*POSITIONS, *(f"column {index + 1}" for index in range(len(POSITIONS), width))][:width]
    else:
        names = [cell.strip() for cell in header]
    known: dict[str, int] = {}
    extra: dict[str, int] = {}
    outdated: list[str] = []
    is_result = {name.casefold() for name in names} >= set(RESULT_COLUMNS[:3])
    for index, name in enumerate(names):
        key = name.casefold()
        if key in COLUMNS:
            if key in known:
                raise RequestError(f"Two columns of the list are named {key}. Rename or remove one.")
            known[key] = index
        elif is_result and key in (*RESULT_COLUMNS, *HEARD_COLUMNS):
            outdated.append(key)
        elif name or any(_cell(line, index).strip() for line in lines):
            extra[_unused(unguarded(name) if is_result else name or f"column {index + 1}", extra)] = index
    return _Columns(known, extra, outdated, len(names))


def _unused(name: str, taken: dict[str, int]) -> str:
    """Return the name, with a number if another column has the same name."""
    used = {other.casefold() for other in [*taken, *COLUMNS, *RESULT_COLUMNS, *HEARD_COLUMNS]}
    names = (name if count == 1 else f"{name} ({count})" for count in range(1, MAX_COLUMNS + 2))
    return next(candidate for candidate in names if candidate.casefold() not in used)


def _row(number: int, line: Line, columns: _Columns, layout: Layout) -> ListRow:
    def cell(index: int) -> str:
        content = _cell(line, index)
        return unguarded(content) if columns.outdated else content

    cells = {name: cell(index) for name, index in columns.known.items()}
    problem = ""
    surplus = [text for text in line.cells[columns.width :] if text.strip()]
    if surplus:
        mark = "a tab" if layout.delimiter == "\t" else layout.delimiter
        problem = (
            f"This row has {len(line.cells)} cells, but the first row has {columns.width} names. "
            f"Put quotes around a text with {mark} in it."
        )
    for name, text in cells.items():
        if len(text) > MAX_CELL:
            problem = f"The {name} has {len(text):,} characters; at most {MAX_CELL:,} are read in a list."
    return ListRow(
        number,
        line.number,
        text=cells["text"],
        expected=cells.get("expected", "").strip(),
        voice=cells.get("voice", "").strip(),
        note=cells.get("note", ""),
        language=cells.get("language", "").strip().lower().replace("_", "-"),
        extra=tuple(cell(index) for index in columns.extra.values()),
        problem=problem,
    )


def _cell(line: Line, index: int) -> str:
    return line.cells[index] if index < len(line.cells) else ""


def _notes(layout: Layout, columns: _Columns, lines: Sequence[Line]) -> Iterator[str]:
    if columns.extra:
        yield f"Kept in the results but not used: {', '.join(columns.extra)}."
    if columns.outdated:
        yield f"This is the result of an earlier check. Replaced by new results: {', '.join(columns.outdated)}."
    if layout.delimiter is None and any(_same_in_all(lines, delimiter) for delimiter in ";,|"):
        yield "Each line was read as one text. If it is a table, name its columns in the first row: text, expected."
    if layout.delimiter == "":
        yield "The first line, “text”, was read as the name of the column."
    if layout.delimiter is not None and not layout.header:
        taken = ", ".join(name for name in POSITIONS if name in columns.known)
        yield f"The first row does not name a column “text”, so the columns were read in this order: {taken}."


def _same_in_all(lines: Sequence[Line], delimiter: str) -> bool:
    counts = {line.cells[0].count(delimiter) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts != {0}
