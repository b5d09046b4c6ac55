"""Ordinary words: read as they are written."""

from __future__ import annotations

import re

from kokoro_demo.text.scanner import Place, Reading, Rule, Said

_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
LETTER = rf"(?:[^\W\d_][{_MARKS}]*)"
WORD = rf"{LETTER}+(?:'{LETTER}+)*'?"


def _word(match: re.Match[str], place: Place) -> Reading:
    start = match.start()
    joined = start > 1 and place.text[start - 1] == "-" and place.text[start - 2].isalnum()
    return Reading([Said(match.group(), joined=joined, plain=True)], match.end())


RULES = (Rule(re.compile(WORD), _word),)
ELIDED = Rule(re.compile(rf"'{WORD}"), _word)
