"""Kokoro text to speech.

>>> from kokoro_demo import generate_audio, phonemize
>>> phonemize("Hello there.").phonemes
'həlˈO ðˈɛɹ.'
>>> speech = generate_audio("Hello there.")
>>> speech.save("hello.wav").name
'hello.wav'

Nothing heavy is imported until it is used: `normalise` and `phonemize` need neither torch nor weights.
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
    """Speaks a text and returns the whole speech.

    >>> generate_audio("Kokoro.", lexicon="Kokoro = /koʊˈkɔːɹoʊ/").phonemes
    'kOkˈɔɹO.'

    text: 1 to 20,000 characters, with markup.
    voice: a voice pack's name, or a blend like "af_bella(2)+bf_emma". A voice of the catalogue that the checkpoint
        lacks is spoken by the nearest one that it has, with a warning.
    speed: 0.5 to 2.
    seed: seeds the vocoder's noise; the same request returns the same audio.
    language: a code or an alias in `kokoro_demo.languages`, such as "en-gb" or "pt"; None means the voice's own.
    lexicon: fixes for words, lines of ``word = /ipa/`` or ``word = respelling``.
    phonemes: spoken in place of the text's own reading.
    pause_scale: makes the pauses between phrases longer or shorter, 0 to 3.
    even_loudness: makes every voice as loud as the others, by a fixed gain for each.
    untouched: keeps each phrase as the model gave it, with its silence before and after.
    cast: who speaks the lines that begin with a name: ``{"Emma": "bf_emma"}``, or lines of ``Emma = bf_emma, 1.1``.
    ssml: says that the text is SSML, as one that begins with ``<speak`` always is.
    checkpoint: see `load`.

    Raises:
        RequestError: if the request cannot be spoken as it stands.
        UnspokenLanguageError: a RequestError: if the first voice speaks, which learned American English alone.
        CheckpointError: if the chosen checkpoint cannot be loaded.
    """
    from kokoro_demo.script.cast import cast_lines
    from kokoro_demo.speech import SpeechRequest

    request = SpeechRequest(
        text,
        voice,
        speed,
        seed,
        language,
        lexicon,
        phonemes,
        pause_scale,
        even_loudness,
        untouched,
        cast_lines(cast),
        ssml,
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
    """The streaming form of `generate_audio`: an iterator of phrases, each made when it is asked for.

    What cannot be spoken is refused at the call; `SpeechStream.warnings` says what was left out.

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
        seed,
        language,
        lexicon,
        phonemes,
        pause_scale,
        even_loudness,
        untouched,
        cast_lines(cast),
        ssml,
    )
    return stream(request, checkpoint)


def speak(request: SpeechRequest, checkpoint: Checkpoint | str | Path | None = None) -> Speech:
    """Speaks a request and returns the whole speech; checkpoint and errors as in `generate_audio`.

    >>> from kokoro_demo import SpeechRequest, speak
    >>> speak(SpeechRequest("Hello there.", speed=1.2)).sample_rate
    24000
    """
    from dataclasses import replace

    synthesizer, warnings = _open(checkpoint)
    speech = synthesizer.speak(request)
    return replace(speech, warnings=(*warnings, *speech.warnings))


def stream(request: SpeechRequest, checkpoint: Checkpoint | str | Path | None = None) -> SpeechStream:
    """Speaks a request phrase by phrase; as `generate_audio_stream`."""
    synthesizer, warnings = _open(checkpoint)
    chunks = synthesizer.stream(request)
    chunks.warnings = (*warnings, *chunks.warnings)
    return chunks


def load(checkpoint: Checkpoint | str | Path | None = None) -> Synthesizer:
    """Loads a checkpoint once, to speak with it often: ``load("packaged").speak(SpeechRequest("Hello."))``.

    checkpoint: a loaded one, a folder, an ONNX file of kokoro-onnx, ``owner/name``, ``owner/name@revision``,
        ``packaged`` or ``builtin``. If None, ``KOKORO_CHECKPOINT`` chooses, and else the Hub's Kokoro-82M; if that
        is not available, the packaged one, and else the first voice.

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
