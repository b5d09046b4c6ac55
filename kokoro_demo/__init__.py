"""Kokoro text to speech.

>>> from kokoro_demo import generate_audio, phonemize
>>> phonemize("Hello there.").phonemes
'həlˈO ðˈɛɹ.'
>>> speech = generate_audio("Hello there.")
>>> speech.save("hello.wav").name
'hello.wav'

Heavy dependencies are imported only when they are used: `normalise` and `phonemize` need neither torch nor weights.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kokoro_demo.errors import CheckpointError, KokoroError, RequestError, UnspokenLanguageError

if TYPE_CHECKING:
    from kokoro_demo.checkpoints.checkpoint import Checkpoint
    from kokoro_demo.g2p import Pronunciation, phonemize
    from kokoro_demo.speech import Speech, SpeechChunk, SpeechRequest, SpeechStream
    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.text import SpokenText, normalise

__all__ = [
    "CheckpointError",
    "KokoroError",
    "Pronunciation",
    "RequestError",
    "Speech",
    "SpeechChunk",
    "SpeechRequest",
    "SpeechStream",
    "SpokenText",
    "Synthesizer",
    "UnspokenLanguageError",
    "generate_audio",
    "generate_audio_stream",
    "load",
    "normalise",
    "phonemize",
    "speak",
    "stream",
]

_LAZY = {
    "Pronunciation": "kokoro_demo.g2p",
    "SpokenText": "kokoro_demo.text",
    "normalise": "kokoro_demo.text",
    "phonemize": "kokoro_demo.g2p",
    "Speech": "kokoro_demo.speech",
    "SpeechChunk": "kokoro_demo.speech",
    "SpeechRequest": "kokoro_demo.speech",
    "SpeechStream": "kokoro_demo.speech",
    "Synthesizer": "kokoro_demo.synthesis.synthesizer",
}


def generate_audio(
    text: str,
    voice: str = "af_heart",
    speed: float = 1.0,
    *,
    seed: int = 0,
    language: str | None = None,
    lexicon: str = "",
    phonemes: str | None = None,
    pause_scale: float = 1.0,
    even_loudness: bool = False,
    untouched: bool = False,
    cast: str | Mapping[str, Any] = "",
    ssml: bool = False,
    checkpoint: Checkpoint | str | Path | None = None,
) -> Speech:
    """Speak a text and return the whole speech.

    >>> generate_audio("Kokoro.", lexicon="Kokoro = /koʊˈkɔːɹoʊ/").phonemes
    'kOkˈɔɹO.'

    text: 1 to 20,000 characters, with markup.
    voice: a voice pack's name, or a blend such as "af_bella(2)+bf_emma". If the checkpoint lacks a voice of the
        catalogue, the most similar voice that it has is used, with a warning.
    speed: 0.5 to 2.
    seed: seeds the vocoder's noise, 0 to 2**32 - 1; the same request returns the same audio.
    language: a code or an alias in `kokoro_demo.languages`, such as "en-gb" or "pt"; defaults to the voice's language.
    lexicon: corrected pronunciations, lines of ``word = /ipa/`` or ``word = respelling``.
    phonemes: spoken instead of the phonemes of the text.
    pause_scale: a factor for the pauses between phrases, 0 to 3.
    even_loudness: apply a fixed gain to each voice, so that all are equally loud.
    untouched: keep each phrase exactly as the model generated it, including the silence before and after.
    cast: the voices of a script's speakers: ``{"Emma": "bf_emma"}``, or lines of ``Emma = bf_emma, 1.1``.
    ssml: parse the text as SSML; a text that begins with ``<speak`` always is.
    checkpoint: see `load`.

    Returns the speech: 24 kHz mono audio with the times of its words and phonemes.

    Raises:
        RequestError: if the request is invalid.
        UnspokenLanguageError: a RequestError, if the only voice available is the first voice, which speaks nothing
            but American English.
        CheckpointError: if the chosen checkpoint cannot be loaded.
    """
    from kokoro_demo.script.cast import cast_lines
    from kokoro_demo.speech import SpeechRequest

    request = SpeechRequest(
        text,
        voice,
        speed,
        seed=seed,
        language=language,
        lexicon=lexicon,
        phonemes=phonemes,
        pause_scale=pause_scale,
        even_loudness=even_loudness,
        untouched=untouched,
        cast=cast_lines(cast),
        ssml=ssml,
    )
    return speak(request, checkpoint)


def generate_audio_stream(
    text: str,
    voice: str = "af_heart",
    speed: float = 1.0,
    *,
    seed: int = 0,
    language: str | None = None,
    lexicon: str = "",
    phonemes: str | None = None,
    pause_scale: float = 1.0,
    even_loudness: bool = False,
    untouched: bool = False,
    cast: str | Mapping[str, Any] = "",
    ssml: bool = False,
    checkpoint: Checkpoint | str | Path | None = None,
) -> SpeechStream:
    """The streaming form of `generate_audio`: an iterator over phrases, each generated on demand.

    An invalid request raises at the call, not at the first phrase; `SpeechStream.warnings` lists what was left out.
    The arguments and errors are those of `generate_audio`.

    >>> for chunk in generate_audio_stream("One. Two."):
    ...     print(chunk.index, chunk.phonemes)
    0 wˈʌn. tˈu.
    """
    from kokoro_demo.script.cast import cast_lines
    from kokoro_demo.speech import SpeechRequest

    request = SpeechRequest(
        text,
        voice,
        speed,
        seed=seed,
        language=language,
        lexicon=lexicon,
        phonemes=phonemes,
        pause_scale=pause_scale,
        even_loudness=even_loudness,
        untouched=untouched,
        cast=cast_lines(cast),
        ssml=ssml,
    )
    return stream(request, checkpoint)


def speak(request: SpeechRequest, checkpoint: Checkpoint | str | Path | None = None) -> Speech:
    """Speak a request and return the whole speech. For the checkpoint and the errors, see `generate_audio`.

    >>> from kokoro_demo import SpeechRequest, speak
    >>> speak(SpeechRequest("Hello there.", speed=1.2)).sample_rate
    24000
    """
    from dataclasses import replace

    synthesizer, warnings = _open(checkpoint)
    speech = synthesizer.speak(request)
    return replace(speech, warnings=(*warnings, *speech.warnings))


def stream(request: SpeechRequest, checkpoint: Checkpoint | str | Path | None = None) -> SpeechStream:
    """Speak a request phrase by phrase. For the checkpoint and the errors, see `generate_audio_stream`."""
    synthesizer, warnings = _open(checkpoint)
    chunks = synthesizer.stream(request)
    chunks.warnings = (*warnings, *chunks.warnings)
    return chunks


def load(checkpoint: Checkpoint | str | Path | None = None) -> Synthesizer:
    """Load a checkpoint once and use it many times: ``load("packaged").speak(SpeechRequest("Hello."))``.

    checkpoint: a `Checkpoint`, a folder, an ONNX file of kokoro-onnx, a repository of the Hub (``owner/name`` or
        ``owner/name@revision``), ``packaged`` or ``builtin``. If None: what ``KOKORO_CHECKPOINT`` names, or the Hub's
        Kokoro-82M; if the Hub is unavailable, the packaged one; if that is unavailable too, the first voice.

    Raises:
        CheckpointError: if the chosen checkpoint cannot be loaded.
    """
    return _open(checkpoint)[0]


def _open(checkpoint: Checkpoint | str | Path | None) -> tuple[Synthesizer, tuple[str, ...]]:
    from kokoro_demo.synthesis.default_synthesizer import synthesizer_for

    return synthesizer_for(checkpoint)


def __getattr__(name: str) -> Any:
    if name in _LAZY:
        from importlib import import_module

        return getattr(import_module(_LAZY[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
