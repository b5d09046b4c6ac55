"""The cast of a script: the voice and speed of each speaker, in lines of ``Name = voice, 1.2``."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from kokoro_demo.errors import RequestError
from kokoro_demo.voices.blends import canonical_voice

# Each voice of a speaker's blend has a pack of half a megabyte, and all are in memory while a script is spoken.
MAX_SPEAKERS = 16
MAX_NAME = 60
MIN_FACTOR, MAX_FACTOR = 0.25, 4.0
_NOT_IN_A_NAME = re.compile(r"[\n\r=:：\[\]<>]")
_NUMBER = re.compile(r"\d{1,3}(?:\.\d{1,4})?|\.\d{1,4}", re.ASCII)


class Role(NamedTuple):
    """A speaker in the cast.

    name: as it is written in the cast.
    voice: a voice or a blend.
    speed: a factor that multiplies the request's speed.
    """

    name: str
    voice: str
    speed: float = 1.0


Cast = dict[str, Role]
"""Roles by name, in the form of `key_of`."""


def key_of(name: str) -> str:
    """Return a form of the name that is the same for all its spellings: "EMMA" and "Emma"."""
    return " ".join(name.split()).casefold()


def parse_cast(lines: str) -> Cast:
    """Return the roles of a cast; of two with the same name, the last counts.

    Empty lines and lines that begin with ``#`` are ignored.

    Raises:
        RequestError: if a line is not a role, or there are too many.
    """
    cast: Cast = {}
    for number, line in enumerate(lines.splitlines(), 1):
        line = line.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        name, equals, rest = line.partition("=")
        voice, comma, speed = rest.partition(",")
        try:
            if not equals:
                raise RequestError("Write Name = voice, or Name = voice, 1.2 with a speed.")
            role = _role(name, voice, speed.strip() if comma else 1.0)
        except RequestError as error:
            raise RequestError(f"Line {number} of the cast, {line[:60]!r}: {error}") from None
        cast[key_of(role.name)] = role
        if len(cast) > MAX_SPEAKERS:
            raise RequestError(f"A cast can have {MAX_SPEAKERS} speakers. Leave some out, or speak the text in parts.")
    return cast


def cast_lines(cast: str | Mapping[str, Any]) -> str:
    """Return a cast as lines.

    cast: lines, or a mapping, possibly as JSON, from names to voices or to mappings with ``voice`` and ``speed``.

    Raises:
        RequestError: if it is neither.
    """
    if isinstance(cast, str):
        if not cast.lstrip("\ufeff \n\r\t").startswith("{"):
            return cast
        try:
            cast = json.loads(cast.lstrip("\ufeff"))
        except (ValueError, RecursionError):
            raise RequestError("The cast begins like a JSON object but is not valid JSON.") from None
    if not isinstance(cast, Mapping):
        raise RequestError('cast must be lines of Name = voice, or an object like {"Emma": "bf_emma"}.')
    if len(cast) > MAX_SPEAKERS:
        raise RequestError(f"A cast can have {MAX_SPEAKERS} speakers. Leave some out, or speak the text in parts.")
    roles = []
    for name, given in cast.items():
        voice, speed = (given.get("voice"), given.get("speed", 1.0)) if isinstance(given, Mapping) else (given, 1.0)
        if not isinstance(name, str) or not isinstance(voice, str):
            raise RequestError(f"The voice of {str(name)[:60]!r} in the cast must be a string.")
        roles.append(_role(name, voice, speed))
    return format_cast(roles)


def format_cast(roles: list[Role]) -> str:
    """Return the lines that `parse_cast` reads as these roles."""
    return "\n".join(
        f"{role.name} = {role.voice}" + ("" if role.speed == 1.0 else f", {role.speed:g}") for role in roles
    )


def factor_of(written: Any) -> float:
    """Return a speed factor as a number.

    Raises:
        RequestError: if it is not a number from 0.25 to 4.
    """
    if isinstance(written, str):
        written = float(written) if _NUMBER.fullmatch(written.strip()) else None
    is_number = isinstance(written, int | float) and not isinstance(written, bool) and math.isfinite(written)
    if not is_number or not MIN_FACTOR <= written <= MAX_FACTOR:
        raise RequestError(f"A speed must be a number from {MIN_FACTOR:g} to {MAX_FACTOR:g}.")
    return float(f"{written:.4g}")


def _role(name: str, voice: str, speed: Any) -> Role:
    name = " ".join(name.split())
    if not name or len(name) > MAX_NAME or _NOT_IN_A_NAME.search(name) or name.startswith("#"):
        raise RequestError(f"A name has 1 to {MAX_NAME} characters, and none of = : [ ] < >.")
    voice = voice.strip()
    if not voice or "," in voice or "\n" in voice:
        raise RequestError("After the = belongs a voice, like bf_emma or af_bella(2)+bf_emma.")
    return Role(name, canonical_voice(voice), factor_of(speed))
