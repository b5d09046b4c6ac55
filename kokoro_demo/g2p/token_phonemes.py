"""How one token is pronounced, and where that was found."""

from __future__ import annotations

from typing import NamedTuple

from kokoro_demo.g2p.pronunciation import Provenance


class TokenPhonemes(NamedTuple):
    """phonemes: in Kokoro's alphabet, spoken words separated by single spaces, no punctuation; "" if silent.

    missing: whether there should be phonemes and nobody knew any.
    included: whether it is one word with the token before, with no space between; that one may say it all.
    """

    phonemes: str
    source: Provenance
    missing: bool = False
    included: bool = False


SILENT = TokenPhonemes("", "rule")
INCLUDED = TokenPhonemes("", "rule", included=True)

# From the surest source to the least sure.
SUREST_FIRST: tuple[Provenance, ...] = ("fix", "dictionary", "rule", "spelled", "espeak")


def least_sure(sources: list[Provenance]) -> Provenance:
    """The source to name for a word that is made of several."""
    return max(sources, key=SUREST_FIRST.index)
