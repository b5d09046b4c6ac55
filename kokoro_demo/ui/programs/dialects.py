"""Reads values in the various forms that clients send: numbers as strings, formats and languages by other names."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import BY_LETTER, ENGLISH, TABLE, canonical_language
from kokoro_demo.ui.programs.encoding import CONTENT_TYPES
from kokoro_demo.ui.programs.errors import ApiError

_FORMAT_NAMES = {
    "mp3": "mp3 mpeg mpeg3 mpga x-mp3",
    "opus": "opus ogg_opus ogg-opus x-opus",
    "ogg": "ogg oga vorbis ogg_vorbis ogg-vorbis",
    "flac": "flac x-flac",
    "wav": "wav wave x-wav vnd.wave",
    "pcm": "pcm raw s16le pcm16 pcm_s16le pcm_16bit pcm_24000",
}
FORMATS = {alias: name for name, aliases in _FORMAT_NAMES.items() for alias in aliases.split()}
_LANGUAGES = {language.name.lower(): language.code for language in TABLE}
_YES, _NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


def first_given(values: Mapping[str, Any], *names: str) -> tuple[str, Any]:
    """Return the first of `names` that has a value, and the value; or the first name and None if none has one."""
    given = ((name, values[name]) for name in names if values.get(name) not in (None, ""))
    return next(given, (names[0], None))


def text(values: Mapping[str, Any], *names: str, default: str = "") -> str:
    """Return the string of the first of `names` that has a value.

    Raises:
        ApiError: if the value is not a string.
    """
    name, value = first_given(values, *names)
    if value is None:
        return default
    if not isinstance(value, str):
        raise ApiError(400, f"{name} must be a string.", name)
    return value


def number(values: Mapping[str, Any], name: str, default: float, low: float, high: float) -> float:
    """Return a number, which may be sent as a string; null and "" select the default.

    Raises:
        ApiError: if the value is not a number from `low` to `high`.
    """
    value = values.get(name)
    if value is None or value == "":
        return default
    try:
        result = math.nan if isinstance(value, bool) or not isinstance(value, int | float | str) else float(value)
    except (ValueError, OverflowError):
        result = math.nan
    if not low <= result <= high:
        raise ApiError(400, f"{name} must be a number from {low:g} to {high:g}.", name)
    return result


def switch(values: Mapping[str, Any], name: str, default: bool) -> bool:
    """Return a boolean, which may be sent as 1, 0, or a string; null and "" select the default.

    Raises:
        ApiError: if the value is something else.
    """
    value = values.get(name)
    if value is None or value == "":
        return default
    word = str(value).strip().lower()
    if word not in (*_YES, *_NO) or not isinstance(value, bool | int | str):
        raise ApiError(400, f"{name} must be true or false.", name)
    return word in _YES


def audio_format(values: Mapping[str, Any]) -> str:
    """Return the audio format, one of `CONTENT_TYPES`, from its name in any case, its suffix, or its media type.

    Raises:
        ApiError: if the format is unknown; it lists the known ones.
    """
    names = ("response_format", "format", "output_format", "audio_format")
    requested = text(values, *names, default="mp3")
    kind, _, parameters = requested.strip().lower().partition(";")
    name = kind.strip().removeprefix("audio/").removeprefix(".")
    if name == "ogg" and "opus" in parameters:
        name = "opus"
    elif name.startswith(("mp3_", "opus_")):  # as in mp3_44100_128
        name = name.partition("_")[0] if name not in FORMATS else name
    if name not in FORMATS:
        raise ApiError(
            400,
            f"The format {requested[:40]!r} is not supported. Choose one of {', '.join(CONTENT_TYPES)}.",
            "response_format",
        )
    return FORMATS[name]


def language(values: Mapping[str, Any], voice_language: str) -> str | None:
    """Return a language's code from a code, a name, or Kokoro's letter for it; None selects the voice's own.

    voice_language: the code of the voice's own language. English voices keep their accent if the request is just "en".

    Raises:
        ApiError: if the language is not supported.
    """
    name, _ = first_given(values, "language", "lang_code", "language_code", "lang")
    requested = text(values, name).strip().lower()
    if requested in ("", "auto") or (requested in ("en", "english") and voice_language in ENGLISH):
        return None
    if requested in BY_LETTER:
        requested = BY_LETTER[requested].code
    try:
        return canonical_language(_LANGUAGES.get(requested, "en" if requested == "english" else requested))
    except RequestError as error:
        raise ApiError(400, str(error), name) from None
