"""The API endpoint /check, which checks a list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.checklist import check_row, count_results, read_list
from kokoro_demo.checklist.check import ANY_TEXT, with_lexicon_notes
from kokoro_demo.checklist.results import row_fields
from kokoro_demo.ui.errors import shown
from kokoro_demo.ui.fields import argument_components, request_from, takes_arguments
from kokoro_demo.ui.hidden import hidden

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend


# Arguments that apply to rows without a value of their own.
ROW_DEFAULTS = ("voice", "language", "lexicon")


def add_check_endpoint(backend: Backend, group: str) -> None:
    """Add the endpoint to the Blocks that is being built.

    group: the concurrency group of the events that check lists.
    """
    with hidden(for_programs=True):
        rows = gr.Textbox(label="List: one text per line, or CSV or TSV with the column “text” and maybe “expected”")
        results = gr.JSON(label="Results: summary, notes, rows")
        gr.Button().click(
            takes_arguments(CheckEndpoint(backend).check, ROW_DEFAULTS, "rows"),
            [rows, *argument_components(*ROW_DEFAULTS)],
            results,
            api_name="check",
            concurrency_id=group,
            concurrency_limit=2,
        )


@dataclass(frozen=True, slots=True)
class CheckEndpoint:
    """The function behind the endpoint."""

    backend: Backend

    def check(self, rows: str, values: Mapping[str, Any]) -> dict[str, Any]:
        """Check how the rows of a list, at most 500, are pronounced, without speaking them. Returns a summary, which
        counts the rows that match their expected phonemes, that differ, that expect none, and that cannot be checked;
        and every row with its phonemes, its result, and the differences piece by piece."""
        try:
            checklist = read_list(rows if isinstance(rows, str) else "")
            synthesizer = self.backend.synthesizer()
            defaults = request_from({"text": ANY_TEXT.text, **values}, synthesizer.checkpoint.voices.default)
            checklist = with_lexicon_notes(checklist, defaults.lexicon)
            checked = [check_row(row, synthesizer.pronounce, defaults) for row in checklist.rows]
        except Exception as error:
            raise shown(error) from None
        return {
            "summary": count_results(checked),
            "notes": list(checklist.notes),
            "rows": [row_fields(row, checklist.extra_columns) for row in checked],
        }
