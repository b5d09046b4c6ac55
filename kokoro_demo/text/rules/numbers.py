"""Numbers without a unit: counts, room and flight numbers, ages, quarters, "3x faster"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import NUMBER
from kokoro_demo.text.rules.years import is_year
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

# A number after one of these is a name, read in pairs: "Room 305", "Flight 2345".
_NAMED_THING = re.compile(
    r"\b"
    + any_of(
        r"room rm\.? flight(?:\s[A-Z]{1,3})? route highway hwy\.? rte?\.? bus suite apartment apt\.? extension",
        r"ext\.? channel unit gate train interstate building location locker form cell bin boeing airbus bmw",
        r"port pin code pin_code",
    )
    + r"\s*\Z",
    re.I,
)
_ROAD_OR_ISOTOPE = re.compile(r"\b(?:I|US|SR|CR|FM|U|Pu|Cs|Th|Am|Sr)-\Z")  # "I-405", "U-235"
_EXTENSION = re.compile(r"\b(?:or|at|call|dial|on)\sx\Z")  # "call x305"
_SPACED_DESIGNATION = re.compile(r"\b[A-Z]\s?-\s\Z")  # "C - 130"
_MODEL = re.compile(r"\b(?!AD|BC|CE|BCE|USD|EUR|GBP|ISO)[A-Z]{2,}[\s-]\Z")
_PRODUCT_CODE = re.compile(r"(?<!\w)(?=[A-Z\d-]{0,20}[A-Z])[A-Z\d]{1,8}(?:-[A-Z\d]{1,8}){0,3}-\Z")  # "XPS-13-9310"
_POSSESSIVE = re.compile(r"'s(?!\w)")

# After these, ".305" is a batting average, "three oh five".
_BATTING_AVERAGE = re.compile(r"\.(?!00)\d{3}")
_BATTING_BEFORE = re.compile(
    r"\b(?:hit|hits|hitting|bat(?:s|ted|ting)?|slugg(?:ed|ing)|average(?: of)?|avg\.?(?: of)?|OPS(?: of)?|OBP(?: of)?"
    r"|SLG|ERA|AVG)\s\Z"
)


def _read_number(match: re.Match[str], context: Context) -> RuleResult:
    """Read a number that no other rule has read, with the "'s" after it, if any."""
    number = match.group()
    if _BATTING_AVERAGE.fullmatch(number) and before(match, _BATTING_BEFORE):
        spoken = f"oh {number_words.pair(number[2:])}" if number[1] == "0" else number_words.in_pairs(number[1:])
    elif number.isdecimal() and 3 <= len(number) <= 4 and _is_name(match, number):
        modern_year = len(number) == 4 and "1900" <= number <= "2099"
        spoken = number_words.year(number, context.british) if modern_year else number_words.in_pairs(number)
    elif number.isdecimal() and len(number) > 3 and before(match, _PRODUCT_CODE, 24):
        spoken = number_words.in_pairs(number) if len(number) == 4 else number_words.one_by_one(number)
    elif number.isdecimal() and is_year(match, number, context.british):
        spoken = number_words.year(number, context.british)
    else:
        spoken = number_words.decimal(number, context.british)
    if possessive := _POSSESSIVE.match(match.string, match.end()):
        return RuleResult(words(f"{spoken}'s", match.start(), possessive.end()), possessive.end())
    return RuleResult(words(spoken), match.end())


def _is_name(match: re.Match[str], number: str) -> bool:
    """Whether the word before a number shows that it is a name and not a count."""
    return (
        before(match, _NAMED_THING)
        or before(match, _ROAD_OR_ISOTOPE)
        or before(match, _EXTENSION)
        or before(match, _SPACED_DESIGNATION)
        or (len(number) == 4 and before(match, _MODEL))
    )


def _read_military_time(match: re.Match[str], context: Context) -> RuleResult:
    """Read "0800 hours"."""
    hour = match["hour"]
    spoken = f"oh {number_words.DIGIT_WORDS[int(hour[1])]}" if hour[0] == "0" else number_words.cardinal(hour, False)
    minute = "hundred" if match["minute"] == "00" else number_words.pair(match["minute"])
    pieces = words(f"{spoken} {minute}", match.start(), match.end("minute"))
    return RuleResult(pieces + words("to", *match.span("dash")) if match["dash"] else pieces, match.end())


_DETERMINER = re.compile(r"\b(?:the|an?|this|last|next)\s\Z", re.I)


def _read_quarter(match: re.Match[str], context: Context) -> RuleResult:
    """Read "2Q22" as "the second quarter of twenty two"."""
    period = "quarter" if match["period"] == "Q" else "half"
    year = number_words.year(match["year"], context.british)
    spoken = f"{number_words.ordinal(match['number'], False)} {period} of {year}"
    return RuleResult(words(spoken if before(match, _DETERMINER) else f"the {spoken}"), match.end())


def _read_times(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "3x faster", "2x as long"; not a text that is "2x" alone."""
    if match.group() == match.string.strip():
        return None
    return RuleResult(words(f"{number_words.decimal(match['number'], context.british)} times"), match.end())


_NOUN_AFTER = re.compile(r"\s(?!and\b|but\b|or\b|with\b|who\b|in\b|at\b|now\b|today\b)[a-zMF]")


def _read_age(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 3yo filly", "She is 32yo"."""
    years = "year" if _NOUN_AFTER.match(match.string, match.end()) else "years"
    return RuleResult(words(f"{number_words.cardinal(match['age'], context.british)} {years} old"), match.end())


FIRST = (
    Rule("age", re.compile(r"(?P<age>[1-9]\d{0,2})yo(?!\w)"), _read_age),
    Rule("quarter", re.compile(r"(?P<number>[1-4])(?P<period>Q|(?<=[12])H)(?P<year>\d{4}|\d\d)(?!\w)"), _read_quarter),
    Rule(
        "times",
        re.compile(
            r"""
            (?P<number> \d{1,6}(?:\.\d{1,3})? )
            [ ]?[xX×]
            (?=
                \s(?:
                    [a-z]{2,}er | (?:optical\s|digital\s|hybrid\s)?zoom | speed | magnification
                    | more|less|as|the|per|a|an|daily|weekly|what|their|its
                )\b
                | [.,;!?] | \s*$
            )
            """,
            re.VERBOSE,
        ),
        _read_times,
    ),
    Rule(
        "time",
        re.compile(
            r"""
            (?P<hour> [01]\d | 2[0-4] ) (?P<minute> [0-5]\d )
            (?:
                (?= [ ]?(?:hours|hrs)\b )
                | (?P<dash> \s?[-–]\s? | \sto\s ) (?= (?:[01]\d|2[0-4])[0-5]\d[ ]?(?:hours|hrs)\b )
            )
            """,
            re.VERBOSE,
        ),
        _read_military_time,
    ),
)
LAST = (Rule("number", re.compile(NUMBER + r"|\.\d+"), _read_number),)
