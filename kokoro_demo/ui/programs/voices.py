"""The voices of OpenAI's service, and the voices of Kokoro v1 that speak in their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kokoro_demo.voices.catalogue import Voices


LIKENESSES = {
    "alloy": "af_alloy",
    "ash": "am_michael",
    "ballad": "bm_george",
    "cedar": "am_fenrir",
    "coral": "af_bella",
    "echo": "am_echo",
    "fable": "bm_fable",
    "marin": "af_heart",
    "nova": "af_nova",
    "onyx": "am_onyx",
    "sage": "af_sarah",
    "shimmer": "bf_emma",
    "verse": "am_puck",
}


def voice_for(name: str, voices: Voices) -> str:
    """Returns Kokoro's voice for a name of OpenAI's; any other name, and one that the checkpoint has, as it is."""
    return name if name in voices.names() else LIKENESSES.get(name.strip().lower(), name)
