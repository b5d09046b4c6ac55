"""Who speaks in a text that has no cast yet: the names at the beginning of lines, and who is a woman or a man."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kokoro_demo.script.cast import key_of
from kokoro_demo.script.dialogue import named_in_marks, speaker_label

MAX_WORDS, MAX_LETTERS = 4, 40
# Of a name's words, those that may be small: "Ludwig van Beethoven", "Man with a hat".
_SMALL = frozenset("a an and at de der di du la le of on the van von with y".split())
_NAME = re.compile(r"[^\W\d_](?:[\w.'’&# -]*[\w.'’])?")
_SENTENCE = re.compile(r"""[.!?…。！？][)\]"'”’»*_]*\s*$""")


class Speaker(NamedTuple):
    """A speaker of a text.

    name: as it is first written.
    gender: "F", "M", or "" if nothing tells.
    lines: how many begin with the name.
    is_marked: whether a mark like ``[voice:Emma]`` names them, which is never read as text.
    """

    name: str
    gender: str
    lines: int
    is_marked: bool = False


class _Met(NamedTuple):
    name: str
    lines: int
    is_known: bool
    speaks: bool


@cache
def _table() -> dict[str, str]:
    kinds: dict[str, str] = {}
    for line in Path(__file__).with_name("names.tsv").read_text("utf-8").splitlines():
        if not line.startswith("#"):
            kind, _, names = line.partition("\t")
            kinds |= {plain(name): kind for name in names.split()}
    return kinds


def plain(word: str) -> str:
    """Small letters without accents and marks around: "Inés." is "ines"."""
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(sign for sign in bare if not unicodedata.combining(sign)).strip(".'’&")


def gender_of(name: str) -> str:
    """ "F" or "M" by a title, a first name or a word such as "mother"; "" if none of the name's words tells."""
    kinds = (_table().get(plain(word), "") for word in re.split(r"[\s-]+", name))
    return next((kind for kind in kinds if kind in ("F", "M")), "")


def speakers_of(text: str, known: Collection[str] = ()) -> list[Speaker]:
    """The speakers of a text, in the order in which they first speak; [] if its colons are those of prose.

    They are speakers if one of the names is known, or begins two lines, or if two of them begin a line that ends as a
    sentence does. "Note:" and its like are no names. Whoever a voice mark names is a speaker too, after those.
    Takes time in proportion to the text.

    known: keys (`script.cast.key_of`) of names that have a voice already.
    """
    met: dict[str, _Met] = {}
    start = 0
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        head = speaker_label(text, start, end)
        if head and (key_of(head.name) in known or _may_be_a_name(text, head.name, head.text_start)):
            key = key_of(head.name)
            before = met.get(key, _Met(head.name, 0, key in known or bool(gender_of(head.name)), False))
            said = text[head.text_start : end]
            speaks = before.speaks or bool(_SENTENCE.search(said[-40:]))
            met[key] = before._replace(lines=before.lines + 1, speaks=speaks)
        start = end
    sure = any(one.is_known or one.lines > 1 for one in met.values()) or sum(one.speaks for one in met.values()) > 1
    by_lines = [Speaker(one.name, gender_of(one.name), one.lines) for one in met.values()] if sure else []
    found = {key_of(one.name): one for one in by_lines}
    for name in named_in_marks(text):
        speaker = found.get(key_of(name), Speaker(name, gender_of(name), 0))
        found[key_of(name)] = speaker._replace(is_marked=True)
    return [*found.values()]


def _may_be_a_name(text: str, name: str, said: int) -> bool:
    """Whether what is before a colon has the form of a name, and what is after it may be said."""
    words = name.split()
    if len(words) > MAX_WORDS or len(name) > MAX_LETTERS or not _NAME.fullmatch(name):
        return False
    # "10:30", "C:\\" and "https://" have no space there; "：" needs none.
    if text[said - 1] != "：" and text[said : said + 1] and not (text[said].isspace() or text[said] in "\"“'‘«[("):
        return False
    if _table().get(plain(words[0])) == "-":
        return False
    kinds = {_table().get(plain(word), "") for word in words}
    return kinds <= {"F", "M"} or all(_is_large(word) or word in _SMALL for word in words)


def _is_large(word: str) -> bool:
    return not word[0].islower()
