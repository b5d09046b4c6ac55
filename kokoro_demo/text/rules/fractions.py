"""Two numbers with a slash: a fraction, a score, "2023/24", "Step 1/3", "24/7"; also a rating, "3.5/5"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import part_of
from kokoro_demo.text.rules.dates import MONTHS
from kokoro_demo.text.rules.surroundings import ODDS, describes_a_noun, is_designation, is_part
from kokoro_demo.text.rules.units import read_unit
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

# What comes before a score, "she got 3/4", "HP: 30/45".
_BEFORE_SCORE = re.compile(
    r"\b"
    + any_of(
        "pain hp: health: xp: progress: score: result: mark: total: points?:",
        "scores? scored scoring rated? rating got gets? grade marks? gave_it give_it",
    )
    + r"\s(?:(?:it|this|that|him|her|them|us|me)\s)?(?:an?\s)?(?:of\s)?\Z",
    re.I,
)
# Not 2/2, 3/3 and 4/4, which are time signatures, nor the date 7/7.
_FULL_MARKS = {"1", "5", "6", "8", "9", "10"}
_SCORE_AFTER = re.compile(r"\s(?:stars?|★|pain\b|severity\b|(?:muscle\s|motor\s)?strength\b|would\s)")
_RUNWAY_BEFORE = re.compile(r"\brunways?(?:\sis)?(?:\sdesignated)?\s\Z", re.I)
# "Step 1/3" is "one of three".
_STEP_BEFORE = re.compile(
    r"\b" + any_of("step page part question slide chapter episode level round stage attempt photo image") + r"\s\Z",
    re.I,
)
# "3/2010 votes" is "three out of two thousand ten", but "in 3/2010 votes" begins with a month.
_COUNTED_AFTER = re.compile(
    r"\s"
    + any_of(
        "votes? people students members voters patients users employees respondents seats entries tests pages samples",
        "files rows items steps points ballots players guests participants",
    )
    + r"\b"
)
_DATE_BEFORE = re.compile(
    r"\b"
    + any_of(r"in on since from by until till before after of due the expires? exp\.? dated? valid between and to")
    + r"\s\Z",
    re.I,
)
_WITHOUT_A_WORD = {("24", "7"): "twenty four seven", ("9", "11"): "nine eleven", ("50", "50"): "fifty fifty"}


def _read_fraction(match: re.Match[str], context: Context) -> RuleResult:
    """Read two numbers with a slash: a year, a date, a score, a fraction and the like."""
    upper, lower = match["upper"], match["lower"].replace(",", "")
    spoken = _two_digit_pair(match, upper, lower, context) or _numbers_with_a_word(match, upper, lower, context)
    if spoken is not None:
        return RuleResult(words(spoken), match.end())
    joiner = _joiner(match, upper, lower)
    if joiner is None:
        return _with_unit(number_words.fraction(upper, lower, context.british), match, context)
    top, bottom = number_words.decimal(upper, context.british), number_words.decimal(lower, context.british)
    return RuleResult(words(f"{top} {joiner} {bottom}"), match.end())


def _two_digit_pair(match: re.Match[str], upper: str, lower: str, context: Context) -> str | None:
    """The words of a year and the next, "2023/24", and of pairs such as "05/06", "24/7", "80/20"; None if neither."""
    if len(upper) == 4 and len(lower) == 2 and "1100" <= upper <= "2099":  # "2023/24"
        return f"{number_words.year(upper, context.british)} {number_words.pair(lower)}"
    if _is_split_year(upper, lower):  # "1527/8"
        return f"{number_words.year(upper, context.british)} {number_words.cardinal(lower, False)}"
    if upper[0] == "0" and len(upper) == len(lower) == 2:  # "the 05/06 season", "runway 09/27"
        say = number_words.one_by_one if before(match, _RUNWAY_BEFORE) else number_words.pair
        return f"{say(upper)} {say(lower)}"
    if len(lower) == 4 and lower.endswith("00") and len(upper) in (3, 4) and int(upper) <= int(lower):  # "1540/1600"
        return " out of ".join(map(number_words.in_pairs, (upper, lower)))
    if spoken := _WITHOUT_A_WORD.get((upper, lower)):
        return spoken
    if int(upper) + int(lower) == 100 and len(upper) == len(lower) == 2 and int(upper) % 5 == 0:  # "an 80/20 split"
        return f"{number_words.cardinal(upper, False)} {number_words.cardinal(lower, False)}"
    return None


def _is_split_year(upper: str, lower: str) -> bool:
    """Whether "1527/8" is a year by two calendars, the second given by its last digit."""
    return len(upper) == 4 and len(lower) == 1 and "1100" <= upper <= "2099" and int(lower) == (int(upper[3]) + 1) % 10


def _numbers_with_a_word(match: re.Match[str], upper: str, lower: str, context: Context) -> str | None:
    """The words of "Step 1/3", "3/2010 votes", "expires 05/2027", "junction 8/9"; None if it is none of these."""
    text, start, end = match.string, match.start(), match.end()
    first, second = number_words.cardinal(upper, context.british), number_words.cardinal(lower, context.british)
    part = is_part(text, end)
    if not part and before(match, _STEP_BEFORE) and 0 < int(upper) <= int(lower):
        return f"{first} of {second}"
    if upper[0] != "0" and not before(match, _DATE_BEFORE) and _COUNTED_AFTER.match(text, end):
        return f"{first} out of {second}"
    if len(lower) == 4 and 1 <= int(upper) <= 12 and "1900" <= lower <= "2099":
        return f"{MONTHS[int(upper) - 1]} {number_words.year(lower, context.british)}"
    if not part and is_designation(text, start) and int(lower) == int(upper) + 1:
        return f"{first} slash {second}"
    return None


def _joiner(match: re.Match[str], upper: str, lower: str) -> str | None:
    """The word between the two numbers; None if they are a fraction below one, which is read as one."""
    if _SCORE_AFTER.match(match.string, match.end()) or before(match, _BEFORE_SCORE, 30):
        return "out of"
    if lower == "10" and 10 < int(upper) < 16:  # "12/10, would pet again"
        return "out of"
    if upper == lower and lower in _FULL_MARKS:
        return "out of"
    if before(match, ODDS):
        return "to"
    if " " in match.group():
        return "divided by"
    if upper == lower:
        return ""
    odd = int(lower) > 20 and lower[-1] in "12" and lower != "32"  # no "ten twenty seconds"
    common = not odd and (int(lower) <= 100 or lower.endswith("00") or len(lower) > 4)
    if 0 < int(upper) < int(lower) and common and upper[0] != "0" and lower[0] != "0":
        return None
    return "over"


def _with_unit(part: str, match: re.Match[str], context: Context) -> RuleResult:
    """Read a fraction below one with its unit: "half a pound", "three quarter inch"."""
    unit = read_unit(context.text, match.end(), context.british)
    if not unit:
        return RuleResult(words(part), match.end())
    if unit.hyphen:
        return RuleResult(words(f"{part} {unit.singular}", match.start(), unit.end), unit.end)
    if describes_a_noun(match.string, match.start(), unit.end):  # "a 7/8″ bolt"
        short = {"one half": "half", "one quarter": "quarter"}.get(part, part)
        return RuleResult(words(f"{short} {unit.singular}", match.start(), unit.end), unit.end)
    return RuleResult(words(part_of(part, unit.singular), match.start(), unit.end), unit.end)


def _read_rating(match: re.Match[str], context: Context) -> RuleResult:
    """Read "3.5/5"."""
    score, best = (number_words.decimal(match[part], context.british) for part in ("score", "best"))
    return RuleResult(words(f"{score} out of {best}"), match.end())


RULES = (
    Rule(
        "rating",
        re.compile(r"(?P<score>\d{1,2}\.\d{1,2}) ?/ ?(?P<best>[45]\.0|10\.0|4|5|10|100)(?![\d/]|[.,]\d)"),
        _read_rating,
    ),
    Rule(
        "fraction",
        re.compile(
            r"""
            (?P<upper> \d{1,5} )
            [ ]?/[ ]?
            (?P<lower> \d{1,3}(?:,\d{3})+ | \d{1,5} )
            (?: (?:nd|rd|th)s?(?!\w) )?  # "1/4th", "2/3rds"
            (?! [\d/CF] | [.,]\d )
            """,
            re.VERBOSE,
        ),
        _read_fraction,
    ),
)
