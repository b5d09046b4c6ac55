"""Puts the rules for a language in order: dates before numbers, abbreviations before words."""

from __future__ import annotations

import re
from dataclasses import replace

from kokoro_demo.text.languages import signs
from kokoro_demo.text.languages.addresses import Addresses
from kokoro_demo.text.languages.calendar import Calendar
from kokoro_demo.text.languages.locale import Locale
from kokoro_demo.text.languages.names import Names
from kokoro_demo.text.languages.quantities import Quantities
from kokoro_demo.text.rules import marks, punctuation, scripts, symbols, words
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, Scanner
from kokoro_demo.text.spoken import Token

_SCRIPTS = {"latin": scripts.LATIN_SCRIPT, "devanagari": scripts.DEVANAGARI_SCRIPT}


def _as_written(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult([Piece(match.group(), plain=True)], match.end())


_NUMBER = Rule("as written", re.compile(r"\d+(?:[.,:/]\d+){0,20}[°ºª%]?"), _as_written)
_SIGN = Rule("as written", re.compile(r"[%&+=@#$€£¥₹°§©®™±×÷<>]"), _as_written)
_CURRENCY = Rule("as written", re.compile(r"[A-Z]{1,3}[$€£]"), _as_written)


def plain_scanner(script: str) -> Scanner:
    """Return the scanner for a language without a locale."""
    known = _SCRIPTS[script]
    others = (marks.MARK, words.ELIDED, *punctuation.RULES, _SIGN, symbols.SILENT)
    return Scanner(known, (_NUMBER,), (_CURRENCY, known.rule, words.ANY), others)


def scanner(locale: Locale, script: str) -> Scanner:
    """Return the scanner for a language with a locale."""
    known = _SCRIPTS[script]
    calendar, names, quantities, addresses = Calendar(locale), Names(locale), Quantities(locale), Addresses(locale)
    return Scanner(
        known,
        digit_rules=(*addresses.rules(), *calendar.digit_rules(), *names.ordinals(), *quantities.rules()),
        letter_rules=(
            *signs.within_words(locale),
            quantities.sign_first(),
            *calendar.letter_rules(),
            *names.rules(),
            *addresses.rules(),
            known.rule,
            words.ANY,
        ),
        other_rules=(
            marks.MARK,
            quantities.sign_first(),
            quantities.vulgar(),
            *quantities.phones(),
            *addresses.tags(),
            *signs.before_numbers(locale),
            words.ELIDED,
            *punctuation.RULES,
            *signs.alone(locale),
            symbols.SILENT,
        ),
    )


def join_elided(tokens: list[Token]) -> list[Token]:
    """Join an elided article to the number after it: "l'" and "otto" are one word, "l'otto"."""
    result: list[Token] = []
    for token in tokens:
        last = result[-1] if result else None
        joins = last is not None and last.kind == token.kind == "word" and last.text.endswith("'")
        touches = last is not None and (last.end == token.start or last.rule == "number")
        if joins and last and touches and not (last.phonemes or token.phonemes):
            result[-1] = replace(token, text=last.text + token.text, start=last.start, space_before=last.space_before)
        else:
            result.append(token)
    return result
