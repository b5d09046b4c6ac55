"""What is known of an English word before its neighbours are looked at."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from kokoro_demo.g2p.dictionary import Entry, dictionary
from kokoro_demo.g2p.inflection import find_form
from kokoro_demo.g2p.pronunciation import Source


@lru_cache(maxsize=8192)
def find_word(word: str, british: bool) -> tuple[Entry, Source] | None:
    """The pronunciations of a word by part of speech, from the dictionary or by a rule over it; None where unknown."""
    words = dictionary(british)
    for spelling in _spellings(word):
        entry = words.find(spelling)
        if entry is not None:
            return entry, "dictionary" if spelling.lower() == word.lower() else "rule"
        entry = find_form(spelling, words, british)
        if entry is not None:
            return entry, "rule"
    return None


def _spellings(word: str) -> list[str]:
    """The word as it is, in small letters, and without its accents."""
    spellings = [word]
    if not word.islower():
        spellings.append(word.lower())
    if not word.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
        if plain != word and plain.isascii():
            spellings += [plain, plain.lower()]
    return spellings
