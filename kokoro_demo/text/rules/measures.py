"""Measures: a number, a range or several dimensions, with the power, magnitude, percent sign or unit that follows."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words, units
from kokoro_demo.text.rules.amounts import Amount, part_of, read_amount, read_magnitude
from kokoro_demo.text.rules.powers import read_exponent, read_power
from kokoro_demo.text.rules.ranges import read_range
from kokoro_demo.text.rules.surroundings import describes_a_noun
from kokoro_demo.text.rules.units import Unit, read_unit
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_TIMES = re.compile(r" ?[×x*] ?(?=\d|\.\d)|\sX\s(?=\d)|\sby\s(?=\d)")
_FRACTION = re.compile(r"(?P<upper>[1-9]\d?)/(?P<lower>[2-9]|1[026]|32|64)(?![\d/])")
_PLURAL_S = re.compile(r"(?:(?<=[x×]\d)|(?<=[x×]\d\d))s(?!\w)")  # "2x4s", "8x10s"
_EQUALS_AFTER = re.compile(r" ?= ?[\d?]")
_DOSE_AFTER = re.compile(r" ?(?:mg|mcg|g|kg|ml|mL|cl|l|L|oz|lbs?)\b(?!\s?[x×])")
_ASKED_BEFORE = re.compile(r"\b(?:[Ww]hat(?:'s|\sis)|calculate|compute)\s\Z")


def _read_dimensions(first: Amount, context: Context) -> tuple[list[str], int]:
    """The numbers after the first of "3 × 4 × 5", each with the word that joins it, and where they end."""
    text, end = context.text, first.end
    others: list[str] = []
    while len(others) < 5:
        unit = read_unit(text, end, context.british)
        sign = _TIMES.match(text, unit.end if unit else end)
        other = sign and read_amount(text, sign.end(), context.british)
        if not sign or not other:
            break
        fraction = _FRACTION.match(text, sign.end())
        if fraction:
            size = number_words.fraction(fraction["upper"], fraction["lower"], context.british)
        else:
            size = _dimension_words(other)
        others.append((f"{unit.plural} " if unit else "") + f"by {size}")
        end = fraction.end() if fraction else other.end
    return others, end


def _dimension_words(amount: Amount) -> str:
    """One side of "1920x1080": four digits are read in pairs."""
    return number_words.in_pairs(amount.value) if amount.value.isdecimal() and len(amount.value) == 4 else amount.words


def _is_product(text: str, start: int, end: int) -> bool:
    """Whether "3 × 4" is a calculation and not the size of something."""
    written = text[start:end]
    if " * " in written:
        return True
    if _EQUALS_AFTER.match(text, end):  # "7 x 8 = 56"
        return True
    if _DOSE_AFTER.match(text, end):  # "2 x 500mg"
        return True
    if _ASKED_BEFORE.search(text, max(0, start - 24), start):  # "what's 7 x 8"
        return True
    return ("*" in written or "× " in written or "X " in written) and not read_unit(text, end, False)


def _read_numbers(amount: Amount, start: int, context: Context) -> tuple[str, int, bool]:
    """The words of one or several numbers that belong together, where they end, and whether the unit is singular."""
    text, end = context.text, amount.end
    if exponent := read_exponent(text, end, context.british):
        return f"{amount.words} {exponent[0]}", exponent[1], False
    if number_range := read_range(amount, start, context):
        return *number_range, False
    others, end = _read_dimensions(amount, context)
    if not others:
        return amount.words, end, amount.singular
    if _is_product(text, start, end):
        others = [other.replace("by ", "times ", 1) for other in others]
    spoken = " ".join([_dimension_words(amount), *others])
    return (number_words.plural(spoken), end + 1, False) if _PLURAL_S.match(text, end) else (spoken, end, False)


_PERCENT = re.compile(r" ?(%|‰|‱)(?!\w)| ?(%)| ?pct\b|pc\b")
_PERCENT_WORDS = {"‰": "per mille", "‱": "per ten thousand"}
_LETTER_BEFORE = re.compile(r"[A-Za-z]-\Z")  # "ab-12-cd"


def _read_measure(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read numbers with their power, magnitude and unit; not a plain number, which `numbers` reads."""
    text, start, british = context.text, match.start(), context.british
    amount = read_amount(text, start, british)
    if not amount:
        return None
    spoken, end, singular = _read_numbers(amount, start, context)
    if power := read_power(text, end, spoken, british):
        spoken, end = power
    if magnitude := read_magnitude(text, end):
        spoken, end, singular = f"{spoken} {magnitude[0]}", magnitude[1], False
    if percent := _PERCENT.match(text, end):
        name = _PERCENT_WORDS.get(percent.group().strip(), "percent")
        return RuleResult(words(f"{spoken} {name}", start, percent.end()), percent.end())
    unit = read_unit(text, end, british)
    if unit and not (unit.hyphen and _LETTER_BEFORE.search(text, max(0, start - 3), start)):
        if amount.part and end == amount.end:
            spoken = _part_with_unit(spoken, unit, start, text)
        else:
            spoken = _number_with_unit(spoken, unit, singular, start, text)
        return RuleResult(words(spoken, start, unit.end), unit.end)
    if end == amount.end and text[start:end].replace(",", "") == amount.value:
        return None
    return RuleResult(words(spoken, start, end), end)


_SHORT_PARTS = {"one half": "half", "one quarter": "quarter"}
_NOT_MEASURED = r"(?:long|wide|tall|high|deep|thick|each|and|or|in|of|at|is|was|for|with|on|by|to|the|an?)\b"
_SINGULAR_NOUN_AFTER = re.compile(rf"\s(?!{_NOT_MEASURED})[a-z]{{2,}}[a-rt-z]\b")
_OLD_AFTER = re.compile(r"[ -]old(?P<s>s?)\b")
_UNITS_OF_AGE = frozenset(("year", "month", "week", "day"))


def _part_with_unit(part: str, unit: Unit, start: int, text: str) -> str:
    """Return a fraction below one with its unit: "half inch" before a noun, otherwise "half an inch"."""
    if describes_a_noun(text, start, unit.end):
        return f"{_SHORT_PARTS.get(part, part)} {unit.singular}"
    return part_of(part, unit.singular)


def _number_with_unit(number: str, unit: Unit, singular: bool, start: int, text: str) -> str:
    """Return a number with its unit, in the singular if that describes a noun or an age."""
    if " by " in number and _SINGULAR_NOUN_AFTER.match(text, unit.end):  # "a 10″ x 12″ frame"
        return f"{number.replace(f' {unit.plural} by ', f' {unit.singular} by ')} {unit.singular}"
    singular = singular or unit.hyphen or describes_a_noun(text, start, unit.end) or _is_an_age(text, unit)
    return f"{number} {unit.singular if singular else unit.plural}"


def _is_an_age(text: str, unit: Unit) -> bool:
    """Whether the unit is part of a noun, "3-4 yr olds", "a 2 yr old", and not of "2 yrs old"."""
    old = _OLD_AFTER.match(text, unit.end)
    return old is not None and unit.singular in _UNITS_OF_AGE and (old["s"] == "s" or text[unit.end - 1] != "s")


_RATE_BEFORE = re.compile(r"(?:\b(?:in|per|an?|one|each|every|many|the|of)\s|[/(\d])\Z", re.I)
_ONE_BEFORE = re.compile(r"(?:\b(?:per|an?|one|each|every|this|that)\s|/)\Z", re.I)
_READ_AFTER_ONE = frozenset(("oz", "lb"))  # "an oz of tobacco", "half a lb"


def _read_unit_alone(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a unit without a number: "in km/h", "per kg"."""
    above, below = match["above"], match["below"]
    if above == "mm" and not below and not before(match, _RATE_BEFORE):  # "mm, good", "mm-hmm"
        return None
    singular = not below and before(match, _ONE_BEFORE)
    known = above in units.ABOVE and below in units.BELOW if below else above in units.ALONE
    if not known and not (singular and above in _READ_AFTER_ONE):
        return None
    name = units.name_of(above, context.british) if singular else units.plural_of(above, context.british)
    spoken = f"{name} per {units.name_of(below, context.british) or below}" if below else str(name)
    return RuleResult(words(spoken), match.end())


UNIT = Rule(
    "unit",
    re.compile(
        r"""
        (?P<above> [A-Za-zμ]{1,5} ) (?: / (?P<below> [A-Za-z]{1,3} ) )?
        (?: (?![\w'’])(?!\.\w) | (?=[¹²³⁰⁴-⁹]{2}) )  # "km¹²", whose power another rule reads
        """,
        re.VERBOSE,
    ),
    _read_unit_alone,
)
RULES = (Rule("measure", re.compile(r"\d|\.\d|[¼½¾⅐-⅞↉]"), _read_measure),)
