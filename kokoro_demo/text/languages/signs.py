"""Signs that are spoken, depending on what is around them."""

from __future__ import annotations

import re

from kokoro_demo.text.languages.locale import Locale
from kokoro_demo.text.scanner import Context, Reader, Rule, RuleResult, words

_CURRENCY = "$€£¥₹"
_MINUS = re.compile(rf"(?<![^\s(\[“«=<>≤≥≈~±/×*:^])[-−–](?=\.?\d|[{_CURRENCY}])|−|(?<=\d )-(?= \d[^=\n]{{0,20}}=)")

_COUNTED_BY = re.compile(r"\d/[\u0904-\u0939]")  # "382/वर्ग किमी"
_SCORE = re.compile(r"(?:.*\D)?\d{1,2} ?[xX] ?\d{1,2}(?:\D.*)?", re.S)


def _always(spoken: str) -> Reader:
    def read(match: re.Match[str], context: Context) -> RuleResult:
        return RuleResult(words(spoken), match.end())

    return read


def before_numbers(locale: Locale) -> tuple[Rule, ...]:
    """Return the rules for signs before digits; they must come before the rules for punctuation."""
    return (
        Rule("plus", re.compile(r"(?<!\d)(?<!\d )\+(?=\.?\d)"), _always(locale.plus)),
        Rule("minus", _MINUS, _always(locale.minus)),
        Rule("symbol", re.compile(r"# ?(?=\d)"), _always(locale.number_sign)),
        Rule("symbol", re.compile(r"[~≈] ?(?=\d)"), _always(locale.signs["≈"])),
        Rule("symbol", re.compile(r"\+/-|±"), _always(locale.signs["±"])),
        Rule("symbol", re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), _always(locale.signs["×"])),
        Rule("range", re.compile(r"(?<=[IVXLC])[-–](?=[IVXLC])"), _always(locale.to)),
        Rule("symbol", re.compile(r"<=|≤"), _always(locale.signs["≤"])),
        Rule("symbol", re.compile(r">=|≥"), _always(locale.signs["≥"])),
        Rule("symbol", re.compile(r"<(?=\s?\d)"), _always(locale.signs["<"])),
        Rule("symbol", re.compile(r">(?=\s?\d)"), _always(locale.signs[">"])),
        Rule("symbol", re.compile(r"->|→"), _always(locale.to)),
        Rule("symbol", re.compile(r"'(?=\d\d(?!\d))"), lambda match, context: RuleResult([], match.end())),
    )


def alone(locale: Locale) -> tuple[Rule, ...]:
    """Return the rules for signs that stand alone; they must come after the rules for punctuation."""

    def sign(match: re.Match[str], context: Context) -> RuleResult | None:
        spoken = locale.signs.get(match.group())
        if spoken is None and match.group() in locale.currencies:
            spoken = locale.currencies[match.group()].name.plural
        return None if spoken is None else RuleResult(words(spoken), match.end())

    def slash(match: re.Match[str], context: Context) -> RuleResult:
        """Read a slash, silently in "and/or"."""
        if _COUNTED_BY.match(context.text, match.start() - 1):
            return RuleResult(words(locale.per), match.end())
        left = context.text[max(0, match.start() - 4) : match.start()].split()[-1:]
        joiner = left and left[0].lower() == locale.signs["&"]
        return RuleResult(words("" if joiner else locale.address_signs["/"]), match.end())

    return (
        Rule("slash", re.compile(r"(?<=[^\s/])/(?=[^\s/])"), slash),
        Rule("symbol", re.compile(r"[^\w\s]"), sign),
    )


def within_words(locale: Locale) -> tuple[Rule, ...]:
    """Return the rules for letters that are signs between digits: "1920x1080"."""
    score_words = re.compile(rf"(?i:\b(?:{'|'.join(locale.score_words)})\b)" if locale.score_words else "(?!)")

    def by(match: re.Match[str], context: Context) -> RuleResult:
        """Read the "x" of "3x1": of a score near words of a match, else of a size."""
        text, start, end = context.text, match.start(), match.end()
        near = score_words.search(text, max(0, start - 60), start) or score_words.search(text, end, end + 40)
        score = near and _SCORE.fullmatch(text, max(0, start - 3), min(len(text), end + 3))
        return RuleResult(words(locale.to if score else locale.by), end)

    return (
        Rule(
            "symbol", re.compile(r"(?<=\d)[xX](?=\d{1,9} ?=)|(?<=\d )[xX](?= \d{1,9} ?=)"), _always(locale.signs["×"])
        ),
        Rule("symbol", re.compile(r"(?<=24)[xX×](?=7(?!\d))"), lambda match, context: RuleResult([], match.end())),
        Rule("symbol", re.compile(r"(?<=\d)[xX](?=\d)|(?<=[\dm] )[xX](?= \d)"), by),
    )
