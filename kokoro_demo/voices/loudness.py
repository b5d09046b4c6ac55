"""A fixed gain for each voice, so that voices are compared by their sound and not by how loud they are.

Kokoro's voices differ by 8 dB. What the catalogue has of each was measured once (`python -m benchmarks.loudness`), so
the gain is always the same for a voice, whatever it says: no speech is normalised by itself.
"""

from __future__ import annotations

from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import describe

# What all voices are brought to, in LUFS. Low enough that no voice is raised to where its peaks would be clipped.
EVEN_LOUDNESS = -27.0


def even_gain(voice: str) -> float:
    """The factor that makes a voice or a blend as loud as the others. A blend has its voices' gains by their shares, in
    decibels; a voice of unknown loudness is left as it is."""
    parts = parse_blend(voice)
    decibels = sum(weight * (EVEN_LOUDNESS - (_loudness(name) or EVEN_LOUDNESS)) for name, weight in parts)
    return 10 ** (decibels / sum(weight for _, weight in parts) / 20)


def without_loudness(voice: str) -> list[str]:
    """The voices of a blend whose loudness is unknown."""
    return [name for name, _ in parse_blend(voice) if _loudness(name) is None]


def _loudness(name: str) -> float | None:
    return describe(name).loudness
