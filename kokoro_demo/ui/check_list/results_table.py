"""The results of a list as a table. Differences are marked visually, and described in words for screen readers."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence

from kokoro_demo.checklist import CheckedRow, DiffSegment, summary
from kokoro_demo.checklist.check import NEEDS_A_LOOK
from kokoro_demo.checklist.heard import Heard
from kokoro_demo.ui.clips import PLAY_ICON
from kokoro_demo.ui.counts import warnings_html

SOURCE_WORDS = {
    "fix": "your fix",
    "dictionary": "dictionary",
    "rule": "rule",
    "espeak": "eSpeak NG",
    "spelled": "spelled out",
}
RESULT_WORDS = {"differs": "differs", "error": "cannot be checked", "read": "not compared", "matches": "matches"}
HEADINGS = ("Row", "Text", "Phonemes", "How sure", "Result", "Listen and mark")
# Characters of a text that its buttons' labels quote.
LABEL = 40


def results_html(
    job_id: str,
    rows: Sequence[CheckedRow],
    notes: Sequence[str] = (),
    more: int = 0,
    heard: Mapping[int, Heard] | None = None,
) -> str:
    """The table, its filters, and its downloads.

    job_id: with which the script requests rows and files.
    notes: about how the list was read.
    more: the number of rows that were not checked.
    heard: what was heard so far, by the row's number; None if the table has no such column.
    """
    if not rows:
        return ""
    message = summary(rows) + (f" Stopped: {more} more were not checked." if more else "")
    paragraphs = "".join(f'<p class="checked-aside">{html.escape(note)}</p>' for note in notes)
    headings = "".join(f'<th scope="col">{heading}</th>' for heading in HEADINGS)
    if heard is not None:
        headings += '<th scope="col" class="checked-heard">Heard</th>'
    return (
        f'<div class="checked" data-job="{html.escape(job_id)}">'
        f'<p class="checked-summary">{html.escape(message)}</p>{paragraphs}{_filters(rows)}'
        '<p class="checked-downloads"><button type="button" data-play-all="" aria-pressed="false">Play all</button>'
        '<button type="button" data-download="csv">Download CSV</button>'
        '<button type="button" data-download="json">Download JSON</button></p>'
        f'<table><caption class="checked-unseen">{html.escape(message)}</caption><thead><tr>{headings}</tr></thead>'
        f"<tbody>{''.join(_row(row, heard) for row in rows)}</tbody></table>"
        '<p class="checked-none">There are no such rows.</p></div>'
    )


def _filters(rows: Sequence[CheckedRow]) -> str:
    """A button for each kind of row in the list, with the number of such rows."""
    kinds = [
        ("all", "All", len(rows)),
        ("differs", "Differ", sum(row.result == "differs" for row in rows)),
        ("guessed", "Guessed", sum(bool(row.guessed) for row in rows)),
        ("error", "Cannot be checked", sum(row.result == "error" for row in rows)),
    ]
    buttons = "".join(
        f'<button type="button" data-show="{kind}">{name} <span>{count}</span></button>'
        for kind, name, count in kinds
        if count
    )
    marked = '<button type="button" data-show="wrong">Marked wrong <span></span></button>'
    marked += '<button type="button" data-show="misheard" hidden="">Heard differently <span></span></button>'
    return f'<div class="checked-filters" role="group" aria-label="Rows to show">{buttons}{marked}</div>'


def difference_html(segments: Sequence[DiffSegment]) -> str:
    """The expected phonemes above the actual ones, with the differences marked in both."""
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


def _row(checked: CheckedRow, heard: Mapping[int, Heard] | None) -> str:
    row = checked.row
    look = ' class="checked-look"' if checked.result in NEEDS_A_LOOK else ""
    phonemes = difference_html(checked.difference) if checked.result == "differs" else _phonemes(checked)
    error = f'<p class="checked-error">{html.escape(checked.error)}</p>' if checked.error else ""
    cells = [
        ("text", _text(checked)),
        ("phonemes", f'<div class="checked-phonemes">{phonemes}</div>{error}{warnings_html(checked.warnings)}'),
        ("sure", _how_sure(checked)),
        ("result", RESULT_WORDS[checked.result]),
        ("listen", _actions(checked) if checked.phonemes else ""),
    ]
    if heard is not None:
        result = heard.get(row.number)
        cells.append(("heard", heard_html(result) if result else ""))
    tds = "".join(f'<td class="checked-{name}">{content}</td>' for name, content in cells)
    kinds = f"{checked.result}{' guessed' if checked.guessed else ''}"
    words = html.escape(json.dumps([[word.text, word.phonemes] for word in checked.words], ensure_ascii=False))
    return (
        f'<tr{look} data-number="{row.number}" data-kinds="{kinds}" data-words="{words}">'
        f'<th scope="row">{row.number}</th>{tds}</tr>'
    )


def heard_html(heard: Heard) -> str:
    """The words that were heard. Those that differ from the spoken ones are marked; those not heard are struck out."""
    if not heard.difference:
        return '<span class="checked-aside">not heard</span>'
    words, changes = [], []
    for segment in heard.difference:
        actual, expected = html.escape(segment.actual), html.escape(segment.expected)
        if segment.same:
            words.append(actual)
            continue
        words += [f"<ins>{actual}</ins>" if actual else f"<del>{expected}</del>"]
        changes.append(f"“{expected or 'nothing'}” heard as “{actual or 'nothing'}”")
    aside = f'<span class="checked-aside" data-differs="">{"; ".join(changes)}</span>' if changes else ""
    return f"<bdi>{' '.join(words)}</bdi>{aside}"


def _phonemes(checked: CheckedRow) -> str:
    """The phonemes, with each word's source as an attribute."""
    parts, end = [], 0
    for word in checked.words:
        start = word.phoneme_span[0]
        if start < end:
            continue
        phonemes = checked.phonemes[start : word.phoneme_span[1]]
        title = SOURCE_WORDS[word.source]
        parts.append(html.escape(checked.phonemes[end:start]))
        parts.append(f'<span data-source="{word.source}" title="{title}">{html.escape(phonemes)}</span>')
        end = word.phoneme_span[1]
    return f"<bdi>{''.join(parts)}{html.escape(checked.phonemes[end:])}</bdi>"


def _how_sure(checked: CheckedRow) -> str:
    """The least certain source among the row's words, and the words that were guessed."""
    if checked.source is None:
        return ""
    if not checked.guessed:
        return SOURCE_WORDS[checked.source]
    named = f": <bdi>{html.escape(', '.join(checked.guessed))}</bdi>" if len(checked.words) > 1 else ""
    return f'<span class="checked-guess">guessed by eSpeak NG</span>{named}'


def _text(checked: CheckedRow) -> str:
    row = checked.row
    spoken = checked.spoken if checked.spoken.split() != row.text.split() else ""
    details = [("spoken", spoken), ("voice", row.voice), ("language", row.language), ("note", row.note.strip())]
    lines = "".join(
        f'<span class="checked-aside">{name}: <bdi>{html.escape(value)}</bdi></span>'
        for name, value in details
        if value
    )
    return f"<bdi>{html.escape(row.text)}</bdi>{lines}"


def sound_key(number: int) -> str:
    """The key of a row's sound (`ui.clips`)."""
    return f"row-{number}"


def _actions(checked: CheckedRow) -> str:
    row = checked.row
    short = html.escape(f"row {row.number}: {' '.join(row.text.split())[:LABEL]}")
    key = sound_key(row.number)
    return (
        f'<span class="checked-actions"><button type="button" class="checked-play" data-row="{row.number}" '
        f'data-sound="{key}" aria-label="Play {short}" title="Play">{PLAY_ICON}</button>'
        f'<button type="button" data-mark="r" aria-label="Right, {short}" aria-pressed="false">Right</button>'
        f'<button type="button" data-mark="w" aria-label="Wrong, {short}" aria-pressed="false">Wrong</button>'
        f'<button type="button" data-fix="" aria-label="Fix {short}" aria-expanded="false">Fix</button></span>'
    )
