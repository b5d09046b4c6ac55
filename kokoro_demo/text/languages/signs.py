"""Signs that are spoken, by what is around them."""

from __future__ import annotations

import re

from kokoro_demo.text.languages.tongue import Tongue
from kokoro_demo.text.scanner import Context, Reader, Rule, RuleResult, words

_CURRENCY = "$€£¥₹"
_MINUS = re.compile(rf"(?<![^\s(\[“«=<>≤≥≈~±/×*:^])[-−–](?=\.?\d|[{_CURRENCY}])|−|(?<=\d )-(?= \d[^=\n]{{0,20}}=)")


def _says(spoken: str) -> Reader:
    def read(match: re.Match[str], context: Context) -> RuleResult:
        return RuleResult(words(spoken), match.end())

    return read


def before_numbers(tongue: Tongue) -> tuple[Rule, ...]:
    """For signs before figures; they come before the rules for punctuation."""
    return (
        Rule("plus", re.compile(r"(?<!\d)(?<!\d )\+(?=\.?\d)"), _says(tongue.plus)),
        Rule("minus", _MINUS, _says(tongue.minus)),
        Rule("symbol", re.compile(r"# ?(?=\d)"), _says(tongue.number_sign)),
        Rule("symbol", re.compile(r"[~≈] ?(?=\d)"), _says(tongue.signs["≈"])),
        Rule("symbol", re.compile(r"\+/-|±"), _says(tongue.signs["±"])),
        Rule("symbol", re.compile(r"(?<=\d)\s?\*\s?(?=\d)"), _says(tongue.signs["×"])),
        Rule("range", re.compile(r"(?<=[IVXLC])[-–](?=[IVXLC])"), _says(tongue.to)),
        Rule("symbol", re.compile(r"<=|≤"), _says(tongue.signs["≤"])),
        Rule("symbol", re.compile(r">=|≥"), _says(tongue.signs["≥"])),
        Rule("symbol", re.compile(r"<(?=\s?\d)"), _says(tongue.signs["<"])),
        Rule("symbol", re.compile(r">(?=\s?\d)"), _says(tongue.signs[">"])),
        Rule("symbol", re.compile(r"->|→"), _says(tongue.to)),
        Rule("symbol", re.compile(r"'(?=\d\d(?!\d))"), lambda match, context: RuleResult([], match.end())),
    )


def alone(tongue: Tongue) -> tuple[Rule, ...]:
    """For signs by themselves; they come after the rules for punctuation."""

    def sign(match: re.Match[str], context: Context) -> RuleResult | None:
        spoken = tongue.signs.get(match.group())
        if spoken is None and match.group() in tongue.currencies:
            spoken = tongue.currencies[match.group()].name.many
        return None if spoken is None else RuleResult(words(spoken), match.end())

    def slash(match: re.Match[str], context: Context) -> RuleResult:
        """ "and/or" without a word for the stroke."""
        left = context.text[max(0, match.start() - 4) : match.start()].split()[-1:]
        joint = left and left[0].lower() == tongue.signs["&"]
        return RuleResult(words("" if joint else tongue.address_signs["/"]), match.end())

    return (
        Rule("slash", re.compile(r"(?<=[^\s/])/(?=[^\s/])"), slash),
        Rule("symbol", re.compile(r"[^\w\s]"), sign),
    )


def within_words(tongue: Tongue) -> tuple[Rule, ...]:
    """For letters that are signs between figures: "1920x1080"."""
    return (
        Rule("symbol", re.compile(r"(?<=\d)[xX](?=\d{1,9} ?=)|(?<=\d )[xX](?= \d{1,9} ?=)"), _says(tongue.signs["×"])),
        Rule("symbol", re.compile(r"(?<=24)[xX×](?=7(?!\d))"), lambda match, context: RuleResult([], match.end())),
        Rule("symbol", re.compile(r"(?<=\d)[xX](?=\d)|(?<=[\dm] )[xX](?= \d)"), _says(tongue.by)),
    )
