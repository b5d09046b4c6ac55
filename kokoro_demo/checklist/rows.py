"""A pronunciation list as a person keeps it: pasted lines, or a table with a column of texts."""

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
# Of a table whose first row does not name them.
POSITIONS = ("text", "expected", "voice", "note")
# What a check adds to a list. A list with the first three is the result of an earlier check.
RESULT_COLUMNS = ("result", "phonemes", "difference", "source", "spoken", "error", "warnings", "audio")
# The same if it was heard.
HEARD_COLUMNS = ("heard", "heard_difference")


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list.

    number: from 1.
    line: of the file, where the row begins.
    text: to be read, with markup.
    expected: the phonemes it should have, Kokoro's or plain IPA; "" if nothing is expected.
    voice, language: "" if the list does not say.
    extra: its cells in `CheckList.extra_columns`.
    problem: why it cannot be read; "" if it can.
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
    """A list as it was read.

    extra_columns: names of the columns that are kept as they are.
    notes: a sentence on everything a person should know of how it was read.
    """

    rows: tuple[ListRow, ...]
    extra_columns: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class _Columns(NamedTuple):
    """Which cell of a row is what.

    known: the places of the columns that are read, by name.
    extra: the places of those that are kept.
    made_anew: names of those that an earlier check added.
    """

    known: dict[str, int]
    extra: dict[str, int]
    made_anew: list[str]
    width: int


def read_list(data: bytes | str) -> CheckList:
    """Read a list: a file's bytes, or what was pasted.

    A row that is not right has a `problem` and stays among the others.

    Raises:
        RequestError: if it is no list, or has more than 500 rows or 50 columns; it says what to do.
    """
    text = checked(data) if isinstance(data, str) else decode(data)
    layout = find_layout(text)
    lines = list(lines_of(text, layout))
    _refuse_wide(lines, layout)
    header = lines.pop(0).cells if layout.header else None
    if not lines:
        raise RequestError("There is nothing in the list. Paste a text a line, or a table with a column “text”.")
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
    """Raises RequestError if there are too many columns, also if nothing says that they are columns."""
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
        names = [*POSITIONS, *(f"column {place + 1}" for place in range(len(POSITIONS), width))][:width]
    else:
        names = [cell.strip() for cell in header]
    known: dict[str, int] = {}
    extra: dict[str, int] = {}
    made_anew: list[str] = []
    is_result = {name.casefold() for name in names} >= set(RESULT_COLUMNS[:3])
    for place, name in enumerate(names):
        meant = name.casefold()
        if meant in COLUMNS:
            if meant in known:
                raise RequestError(f"Two columns of the list are named {meant}. Rename or remove one.")
            known[meant] = place
        elif is_result and meant in (*RESULT_COLUMNS, *HEARD_COLUMNS):
            made_anew.append(meant)
        elif name or any(_cell(line, place).strip() for line in lines):
            extra[_unused(unguarded(name) if is_result else name or f"column {place + 1}", extra)] = place
    return _Columns(known, extra, made_anew, len(names))


def _unused(name: str, taken: dict[str, int]) -> str:
    """The name, or the name with a number if another column has it."""
    used = {other.casefold() for other in [*taken, *COLUMNS, *RESULT_COLUMNS, *HEARD_COLUMNS]}
    names = (name if count == 1 else f"{name} ({count})" for count in range(1, MAX_COLUMNS + 2))
    return next(candidate for candidate in names if candidate.casefold() not in used)


def _row(number: int, line: Line, columns: _Columns, layout: Layout) -> ListRow:
    def cell(place: int) -> str:
        content = _cell(line, place)
        return unguarded(content) if columns.made_anew else content

    cells = {name: cell(place) for name, place in columns.known.items()}
    problem = ""
    surplus = [text for text in line.cells[columns.width :] if text.strip()]
    if surplus:
        mark = "a tab" if layout.delimiter == "\t" else layout.delimiter
        problem = (
            f"There are {len(line.cells)} cells in this row and {columns.width} names in the first. "
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
        extra=tuple(cell(place) for place in columns.extra.values()),
        problem=problem,
    )


def _cell(line: Line, place: int) -> str:
    return line.cells[place] if place < len(line.cells) else ""


def _notes(layout: Layout, columns: _Columns, lines: Sequence[Line]) -> Iterator[str]:
    if columns.extra:
        yield f"Kept in the results but not read: {', '.join(columns.extra)}."
    if columns.made_anew:
        yield f"This is the result of an earlier check; made anew: {', '.join(columns.made_anew)}."
    if layout.delimiter is None and any(_same_in_all(lines, delimiter) for delimiter in ";,|"):
        yield "Each line was read as one text. If it is a table, name its columns in the first row: text, expected."
    if layout.delimiter == "":
        yield "The first line, “text”, was taken for the name of the column."
    if layout.delimiter is not None and not layout.header:
        taken = ", ".join(name for name in POSITIONS if name in columns.known)
        yield f"The first row names no column “text”, so the columns were taken in this order: {taken}."


def _same_in_all(lines: Sequence[Line], delimiter: str) -> bool:
    counts = {line.cells[0].count(delimiter) for line in lines}
    return len(lines) > 1 and len(counts) == 1 and counts != {0}
