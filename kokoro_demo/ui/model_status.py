"""The line at the top right: which model speaks, how loading goes, and the list of voices that follows from it."""

from __future__ import annotations

import html
from dataclasses import dataclass
from typing import Any

import gradio as gr

from kokoro_demo.errors import CheckpointError
from kokoro_demo.ui.backend import Backend, ModelStatus
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.voice_choices import can_speak, voice_choices

FOR_THE_HOST = "For whoever runs this page:"
# Seconds between looks at a model that is being loaded, and at one that will be tried again later.
PROGRESS_POLL, WAITING_POLL = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class StatusLine:
    """Keeps one page's status and voices in step with the model."""

    backend: Backend
    runs: Runs

    def refresh(
        self, voice: str | None, seen: Any, waiting: str | None, request: gr.Request
    ) -> tuple[Any, Any, Any, Any, Any]:
        """The status, the voices, what was shown (for the next call), the voice waited for, and the timer.

        In the middle of a speech the voices stay as they are.

        waiting: a voice that a link named; chosen, and waited for no more, once the model is there that has it.
        """
        status = self.backend.status()
        left = None if status.left is None else time_left(status.left)
        showing = [status.name, [status.message, status.problem, left], status.fetching, status.progress]
        showing.append(list(status.languages))
        line = gr.skip() if seen and seen == showing else status_html(status)
        changed = not seen or seen[0] != status.name
        if changed and seen and self.runs.making(request.session_hash or ""):
            return line, gr.skip(), [seen[0], *showing[1:4], seen[4]], gr.skip(), gr.skip()
        voices: Any = gr.skip()
        still_waiting: Any = gr.skip()
        if changed:
            choices, chosen = self.voices(waiting)
            if chosen != waiting:
                # Nobody has chosen the voice of a page that was just opened, nor one that was alone.
                alone = not seen or (bool(seen[4]) and not status.languages)
                choices, chosen = self.voices(None if alone else voice)
            elif waiting:
                still_waiting = ""
            voices = gr.Dropdown(choices=choices, value=chosen)
        return line, voices, showing, still_waiting, timer_for(status)

    def voices(self, chosen: str | None = None) -> tuple[list[tuple[str, str]], str | None]:
        """The voices that can speak now, and the chosen one if it is among them, else the best."""
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except CheckpointError:
            return [], None
        return voice_choices(voices, chosen), chosen if chosen and can_speak(voices, chosen) else voices.default


def timer_for(status: ModelStatus) -> gr.Timer:
    """When to look again: inactive if nothing more is to come."""
    return gr.Timer(WAITING_POLL if status.progress is None else PROGRESS_POLL, active=status.fetching)


def what_to_expect(status: ModelStatus) -> str:
    """What the model that speaks now can do, what comes next, and what a visitor can do until then; "" if all is there.

    Names no file and no command: visitors can do nothing with them.
    """
    by_itself = "is tried again by itself."
    if not status.name:
        if status.progress is not None:
            return "Type your text: it can be spoken as soon as the voice is here."
        if status.fetching:
            return f"Your text is kept. Leave this page open: loading {by_itself}"
        return "Your text is kept. Please tell whoever runs this page."
    if status.languages:
        spoken = f"Speaks {' and '.join(status.languages)} only."
        if status.progress is not None:
            return f"{spoken} Kokoro brings its other voices and languages."
        return f"{spoken} Kokoro cannot be fetched now: that {by_itself}" if status.fetching else spoken
    return "All voices and languages. The full model takes over by itself." if status.fetching else ""


def time_left(seconds: float) -> str:
    """A time that is only about right: "Less than a minute left.", "About 3 minutes left."."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return "Less than a minute left."
    return f"About {minutes} minute{'' if minutes == 1 else 's'} left."


def status_html(status: ModelStatus) -> str:
    """The status in words, and a bar if something is being loaded. Why something failed unfolds."""
    loading = status.progress is not None
    if status.name:
        headline = f'<span class="dot ready"></span>{html.escape(status.name)}, ready'
        question = "Why not Kokoro itself?" if status.languages else "Why not the full model?"
    else:
        text = "Loading the voice" if loading else f"Nothing can speak{' yet' if status.fetching else ''}"
        headline = f'<span class="dot{"" if loading else " failed"}"></span>{text}'
        question = "Why?"
    sentences = [what_to_expect(status)]
    bar = details = ""
    if status.progress is not None:
        percent = round(100 * status.progress)
        bar = f'<progress max="100" value="{percent}" aria-label="Loading">{percent}%</progress>'
        sentences.append(status.message if not status.message or status.message[-1] in ".!" else f"{status.message}.")
        sentences.append("" if status.left is None else time_left(status.left))
    why = " ".join(filter(None, (status.problem, "" if loading else status.message)))
    if why:
        folded = f"<p>{FOR_THE_HOST} {html.escape(why)}</p>"
        details = f'<details class="status-why"><summary>{question}</summary>{folded}</details>'
    text = html.escape(" ".join(filter(None, sentences)))
    return (
        f'<div class="status" role="status"><p class="status-name">{headline}</p>{bar}'
        f'<div class="status-message"><p>{text}</p>{details}</div></div>'
    )
