"""The state of the comparison's player: time marks, and the HTML of each column."""

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
    """The state of the player: the run that has the audio, and every column's time marks and HTML.

    The marks are times, in seconds, of the same words in all columns, so that playback can switch between columns in
    the middle of a text.

    sizes: the number of parameters of each speech's model.
    order: in a blind test, the number of the visitor's column that each speech is. The columns' real HTML is then under
        "revealed", to be shown once one was picked.
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
    """For each speech, its beginning, the start of every word, and its end; the words are left out if the speeches have
    different numbers of them."""
    words = len(speeches[0].words) if len({len(speech.words) for speech in speeches}) == 1 else 0
    return [
        [0.0, *(min(word.start or 0.0, speech.duration) for word in speech.words[:words]), speech.duration]
        for speech in speeches
    ]


def column_html(at: int, speech: Speech, first: Speech, size: int) -> str:
    """A column: its play button, its description, its cost, and its phonemes, compared with those of the first."""
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
    """A column's description."""
    request = speech.request
    parts = [voice_label(describe(request.voice)), f"speed {request.speed:g}"]
    if request.language:
        parts.append(f"pronounced as {request.language}")
    if request.phonemes is not None:
        parts.append("custom phonemes")
    return " · ".join(parts)


def phonemes_html(phonemes: str, first: str) -> str:
    """The phonemes, with differences from the first column's marked; a dot stands for missing symbols."""
    marked = []
    for expected, actual in align(first, phonemes):
        if expected == actual:
            marked.append(html.escape(actual))
        elif actual:
            marked.append(f"<mark>{html.escape(actual)}</mark>")
        else:
            marked.append(f'<mark title="without {html.escape(expected, quote=True)}">·</mark>')
    return "".join(marked)
