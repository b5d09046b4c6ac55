"""What is known of an English word before its neighbours are looked at."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kokoro_demo.g2p.derivation import derived
from kokoro_demo.g2p.dictionary import Entry, dictionary
from kokoro_demo.g2p.inflection import inflected
from kokoro_demo.g2p.pronunciation import Source

LONGEST_WORD = 60
_IS_OR_IZ = re.compile(r"(?<=[a-z]{3}i)[sz](?=(?:e|es|ed|er|ers|ing|able|ation|ations)$)")


@lru_cache(maxsize=8192)
def find_word(word: str, british: bool) -> tuple[Entry, Source] | None:
    """The pronunciations of a word by part of speech, from the dictionary or by a rule over it; None where unknown."""
    if len(word) > LONGEST_WORD:
        return None
    words = dictionary(british)
    for spelling in _spellings(word):
        entry = words.find(spelling)
        if entry is not None:
            return entry, "dictionary" if spelling.lower() == word.lower() else "rule"
        entry = inflected(spelling, words, british) or derived(spelling, words, british)
        if entry is not None:
            return entry, "rule"
    return None


def _spellings(word: str) -> list[str]:
    """The word as it is, in small letters, without its accents, and with the z or s of the other side of the Atlantic.

    A name keeps its accents: Müller is no muller.
    """
    spellings = [word] if word.islower() else [word, word.lower()]
    if word.islower() and not word.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
        spellings += [plain] if plain.isascii() else []
    small = spellings[-1]
    respelled = _IS_OR_IZ.sub(lambda match: "z" if match.group() == "s" else "s", small)
    return spellings if respelled == small else [*spellings, respelled]
