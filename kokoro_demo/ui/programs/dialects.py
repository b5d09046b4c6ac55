"""The same value in the many forms in which programs send it: numbers as text, formats and languages by other names."""

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
FORMATS = {written: name for name, names in _FORMAT_NAMES.items() for written in names.split()}
_LANGUAGES = {language.name.lower(): language.code for language in TABLE}
_YES, _NO = ("true", "1", "yes", "on"), ("false", "0", "no", "off")


def first_given(values: Mapping[str, Any], *names: str) -> tuple[str, Any]:
    """The first of `names` that has a value, and the value; the first name and None if none has."""
    given = ((name, values[name]) for name in names if values.get(name) not in (None, ""))
    return next(given, (names[0], None))


def text(values: Mapping[str, Any], *names: str, default: str = "") -> str:
    """The text of the first of `names` that has one.

    Raises:
        ApiError: if it is something else.
    """
    name, value = first_given(values, *names)
    if value is None:
        return default
    if not isinstance(value, str):
        raise ApiError(400, f"{name} must be a string.", name)
    return value


def number(values: Mapping[str, Any], name: str, default: float, low: float, high: float) -> float:
    """A number or a text that is one; null and "" select the default.

    Raises:
        ApiError: if it is not a number from `low` to `high`.
    """
    value = values.get(name)
    if value is None or value == "":
        return default
    try:
        read = math.nan if isinstance(value, bool) or not isinstance(value, int | float | str) else float(value)
    except (ValueError, OverflowError):
        read = math.nan
    if not low <= read <= high:
        raise ApiError(400, f"{name} must be a number from {low:g} to {high:g}.", name)
    return read


def switch(values: Mapping[str, Any], name: str, default: bool) -> bool:
    """True or false, also as 1, 0, or a text; null selects the default.

    Raises:
        ApiError: if it is something else.
    """
    value = values.get(name)
    if value is None or value == "":
        return default
    written = str(value).strip().lower()
    if written not in (*_YES, *_NO) or not isinstance(value, bool | int | str):
        raise ApiError(400, f"{name} must be true or false.", name)
    return written in _YES


def sound_format(values: Mapping[str, Any]) -> str:
    """The format, one of `CONTENT_TYPES`, from its name in any case, its suffix, or its media type.

    Raises:
        ApiError: for another one, naming those that there are.
    """
    names = ("response_format", "format", "output_format", "audio_format")
    written = text(values, *names, default="mp3")
    kind, _, parameters = written.strip().lower().partition(";")
    name = kind.strip().removeprefix("audio/").removeprefix(".")
    if name == "ogg" and "opus" in parameters:
        name = "opus"
    elif name.startswith(("mp3_", "opus_")):  # as in mp3_44100_128
        name = name.partition("_")[0] if name not in FORMATS else name
    if name not in FORMATS:
        raise ApiError(
            400,
            f"There is no format {written[:40]!r} here. Choose one of {', '.join(CONTENT_TYPES)}.",
            "response_format",
        )
    return FORMATS[name]


def language(values: Mapping[str, Any], own: str) -> str | None:
    """The code of the language, from a code, a name, or Kokoro's letter for it; None selects the voice's own.

    own: the code of the voice's own language; a mere "en" leaves an English voice its accent.

    Raises:
        ApiError: if nothing here reads it.
    """
    name, _ = first_given(values, "language", "lang_code", "language_code", "lang")
    written = text(values, name).strip().lower()
    if written in ("", "auto") or (written in ("en", "english") and own in ENGLISH):
        return None
    if written in BY_LETTER:
        written = BY_LETTER[written].code
    try:
        return canonical_language(_LANGUAGES.get(written, "en" if written == "english" else written))
    except RequestError as error:
        raise ApiError(400, str(error), name) from None
