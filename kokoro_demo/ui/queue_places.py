"""How many are before a visitor in the page's queue, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from kokoro_demo.ui.events import SPEECH_SLOT


@dataclass(frozen=True, slots=True)
class QueuePlaces:
    """Of everybody who waits for the model on one page."""

    page: gr.Blocks

    def look(self, request: gr.Request) -> Any:
        """The state of the player of a visitor who waits; nothing if they wait no longer."""
        before = self.before(request.session_hash or "")
        if before is None:
            return gr.skip()
        return {"run": "", "state": "asked", "message": place_in_words(before)}

    def before(self, session: str) -> int | None:
        """How many are served before this visitor, those being served included; None if the visitor does not wait."""
        waiting = self.page._queue.event_queue_per_concurrency_id.get(SPEECH_SLOT)
        if waiting is None:
            return None
        places = [place for place, event in enumerate(list(waiting.queue)) if event.session_hash == session]
        return places[-1] + waiting.current_concurrency if places else None


def place_in_words(before: int) -> str:
    """A place in the queue, for the person who has it."""
    if before > 1:
        return f"In the queue: {before} before you. Stop gives up your place."
    return "In the queue: you are next." if before else "In the queue."
