"""Blends of voices, in Kokoro-FastAPI's notation: ``af_bella(2)+bf_emma(1)``. Needs no torch."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from kokoro_demo.errors import RequestError

MAX_VOICES = 8
# Of a weight as a whole number, so that a canonical blend can be parsed again.
MAX_WEIGHT = 100_000_000
_PART = re.compile(r"([^\s()+]+)\s*(?:\(\s*([^()]*?)\s*\))?")
_WEIGHT = re.compile(r"\d{1,9}(?:\.\d{0,4})?|\.\d{1,4}", re.ASCII)


def is_blend(voice: str) -> bool:
    """Whether `voice` has the form of a blend and not of a name."""
    return "+" in voice or "(" in voice


def parse_blend(voice: str) -> tuple[tuple[str, int], ...]:
    """Return the names in a blend and their weights as whole numbers without a common divisor.

    The first voice decides the language and stays first; the others are sorted. A weight defaults to 1. A voice of
    weight 0 is dropped, and the weights of a voice that occurs twice are added. A plain name is a blend of itself.

    Raises:
        RequestError: if it is not a valid blend.
    """
    if not is_blend(voice):
        return ((voice.strip(), 1),)
    parts = voice.split("+")
    if len(parts) > MAX_VOICES:
        raise RequestError(f"A blend can have {MAX_VOICES} voices, not {len(parts)}.")
    weights: dict[str, Fraction] = {}
    for part in parts:
        name, weight = _parse_part(part.strip())
        weights[name] = weights.get(name, Fraction()) + weight
    audible = [(name, weight) for name, weight in weights.items() if weight]
    if not audible:
        raise RequestError("Every voice of this blend has the weight 0. Give at least one more.")
    denominator = math.lcm(*(weight.denominator for _, weight in audible))
    whole = [(name, int(weight * denominator)) for name, weight in audible]
    divisor = math.gcd(*(weight for _, weight in whole))
    first, *others = [(name, weight // divisor) for name, weight in whole]
    if max(first[1], *(weight for _, weight in others), 0) > MAX_WEIGHT:
        raise RequestError("The weights of this blend lie too far apart. Leave out the voice that cannot be heard.")
    return (first, *sorted(others))


def format_blend(parts: tuple[tuple[str, int], ...]) -> str:
    """Return a blend in its notation; a weight of 1 is omitted."""
    return "+".join(name if weight == 1 else f"{name}({weight})" for name, weight in parts)


def canonical_voice(voice: str) -> str:
    """Return the canonical form of a voice or blend: equal for blends that sound the same and have the same language.

    Raises:
        RequestError: if it is not a valid blend.
    """
    return format_blend(parse_blend(voice))


def _parse_part(part: str) -> tuple[str, Fraction]:
    match = _PART.fullmatch(part)
    if match is None:
        if re.search(r"\)\s*-", part):
            raise RequestError("Voices can be added to each other but not taken from each other: write + between them.")
        raise RequestError(
            f"{part[:80]!r} is not part of a blend. Write a blend like af_bella(2)+bf_emma(1): names and weights."
        )
    name, weight = match[1], match[2]
    if weight is None:
        return name, Fraction(1)
    if not _WEIGHT.fullmatch(weight):
        raise RequestError(f"The weight of {name[:80]} must be a number like 2 or 0.5, from 0 up, not {weight[:40]!r}.")
    return name, Fraction(weight)
