"""The results of a list as a table: for eyes the difference is marked, for a screen reader it is spoken."""

from __future__ import annotations

import html
from collections.abc import Sequence

from kokoro_demo.checklist import CheckedRow, Segment, summary
from kokoro_demo.checklist.check import NEEDS_A_LOOK
from kokoro_demo.ui.clips import PLAY_ICON
from kokoro_demo.ui.counts import warnings_html

RESULT_WORDS = {"differs": "differs", "error": "cannot be checked", "read": "read", "matches": "matches"}
HEADINGS = ("Row", "Text", "Phonemes", "Result", "Listen")
# Characters of a text that a label repeats.
LABEL = 40


def results_html(job_id: str, rows: Sequence[CheckedRow], notes: Sequence[str] = (), more: int = 0) -> str:
    """The table with its downloads.

    job_id: for the script, which asks for rows and files by it.
    notes: on how the list was read.
    more: rows that were not reached.
    """
    if not rows:
        return ""
    message = summary(rows) + (f" Stopped: {more} more were not checked." if more else "")
    kept = "".join(f'<p class="checked-aside">{html.escape(note)}</p>' for note in notes)
    headings = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    return (
        f'<div class="checked" data-job="{html.escape(job_id)}">'
        f'<p class="checked-summary">{html.escape(message)}</p>{kept}'
        '<p class="checked-downloads"><button type="button" data-download="csv">Download CSV</button>'
        '<button type="button" data-download="json">Download JSON</button></p>'
        f'<table><caption class="checked-unseen">{html.escape(message)}</caption><thead><tr>{headings}</tr></thead>'
        f'<tbody>{"".join(map(_row, rows))}</tbody></table><p class="checked-none">Nothing differs.</p></div>'
    )


def difference_html(segments: Sequence[Segment]) -> str:
    """What was expected above what it is, each with its own side of the difference marked."""
    expected = "".join(_side(segment.expected, segment.same, "del") for segment in segments)
    actual = "".join(_side(segment.actual, segment.same, "ins") for segment in segments)
    changes = [
        f"{segment.expected.strip() or 'nothing'} became {segment.actual.strip() or 'nothing'}"
        for segment in segments
        if not segment.same
    ]
    return (
        f'<span class="checked-side"><span>expected</span><bdi>{expected}</bdi></span>'
        f'<span class="checked-side"><span>is</span><bdi>{actual}</bdi></span>'
        f'<span class="checked-unseen">{html.escape("; ".join(changes))}</span>'
    )


def _side(phonemes: str, same: bool, mark: str) -> str:
    shown = html.escape(phonemes)
    return shown if same or not shown else f"<{mark}>{shown}</{mark}>"


def _row(checked: CheckedRow) -> str:
    row = checked.row
    look = ' class="checked-look"' if checked.result in NEEDS_A_LOOK else ""
    phonemes = (
        difference_html(checked.difference)
        if checked.result == "differs"
        else f"<bdi>{html.escape(checked.phonemes)}</bdi>"
    )
    error = f'<p class="checked-error">{html.escape(checked.error)}</p>' if checked.error else ""
    cells = [
        ("Text", _text(checked)),
        ("Phonemes", f'<div class="checked-phonemes">{phonemes}</div>{error}{warnings_html(checked.warnings)}'),
        ("Result", RESULT_WORDS[checked.result]),
        ("Listen", _play(checked) if checked.phonemes else ""),
    ]
    tds = "".join(f'<td class="checked-{name.lower()}">{content}</td>' for name, content in cells)
    return f'<tr{look}><th scope="row">{row.number}</th>{tds}</tr>'


def _text(checked: CheckedRow) -> str:
    row = checked.row
    spoken = checked.spoken if checked.spoken.split() != row.text.split() else ""
    beneath = [("spoken", spoken), ("voice", row.voice), ("language", row.language), ("note", row.note.strip())]
    lines = "".join(
        f'<span class="checked-aside">{name}: <bdi>{html.escape(value)}</bdi></span>'
        for name, value in beneath
        if value
    )
    return f"<bdi>{html.escape(row.text)}</bdi>{lines}"


def sound_key(number: int) -> str:
    """The key of a row's sound (`ui.clips`)."""
    return f"row-{number}"


def _play(checked: CheckedRow) -> str:
    row = checked.row
    label = html.escape(f"Play row {row.number}: {' '.join(row.text.split())[:LABEL]}")
    key = sound_key(row.number)
    return (
        f'<button type="button" class="checked-play" data-row="{row.number}" data-sound="{key}" '
        f'aria-label="{label}" title="Play">{PLAY_ICON}</button>'
    )
