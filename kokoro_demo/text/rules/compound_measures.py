"""Measures of several parts: feet and inches, stones and pounds, degrees with minutes and seconds."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import read_amount
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.rules.surroundings import describes_a_noun
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_NOT_INCHES = re.compile(
    r"\s"
    + any_of(
        "the an? this that his her my our their its your each every one two front total less places all",
        r"January February March April May June July August September October November December \d",
    )
    + r"\b"
)
_INCH_MARK = re.compile(r" ?[″”]")


def _read_feet_in_words(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "6 ft 4 in tall", "a 6 ft. 4 in. player"; "ran 6 ft 4 in the rain" has no inches."""
    if not match["stop"] and _NOT_INCHES.match(context.text, match.end()):
        return None
    adjective = describes_a_noun(context.text, match.start(), match.end())
    feet, inches = (number_words.decimal(match[part], context.british) for part in ("feet", "inches"))
    foot = "foot" if adjective or match["feet"] == "1" else "feet"
    inch = "inch" if adjective or match["inches"] == "1" else "inches"
    end = match.end()
    if match["stop"] and ends_sentence(context.text, end):
        end -= 1
    return RuleResult(words(f"{feet} {foot} {inches} {inch}"), end)


def _read_height(match: re.Match[str], context: Context) -> RuleResult:
    """Read "He is 5ft 6."."""
    feet, inches = (number_words.cardinal(match[part], context.british) for part in ("feet", "inches"))
    return RuleResult(words(f"{feet} foot {inches}"), match.end())


def _read_feet_in_primes(match: re.Match[str], context: Context) -> RuleResult:
    """Read 5′11″ as "five foot eleven"."""
    inches = read_amount(context.text, match.start("inches"), context.british)
    assert inches is not None  # the pattern ends in a digit
    feet = number_words.cardinal(match["feet"], context.british)
    mark = _INCH_MARK.match(context.text, inches.end)
    return RuleResult(words(f"{feet} foot {inches.words}"), mark.end() if mark else inches.end)


def _read_stones(match: re.Match[str], context: Context) -> RuleResult:
    """Read "13st 4lb", as Britons give their weight."""
    stone, pounds = (number_words.decimal(match[part], context.british) for part in ("stone", "pounds"))
    return RuleResult(words(f"{stone} stone {pounds} {'pound' if match['pounds'] == '1' else 'pounds'}"), match.end())


def _read_angle(match: re.Match[str], context: Context) -> RuleResult:
    """Read 51°30′15″ as "fifty one degrees thirty minutes fifteen seconds"."""
    parts: list[str] = []
    for name in ("degree", "minute", "second"):
        if match[name]:
            number = match[name].lstrip("0") or "0"
            parts.append(f"{number_words.decimal(number, context.british)} {name}{'' if number == '1' else 's'}")
    return RuleResult(words(" ".join(parts)), match.end())


STONE = Rule("measure", re.compile(r"(?P<stone>\d{1,2}) ?st\.? ?(?P<pounds>\d{1,2}) ?lbs?(?!\w)"), _read_stones)
RULES = (
    Rule(
        "angle",
        re.compile(
            r"""
            (?P<degree> \d{1,3} )°
            [ ]?(?P<minute> \d{1,2}(?:\.\d{1,6})? )′
            (?: [ ]?(?P<second> \d{1,2}(?:\.\d+)? )″ )?
            """,
            re.VERBOSE,
        ),
        _read_angle,
    ),
    Rule(
        "measure",
        re.compile(
            r"""
            (?P<feet> \d{1,2} ) [ -]?(?:ft|feet|foot)\.?,?
            [ ](?P<inches> \d{1,2}(?:\.\d)? ) [ -]?in(?P<stop>\.|)
            (?! \w | \.\w )
            """,
            re.VERBOSE,
        ),
        _read_feet_in_words,
    ),
    Rule(
        "measure",
        re.compile(
            r"""
            (?P<feet> [3-9] ) [ ]?(?:ft|foot)\.?
            [ ](?P<inches> 1[01] | \d )
            (?= [.,;!?)](?!\d) | \s*$ | \s(?:tall|and|but|or)\b )
            """,
            re.VERBOSE,
        ),
        _read_height,
    ),
    Rule("measure", re.compile(r"(?P<feet>\d{1,2})′[ -]?(?P<inches>\d{1,2}(?!\d)|[¼½¾])"), _read_feet_in_primes),
)
