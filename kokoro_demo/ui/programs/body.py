"""The body of ``POST /v1/audio/speech``, hostile until read."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from kokoro_demo.budget import MAX_BODY
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import MAX_SPEED, MIN_SPEED, SpeechRequest
from kokoro_demo.ui.errors import in_whole_characters
from kokoro_demo.ui.fields import ARGUMENTS, request_from
from kokoro_demo.ui.programs.encoding import CONTENT_TYPES
from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.voices import voice_for

if TYPE_CHECKING:
    from kokoro_demo.voices.catalogue import Voices

STREAM_FORMATS = ("audio", "sse")


@dataclass(frozen=True, slots=True)
class SpeechBody:
    """What a program asks for.

    response_format: one of `CONTENT_TYPES`.
    as_events: whether the sound comes as server-sent events.
    ignored: fields that mean something to OpenAI's service and nothing here.
    """

    request: SpeechRequest
    response_format: str
    as_events: bool
    ignored: tuple[str, ...]


async def read_json(request: Request) -> dict[str, Any]:
    """The JSON object of a request; no more of it is read than one may send.

    Raises:
        ApiError: where it is too large, or is none.
    """
    if not request.headers.get("content-type", "").lower().startswith("application/json"):
        raise ApiError(415, "Send JSON, with the header Content-Type: application/json.")
    size, parts = 0, []
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise ApiError(413, f"The body is too large: at most {MAX_BODY:,} bytes.")
        parts.append(part)
    try:
        values = json.loads(b"".join(parts))
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"The body is not JSON: {type(error).__name__}.") from None
    if not isinstance(values, dict):
        raise ApiError(400, "The body must be a JSON object.")
    return in_whole_characters(values)


def read_body(values: dict[str, Any], voices: Voices) -> SpeechBody:
    """Check every field; names as in OpenAI's API, and seed, language, lexicon and phonemes as in `SpeechRequest`.

    Raises:
        ApiError: naming the field that is wrong.
    """
    if not isinstance(values.get("model"), str) or not values["model"].strip():
        raise ApiError(400, "Name a model, for example kokoro.", "model", "missing_required_parameter")
    response_format = _text(values, "response_format", "mp3")
    if response_format not in CONTENT_TYPES:
        formats = ", ".join(CONTENT_TYPES)
        raise ApiError(
            400, f"There is no format {response_format[:40]!r} here. Choose one of {formats}.", "response_format"
        )
    stream_format = _text(values, "stream_format", "audio")
    if stream_format not in STREAM_FORMATS:
        raise ApiError(400, f"stream_format must be one of {', '.join(STREAM_FORMATS)}.", "stream_format")
    speed = values.get("speed", 1.0)
    if isinstance(speed, bool) or not isinstance(speed, int | float) or not MIN_SPEED <= speed <= MAX_SPEED:
        raise ApiError(400, f"speed must be a number from {MIN_SPEED:g} to {MAX_SPEED:g}.", "speed")
    voice = values.get("voice")
    if isinstance(voice, dict):
        voice = voice.get("id")
    if voice is not None and not isinstance(voice, str):
        raise ApiError(400, "voice must be a string.", "voice")
    return SpeechBody(
        request=_request(values, voice_for(voice, voices) if voice else voices.default, speed),
        response_format=response_format,
        as_events=stream_format == "sse",
        ignored=tuple(name for name in ("instructions",) if values.get(name)),
    )


def _request(values: dict[str, Any], voice: str, speed: float) -> SpeechRequest:
    try:
        named = {**values, "text": _text(values, "input", ""), "voice": voice, "speed": speed}
        texts = [name for name, argument in ARGUMENTS.items() if isinstance(argument.default, str)]
        return request_from({**named, **{name: _text(named, name, "") for name in texts}}, voice)
    except RequestError as error:
        raise ApiError(400, str(error)) from None


def _text(values: dict[str, Any], name: str, default: str) -> str:
    value = values.get(name)
    if value is None:
        return default
    if not isinstance(value, str):
        raise ApiError(400, f"{name} must be a string.", name)
    return value
