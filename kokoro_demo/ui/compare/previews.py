"""Short previews of voices, generated on demand and cached."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from kokoro_demo.bounded_cache import BoundedCache
from kokoro_demo.languages import BY_CODE, DEFAULT_LANGUAGE
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.voice_choices import short_name
from kokoro_demo.voices.blends import parse_blend

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kokoro_demo.synthesis.synthesizer import Synthesizer

# At about 300 KB each, room for all of Kokoro's voices and some blends.
KEPT = 64


class Previews:
    """Previews of the current model's voices. Safe to share between threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._model: object = None
        self._sounds: BoundedCache[tuple[str, str, float], NDArray[np.float32]] = BoundedCache(KEPT)

    def audio(self, synthesizer: Synthesizer, voice: str) -> NDArray[np.float32]:
        """Return a sentence in this voice at 24 kHz.

        Raises:
            RequestError, CheckpointError: see `Synthesizer.speak`.
        """
        request = preview_request(synthesizer, voice)
        key = (voice, request.voice, request.speed)
        with self._lock:
            if self._model is not synthesizer.checkpoint.model:
                self._model = synthesizer.checkpoint.model
                self._sounds.clear()
            cached = self._sounds.get(key)
        if cached is not None:
            return cached
        sound = synthesizer.speak(request).audio
        with self._lock:
            if self._model is synthesizer.checkpoint.model:
                self._sounds.keep(key, sound)
        return sound


def preview_request(synthesizer: Synthesizer, voice: str) -> SpeechRequest:
    """Return the request for a preview: a sentence with the voice's name, in its own language.

    Raises:
        RequestError: if there is no such voice.
    """
    alias = alias_of(voice)
    language = synthesizer.checkpoint.voices.info(alias.voice if alias else voice).language
    sentence = BY_CODE[language].preview or BY_CODE[DEFAULT_LANGUAGE].preview
    names = [alias.name] if alias else [short_name(name) for name, _ in parse_blend(voice)]
    return SpeechRequest(sentence.format(" and ".join(names)), voice)
