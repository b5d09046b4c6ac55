"""Blends of voices, written as in Kokoro-FastAPI: ``af_bella(2)+bf_emma(1)``. Needs no torch."""

from __future__ import annotations

import math
import re
from fractions import Fraction

from kokoro_demo.errors import RequestError

MAX_VOICES = 8
# In the smallest whole numbers, so that what is written once can be read again.
MAX_WEIGHT = 100_000_000
_PART = re.compile(r"([^\s()+]+)\s*(?:\(\s*([^()]*?)\s*\))?")
_WEIGHT = re.compile(r"\d{1,9}(?:\.\d{0,4})?|\.\d{1,4}", re.ASCII)


def is_blend(voice: str) -> bool:
    """Whether it is written as a blend rather than as a name."""
    return "+" in voice or "(" in voice


def parse_blend(voice: str) -> tuple[tuple[str, int], ...]:
    """The names of a blend, the first of which decides the language, and their weights in the smallest whole numbers.

    A weight is 1 if none is given. A voice of weight 0 is left out, and one that is named twice counts with
    both weights. A plain name is a blend of itself.

    Raises:
        RequestError: if it is no blend.
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
    heard = [(name, weight) for name, weight in weights.items() if weight]
    if not heard:
        raise RequestError("Every voice of this blend has the weight 0. Give at least one more.")
    denominator = math.lcm(*(weight.denominator for _, weight in heard))
    whole = [(name, int(weight * denominator)) for name, weight in heard]
    divisor = math.gcd(*(weight for _, weight in whole))
    first, *others = [(name, weight // divisor) for name, weight in whole]
    if max(first[1], *(weight for _, weight in others), 0) > MAX_WEIGHT:
        raise RequestError("The weights of this blend lie too far apart. Leave out the voice that is not heard.")
    return (first, *sorted(others))


def format_blend(parts: tuple[tuple[str, int], ...]) -> str:
    """The blend in writing; a weight of 1 is left out."""
    return "+".join(name if weight == 1 else f"{name}({weight})" for name, weight in parts)


def canonical_voice(voice: str) -> str:
    """The one way to write a voice or a blend: blends that sound the same in the same language are equal.

    Raises:
        RequestError: if it is no blend.
    """
    return format_blend(parse_blend(voice))


def _parse_part(part: str) -> tuple[str, Fraction]:
    found = _PART.fullmatch(part)
    if found is None:
        if re.search(r"\)\s*-", part):
            raise RequestError("Voices can be added to each other but not taken from each other: write + between them.")
        raise RequestError(
            f"{part[:80]!r} is no part of a blend. Write a blend like af_bella(2)+bf_emma(1): names and weights."
        )
    name, weight = found[1], found[2]
    if weight is None:
        return name, Fraction(1)
    if not _WEIGHT.fullmatch(weight):
        raise RequestError(f"The weight of {name[:80]} must be a number like 2 or 0.5, from 0 up, not {weight[:40]!r}.")
    return name, Fraction(weight)
