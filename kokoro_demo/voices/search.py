"""Voices found by words: "british man", "american female grade a", "whisper". Needs no torch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kokoro_demo.languages import BY_CODE
from kokoro_demo.voices.catalogue import Voice, describe

GENDER_WORDS = {"F": "female woman women feminine lady girl", "M": "male man men masculine gentleman boy", "": ""}
# What a person says around the words that count.
FILLERS = {"a", "an", "the", "with", "and", "of", "or", "in", "voice", "voices", "speaker", "accent", "who", "is"}
MAX_QUERY = 200
_GRADE = re.compile(r"(?:\bgraded?\s+([a-f])|(?<!\w)([a-f])(?=[+-])|(?<!\w)([b-f])(?!\w))([+-]?)(?!\w)|\sa$")
_WORD = re.compile(r"\w+")


def find_voices(query: str, names: Iterable[str]) -> tuple[str, ...]:
    """The names of the voices that fit every word of the query, in the order given; all if it says nothing.

    query: accent, gender, grade, trait, name, in any order; the beginning of a word will do. A grade without a sign
        is any of its letter; a lone "a" is a grade at the end only.
    """
    return tuple(name for name in names if words_fit(query, name))


def words_fit(query: str, name: str, also: str = "") -> bool:
    """Whether every word of a query, as `find_voices` takes it, fits a voice.

    also: words that fit it too, as a name that somebody gave to it.
    """
    words, grade = _wanted(query)
    return _fits(describe(name), words, grade, also)


@lru_cache(maxsize=16)
def _wanted(query: str) -> tuple[tuple[str, ...], str]:
    """The words of a query that count, and the grade; "" for any."""
    wanted = _plain(query[:MAX_QUERY])
    grade = _GRADE.search(wanted)
    letter = next(filter(None, grade.groups()[:3]), "a") if grade else ""
    sign = (grade.group(4) or "") if grade else ""
    rest = wanted[: grade.start()] + " " + wanted[grade.end() :] if grade else wanted
    words = [word for word in _WORD.findall(rest) if word not in FILLERS and not word.startswith("grade")]
    return tuple(words), (letter + sign).upper()


def _fits(voice: Voice, words: Iterable[str], grade: str, also: str) -> bool:
    known = _WORD.findall(
        _plain(
            f"{voice.name} {voice.name.replace('_', ' ')} {voice.trait} "
            f"{BY_CODE[voice.language].search_words} {GENDER_WORDS[voice.gender]} {also}"
        )
    )
    return voice.grade.startswith(grade) and all(any(word.startswith(part) for word in known) for part in words)


def _plain(text: str) -> str:
    """Small letters without their accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
