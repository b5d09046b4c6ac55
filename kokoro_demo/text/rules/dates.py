"""Dates: in figures by the custom of the country, months and weekdays written short, and days of the month."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import figures
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.scanner import Piece, Place, Rule, RuleResult, words

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTH = any_of(
    "Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? Aug(?:ust)? Sept?(?:ember)?",
    "Oct(?:ober)? Nov(?:ember)? Dec(?:ember)? JAN(?:UARY)? FEB(?:RUARY)? MAR(?:CH)? APR(?:IL)? MAY JUNE?",
    "JULY? AUG(?:UST)? SEPT?(?:EMBER)? OCT(?:OBER)? NOV(?:EMBER)? DEC(?:EMBER)?",
)
_DAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_WHOLE_DAY = "(?:" + "|".join(DAYS) + ")"
_DAY_NUMBER = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR = r"(?P<year>[1-9]\d{3})(?![\d-]|[.,:/]\d)"
_NO_DAY = r"(?![\d:]|[.,]\d| ?[AaPp]\.?[Mm]\b| ?%)"  # "May 5:30", "June 10,000", "March 5 pm"
_LIST = rf"(?P<more> ?[-–—] ?|\s(?:and|to|or)\s|,\s)(?P<last>{_DAY_NUMBER})(?:st|nd|rd|th)?{_NO_DAY}"
_ON = re.compile(r"\b(?:on|On|dated?|since|until|by|before|after|due|from|born|deadline:?|date:?|expires?|of)\s\Z")
_THE = re.compile(r"\b[Tt]he\s\Z")
_MARKS_A_DAY = (
    rf"(?=\.?,?\s+(?:\d|{_MONTH}\b|at\b|and\s{_DAY}\b|to\s{_DAY}\b|night|morning|evening|afternoon)"
    rf"|\.? ?[-–/&] ?{_DAY}\b)"
)


def month(name: str) -> str:
    """The whole name of a month that is written short."""
    return next(full for full in MONTHS if full.lower().startswith(name[:3].lower()))


def _day(number: str, british: bool) -> str:
    return figures.ordinal(number.lstrip("0"), british)


def in_words(year: str, month_number: int, day: str, british: bool) -> str:
    """A whole date: "January first twenty twenty three", "the first of January twenty twenty three"."""
    name, number = MONTHS[month_number - 1], _day(day, british)
    said = f"the {number} of {name}" if british else f"{name} {number}"
    return f"{said} {figures.year(year, british)}" if year else said


def _iso(match: re.Match[str], place: Place) -> RuleResult | None:
    if not 1 <= int(match["month"]) <= 12 or not 1 <= int(match["day"]) <= 31:
        return None
    said = words(in_words(match["year"], int(match["month"]), match["day"], place.british))
    return RuleResult([one._replace(start=match.start(), end=match.end("day")) for one in said], match.end())


def _figures(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "3/4/2025" is March 4 in America and 3 April in Britain; a 13 can only be a day."""
    first, second, year = int(match["first"]), int(match["second"]), match["year"] or ""
    day_first = place.british or match["mark"] == "."
    if match["mark"] in "/-" and second > 12 >= first:
        day_first = False
    elif first > 12 >= second:
        day_first = True
    day, number = (match["first"], second) if day_first else (match["second"], first)
    if not 1 <= number <= 12 or not 1 <= int(day) <= 31:
        return None
    if not year and not before(match, _ON):
        return None
    if len(year) == 2:
        year = ("20" if year < "50" else "19") + year
    return RuleResult(words(in_words(year, number, day, place.british)), match.end())


def _month_day(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "June 13th", "Jan. 5–7, 2020": the month, its days, and the year that follows."""
    if match["short"] and match["month"].capitalize() in MONTHS:
        return None
    said = words(month(match["month"]), match.start(), match.end("short"))
    number = _day(match["day"], place.british)
    said += words(f"the {number}" if place.british else number, match.start("day"), match.end("only"))
    end = match.end("only")
    if match["last"]:
        joint = {"-": "to", "–": "to", "—": "to", ",": ""}.get(match["more"].strip(), match["more"].strip())
        if joint:
            said += words(joint, *match.span("more"))
        else:
            said.append(Piece(",", "punctuation", match.start("more"), match.start("more") + 1))
        last = _day(match["last"], place.british)
        said += words(f"the {last}" if place.british else last, match.start("last"), match.end("days"))
        end = match.end("days")
    if match["year"]:
        if comma := match["comma"]:
            at = match.start("comma")
            said.append(Piece(comma, "punctuation", at, at + 1, plain=True))
        said += words(figures.year(match["year"], place.british), *match.span("year"))
        end = match.end("year")
    return RuleResult(said, end)


def _day_month(match: re.Match[str], place: Place) -> RuleResult:
    """ "3 March 2024" is "the third of March twenty twenty four"."""
    article = "" if before(match, _THE) else "the "
    said = words(article + _day(match["day"], place.british), match.start(), match.end("only"))
    if match["last"]:
        joint = {"-": "to", "–": "to", "—": "to", ",": "and"}.get(match["more"].strip(), match["more"].strip())
        said += words(joint, *match.span("more"))
        said += words(article + _day(match["last"], place.british), match.start("last"), match.end("days"))
    whole = match["month"].capitalize() in MONTHS
    end = match.start("short") if whole else match.end("short")
    said += words(f"of {month(match['month'])}", match.start("month"), end)
    if match["year"] and not (whole and match["short"]):
        said += words(figures.year(match["year"], place.british), *match.span("year"))
        end = match.end("year")
    return RuleResult(said, end)


def _month_alone(match: re.Match[str], place: Place) -> RuleResult:
    """A short month before a year: "Jan. 2020"."""
    whole = match["month"].capitalize() in MONTHS
    return RuleResult(words(month(match["month"])), match.end("month") if whole else match.end())


def _month_to(match: re.Match[str], place: Place) -> RuleResult:
    """The first month of "Jan-Mar"."""
    said = words(month(match["month"]), match.start(), match.start("dash"))
    return RuleResult(said + words("to", *match.span("dash")), match.end())


def _weekday(match: re.Match[str], place: Place) -> RuleResult:
    name = next(full for full in DAYS if full.startswith(match["day"][:3]))
    said = words(name, match.start(), match.end("short"))
    if match["dash"]:
        return RuleResult(said + words("to", *match.span("dash")), match.end())
    ends = match["short"] and ends_sentence(match.string, match.end())
    return RuleResult(said, match.end() - 1 if ends else match.end())


IN_FIGURES = (
    Rule(
        "date",
        re.compile(r"(?P<year>[1-9]\d{3})(?P<mark>[-/.])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)(?:T(?=\d\d:))?"),
        _iso,
    ),
    Rule(
        "date",
        re.compile(
            r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![\d/-]|[.]\d)"
        ),
        _figures,
    ),
    Rule("date", re.compile(r"(?P<first>\d{1,2})(?P<mark>/)(?P<second>\d{1,2})(?P<year>)(?![\d/]| ?%)"), _figures),
    Rule(
        "date",
        re.compile(
            rf"(?P<only>(?P<day>{_DAY_NUMBER})(?:st|nd|rd|th)?)(?:{_LIST})?(?P<days>)"
            rf"(?:\s+of)?(?:\s+|-)(?P<month>{_MONTH})(?!\w)"
            rf"(?P<short>\.(?=\s*[\w,])|)(?:(?:,?\s+|-){_YEAR})?"
        ),
        _day_month,
    ),
)
IN_WORDS = (
    Rule(
        "date",
        re.compile(
            rf"(?P<month>{_MONTH})(?P<short>\.?) ?(?P<only>(?P<day>{_DAY_NUMBER})(?:st|nd|rd|th)?){_NO_DAY}"
            rf"(?:{_LIST}(?!\s+{_MONTH}\b))?(?P<days>)(?:(?P<comma>,?)\s+{_YEAR})?"
        ),
        _month_day,
    ),
    Rule("date", re.compile(rf"(?P<month>{_MONTH})\.?(?=,?\s+[12]\d{{3}}\b)"), _month_alone),
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_DAY}|{_WHOLE_DAY})(?P<short>\.?)(?P<dash> ?[-–—] ?)"
            rf"(?=(?:{_DAY}|{_WHOLE_DAY})\b)"
        ),
        _weekday,
    ),
    Rule("date", re.compile(rf"(?P<day>{_DAY})(?!\w){_MARKS_A_DAY}(?P<short>\.?)(?P<dash>)"), _weekday),
    Rule("date", re.compile(rf"(?<=[-–—/])(?P<day>{_DAY})(?P<short>\.?)(?P<dash>)(?!\w)"), _weekday),
    Rule("date", re.compile(rf"(?P<month>{_MONTH})\.?(?P<dash>[-–])(?={_MONTH}\b)"), _month_to),
    Rule("date", re.compile(rf"(?<=[-–])(?P<month>{_MONTH})(?![\w'])\.?"), _month_alone),
)
