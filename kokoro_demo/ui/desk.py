"""What the tabs of the workbench stand on: the page's parts, and the request that its fields make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.share_links import with_shared

if TYPE_CHECKING:
    from kokoro_demo.synthesizer import Synthesizer
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.ui.page import Hearing, Writing
    from kokoro_demo.ui.runs import Runs
    from kokoro_demo.ui.speaking import Speaking


@dataclass(frozen=True, slots=True)
class Desk:
    """The page above the workbench.

    runs: every visitor's speeches.
    inputs: the components that make a request, in the order of `request_on`'s values.
    """

    backend: Backend
    runs: Runs
    speaking: Speaking
    writing: Writing
    hearing: Hearing
    inputs: list[Any]


def request_on(
    synthesizer: Synthesizer, text: str, voice: str | None, speed: float, shared: SpeechRequest | None = None
) -> SpeechRequest:
    """What the fields of the page ask for; arguments after the first are the values of `Desk.inputs`.

    shared: what the link held that was opened.

    Raises:
        RequestError: where the fields make no request.
    """
    request = SpeechRequest(text=text, voice=voice or synthesizer.checkpoint.voices.default, speed=speed)
    return with_shared(request, shared)
