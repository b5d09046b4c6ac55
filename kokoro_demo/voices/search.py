"""Finds voices by words: "british man", "american female grade a", "whisper". Needs no torch."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from kokoro_demo.languages import BY_CODE
from kokoro_demo.voices.catalogue import Voice, describe

GENDER_WORDS = {"F": "female woman women feminine lady girl", "M": "male man men masculine gentleman boy", "": ""}
# Words of a query that are ignored.
FILLERS = {"a", "an", "the", "with", "and", "of", "or", "in", "voice", "voices", "speaker", "accent", "who", "is"}
MAX_QUERY = 200
_GRADE = re.compile(r"(?:\bgraded?\s+([a-f])|(?<!\w)([a-f])(?=[+-])|(?<!\w)([b-f])(?!\w))([+-]?)(?!\w)|\sa$")
_WORD = re.compile(r"\w+")


def find_voices(query: str, names: Iterable[str]) -> tuple[str, ...]:
    """Return the names of the voices that match every word of the query, in the given order; all for an empty query.

    query: accent, gender, grade, trait, and name, in any order; words may be abbreviated to their beginning. A grade
        without a sign matches all grades of its letter; a lone "a" is a grade only at the end.
    """
    return tuple(name for name in names if matches_query(query, name))


def matches_query(query: str, name: str, extra: str = "") -> bool:
    """Whether a voice matches every word of a query; see `find_voices`.

    extra: additional words that it matches, such as the name of an alias.
    """
    words, grade = _parse_query(query)
    return _matches(describe(name), words, grade, extra)


@lru_cache(maxsize=16)
def _parse_query(query: str) -> tuple[tuple[str, ...], str]:
    """Return the significant words of a query, and the grade; "" for any."""
    text = _plain(query[:MAX_QUERY])
    grade = _GRADE.search(text)
    letter = next(filter(None, grade.groups()[:3]), "a") if grade else ""
    sign = (grade.group(4) or "") if grade else ""
    rest = text[: grade.start()] + " " + text[grade.end() :] if grade else text
    words = [word for word in _WORD.findall(rest) if word not in FILLERS and not word.startswith("grade")]
    return tuple(words), (letter + sign).upper()


def _matches(voice: Voice, words: Iterable[str], grade: str, extra: str) -> bool:
    known = _WORD.findall(
        _plain(
            f"{voice.name} {voice.name.replace('_', ' ')} {voice.trait} "
            f"{BY_CODE[voice.language].search_words} {GENDER_WORDS[voice.gender]} {extra}"
        )
    )
    return voice.grade.startswith(grade) and all(any(word.startswith(part) for word in known) for part in words)


def _plain(text: str) -> str:
    """Lower case without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part)).strip()
