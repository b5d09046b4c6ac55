"""The corridor from a written text to its spoken form."""

from __future__ import annotations

import re

from kokoro_demo.text import punctuation, quotes, unicode, words
from kokoro_demo.text.scanner import Place, Reading, Rule, Said, Scanner
from kokoro_demo.text.spoken import SpokenText
from kokoro_demo.text.warnings import Warnings


def _digits(match: re.Match[str], place: Place) -> Reading:
    return Reading([Said(match.group(), plain=True)], match.end())


_DIGITS = Rule(re.compile(r"\d+(?:[.,]\d+)*"), _digits)
_SCANNER = Scanner([_DIGITS], words.RULES, (words.ELIDED, *punctuation.RULES))


def normalise(text: str, language: str) -> SpokenText:
    """Read `text` as a speaker of `language` would say it.

    text: any string. language: one of `kokoro_demo.speech.LANGUAGES`.
    """
    warnings = Warnings()
    traced = unicode.clean(text, warnings)
    traced = quotes.resolve(traced)
    tokens = _SCANNER.read(traced, Place(traced.text, language, warnings))
    return SpokenText(text, tuple(tokens), warnings.sentences())
