"""Powers and exponents: "x²", "10^6", "1.5 × 10⁻³", "1e-3"."""

from __future__ import annotations

import re

from kokoro_demo.text.rules import number_words

_RAISED_POWER = r"[⁻⁺]?[⁰¹²³⁴-⁹]+"
_RAISED_TO_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺−", "0123456789-+-")
_POWER = re.compile(rf"(?:\^| ?\*\*) ?(?P<power>[-−+]?\d+)|(?P<raised>{_RAISED_POWER})(?![⁻⁺⁰¹²³⁴-⁹])")
_TIMES_TEN = re.compile(rf" ?[×x*·⋅] ?10(?P<power>(?:\^|\*\*)[-−+]?\d+|{_RAISED_POWER})(?![\d.])")
_EXPONENT = re.compile(r"[eE](?P<power>[-+−]?\d{1,3})(?![\w-])")


def power_words(power: str, british: bool) -> str:
    """Return the words of a power: "2" -> "squared", "3" -> "cubed", "-6" -> "to the power of minus six"."""
    power = power.translate(_RAISED_TO_PLAIN).lstrip("+")
    if power in ("2", "3"):
        return "squared" if power == "2" else "cubed"
    sign = "minus " if power.startswith("-") else ""
    return f"to the power of {sign}{number_words.decimal(power.lstrip('-'), british)}"


def _power_of_ten_words(power: str) -> str:
    """Return the words of a power of ten: "6" -> "to the sixth". Other bases have "to the power of"."""
    digits = power.translate(_RAISED_TO_PLAIN).lstrip("+")
    if digits.isdecimal() and 3 < int(digits[:4]) < 100:
        return f"to the {number_words.ordinal(str(int(digits)), False)}"
    return power_words(power, False)


def read_power(text: str, start: int, base: str, british: bool) -> tuple[str, int] | None:
    """Return `base`, a number in words, with the power at `start`, and where that ends; None without a power."""
    match = _POWER.match(text, start)
    if not match:
        return None
    power = match["power"] or match["raised"]
    spoken = _power_of_ten_words(power) if base == "ten" else power_words(power, british)
    return f"{base} {spoken}", match.end()


def read_exponent(text: str, start: int, british: bool) -> tuple[str, int] | None:
    """Return the words of "× 10⁶" or "e6" at `start`, "times ten to the power of six", and where they end."""
    match = _TIMES_TEN.match(text, start) or _EXPONENT.match(text, start)
    if not match:
        return None
    power = match["power"].translate(_RAISED_TO_PLAIN).lstrip("^*+")
    sign = "minus " if power.startswith("-") else ""
    number = number_words.cardinal(power.lstrip("-").lstrip("0") or "0", british)
    return f"times ten to the power of {sign}{number}", match.end()
