"""A visitor's place in the page's queue, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr

from kokoro_demo.ui.events import SPEECH_SLOT


@dataclass(frozen=True, slots=True)
class QueuePlaces:
    """The places of the visitors who wait for a page's model."""

    page: gr.Blocks

    def update(self, request: gr.Request) -> Any:
        """Return the player state of a waiting visitor; no change if they no longer wait."""
        ahead = self.ahead_of(request.session_hash or "")
        if ahead is None:
            return gr.skip()
        return {"run": "", "state": "asked", "message": place_in_words(ahead)}

    def ahead_of(self, session: str) -> int | None:
        """How many are ahead of this visitor, including those being served; None if the visitor does not wait."""
        waiting = self.page._queue.event_queue_per_concurrency_id.get(SPEECH_SLOT)
        if waiting is None:
            return None
        places = [place for place, event in enumerate(list(waiting.queue)) if event.session_hash == session]
        return places[-1] + waiting.current_concurrency if places else None


def place_in_words(ahead: int) -> str:
    """The message to a visitor who has `ahead` others before them."""
    if ahead > 1:
        return f"In the queue: {ahead} ahead of you. Press Stop to leave the queue."
    return "In the queue: you are next." if ahead else "In the queue."
