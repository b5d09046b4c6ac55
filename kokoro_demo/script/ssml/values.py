"""Parses the values of SSML attributes: durations, rates, names of voices, phonemes."""

from __future__ import annotations

import re

from kokoro_demo.errors import RequestError
from kokoro_demo.languages import BY_CODE
from kokoro_demo.text.clean.markup import LONGEST_PAUSE
from kokoro_demo.voices.blends import canonical_voice, parse_blend
from kokoro_demo.voices.catalogue import UPLOADED, best_first, catalogue, describe, is_known

STRENGTHS = {"none": 0.0, "x-weak": 0.1, "weak": 0.2, "medium": 0.4, "strong": 0.7, "x-strong": 1.0}
RATES = {"x-slow": 0.5, "slow": 0.75, "medium": 1.0, "default": 1.0, "fast": 1.25, "x-fast": 1.5}
STRESSES = {"strong": "+2", "moderate": "+1", "none": "", "reduced": "-1"}

_TIME = re.compile(r"\+?(\d{1,6}(?:\.\d{0,6})?|\.\d{1,6})\s?(ms|s)", re.IGNORECASE)
_RATE = re.compile(r"([+-]?)(\d{1,5}(?:\.\d{0,6})?|\.\d{1,6})\s?(%?)")
_LIKE_KOKORO = re.compile(r"[a-z]{2}_[a-z0-9_]{1,60}")
# The maximum of our own mark for one word.
MAX_PHONEMES = 400
_NOT_PHONEMES = re.compile(r"[/\[\]()<>\n\r]+")


def seconds_of(written: str) -> float | None:
    """Return the seconds of "500ms" or "1.5s", without a limit; None if it is neither."""
    match = _TIME.fullmatch(written.strip())
    return float(match[1]) / (1000 if match[2].lower() == "ms" else 1) if match else None


def pause_mark(seconds: float) -> str:
    """Return our own mark for a pause."""
    return f"[pause:{min(seconds, LONGEST_PAUSE):g}s]" if seconds >= 0.001 else ""


def rate_of(written: str) -> float | None:
    """Return the factor of a rate such as "0.9", "90%", "-10%" or "slow"; None if it is not a rate.

    A percentage without a sign is a percentage of the normal rate, as in SSML 1.1; with a sign it is a change, as in
    other services.
    """
    label = written.strip().lower()
    if label in RATES:
        return RATES[label]
    match = _RATE.fullmatch(label)
    if match is None:
        return None
    sign, number, percent = match[1], float(match[2]), match[3]
    amount = number / 100 if percent else number
    factor = 1 + (amount if sign == "+" else -amount) if sign else amount
    return factor if factor > 0 else None


def kokoro_voice(name: str) -> str | None:
    """Return the Kokoro voice or blend that a name refers to; None for another service's voice."""
    written = name.strip()
    written = written if written.startswith(UPLOADED) else written.lower()
    try:
        parts = parse_blend(written)
        is_kokoro = all(
            is_known(part) or part.startswith(UPLOADED) or _LIKE_KOKORO.fullmatch(part) for part, _ in parts
        )
        return canonical_voice(written) if is_kokoro else None
    except RequestError:
        return None


def voice_like(language: str, gender: str) -> str | None:
    """Return Kokoro's best voice of a language and a gender ("" means any); None if there is none."""
    wanted = {"female": "F", "male": "M"}.get(gender.strip().lower(), "")
    fitting = [
        name
        for name, voice in catalogue().items()
        if voice.language == BY_CODE[language].code and wanted in ("", voice.gender)
    ]
    return best_first(fitting)[0] if fitting else None


def primary_language(language: str) -> str:
    """Return the language without its region: "en" for "en-gb"."""
    return language.partition("-")[0]


def language_of_voice(voice: str) -> str:
    """Return the code of a voice's own language."""
    return describe(voice).language


def phonemes_in(written: str) -> str:
    """Return phonemes without the characters that would end our own mark."""
    return " ".join(_NOT_PHONEMES.sub(" ", written).split())
