"""Looks up an English word by itself, without its context: in the dictionary, or by a rule."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kokoro_demo.g2p.english.colloquial import dialect, interjection, shortened
from kokoro_demo.g2p.english.derivation import derived
from kokoro_demo.g2p.english.dictionary import Entry, dictionary
from kokoro_demo.g2p.english.inflection import inflected, with_s
from kokoro_demo.g2p.english.letters import spell
from kokoro_demo.g2p.english.stress import change_stress
from kokoro_demo.g2p.pronunciation import Provenance

_PIECE = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+")
LONGEST_WORD = 60
_R_AFTER_VOWEL = re.compile("([ɜɑɔə])ɹ(?![AIOQWYaiuæɑɒɔəɛɜɪʊʌᵊ])")
_IS_OR_IZ = re.compile(r"(?<=[a-z]{3}i)[sz](?=(?:e|es|ed|er|ers|ing|able|ation|ations)$)")


@lru_cache(maxsize=8192)
def find_word(word: str, british: bool) -> tuple[Entry, Provenance] | None:
    """Return the pronunciations of a word by part of speech, from the dictionary or by a rule; None if unknown."""
    if len(word) > LONGEST_WORD:
        return None
    words = dictionary(british)
    for spelling in _spellings(word):
        entry = words.find(spelling)
        if entry is not None:
            return entry, "dictionary" if spelling.lower() == word.lower() else "rule"
        entry = inflected(spelling, words, british)
        if entry is not None:
            return entry, "rule"
    colloquial = _as_spoken(word, british)
    if colloquial is not None:
        return colloquial, "rule"
    entry = derived(word.lower(), words, british, name=word.istitle())
    if entry is not None:
        return entry, "rule"
    if word.endswith("'s"):
        owner = find_word(word[:-2], british)
        return owner and ({tag: with_s(phonemes, british) for tag, phonemes in owner[0].items()}, "rule")
    return _in_pieces(word, british)


def _as_spoken(word: str, british: bool) -> Entry | None:
    """The pronunciation of a word that is written as it sounds: th', brrr, sooo."""
    words = dictionary(british)

    def find(plain: str) -> str | None:
        entry = words.find(plain) or inflected(plain, words, british)
        return entry["DEFAULT"] if entry else None

    for phonemes in (dialect(word, find), interjection(word)):
        if phonemes is not None:
            return {"DEFAULT": _in_british(phonemes) if british else phonemes}
    entry = next(filter(None, map(words.find, shortened(word))), None)
    return entry and {tag: change_stress(phonemes, 2) for tag, phonemes in entry.items()}


def _in_british(phonemes: str) -> str:
    return _R_AFTER_VOWEL.sub(lambda match: match.group(1) + ("" if match.group(1) == "ə" else "ː"), phonemes).replace(
        "O", "Q"
    )


def _in_pieces(word: str, british: bool) -> tuple[Entry, Provenance] | None:
    """Read a name made of several words with capitals: GitHub, OpenAI."""
    pieces = _PIECE.findall(word)
    if len(pieces) < 2 or "".join(pieces) != word or not any(piece.islower() or piece.istitle() for piece in pieces):
        return None
    phonemes = []
    for piece in pieces:
        entry = None if piece.isupper() else find_word(piece, british)
        if entry is None and not piece.isupper():
            return None
        phonemes.append(entry[0]["DEFAULT"] if entry else spell(piece, dictionary(british), british))
    if any(piece.isupper() for piece in pieces):
        return {"DEFAULT": " ".join(phonemes)}, "rule"
    return {"DEFAULT": "".join([phonemes[0], *(change_stress(piece, -0.5) for piece in phonemes[1:])])}, "rule"


def _spellings(word: str) -> list[str]:
    """The spellings to look up: as it is, in small letters, without accents, and with z for s or the reverse.

    A name keeps its accents: Müller is not "muller".
    """
    spellings = [word] if word.islower() else [word, word.lower()]
    if word.islower() and not word.isascii():
        plain = "".join(letter for letter in unicodedata.normalize("NFKD", word) if not unicodedata.combining(letter))
        spellings += [plain] if plain.isascii() else []
    small = spellings[-1]
    respelled = _IS_OR_IZ.sub(lambda match: "z" if match.group() == "s" else "s", small)
    return spellings if respelled == small else [*spellings, respelled]
