"""The line at the top right, with the model in use and the progress of loading; and the voices of that model."""

from __future__ import annotations

import html
import json
from dataclasses import dataclass
from typing import Any

import gradio as gr

from kokoro_demo.errors import CheckpointError
from kokoro_demo.ui.backend import Backend, ModelStatus
from kokoro_demo.ui.edited_page import Edit, Scope
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.voice_choices import can_speak, voice_choices

# In the page's HTML, this stands for the status; Gradio's JSON has escapes for its brackets.
STATUS_MARK = "<!--status-->"
FOR_THE_HOST = "For whoever runs this page:"
# Seconds between polls while a model is being loaded, and while loading waits to be tried again.
PROGRESS_POLL, WAITING_POLL = 1.0, 5.0


@dataclass(frozen=True, slots=True)
class StatusLine:
    """Keeps a page's status line and voices up to date with the model."""

    backend: Backend
    runs: Runs

    def refresh(
        self, voice: str | None, seen: Any, waiting: str | None, request: gr.Request
    ) -> tuple[Any, Any, Any, Any, Any]:
        """Return the status, the voices, what is shown now (for the next call), the awaited voice, and the timer.

        The voices do not change while a speech is being made.

        waiting: the awaited voice, which a link names; it is chosen as soon as a model that has it is loaded.
        """
        status = self.backend.status()
        left = None if status.left is None else time_left(status.left)
        showing = [status.name, [status.message, status.problem, left], status.fetching, status.progress]
        showing.append(list(status.languages))
        line = gr.skip() if seen and seen == showing else status_html(status)
        changed = not seen or seen[0] != status.name
        if changed and seen and self.runs.unfinished(request.session_hash or ""):
            return line, gr.skip(), [seen[0], *showing[1:4], seen[4]], gr.skip(), gr.skip()
        voices: Any = gr.skip()
        still_waiting: Any = gr.skip()
        if changed:
            choices, chosen = self.voices(waiting)
            if chosen != waiting:
                # The visitor did not choose the voice of a fresh page, nor that of a model with few languages.
                not_chosen = not seen or (bool(seen[4]) and not status.languages)
                choices, chosen = self.voices(None if not_chosen else voice)
            elif waiting:
                still_waiting = ""
            voices = gr.Dropdown(choices=choices, value=chosen)
        return line, voices, showing, still_waiting, timer_for(status)

    def voices(self, chosen: str | None = None) -> tuple[list[tuple[str, str]], str | None]:
        """Return the available voices, and the chosen one if it is among them or else the default."""
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except CheckpointError:
            return [], None
        return voice_choices(voices, chosen), chosen if chosen and can_speak(voices, chosen) else voices.default


def with_status(backend: Backend) -> Edit:
    """Return an edit that fills in the current status, so that a browser can show the page before it asks for it."""

    def edit(page: bytes, scope: Scope) -> bytes:
        return page.replace(_in_json(STATUS_MARK), _in_json(status_html(backend.status())))

    return edit


def _in_json(content: str) -> bytes:
    """Like Gradio, which writes the page's JSON so that it cannot end the script that it is in."""
    escaped = json.dumps(content)[1:-1]
    for character in "<>&'":
        escaped = escaped.replace(character, f"\\u{ord(character):04x}")
    return escaped.encode()


def timer_for(status: ModelStatus) -> gr.Timer:
    """When to poll again; inactive if loading has ended."""
    return gr.Timer(WAITING_POLL if status.progress is None else PROGRESS_POLL, active=status.fetching)


def what_to_expect(status: ModelStatus) -> str:
    """What the current model can speak, what comes next, and what the visitor can do meanwhile; "" if all is loaded.

    It names no files and no commands, which are of no use to visitors.
    """
    if not status.name:
        if status.progress is not None:
            return "Type your text now; you can play it as soon as the voice is loaded."
        if status.fetching:
            return "Your text is kept. Leave this page open: it will keep trying to load the voice."
        return "Your text is kept. Please tell whoever runs this page."
    if status.languages:
        spoken = f"Speaks {' and '.join(status.languages)} only."
        if status.progress is not None:
            return f"{spoken} More voices and languages are available once Kokoro is loaded."
        return f"{spoken} Kokoro cannot be downloaded now; it will be tried again." if status.fetching else spoken
    return "All voices and languages. The full model takes over once it is loaded." if status.fetching else ""


def time_left(seconds: float) -> str:
    """An approximate time in words: "Less than a minute left.", "About 3 minutes left."."""
    minutes = round(seconds / 60)
    if seconds < 60:
        return "Less than a minute left."
    return f"About {minutes} minute{'' if minutes == 1 else 's'} left."


def status_html(status: ModelStatus) -> str:
    """The status in words, with a progress bar during loading, and the reasons for a failure in a collapsed section."""
    loading = status.progress is not None
    if status.name:
        headline = f'<span class="dot ready"></span>{html.escape(status.name)}, ready'
        question = "Why not Kokoro itself?" if status.languages else "Why not the full model?"
    else:
        text = "Loading the voice" if loading else f"No voice is available{' yet' if status.fetching else ''}"
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
