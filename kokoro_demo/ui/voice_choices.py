"""The voices as a person reads them in the list."""

from __future__ import annotations

from kokoro_demo.voices import WITHOUT_FRONT_END, Voice, Voices

PEOPLE = {
    "en-us": ("🇺🇸", "American"),
    "en-gb": ("🇬🇧", "British"),
    "es": ("🇪🇸", "Spanish"),
    "fr-fr": ("🇫🇷", "French"),
    "hi": ("🇮🇳", "Hindi"),
    "it": ("🇮🇹", "Italian"),
    "pt-br": ("🇧🇷", "Brazilian"),
    "ja": ("🇯🇵", "Japanese"),
    "zh": ("🇨🇳", "Mandarin"),
}
GENDERS = {"F": " female", "M": " male", "": ""}


def voice_choices(voices: Voices) -> list[tuple[str, str]]:
    """(label, name) of every voice, best first; those whose language no front end serves stand last."""
    return [(voice_label(voices.info(name)), name) for name in voices.names()]


def voice_label(voice: Voice) -> str:
    """For instance "🇬🇧 Emma · British female · B-"."""
    flag, people = PEOPLE[voice.language]
    parts = [f"{flag} {short_name(voice.name)}", people + GENDERS[voice.gender]]
    if voice.language in WITHOUT_FRONT_END:
        parts.append("speaks English here")
    if voice.grade:
        parts.append(voice.grade)
    return " · ".join(parts)


def short_name(name: str) -> str:
    """The name without its language and gender: "Heart" for "af_heart"."""
    return name.partition("_")[2].replace("_", " ").title() or name
