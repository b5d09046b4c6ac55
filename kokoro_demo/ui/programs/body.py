"""Validates the untrusted body of ``POST /v1/audio/speech`` and similar requests."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

from kokoro_demo.budget import MAX_BODY
from kokoro_demo.errors import RequestError
from kokoro_demo.request_fields import DEFAULTS, FIELDS, names_of
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.speech import MAX_SPEED, MIN_SPEED, SpeechRequest
from kokoro_demo.ui.errors import in_whole_characters
from kokoro_demo.ui.fields import ARGUMENTS, request_from
from kokoro_demo.ui.programs import dialects
from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.voices import voice_for, voice_name

if TYPE_CHECKING:
    from kokoro_demo.voices.catalogue import Voices

STREAM_FORMATS = ("audio", "sse")
# OpenAI's API allows these speeds; those that the model cannot do are replaced by the nearest one.
SPEEDS = (0.25, 4.0)
MAX_VOLUME = 10.0
# Fields that we use, or that are safe to ignore without a warning.
_KNOWN = {
    *("model", "input", "text", "voice", "speed", "response_format", "format", "output_format", "audio_format"),
    *("stream_format", "stream", "language", "lang_code", "language_code", "lang", "volume_multiplier"),
    *("return_timestamps", "user", *ARGUMENTS),
}
_MAX_WARNINGS = 10


@dataclass(frozen=True, slots=True)
class SpeechBody:
    """The validated body of a request.

    response_format: one of `CONTENT_TYPES`.
    as_events: whether to send the audio as server-sent events.
    whole: whether to send it only when it is complete.
    with_times: whether to send word times, if the endpoint has them.
    volume: the factor by which the samples are multiplied.
    warnings: sentences about what differs from the request.
    """

    request: SpeechRequest
    response_format: str
    as_events: bool
    whole: bool
    with_times: bool
    volume: float
    warnings: tuple[str, ...]


async def read_json(request: Request) -> dict[str, Any]:
    """Read the JSON object of a request, up to the size limit.

    Raises:
        ApiError: if it is too large, or not a JSON object.
    """
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        raise ApiError(415, "Send JSON, with the header Content-Type: application/json.")
    size, parts = 0, []
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise ApiError(413, f"The body is too large: at most {MAX_BODY:,} bytes.")
        parts.append(part)
    return in_whole_characters(json_object(b"".join(parts), "body"))


def json_object(content: str | bytes, what: str) -> dict[str, Any]:
    """Parse a JSON object.

    what: its name in error messages.

    Raises:
        ApiError: if it is not a JSON object.
    """
    try:
        values = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ApiError(400, f"The {what} is not JSON: {type(error).__name__}.") from None
    if not isinstance(values, dict):
        raise ApiError(400, f"The {what} must be a JSON object.")
    return values


def read_body(values: dict[str, Any], voices: Voices) -> SpeechBody:
    """Validate every field. Names are those of OpenAI's and Kokoro-FastAPI's APIs, and of `SpeechRequest`.

    Raises:
        ApiError: if a field is invalid; it names the field.
    """
    stream_format = dialects.text(values, "stream_format", default="audio").lower()
    if stream_format not in STREAM_FORMATS:
        raise ApiError(400, f"stream_format must be one of {', '.join(STREAM_FORMATS)}.", "stream_format")
    requested = dialects.number(values, "speed", 1.0, *SPEEDS)
    speed = min(max(requested, MIN_SPEED), MAX_SPEED)
    warnings = (
        [] if speed == requested else [f"The speed {requested:g} was replaced by {speed:g}, the nearest possible."]
    )
    return SpeechBody(
        request=_request(values, speed, voices),
        response_format=dialects.audio_format(values),
        as_events=stream_format == "sse",
        whole=not dialects.switch(values, "stream", True),
        with_times=dialects.switch(values, "return_timestamps", True),
        volume=dialects.number(values, "volume_multiplier", 1.0, 0.0, MAX_VOLUME),
        warnings=(*warnings, *_unused_fields(values)),
    )


def _request(values: dict[str, Any], speed: float, voices: Voices) -> SpeechRequest:
    name = voice_name(values.get("voice"))
    if name is None:
        raise ApiError(400, "voice must be a string, such as af_heart or af_bella(2)+bf_emma(1).", "voice")
    voice = voice_for(name, voices) if name else voices.default
    texts = {
        name: dialects.text(values, name) for name in names_of(str) if name not in ("text", "voice", "language", "cast")
    }
    switches = {name: dialects.switch(values, name, DEFAULTS[name]) for name in names_of(bool)}
    numbers = {
        name: dialects.number(values, name, DEFAULTS[name], *FIELDS[name].bounds)
        for name in names_of(int, float)
        if name != "speed"
    }
    try:
        alias = alias_of(voice)
        voice_language = voices.info(alias.voice if alias else voice).language
        arguments = {
            **{name: value for name, value in values.items() if name in ARGUMENTS},
            **texts,
            **switches,
            **numbers,
            "text": dialects.text(values, "input", "text"),
            "voice": voice,
            "speed": speed,
            "language": dialects.language(values, voice_language),
        }
        return request_from(arguments, voice)
    except RequestError as error:
        raise ApiError(400, str(error)) from None


def _unused_fields(values: dict[str, Any]) -> list[str]:
    """A warning for every field that has a value but no effect."""
    names = [name for name, value in values.items() if name not in _KNOWN and value not in (None, False, "", [], {})]
    return [f"{name[:40]} is not used." for name in names[:_MAX_WARNINGS]]
