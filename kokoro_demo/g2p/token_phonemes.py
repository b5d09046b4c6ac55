"""The phonemes of one token, and where they came from."""

from __future__ import annotations

from typing import NamedTuple

from kokoro_demo.g2p.pronunciation import Provenance


class TokenPhonemes(NamedTuple):
    """The phonemes of one token, and where they came from.

    phonemes: in Kokoro's alphabet, with single spaces between spoken words, without punctuation; "" if silent.
    missing: whether there should be phonemes but none are known.
    included: whether it is one word with the token before it, without a space; that token may have all the phonemes.
    """

    phonemes: str
    source: Provenance
    missing: bool = False
    included: bool = False


SILENT = TokenPhonemes("", "rule")
INCLUDED = TokenPhonemes("", "rule", included=True)

# From the most to the least certain source.
SUREST_FIRST: tuple[Provenance, ...] = ("fix", "dictionary", "rule", "spelled", "espeak")


def least_sure(sources: list[Provenance]) -> Provenance:
    """Return the least certain of several sources."""
    return max(sources, key=SUREST_FIRST.index)
