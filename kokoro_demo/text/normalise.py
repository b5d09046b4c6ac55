"""The corridor from a written text to its spoken form.

The stages, in order: the writer's marks are taken out (markup), HTML and characters are cleaned (html, unicode),
the layout is read (markdown), apostrophes and quotation marks are told apart (quotes), and then one scanner reads
the text from left to right by the rules below.
"""

from __future__ import annotations

import re

from kokoro_demo.languages import BY_CODE, canonical_language
from kokoro_demo.text.clean import html, markdown, markup, quotes, unicode
from kokoro_demo.text.coverage import with_unsaid
from kokoro_demo.text.rules import (
    abbreviations,
    codes,
    dates,
    initials,
    measures,
    money,
    numbers,
    punctuation,
    roman,
    scripts,
    slashes,
    streets,
    symbols,
    times,
    web,
    words,
)
from kokoro_demo.text.rules.shouting import Shouting
from kokoro_demo.text.scanner import Piece, Place, Rule, RuleResult, Scanner
from kokoro_demo.text.spoken import SpokenText
from kokoro_demo.text.warnings import Warnings


def _mark(match: re.Match[str], place: Place) -> RuleResult:
    """The place of one of the writer's marks: a pause, or an end of a word that is fixed."""
    said = [Piece("", "pause")] if match.group() == markup.PAUSE else []
    return RuleResult(said, match.end())


def _as_written(match: re.Match[str], place: Place) -> RuleResult:
    return RuleResult([Piece(match.group(), plain=True)], match.end())


# Signs that are alone and not spoken, and spaces beyond the first: they would part words that belong together.
_STRAY = re.compile(r"(?:(?<= )|^)(?:[`~_|']* )+")
_MARK = Rule("mark", re.compile(f"[{markup.PAUSE}{markup.OPEN}{markup.CLOSE}]"), _mark)

_ENGLISH = Scanner(
    scripts.ROMAN,
    figures=(
        *dates.IN_FIGURES,
        *times.RULES,
        *codes.FIRST,
        money.SIGN_LAST,
        *numbers.FIRST,
        *web.RULES,
        *measures.RULES,
        codes.MIXED,
        *numbers.LAST,
    ),
    letters=(
        words.PLAIN,
        slashes.OVER,
        *dates.IN_WORDS,
        money.SIGN_FIRST,
        times.BOOK,
        times.OFFSET,
        *streets.RULES,
        *initials.RULES,
        *abbreviations.RULES,
        *web.RULES,
        words.AMPERSAND,
        *roman.RULES,
        codes.VERSION,
        codes.MIXED,
        scripts.ROMAN.rule,
        measures.UNIT,
        words.ENGLISH,
    ),
    others=(
        _MARK,
        numbers.SHORT_YEAR,
        words.ELIDED,
        money.SIGN_FIRST,
        codes.BRACKETED,
        *web.OTHERS,
        *measures.RULES,
        *numbers.LAST,
        *symbols.BEFORE_PUNCTUATION,
        *punctuation.RULES,
        *symbols.RULES,
    ),
)
# Other languages: eSpeak NG reads figures and signs by itself.
_NUMBER = Rule("as written", re.compile(r"\d+(?:[.,:/]\d+){0,20}[°ºª%]?"), _as_written)
_SIGN = Rule("as written", re.compile(r"[%&+=@#$€£¥₹°§©®™±×÷<>]"), _as_written)
_OTHERS = (_MARK, words.ELIDED, *punctuation.RULES, _SIGN, symbols.SILENT)
_CURRENCY = Rule("as written", re.compile(r"[A-Z]{1,3}[$€£]"), _as_written)
_ROMAN = Scanner(scripts.ROMAN, (_NUMBER,), (_CURRENCY, scripts.ROMAN.rule, words.ANY), _OTHERS)
_HINDI = Scanner(scripts.DEVANAGARI, (_NUMBER,), (_CURRENCY, scripts.DEVANAGARI.rule, words.ANY), _OTHERS)


def _scanner(language: str) -> Scanner:
    known = BY_CODE[language]
    if known.front_end == "english":
        return _ENGLISH
    return _HINDI if known.script == "devanagari" else _ROMAN


def normalise(text: str, language: str) -> SpokenText:
    """Read `text` as a speaker of `language` says it.

    text: any string at all, with the writer's marks (see `kokoro_demo.text.clean.markup`).
    language: a code or an alias in `kokoro_demo.languages`. "en-us" and "en-gb" are read to the last sign; in the other
        languages figures and signs stay as they are, for eSpeak NG to read.

    Every letter and figure of `text` lies in the span of a token. What is not said is named in the warnings.

    Raises:
        RequestError: if nothing here reads that language.
    """
    language = canonical_language(language)
    warnings = Warnings(text)
    marked = markup.take_out(text, warnings)
    traced = unicode.clean(html.read_html(marked.traced))
    traced = quotes.resolve(markdown.read_markdown(traced)).substituted(_STRAY, "")
    scanner = _scanner(language)
    tokens = scanner.read(traced, Place(traced.text, language, warnings, Shouting(traced.text).at))
    tokens = punctuation.tidy(markup.apply(tokens, marked))
    return SpokenText(text, tuple(with_unsaid(text, tokens)), warnings.sentences())
