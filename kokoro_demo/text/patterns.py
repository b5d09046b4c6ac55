"""Helpers for the rules: word lists, regular expressions made from words, capitals, and a look at the text before."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_WORDS = Path(__file__).with_name("data") / "words.txt"
LATIN = "A-Za-zªº\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af\u1e00-\u1eff\u2c60-\u2c7f\ua722-\ua7ff"  # letters, in a class
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"  # hanzi and kanji, in a class


def listed(*lines: str) -> frozenset[str]:
    """Return the words in `lines` as a set."""
    return frozenset(" ".join(lines).split())


def word_list(name: str) -> tuple[str, ...]:
    """Return one of the word lists in ``data/words.txt``."""
    return _word_lists()[name]


@cache
def _word_lists() -> dict[str, tuple[str, ...]]:
    lists: dict[str, tuple[str, ...]] = {}
    name = ""
    for line in _WORDS.read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            name = line[1 : line.index("]")]
            lists[name] = ()
        elif name:
            lists[name] += tuple(line.split())
    return lists


def any_of(*lines: str) -> str:
    """Return a pattern that matches any word in `lines`; each word is a pattern itself, in which "_" is a space."""
    return f"(?:{'|'.join(' '.join(lines).split())})".replace("_", r"\s")


def after_any(*lines: str) -> str:
    """Return a pattern that matches after any word in `lines` and a space.

    Each word is a pattern of a fixed length, in which "_" is a space.
    """
    return f"(?:{'|'.join(f'(?<={word} )' for word in ' '.join(lines).split())})".replace("_", " ")


def like(written: str, full: str) -> str:
    """Return `full`, capitalised if `written` is."""
    return full[0].upper() + full[1:] if written[0].isupper() else full


def before(match: re.Match[str], pattern: re.Pattern[str], reach: int = 24) -> bool:
    r"""Return whether `pattern`, which ends in ``\Z``, matches within the `reach` characters before `match`."""
    start = match.start()
    return pattern.search(match.string, max(0, start - reach), start) is not None
