"""An operator's own names for voices: ``KOKORO_ALIASES``, a list, a JSON object, or a file with either.

An alias stands for a voice or a blend with a speed. It can be used wherever a voice is named: in requests, casts,
``[voice:name]`` and SSML.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kokoro_demo.errors import RequestError
from kokoro_demo.files import decode_text
from kokoro_demo.script.cast import Cast, Role, factor_of, key_of
from kokoro_demo.voices.blends import canonical_voice, parse_blend
from kokoro_demo.voices.catalogue import UPLOADED, is_known

if TYPE_CHECKING:
    from kokoro_demo.voices.catalogue import Voices

VARIABLE = "KOKORO_ALIASES"
MAX_ALIASES = 500
MAX_BYTES = 1_000_000
_NAME = re.compile(r"[^\W_][\w .-]{0,58}[\w.]|[^\W_]")
# Between entries. A comma counts only if another name follows, since a speed may also come after a comma.
_BETWEEN = re.compile(r"[;\n]|,(?=[^,;=\n]*=)")
_SPEED = re.compile(r"\s*[:,]\s*([^:,]*)\Z")


def aliases() -> Cast:
    """Return the aliases of this process by name, in the form of `key_of`.

    Raises:
        RequestError: if ``KOKORO_ALIASES`` cannot be read; the message names the entry.
    """
    return _aliases(os.environ.get(VARIABLE, ""))


def alias_of(name: str) -> Role | None:
    """Return what an alias stands for; None if the name is not an alias."""
    return aliases().get(key_of(name))


def without_aliases(cast: Cast) -> Cast:
    """Return the cast with every alias replaced by what it stands for."""
    return {key: _resolved(role) for key, role in cast.items()}


def require_aliases() -> None:
    """Exit with an error message if ``KOKORO_ALIASES`` cannot be read; called when the app starts."""
    try:
        aliases()
    except RequestError as error:
        raise SystemExit(str(error)) from None


def problems(voices: Voices) -> list[str]:
    """Return warnings for the operator about aliases that do not fit the voices of a checkpoint."""
    problems = []
    for alias in aliases().values():
        if alias.name in voices.names():
            problems.append(
                f"{VARIABLE}: the alias {alias.name} hides the checkpoint's voice of that name; {alias.voice} speaks."
            )
        if (fault := _fault(alias, voices)) is not None:
            problems.append(f"{VARIABLE}: {alias.name}: {fault}")
    return problems


def aliases_of(voices: Voices) -> list[Role]:
    """Return the aliases whose voices a checkpoint has, in the order in which they are defined."""
    return [alias for alias in aliases().values() if _fault(alias, voices) is None]


def _fault(alias: Role, voices: Voices) -> RequestError | None:
    """Why the voices of a checkpoint cannot speak an alias; None if they can."""
    try:
        voices.speaker(alias.voice)
    except RequestError as error:
        return error
    return None


def voice_fields(name: str, alias: Role | None, voices: Voices) -> dict[str, Any]:
    """Return a voice, or an alias with what it stands for, as JSON-compatible values."""
    voice = voices.info(alias.voice if alias else name)
    described = {
        "name": name,
        "language": voice.language,
        "gender": voice.gender,
        "trait": voice.trait,
        "grade": voice.grade,
    }
    return described | ({"voice": alias.voice, "speed": alias.speed} if alias else {})


def parse_aliases(written: str) -> Cast:
    """Return the aliases in a list ``name=voice, other=voice:1.2`` or in a JSON object like that of a cast.

    Raises:
        RequestError: if an entry is invalid; the message names it.
    """
    aliases_by_name: Cast = {}
    for name, voice, speed in _entries(written):
        try:
            alias = _alias(name, voice, speed)
        except RequestError as error:
            raise RequestError(f"{VARIABLE}, {name[:60]!r}: {error}") from None
        if key_of(name) in aliases_by_name:
            raise RequestError(f"{VARIABLE}: {name[:60]!r} is given twice.")
        aliases_by_name[key_of(name)] = alias
        if len(aliases_by_name) > MAX_ALIASES:
            raise RequestError(f"{VARIABLE}: at most {MAX_ALIASES} names can be given.")
    for alias in aliases_by_name.values():
        if other := next(
            (aliases_by_name[key_of(part)] for part, _ in parse_blend(alias.voice) if key_of(part) in aliases_by_name),
            None,
        ):
            raise RequestError(
                f"{VARIABLE}: {alias.name} stands for {other.name}, another alias. Name the voice itself."
            )
    return aliases_by_name


@lru_cache(maxsize=4)
def _aliases(value: str) -> Cast:
    value = value.strip()
    if not value or value.startswith("{") or "=" in value:
        return parse_aliases(value)
    path = Path(value)
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise RequestError(f"{VARIABLE}: the file {value} cannot be read: {error.strerror}.") from None
    if len(data) > MAX_BYTES:
        raise RequestError(f"{VARIABLE}: the file {value} has more than {MAX_BYTES:,} bytes.")
    return parse_aliases(decode_text(data, value))


def _entries(written: str) -> Iterator[tuple[str, Any, Any]]:
    written = written.strip().lstrip("\ufeff")
    if not written.startswith("{"):
        for entry in _BETWEEN.split(written):
            if not entry.strip() or entry.strip().startswith("#"):
                continue
            name, equals, rest = entry.partition("=")
            speed = _SPEED.search(rest)
            if not equals:
                raise RequestError(f"{VARIABLE}: {entry.strip()[:60]!r} is neither name=voice nor name=voice:1.2.")
            yield name.strip(), rest[: speed.start()] if speed else rest, speed[1] if speed else 1.0
        return
    try:
        values = json.loads(written)
    except (ValueError, RecursionError) as error:
        raise RequestError(f"{VARIABLE} is not a JSON object: {error}.") from None
    for name, given in values.items():
        if isinstance(given, Mapping):
            yield name, given.get("voice"), given.get("speed", 1.0)
        else:
            yield name, given, 1.0


def _alias(name: str, voice: Any, speed: Any) -> Role:
    if not _NAME.fullmatch(name):
        raise RequestError("A name has 1 to 60 letters, digits, spaces, - and _, and begins with a letter or a digit.")
    if is_known(name.lower()) or name.lower().startswith(UPLOADED):
        raise RequestError("A voice of Kokoro has this name. Choose another one.")
    if not isinstance(voice, str) or not voice.strip():
        raise RequestError("After the = belongs a voice, like bf_emma or af_bella(2)+bf_emma.")
    return Role(name, canonical_voice(voice.strip()), factor_of(speed))


def _resolved(role: Role) -> Role:
    alias = alias_of(role.voice)
    return role._replace(voice=alias.voice, speed=role.speed * alias.speed) if alias else role
