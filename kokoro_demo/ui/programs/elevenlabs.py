"""Requests and responses in the format of ElevenLabs' ``/v1/text-to-speech/{voice_id}``, with times of characters."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from kokoro_demo.ui.programs import dialects
from kokoro_demo.ui.programs.captioned import with_words
from kokoro_demo.ui.programs.errors import ApiError

if TYPE_CHECKING:
    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.speech import SpeechChunk
    from kokoro_demo.ui.programs.body import SpeechBody
    from kokoro_demo.voices.catalogue import Voices

# Their field names and ours, and fields that are ignored without a warning.
_NAMES = {"text": "input", "language_code": "language", "model_id": "model"}
_IGNORED = ("enable_logging", "optimize_streaming_latency", "apply_text_normalization", "use_pvc_as_ivc")
# Punctuation after a word, and the space that follows.
_REST_OF_WORD = re.compile(r"[^\w\s]*\s*")


def read_values(values: Mapping[str, Any], query: Mapping[str, str], voice: str, whole: bool) -> dict[str, Any]:
    """Convert the values of a request to those that `read_body` takes.

    query: the URL's query, which may have an ``output_format``.
    whole: whether the response is to be sent only when it is complete.

    Raises:
        ApiError: if ``voice_settings`` is not an object.
    """
    settings = values.get("voice_settings") or {}
    if not isinstance(settings, dict):
        raise ApiError(400, "voice_settings must be an object.", "voice_settings")
    converted = {_NAMES.get(name, name): value for name, value in values.items() if name not in _IGNORED}
    converted.pop("voice_settings", None)
    # Of their voice settings, only the speed has an equivalent here.
    converted["speed"] = settings.get("speed", converted.get("speed"))
    converted["response_format"] = query.get("output_format") or dialects.text(values, "output_format", default="mp3")
    converted.pop("output_format", None)
    return {**converted, "voice": voice, "stream": not whole}


def with_alignment(chunks: Iterable[SpeechChunk], body: SpeechBody) -> Iterator[bytes]:
    """Yield lines of JSON, each with a piece of the audio and the times of the characters spoken in it; a single line
    if the response is to be sent whole."""
    text = body.request.text
    begin, elapsed = 0, 0.0
    for piece, words in with_words(chunks, body):
        end = begin
        if words:
            end = max(begin, max(word.span[1] for word in words))
            end = _REST_OF_WORD.match(text, end).end()  # type: ignore[union-attr]
        if body.whole:
            end = len(text)
        yield _line(piece, text, begin, end, words, elapsed)
        elapsed = max([elapsed, *(word.end or 0.0 for word in words)])
        begin = end
    if begin < len(text):
        yield _line(b"", text, begin, len(text), [], elapsed)


def _line(piece: bytes, text: str, begin: int, end: int, words: list[Word], elapsed: float) -> bytes:
    fields = {
        "audio_base64": base64.b64encode(piece).decode(),
        "alignment": alignment(text, begin, end, [(*word.span, word.start, word.end) for word in words], elapsed),
        "normalized_alignment": _spoken_alignment(words),
    }
    return json.dumps(fields).encode() + b"\n"


def alignment(
    text: str, begin: int, end: int, words: Iterable[tuple[int, int, float | None, float | None]], elapsed: float
) -> dict[str, list[Any]]:
    """The characters of ``text[begin:end]`` and their start and end times in seconds. The characters of a word share
    its time evenly, and the characters between two words share the time between them.

    words: (start, end) of each in the text, and its start and end times.
    elapsed: the end time of the word before the first.
    """
    times: list[tuple[float, float]] = []

    def spread(until: int, start: float, stop: float) -> None:
        count = until - begin - len(times)
        step = (stop - start) / max(1, count)
        times.extend((start + step * at, start + step * (at + 1)) for at in range(count))

    for first, last, start, stop in sorted(words, key=lambda word: word[:2]):
        word_start = max(elapsed, start or 0.0)
        word_end = max(word_start, stop or 0.0)
        spread(min(max(first, begin), end), elapsed, word_start)
        spread(min(max(last, begin), end), word_start, word_end)
        elapsed = word_end
    spread(end, elapsed, elapsed)
    return {
        "characters": list(text[begin:end]),
        "character_start_times_seconds": [round(start, 4) for start, _ in times],
        "character_end_times_seconds": [round(stop, 4) for _, stop in times],
    }


def _spoken_alignment(words: Iterable[Word]) -> dict[str, list[Any]]:
    """The alignment of the normalised text: the words as they are spoken."""
    spoken, spans = "", []
    for word in words:
        if word.spoken:
            spoken += " " if spoken else ""
            spans.append((len(spoken), len(spoken) + len(word.spoken), word.start, word.end))
            spoken += word.spoken
    return alignment(spoken, 0, len(spoken), spans, (spans[0][2] or 0.0) if spans else 0.0)


def voice_list(voices: Voices) -> dict[str, Any]:
    """The voices, best first, in the format of ElevenLabs' ``GET /v1/voices``."""
    infos = [voices.info(name) for name in voices.names()]
    return {
        "voices": [
            {
                "voice_id": voice.name,
                "name": voice.name,
                "category": "premade",
                "labels": {"language": voice.language, "gender": {"F": "female", "M": "male"}.get(voice.gender, "")},
            }
            for voice in infos
        ]
    }
