"""Finance: currency pairs, terms of payment, forms of the tax office, shares, spans such as "5Y"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.money import CODES, SIGNS
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, word_rule, words

_TRADED = any_of(
    *(code for code in CODES if len(code) == 3 and code.isupper()), "ETH", "XRP", "SOL", "XAU", "XAG", "CNH"
)


def _read_pair(match: re.Match[str], context: Context) -> RuleResult:
    """Read "GBP/USD 1.2650": the rate of one currency in another, no sum of money."""
    spoken = [*letters(match["base"], *match.span("base")), *letters(match["quote"], *match.span("quote"))]
    return RuleResult(spoken, match.end())


def _read_terms(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "2/10" of "2/10 net 30", a discount of so much within so many days."""
    discount, days = (number_words.cardinal(match[part], context.british) for part in ("discount", "days"))
    return RuleResult(words(f"{discount} {days}"), match.end())


def _read_form(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 529 plan", "a 1031 exchange", "Form 1099-NEC"."""
    return RuleResult(words(number_words.in_pairs(match.group())), match.end())


def _read_years(match: re.Match[str], context: Context) -> RuleResult:
    """Read "5Y CAGR"."""
    return RuleResult(words(f"{number_words.cardinal(match['years'], context.british)} year"), match.end())


def _read_per_currency(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "/$" of "¥150/$"."""
    return RuleResult(words(f"per {SIGNS[match['sign']].singular}"), match.end())


DIGIT_RULES = (
    Rule(
        "form",
        re.compile(
            r"529(?=\s(?:plan|account|saving|college)s?\b)|1031(?=\s(?:exchange|swap)s?\b)"
            r"|1099(?=\s(?:form|contractor|worker|employee|income|job|position)s?\b)|10[4-9]\d(?=-[A-Z]{1,4}(?!\w))"
        ),
        _read_form,
    ),
    Rule("terms", re.compile(r"(?P<discount>\d{1,2})/(?P<days>\d{1,2})(?=,?\s(?:[Nn]et|n/)\s?\d)"), _read_terms),
    Rule("span", re.compile(r"(?P<years>[1-9]|[1-3]0)Y(?![\w'])"), _read_years),
)
LETTER_RULES = (
    Rule("currency", re.compile(rf"(?P<base>{_TRADED})/(?P<quote>{_TRADED})(?!\w)"), _read_pair),
    word_rule("share", r"(?<=\d )shs?\.?(?=[,;)]|\s*$|\s(?:@|at|of|out|for|to|were|are)(?:\s|$))", lambda _: "shares"),
)
OTHER_RULES = (
    Rule("per", re.compile(r"(?<=\d)/(?P<sign>[$€£¥])(?![\s\d.]?\d)"), _read_per_currency),
    word_rule("number", r"['’]000s?(?!\w)", lambda _: "thousands"),
)
