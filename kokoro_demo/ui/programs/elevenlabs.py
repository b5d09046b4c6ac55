"""Requests and answers in the shape of ElevenLabs' ``/v1/text-to-speech/{voice_id}``, with the times of characters."""

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

# Their field names and ours. Fields that have nothing to do here cause no warning.
_NAMES = {"text": "input", "language_code": "language", "model_id": "model"}
_IGNORED = ("enable_logging", "optimize_streaming_latency", "apply_text_normalization", "use_pvc_as_ivc")
# What closes a word, and the space after it.
_REST_OF_WORD = re.compile(r"[^\w\s]*\s*")


def read_values(values: Mapping[str, Any], query: Mapping[str, str], voice: str, whole: bool) -> dict[str, Any]:
    """The values as `read_body` takes them.

    query: of the address, which may name the ``output_format``.
    whole: whether the answer is to be sent once it is complete.

    Raises:
        ApiError: if ``voice_settings`` is no object.
    """
    settings = values.get("voice_settings") or {}
    if not isinstance(settings, dict):
        raise ApiError(400, "voice_settings must be an object.", "voice_settings")
    own = {_NAMES.get(name, name): value for name, value in values.items() if name not in _IGNORED}
    own.pop("voice_settings", None)
    # ElevenLabs' defaults for how a voice is acted mean nothing here; a speed does.
    own["speed"] = settings.get("speed", own.get("speed"))
    own["response_format"] = query.get("output_format") or dialects.text(values, "output_format", default="mp3")
    own.pop("output_format", None)
    return {**own, "voice": voice, "stream": not whole}


def with_alignment(chunks: Iterable[SpeechChunk], body: SpeechBody) -> Iterator[bytes]:
    """JSON objects, one a line, each with a piece of the sound and the times of the characters that are heard in it;
    one for all if the answer is to be whole."""
    text = body.request.text
    place, heard = 0, 0.0
    for piece, words in with_words(chunks, body):
        end = place
        if words:
            end = max(place, max(word.span[1] for word in words))
            end = _REST_OF_WORD.match(text, end).end()  # type: ignore[union-attr]
        if body.whole:
            end = len(text)
        yield _line(piece, text, place, end, words, heard)
        heard = max([heard, *(word.end or 0.0 for word in words)])
        place = end
    if place < len(text):
        yield _line(b"", text, place, len(text), [], heard)


def _line(piece: bytes, text: str, place: int, end: int, words: list[Word], heard: float) -> bytes:
    fields = {
        "audio_base64": base64.b64encode(piece).decode(),
        "alignment": alignment(text, place, end, [(*word.span, word.start, word.end) for word in words], heard),
        "normalized_alignment": _of_spoken(words),
    }
    return json.dumps(fields).encode() + b"\n"


def alignment(
    text: str, place: int, end: int, words: Iterable[tuple[int, int, float | None, float | None]], heard: float
) -> dict[str, list[Any]]:
    """The characters of ``text[place:end]``, and when each of them begins and ends in seconds. Those of a word share
    its time evenly, those between two words the time between them.

    words: where each begins and ends in the text and in time. heard: when the one before the first ended.
    """
    times: list[tuple[float, float]] = []

    def share(until: int, start: float, stop: float) -> None:
        count = until - place - len(times)
        step = (stop - start) / max(1, count)
        times.extend((start + step * at, start + step * (at + 1)) for at in range(count))

    for first, last, start, stop in sorted(words, key=lambda word: word[:2]):
        begins = max(heard, start or 0.0)
        ends = max(begins, stop or 0.0)
        share(min(max(first, place), end), heard, begins)
        share(min(max(last, place), end), begins, ends)
        heard = ends
    share(end, heard, heard)
    return {
        "characters": list(text[place:end]),
        "character_start_times_seconds": [round(start, 4) for start, _ in times],
        "character_end_times_seconds": [round(stop, 4) for _, stop in times],
    }


def _of_spoken(words: Iterable[Word]) -> dict[str, list[Any]]:
    """The same for the words as they are spoken."""
    spoken, spans = "", []
    for word in words:
        if word.spoken:
            spoken += " " if spoken else ""
            spans.append((len(spoken), len(spoken) + len(word.spoken), word.start, word.end))
            spoken += word.spoken
    return alignment(spoken, 0, len(spoken), spans, (spans[0][2] or 0.0) if spans else 0.0)


def voice_list(voices: Voices) -> dict[str, Any]:
    """The voices, best first, as their ``GET /v1/voices`` lists them."""
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
