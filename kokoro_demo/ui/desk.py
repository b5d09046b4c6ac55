"""What the tabs of the workbench stand on: the page's parts, and the request that its fields make."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kokoro_demo.speech import SpeechRequest

if TYPE_CHECKING:
    from kokoro_demo.synthesis.synthesizer import Synthesizer
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
    synthesizer: Synthesizer,
    text: str,
    voice: str | None,
    speed: float,
    language: str | None = "",
    seed: int | None = 0,
    lexicon: str | None = "",
    edited: str | None = "",
    edited_for: str | None = None,
) -> SpeechRequest:
    """What the fields of the page ask for; arguments after the first are the values of `Desk.inputs`.

    language: "" is the voice's own.
    edited: phonemes that were edited, spoken in place of the text's own reading as long as `in_force`.
    edited_for: the text they belong to; None where they are set aside.

    Raises:
        RequestError: where the fields make no request.
    """
    return SpeechRequest(
        text=text,
        voice=voice or synthesizer.checkpoint.voices.default,
        speed=speed,
        seed=seed or 0,
        language=language or None,
        lexicon=lexicon or "",
        phonemes=edited if in_force(text, edited, edited_for) else None,
    )


def in_force(text: str, edited: str | None, edited_for: str | None) -> bool:
    """Whether edited phonemes are spoken: there are some, and the text is still the one they belong to."""
    return bool(edited and edited.strip()) and text == edited_for
