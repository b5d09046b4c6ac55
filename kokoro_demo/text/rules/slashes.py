"""The slash: "per" in a rate, "or" between alternatives, silent between initials."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import word_list
from kokoro_demo.text.rules.units import BELOW, name_of, read_unit
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, word_rule, words

_WORD, _WORD_BEFORE = re.compile(r"[^\W\d_²³¹⁰⁴-⁹]+|\d+"), re.compile(r"[^\W_]+(?:\s?%)?\Z|%\Z")
_COUNTED_BEFORE = re.compile(r"\d[\d.,]*[- ]?(?:[A-Za-z]+\s)?[A-Za-z%°]*(?:/[A-Za-z]+)*\Z")
_PER = frozenset(word_list("per"))
_BEFORE_PER = frozenset(word_list("before_per"))
_OR = frozenset(word_list("or"))
_DAYS = frozenset(
    day
    for name in ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
    for day in (name, name[:3], name[:4])
) | {"Thurs"}
_SHORT_DAY = re.compile(r"\b([A-Z][a-z]{2,4})\.\Z")
_ADVERBS = frozenset("overnight more less longer".split())
_MEASURE_AFTER = re.compile(
    r"\d+(?:\.\d+)? ?(?:mL|ml|dL|L|l|h|hrs?|kg|g|min|oz|lbs?|m[2²]|sq\.?\sft|days?|d|wks?|weeks?|miles?|mi|km)(?!\w)"
)
_SUPPLY_AFTER = re.compile(r"\d+(?:\.\d+)? ?(?:m?A|V|W|Hz)(?!\w)")
_PERIODS = {"y": "year", "m": "month", "q": "quarter", "w": "week", "d": "day"}


def _slash(match: re.Match[str], context: Context) -> RuleResult:
    """Read "60 miles/hour", "he/she", "TCP/IP", "and/or"; elsewhere "slash"."""
    text, start, end = match.string, match.start(), match.end()
    before, after = _WORD_BEFORE.search(text, max(0, start - 24), start), _WORD.match(text, end)
    left, right = (word.group() if word else "" for word in (before, after))
    counted = left[-1:] == "%" or _COUNTED_BEFORE.search(text, max(0, start - 40), start) is not None
    if after and (per := _per(left, after, counted, context)):
        return per
    short_day = _SHORT_DAY.search(text, max(0, start - 6), start)
    if (left in _DAYS or (short_day and short_day[1] in _DAYS)) and right in _DAYS:  # "Mon/Wed/Fri"
        return RuleResult([Piece(",", "punctuation")], end, "date")
    if counted and _is_unit(left) and _SUPPLY_AFTER.match(text, end):  # "5V/2A"
        return RuleResult([Piece(",", "punctuation")], end, "slash")
    if (left + right).lower() == "overunder":
        return RuleResult([], end, "slash")
    if right == "ea":  # "$3/ea"
        return RuleResult(words("each"), end + len(right))
    if counted and right in _ADVERBS:  # "2 hrs/overnight"
        return RuleResult(words("or"), end, "or")
    if left in _ZONES and right.isdecimal():  # "5 p.m. PT/8 p.m. ET"
        return RuleResult([Piece(",", "punctuation")], end, "time")
    if counted and _is_the_same(left, text, end, context):  # "350°F/180°C", "5 lb/2.3 kg"
        return RuleResult(words("or"), end, "or")
    if counted and _is_unit(left) and _MEASURE_AFTER.match(text, end):  # "250 mg/5 mL"
        return RuleResult(words("per"), end, "per")
    if (left.lower() in ("and", "either") and right.lower() == "or") or (left.isupper() and right.isupper()):
        return RuleResult([], end, "slash")
    if left.lower() in _OR and right.lower() in _OR:
        return RuleResult(words("or"), end, "or")
    if len(left) == len(right) == 1 and left.islower() and right.islower() and "=" in text[max(0, start - 8) : end + 6]:
        return RuleResult(words("over"), end, "symbol")  # "v = d/t"
    return RuleResult(words("slash"), end)


def _is_the_same(left: str, text: str, end: int, context: Context) -> bool:
    """Whether the same measure follows in the other system: Celsius after Fahrenheit, kilograms after pounds."""
    number = _AMOUNT_AFTER.match(text, end)
    other = number and read_unit(text, number.end(), context.british)
    if not number or not other:
        return False
    before, after = left.lstrip("0123456789"), text[number.end() : other.end].strip(" .")
    if after[0] == "°":
        return before in ("F", "C") and after[-1] in "FC"
    return (before in _AMERICAN and after in _METRIC) or (before in _METRIC and after in _AMERICAN)


_ZONES = frozenset("ET CT MT PT EST CST MST PST EDT CDT MDT PDT GMT UTC BST CET CEST IST".split())
_AMERICAN = frozenset("oz lb lbs ft in mi yd mph mpg gal qt pt cup cups tsp tbsp F".split())
_METRIC = frozenset("g kg mg cm m mm km ml mL l L cl dl C".split()) | {"km/h", "km/L", "km/l"}
_AMOUNT_AFTER = re.compile(r"\d[\d.,]*\d|\d")


def _is_unit(left: str) -> bool:
    """Whether "mg" or "250mg" comes before the slash."""
    return left.lstrip("0123456789").isalpha()


def _per(left: str, after: re.Match[str], counted: bool, context: Context) -> RuleResult | None:
    """The "per" of a rate, with its unit if that is a symbol: "797/km²", "two cups/day"."""
    text, right = context.text, after.group()
    if right in _ADVERBS:
        return None
    unit = read_unit(text, after.start(), context.british)
    if unit and unit.end > after.end() and counted and right in (*BELOW, "sq", "cu"):
        return RuleResult(words(f"per {unit.singular}"), unit.end, "per")
    if right in BELOW and right not in _PER and (counted or not left or (len(right) > 1 and left.islower())):
        return RuleResult(words(f"per {name_of(right, context.british) or right}"), after.end(), "per")
    small = left.lower()
    if right in _PER and (counted or (small not in _PER and (small in _BEFORE_PER or small.endswith("s")))):
        return RuleResult(words("per"), after.start(), "per")
    if counted and left.isalpha() and left.endswith("s") and right.islower() and len(right) > 2:
        return RuleResult(words("per"), after.start(), "per")
    return None


_EQUATION = re.compile(r"=[^.!?\n]*\Z")


def _every(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "/hr" of "Pay/hr", the "/yr" of "visits/yr"."""
    return RuleResult(words(f"per {_SHORT_SPANS[match['span']]}"), match.end())


_SHORT_SPANS = {
    "hr": "hour", "yr": "year", "mo": "month", "wk": "week", "sec": "second",
}  # fmt: skip


def _period_over_period(match: re.Match[str], context: Context) -> RuleResult:
    """Read "y/y", "YoY", "m/m": a change from one period to the next."""
    period = _PERIODS[(match["period"] or match["months"] or match["moved"] or match["slashed"]).lower()]
    return RuleResult(words(f"{period} over {period}"), match.end())


def _spaced(match: re.Match[str], context: Context) -> RuleResult:
    """Read "165 °F / 74 °C", "he / she" as "or", "a / b" as "over", and the slash of "Rock / Pop" as a comma."""
    text, start, end = match.string, match.start(), match.end()
    before, after = _WORD_BEFORE.search(text, max(0, start - 25), start - 1), _WORD.match(text, end + 1)
    left, right = (found.group() if found else "" for found in (before, after))
    if left.lower() == "and" and right.lower() == "or":
        return RuleResult([], end)
    if (left in ("C", "F") and _DEGREES_AFTER.match(text, end + 1)) or (left.lower() in _OR and right.lower() in _OR):
        return RuleResult(words("or"), end, "or")
    if len(left) == len(right) == 1 and left.isalpha() and right.isalpha():
        return RuleResult(words("over"), end, "symbol")
    return RuleResult([Piece(",", "punctuation")], end, "slash")


_DEGREES_AFTER = re.compile(r"\d{2,3} ?°? ?[CF](?!\w)")


PERIOD_OVER_PERIOD = Rule(
    "per",
    re.compile(
        r"(?P<period>[YQWD])[oO](?P=period)(?!\w)|(?P<months>M)oM(?!\w)|(?:(?<=\d% )"
        r"|(?<=percent ))(?P<moved>M)OM(?!\w)|(?P<slashed>[yqmwdYQMWD])/(?P=slashed)(?!\w)"
    ),
    _period_over_period,
)
RULES = (
    Rule("slash", re.compile(r"(?<=\w )/(?= \w)"), _spaced),
    Rule("per", re.compile(r"(?<=[a-z]{3})/(?P<span>hr|yr|mo|wk|sec)(?![\w/])"), _every),
    Rule("slash", re.compile(r"(?<=[\w%.)])/(?=\w)"), _slash),
    word_rule(
        "symbol",
        r"(?<=[)²³]\s)/(?=\s[\d(a-zA-Z√])(?<=\W\s.)",
        lambda match: "over" if _EQUATION.search(match.string, max(0, match.start() - 60), match.start()) else None,
    ),
)
