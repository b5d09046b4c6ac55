"""Kokoro text to speech.

>>> from kokoro_demo import generate_audio, phonemize
>>> generate_audio("Hello there.").save("hello.wav")
>>> phonemize("Hello there.").phonemes

Nothing heavy is imported until it is used: `phonemize` needs neither torch nor weights.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kokoro_demo.errors import CheckpointError, KokoroError, RequestError

if TYPE_CHECKING:
    from kokoro_demo.checkpoints.checkpoint import Checkpoint
    from kokoro_demo.g2p import Pronunciation, phonemize
    from kokoro_demo.speech import Speech, SpeechChunk, SpeechRequest

__all__ = [
    "CheckpointError",
    "KokoroError",
    "Pronunciation",
    "RequestError",
    "Speech",
    "SpeechChunk",
    "SpeechRequest",
    "generate_audio",
    "generate_audio_stream",
    "phonemize",
]

_LAZY = {
    "Pronunciation": "kokoro_demo.g2p",
    "phonemize": "kokoro_demo.g2p",
    "Speech": "kokoro_demo.speech",
    "SpeechChunk": "kokoro_demo.speech",
    "SpeechRequest": "kokoro_demo.speech",
}


def generate_audio(
    text: str,
    voice: str = "af_heart",
    speed: float = 1.0,
    *,
    seed: int = 0,
    language: str | None = None,
    checkpoint: Checkpoint | str | Path | None = None,
) -> Speech:
    """Speak a text.

    text: 1 to 20,000 characters, with markup.
    voice: a voice pack's name, or a blend like "af_bella(2)+bf_emma". Where the checkpoint does not hold the
        default one, its best voice speaks.
    speed: 0.5 to 2.
    seed: of the vocoder's noise; the same request gives the same audio.
    language: a code or an alias in `kokoro_demo.languages`, such as "en-gb" or "pt"; None means the voice's own.
    checkpoint: a loaded one, a folder, ``owner/name``, ``owner/name@revision`` or ``builtin``. Where None,
        ``KOKORO_CHECKPOINT`` chooses, and else the Hub's Kokoro-82M; where that cannot be had, the built-in
        demonstration voice speaks, and a warning says so.

    Raises:
        RequestError: where the request cannot be spoken as it stands.
        CheckpointError: where the chosen checkpoint cannot be loaded.
    """
    from dataclasses import replace

    request, synthesizer, warnings = _prepare(text, voice, speed, seed, language, checkpoint)
    speech = synthesizer.speak(request)
    return replace(speech, warnings=(*warnings, *speech.warnings))


def generate_audio_stream(
    text: str,
    voice: str = "af_heart",
    speed: float = 1.0,
    *,
    seed: int = 0,
    language: str | None = None,
    checkpoint: Checkpoint | str | Path | None = None,
) -> Iterator[SpeechChunk]:
    """The streaming twin of `generate_audio`: yields each phrase as soon as it is made."""
    request, synthesizer, _ = _prepare(text, voice, speed, seed, language, checkpoint)
    yield from synthesizer.stream(request)


def _prepare(
    text: str, voice: str, speed: float, seed: int, language: str | None, checkpoint: Checkpoint | str | Path | None
) -> Any:
    from kokoro_demo.speech import SpeechRequest
    from kokoro_demo.synthesis.default_synthesizer import synthesizer_for

    request = SpeechRequest(text=text, voice=voice, speed=speed, seed=seed, language=language)
    synthesizer, warnings = synthesizer_for(checkpoint)
    return request, synthesizer, warnings


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
