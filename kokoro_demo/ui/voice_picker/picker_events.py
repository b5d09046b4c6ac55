"""What the picker asks the server for: the voices that fit some words, and a sample of one."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import gradio as gr

from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.languages import BY_CODE
from kokoro_demo.ui.clips import clip
from kokoro_demo.ui.compare.previews import Previews
from kokoro_demo.ui.errors import shown
from kokoro_demo.ui.voice_choices import GENDERS, can_speak, short_name, voice_label
from kokoro_demo.voices.blends import is_blend
from kokoro_demo.voices.catalogue import Voices
from kokoro_demo.voices.search import find_voices

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

# A longer name is none.
MAX_NAME = 500


@dataclass(frozen=True, slots=True)
class PickerEvents:
    """For every visitor of one page."""

    backend: Backend
    previews: Previews = field(default_factory=Previews)

    def voices(self, wanted: Any) -> dict[str, Any]:
        """For the script: ``{"query": words, "chosen": name}`` to every voice that can speak, best first, with what is
        shown of it; the names of those that fit the words; and the name that was chosen."""
        asked = wanted if isinstance(wanted, dict) else {}
        query, chosen = (str(asked.get(name) or "")[:MAX_NAME] for name in ("query", "chosen"))
        try:
            voices = self.backend.synthesizer().checkpoint.voices
        except CheckpointError:
            return {"voices": [], "found": [], "chosen": ""}
        names = [*voices.names()]
        if is_blend(chosen) and can_speak(voices, chosen):
            names.insert(0, chosen)
        found = find_voices(query, names)
        return {"voices": [entry(voices, name) for name in names], "found": [*found], "chosen": chosen}

    def preview(self, event: gr.EventData) -> dict[str, Any]:
        """A sentence in the voice that the script names.

        Raises:
            gr.Error: if it cannot be spoken.
        """
        voice = getattr(event, "voice", "")
        try:
            if not isinstance(voice, str) or len(voice) > MAX_NAME:
                raise RequestError("There is no such voice.")
            return clip(f"sample-{voice}", self.previews.audio(self.backend.synthesizer(), voice))
        except Exception as error:
            raise shown(error) from None


def entry(voices: Voices, name: str) -> dict[str, str]:
    """What the picker shows of a voice."""
    voice = voices.info(name)
    language = BY_CODE[voice.language]
    label = voice_label(voice)
    return {
        "name": name,
        "label": label.partition(" ")[2] if label.startswith(language.flag) else label,
        "short": short_name(name),
        "group": "Blends" if is_blend(name) else language.name,
        "kind": GENDERS[voice.gender].strip(),
        "trait": " ".join(re.findall(r"\w+", voice.trait)),
        "grade": voice.grade,
        "note": "" if language.front_end else "speaks English here",
    }
