"""Labels for voices, as the page lists them."""

from __future__ import annotations

import re

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import BY_CODE, LANGUAGES
from kokoro_demo.script.aliases import alias_of
from kokoro_demo.script.cast import Role
from kokoro_demo.voices.blends import canonical_voice, is_blend, parse_blend
from kokoro_demo.voices.catalogue import UPLOADED, Voice, Voices, describe

GENDERS = {"F": " woman", "M": " man", "": ""}


def voice_choices(voices: Voices, chosen: str | None = None) -> list[tuple[str, str]]:
    """(label, name) of every voice, best first; those whose language we cannot pronounce come last.

    chosen: a blend to include, if all of its voices are available.
    """
    blends = [chosen] if chosen and is_blend(chosen) and can_speak(voices, chosen) else []
    return [(voice_label(voices.info(name)), name) for name in [*blends, *voices.names()]]


def resolved(voice: str) -> str:
    """The voice or blend behind one of this server's aliases; any other name is returned unchanged."""
    alias = alias_of(voice)
    return alias.voice if alias else voice


def can_speak(voices: Voices, voice: str) -> bool:
    """Whether the checkpoint has this voice, or all voices of this blend; an alias is resolved first."""
    voice = resolved(voice)
    try:
        return voices.speaker(voice) == canonical_voice(voice)
    except RequestError:
        return False


def voice_label(voice: Voice) -> str:
    """For instance "Emma · British woman · grade B-". The page's search for voices uses these words."""
    if voice.name.startswith(UPLOADED) and not is_blend(voice.name):
        return f"{short_name(voice.name)} · your own pack"
    language = BY_CODE[voice.language]
    parts = [short_name(voice.name), language.adjective + GENDERS[voice.gender]]
    if voice.language not in LANGUAGES:
        parts.append("speaks English here")
    if trait := " ".join(re.findall(r"\w+", voice.trait)):
        parts.append(trait)
    if voice.grade:
        parts.append(f"grade {voice.grade}")
    return " · ".join(parts)


def alias_label(alias: Role) -> str:
    """The voice and speed behind an alias, such as "Emma, British woman, speed 1.2"."""
    return spoken_by(alias.voice) + (f", speed {alias.speed:g}" if alias.speed != 1 else "")


def spoken_by(name: str) -> str:
    """The name and kind of a voice, available or not, in words: "Emma, British woman"."""
    voice = describe(name)
    kind = BY_CODE[voice.language].adjective + GENDERS[voice.gender]
    return f"{short_name(name)}, {kind}" if voice.gender else short_name(name)


def short_name(name: str) -> str:
    """The name without its language and gender: "Heart" for "af_heart"; of a blend "Heart 67% + Emma 33%"."""
    if is_blend(name):
        parts = parse_blend(name)
        whole = sum(weight for _, weight in parts)
        return " + ".join(f"{short_name(part)} {100 * weight / whole:.0f}%" for part, weight in parts)
    if name.startswith(UPLOADED):
        digits, _, title = name.removeprefix(UPLOADED).partition("_")
        title = title[3:] if describe(name).gender else title
        return title.replace("-", " ").capitalize() or f"Your pack {digits[:4]}"
    return describe(name).title or name.partition("_")[2].replace("_", " ").title() or name
