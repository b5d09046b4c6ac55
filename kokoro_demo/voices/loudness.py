"""A fixed gain for each voice, so that voices can be compared without the bias of loudness.

Kokoro's voices differ by 8 dB. The catalogue has the loudness of each, measured once (`python -m benchmarks.loudness`);
the gain of a voice is therefore the same for every text, and no speech is normalised by itself.
"""

from __future__ import annotations

from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import describe

# The target in LUFS, low enough that no voice is amplified until it clips.
EVEN_LOUDNESS = -27.0


def even_gain(voice: str) -> float:
    """Return the factor that brings a voice or blend to the common loudness. A blend's gain is the weighted mean of its
    voices' gains in decibels; a voice of unknown loudness has a gain of 0 dB."""
    parts = parse_blend(voice)
    decibels = sum(weight * (EVEN_LOUDNESS - (_loudness(name) or EVEN_LOUDNESS)) for name, weight in parts)
    return 10 ** (decibels / sum(weight for _, weight in parts) / 20)


def without_loudness(voice: str) -> list[str]:
    """Return the voices of a blend whose loudness is unknown."""
    return [name for name, _ in parse_blend(voice) if _loudness(name) is None]


def _loudness(name: str) -> float | None:
    return describe(name).loudness
