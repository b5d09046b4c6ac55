"""The texts of a batch: rows of tables, and text files chapter by chapter; each becomes an audio file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kokoro_demo.budget import MAX_CHARACTERS
from kokoro_demo.checklist.table import Layout, Line, find_layout, lines_of
from kokoro_demo.commands.chapters import Chapter, chapters
from kokoro_demo.errors import RequestError
from kokoro_demo.request_fields import FIELDS
from kokoro_demo.speech import SpeechRequest

TABLES = (".csv", ".tsv")
# Empty cells default to the command's options.
COLUMNS = ("text", "name", *(name for name, field in FIELDS.items() if field.column and name != "text"))
_YES, _NO = ("1", "true", "yes"), ("0", "false", "no")
_NAME = re.compile(r"[^\W_][\w. -]{0,99}")
_SHOWN_FAULTS = 10


@dataclass(frozen=True, slots=True)
class Item:
    """One audio file to write.

    stem: of its name.
    request: what is spoken. For a chapter, its text is replaced by the chapter's.
    chapter: None for a text that is spoken as one request.
    """

    stem: str
    request: SpeechRequest
    chapter: Chapter | None = None

    @property
    def text(self) -> str:
        """The text that is spoken in this file."""
        return self.request.text if self.chapter is None else self.chapter.text


def items_of_text(text: str, stem: str, template: SpeechRequest) -> list[Item]:
    """Divide a text into chapters by its headings; without headings it is one item.

    template: the request without the text.

    Raises:
        RequestError: if it is empty.
    """
    if not text.strip():
        raise RequestError(f"There is nothing to speak in {stem}: it is empty.")
    text_chapters = chapters(text)
    if len(text_chapters) > 1:
        return [
            Item(chapter.file_name(stem, number, ""), template, chapter)
            for number, chapter in enumerate(text_chapters, 1)
        ]
    if len(text) > MAX_CHARACTERS:
        return [Item(stem, template, Chapter("", text))]
    return [Item(stem, replace(template, text=text))]


def items_of_lines(text: str, stem: str, template: SpeechRequest) -> list[Item]:
    """Make an item of each line that is not blank."""
    rows = lines_of(text, Layout(None))
    return [Item(f"{stem}-{number:05}", replace(template, text=row.cells[0])) for number, row in enumerate(rows, 1)]


def items_of_table(text: str, name: str, template: SpeechRequest) -> tuple[list[Item], list[str]]:
    """Make items of a table's rows; also returns the names of the columns that are ignored.

    name: of the table's file, for error messages and for rows without a name of their own.

    Raises:
        RequestError: if it has no column "text", or rows are invalid; it names their lines.
    """
    layout = find_layout(text.removeprefix("\ufeff"))
    if not layout.header:
        raise RequestError(
            f"The first row of {name} names no column “text”. Name the columns in it, such as: text, name, voice. "
            "To speak each line of a file as it is, add --lines."
        )
    rows = lines_of(text.removeprefix("\ufeff"), layout)
    header = [cell.strip().casefold() for cell in next(rows).cells]
    known = [column for column in header if column in COLUMNS]
    for column in known:
        if header.count(column) > 1:
            raise RequestError(f"Two columns of {name} are named {column}. Rename or remove one.")
    items, faults = list[Item](), list[str]()
    for number, row in enumerate(rows, 1):
        try:
            items += _items_of_row(row, header, f"{Path(name).stem}-{number:05}", template)
        except RequestError as error:  # noqa: PERF203  a row costs far more
            faults.append(f"Line {row.number} of {name}: {error}")
    if faults:
        more = len(faults) - _SHOWN_FAULTS
        raise RequestError("\n".join([*faults[:_SHOWN_FAULTS], *([f"and {more} more lines."] if more > 0 else [])]))
    if not items:
        raise RequestError(f"There is no row in {name} except the first, which names the columns.")
    return items, [column for column in header if column and column not in COLUMNS]


def refuse_duplicates(items: Iterable[Item]) -> None:
    """Raises RequestError if two items have the same name, ignoring case as some file systems do."""
    seen = set[str]()
    for item in items:
        if item.stem.casefold() in seen:
            raise RequestError(f"Two texts would be written to {item.stem!r}. Give them different names.")
        seen.add(item.stem.casefold())


def _items_of_row(row: Line, header: list[str], stem: str, template: SpeechRequest) -> Iterator[Item]:
    if any(cell.strip() for cell in row.cells[len(header) :]):
        raise RequestError(
            f"There are {len(row.cells)} cells in this row and {len(header)} names in the first. "
            "Put quotes around a text that contains the character that separates the cells."
        )
    cells = {column: cell for column, cell in zip(header, row.cells, strict=False) if cell.strip()}
    named = cells.pop("name", "").strip()
    if named and (not _NAME.fullmatch(named) or named.endswith((".", " "))):
        raise RequestError(f"{named[:40]!r} cannot be the name of a file. Use letters, digits, spaces and .-_ in it.")
    given = {column: _value(column, cell) for column, cell in cells.items() if column in COLUMNS and column != "text"}
    text = cells.get("text", "")
    if len(text) <= MAX_CHARACTERS:
        yield Item(named or stem, replace(template, text=text, **given))
    elif "phonemes" in given:
        raise RequestError(f"A text of more than {MAX_CHARACTERS:,} characters cannot have phonemes.")
    else:
        yield from items_of_text(text, named or stem, replace(template, **given))


def _value(column: str, cell: str) -> Any:
    """A cell's value as `SpeechRequest` takes it."""
    written = cell.strip()
    kind = FIELDS[column].kind
    if kind is bool:
        if written.casefold() not in (*_YES, *_NO):
            raise RequestError(f"{column} must be 1 or 0, not {written[:40]!r}.")
        return written.casefold() in _YES
    if kind in (int, float):
        # European spreadsheets write a decimal comma.
        if not re.fullmatch(r"\d{1,12}" if kind is int else r"\d{1,3}(?:[.,]\d{1,12})?", written, re.ASCII):
            raise RequestError(f"{column} must be a number, not {written[:40]!r}.")
        return kind(written.replace(",", "."))
    return cell if column == "phonemes" else written
