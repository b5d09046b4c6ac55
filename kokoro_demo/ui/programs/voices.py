"""The voices of OpenAI's service by the voices of the checkpoint that come nearest."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from kokoro_demo.voices.catalogue import Voices


class Likeness(NamedTuple):
    """A voice of Kokoro v1 in the place of another, and what to look for where that voice is not there."""

    voice: str
    language: str
    gender: str


LIKENESSES = {
    "alloy": Likeness("af_alloy", "en-us", "F"),
    "ash": Likeness("am_michael", "en-us", "M"),
    "ballad": Likeness("bm_george", "en-gb", "M"),
    "cedar": Likeness("am_fenrir", "en-us", "M"),
    "coral": Likeness("af_bella", "en-us", "F"),
    "echo": Likeness("am_echo", "en-us", "M"),
    "fable": Likeness("bm_fable", "en-gb", "M"),
    "marin": Likeness("af_heart", "en-us", "F"),
    "nova": Likeness("af_nova", "en-us", "F"),
    "onyx": Likeness("am_onyx", "en-us", "M"),
    "sage": Likeness("af_sarah", "en-us", "F"),
    "shimmer": Likeness("bf_emma", "en-gb", "F"),
    "verse": Likeness("am_puck", "en-us", "M"),
}


def voice_for(name: str, voices: Voices) -> str:
    """The checkpoint's voice for a name of OpenAI's; any other name, and one that the checkpoint has, as it is."""
    wanted = LIKENESSES.get(name.strip().lower())
    if wanted is None or name in voices.names():
        return name
    if wanted.voice in voices.names():
        return wanted.voice
    alike = [other for other in voices.names() if voices.info(other).gender == wanted.gender]
    native = [other for other in alike if voices.info(other).language == wanted.language]
    return (native or alike or [voices.default])[0]
