"""A checked list as CSV for a spreadsheet, and as JSON for a program."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any

from kokoro_demo.checklist.check import CheckedRow, count_results
from kokoro_demo.checklist.difference import marked
from kokoro_demo.checklist.formulas import guarded
from kokoro_demo.checklist.heard import Heard, marked_words
from kokoro_demo.checklist.rows import HEARD_COLUMNS, RESULT_COLUMNS
from kokoro_demo.checklist.table import COLUMNS


def to_csv(
    rows: Sequence[CheckedRow],
    extra_columns: Sequence[str],
    audio: Mapping[int, str] | None = None,
    heard: Mapping[int, Heard] | None = None,
) -> bytes:
    """Return the list and its results as CSV, in UTF-8 with the byte order mark that spreadsheets need.

    An apostrophe is put before cells that could be formulas. `read_list` restores the original list.

    audio: names of audio files by row number; without it there is no such column.
    heard: what a recogniser heard, by row number; without it there are no such columns.
    """
    results = [*(RESULT_COLUMNS if audio is not None else RESULT_COLUMNS[:-1]), *(HEARD_COLUMNS if heard else ())]
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow(map(guarded, [*COLUMNS, *extra_columns, *results]))
    for checked in rows:
        row = checked.row
        cells = [*(getattr(row, name) for name in COLUMNS), *row.extra]
        cells += [checked.result, checked.phonemes, marked(checked.difference)]
        cells += [checked.source or "", checked.spoken, checked.error]
        cells += ["\n".join(checked.warnings)]
        cells += [] if audio is None else [audio.get(row.number, "")]
        if heard:
            comparison = heard.get(row.number)
            cells += [comparison.text, "" if comparison.same else marked_words(comparison)] if comparison else ["", ""]
        writer.writerow(map(guarded, cells))
    return written.getvalue().encode("utf-8-sig")


def to_json(
    rows: Sequence[CheckedRow],
    extra_columns: Sequence[str],
    notes: Sequence[str] = (),
    heard: Mapping[int, Heard] | None = None,
) -> bytes:
    """Return ``{"summary": {result: count}, "notes": [...], "rows": [...]}`` as JSON in UTF-8, see `row_fields`.

    heard: what a recogniser heard, by row number; it adds "heard" and "heard_difference" to these rows.
    """
    fields = [row_fields(checked, extra_columns) for checked in rows]
    for row in fields:
        if heard and row["number"] in heard:
            comparison = heard[row["number"]]
            row |= {
                "heard": comparison.text,
                "heard_difference": [segment._asdict() for segment in comparison.difference],
            }
    record = {
        "summary": count_results(rows),
        "notes": list(notes),
        "rows": fields,
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def row_fields(checked: CheckedRow, extra_columns: Sequence[str]) -> dict[str, Any]:
    """Return a row as JSON-compatible values; `difference` is a list of ``{"expected": ..., "actual": ...}``."""
    row = checked.row
    return {
        "number": row.number,
        "line": row.line,
        **{name: getattr(row, name) for name in COLUMNS},
        "extra": dict(zip(extra_columns, row.extra, strict=True)),
        "result": checked.result,
        "phonemes": checked.phonemes,
        "difference": [segment._asdict() for segment in checked.difference],
        "source": checked.source or "",
        "guessed": list(checked.guessed),
        "spoken": checked.spoken,
        "error": checked.error,
        "warnings": list(checked.warnings),
    }
