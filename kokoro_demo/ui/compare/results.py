"""The time marks for the comparison's player, and what each column shows."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

from kokoro_demo.checklist.difference import align
from kokoro_demo.speech import Speech
from kokoro_demo.ui.compare.blind import LETTERS
from kokoro_demo.ui.voice_choices import voice_label
from kokoro_demo.voices.catalogue import describe


def comparison(
    run_id: str, speeches: Sequence[Speech], sizes: Sequence[int], order: Sequence[int] | None = None
) -> dict[str, Any]:
    """The state of the player: where the sound is, and for every column its marks and what is shown of it.

    sizes: how many parameters the model of each speech has.
    order: of a blind test: which of the visitor's columns each speech is. What they are is then under "revealed", for
        when one was picked.

    Marks are seconds that belong together across columns, so that a switch goes on at the same word.
    """
    columns = [
        column_html(at, speech, speeches[0], size)
        for at, (speech, size) in enumerate(zip(speeches, sizes, strict=True))
    ]
    state = {"run": run_id, "marks": marks(speeches), "columns": columns}
    if order is None:
        return state
    names = [caption(speech) for speech in speeches]
    hidden = [hidden_html(at) for at in range(len(speeches))]
    return state | {"columns": hidden, "revealed": columns, "order": list(order), "names": names}


def hidden_html(at: int) -> str:
    """A column of a blind test: a button that plays it, and one that picks it."""
    return (
        f'<button type="button" class="compare-play" data-column="{at}" aria-pressed="false">'
        f"<kbd>{at + 1}</kbd><span>{LETTERS[at]}</span></button>"
        f'<button type="button" class="compare-pick" data-pick="{at}">{LETTERS[at]} is better</button>'
    )


def marks(speeches: Sequence[Speech]) -> list[list[float]]:
    """For each speech its beginning, the start of every word, and its end; without the words if they are not the
    same in number."""
    words = len(speeches[0].words) if len({len(speech.words) for speech in speeches}) == 1 else 0
    return [
        [0.0, *(min(word.start or 0.0, speech.duration) for word in speech.words[:words]), speech.duration]
        for speech in speeches
    ]


def column_html(at: int, speech: Speech, first: Speech, size: int) -> str:
    """A column: a button that plays it, what it is, its cost, and its phonemes with what differs from the first."""
    name = html.escape(caption(speech))
    warnings = "".join(f"<li>{html.escape(warning)}</li>" for warning in speech.warnings)
    computing = sum(sum(chunk.seconds.values()) for chunk in speech.chunks)
    cost = f"{computing:.2f} s of computing, {size / 1e6:.0f} million parameters"
    return (
        f'<button type="button" class="compare-play" data-column="{at}" aria-pressed="false">'
        f"<kbd>{at + 1}</kbd><span>{name}</span></button>"
        f'<p class="compare-time">{speech.duration:.1f} s · {cost}</p>'
        f'<p class="compare-phonemes"><bdi>{phonemes_html(speech.phonemes, first.phonemes)}</bdi></p>'
        + (f'<ul class="warnings">{warnings}</ul>' if warnings else "")
    )


def caption(speech: Speech) -> str:
    """What a column is, in words."""
    request = speech.request
    parts = [voice_label(describe(request.voice)), f"speed {request.speed:g}"]
    if request.language:
        parts.append(f"read as {request.language}")
    if request.phonemes is not None:
        parts.append("custom phonemes")
    return " · ".join(parts)


def phonemes_html(phonemes: str, first: str) -> str:
    """The phonemes, what differs from the first column's marked; a dot marks symbols that are missing."""
    marked = []
    for expected, actual in align(first, phonemes):
        if expected == actual:
            marked.append(html.escape(actual))
        elif actual:
            marked.append(f"<mark>{html.escape(actual)}</mark>")
        else:
            marked.append(f'<mark title="without {html.escape(expected, quote=True)}">·</mark>')
    return "".join(marked)
