"""Dates: in figures by the custom of the country, months and weekdays written short, and days of the month."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import figures
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.rules.surroundings import is_designation, is_part
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
_SMALL_MONTH = any_of(
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)?",
    "oct(?:ober)? nov(?:ember)? dec(?:ember)?",
)
_VERBS = frozenset(("may", "march", "mar"))  # months only with a year or an ordinal, if small
_DAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_SMALL_DAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|Tu|Th)"
_WHOLE_DAY = "(?:" + "|".join(DAYS) + ")"
_DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_YEAR = r"(?P<year>[1-9]\d{3})(?![\d-]|[.,:/]\d)"
_NO_DAY = r"(?![\d:]|[.,]\d| ?[AaPp]\.?[Mm]\b| ?%)"  # "May 5:30", "June 10,000", "March 5 pm"
_NTH = r"(?:(?i:st|nd|rd|th)(?![A-Za-z])|(?<=[23])d(?![A-Za-z]))?"
_JOINT = r"(?: ?[-–—] ?|,?\s(?:and|to|or|through|&)\s|,\s)"
_COUNTED = r"(?!\s(?:[a-z]{4,}s|people|men|women|children)\b)"  # "on May 5 and 20 people came"
_LIST = rf"(?P<list>(?:{_JOINT}{_DAY_NUMBER}{_NTH}{_NO_DAY}{_COUNTED}){{1,6}})"
_LISTED = re.compile(rf"(?P<joint>{_JOINT})(?P<day>{_DAY_NUMBER}){_NTH}")
_ON = re.compile(
    r"(?:\b(?:on|commencing|w/c|wc|ending|dated?|since|until|till|by|before|after|due|from|born|deadline:?|date:?|expires?|exp\.?|thru|avail(?:able|\.)?"
    r"|effective|starts?|starting|begins?|beginning|ends?|ending|opens?|closes?|posted|updated|filed|issued|received|rec'd"
    r"|signed|shipped|delivered|ordered|paid|(?<!% )(?<!\bpercent )(?<!\bvalue )(?<!\bprobability )(?<!\bchance )"
    r"(?<!\bratio )(?<!\btotal )(?<!\bslope )(?<!\bfraction )of"
    r"|(?:mon|tu|tues?|wed|thu|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]{0,2})\s\(?"
    r"|\b(?:from|between)\s\d{1,2}/\d{1,2}\s(?:to|and|until|till|through|[-–—])\s)\Z",
    re.I,
)
_THE = re.compile(r"\b(?:the|an?|every|each|this|that|last|next|his|her|their|our|my|its|\w+'s)\s\Z", re.I)
_TO_DATE = re.compile(
    rf"\s?[-–—]\s?(?=(?:{_MONTH}|{_SMALL_MONTH})\.?\s{_DAY_NUMBER}(?![:%])|{_DAY_NUMBER}{_NTH}\s(?:of\s)?(?:{_MONTH})(?!\w))"
)
_AFTER_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed|thu|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]{0,2}\s\Z", re.I
)
_MARKS_A_DAY = (
    rf"(?=\.?,?\s+(?:\(?\d|{_MONTH}\b|at\b|and\s{_DAY}\b|to\s{_DAY}\b|night|morning|evening|afternoon)"
    rf"|\.? ?[-–/&] ?{_DAY}\b)"
)


def month(name: str) -> str:
    """The whole name of a month that is written short."""
    return next(full for full in MONTHS if full.lower().startswith(name[:3].lower()))


def _day(number: str, british: bool) -> str:
    return figures.ordinal(number.lstrip("0"), british)


def in_words(year: str, month_number: int, day: str, british: bool, day_first: bool = False) -> str:
    """A whole date: "January first twenty twenty three", "the first of January twenty twenty three"."""
    name, number = MONTHS[month_number - 1], _day(day, british)
    spoken = f"the {number} of {name}" if british or day_first else f"{name} {number}"
    return f"{spoken} {figures.year(year, british)}" if year else spoken


def _iso(match: re.Match[str], place: Place) -> RuleResult | None:
    if not 1 <= int(match["month"]) <= 12 or not 1 <= int(match["day"]) <= 31:
        return None
    spoken = words(in_words(match["year"], int(match["month"]), match["day"], place.british))
    return RuleResult([one._replace(start=match.start(), end=match.end("day")) for one in spoken], match.end())


def _figures(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "3/4/2025" is March 4 in America and 3 April in Britain; a 13 can only be a day."""
    if match["mark"] == "." and is_designation(match.string, match.start()):  # "Section 3.4.10"
        return None
    first, second, year = int(match["first"]), int(match["second"]), match["year"] or ""
    day_first = place.british or match["mark"] == "."
    if match["mark"] in "/-" and second > 12 >= first:
        day_first = False
    elif first > 12 >= second:
        day_first = True
    day, number = (match["first"], second) if day_first else (match["second"], first)
    if not 1 <= number <= 12 or not 1 <= int(day) <= 31:
        return None
    if not year and (not before(match, _ON) or _is_fraction(match)):
        return None
    if len(year) == 2:
        year = ("20" if year < "50" else "19") + year
    return RuleResult(words(in_words(year, number, day, place.british, day_first)), match.end())


def _is_fraction(match: re.Match[str]) -> bool:
    """Whether what may be a date is a part: "received 2/3 of the votes", "made of 3/4 plywood"."""
    if not _FRACTION.fullmatch(match.group()):
        return False
    return is_part(match.string, match.end()) or (before(match, _OF) and not before(match, _DATED, 32))


def _figures_range(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "12/23–1/2": from one day to another, unless both may be fractions, as in "1/4–3/8"."""
    first, second = _month_and_day(match["first"], place.british), _month_and_day(match["last"], place.british)
    if not first or not second:
        return None
    fractions = all(_FRACTION.fullmatch(part) for part in (match["first"], match["last"]))
    if fractions and (not before(match, _ON) or is_part(match.string, match.end())):
        return None
    spoken = words(in_words("", *first, place.british), *match.span("first"))
    spoken += words("to", *match.span("dash"))
    return RuleResult([*spoken, *words(in_words("", *second, place.british), *match.span("last"))], match.end())


_OF = re.compile(r"\bof\s\Z", re.I)
# "as of 3/4", "the letter of 3/4".
_DATED = re.compile(
    r"\b(?:as|days?|weeks?|weekend|mornings?|afternoon|evening|nights?|letters?|e-?mails?|memos?|meetings?|invoices?|orders?"
    r"|statements?|reports?|posts?|messages?|minutes|issue|edition|events?|sessions?|games?|visits?|storm|date)\sof\s\Z",
    re.I,
)
_FRACTION = re.compile(r"1/(?:[2-9]|1[026])|[23]/[345]|[23]/8|[35]/16|4/5|5/[68]|7/(?:8|10|16)|9/(?:10|16)|3/10|11/16")


def _month_and_day(figures_of: str, british: bool) -> tuple[int, str] | None:
    """The month and the day of "12/23", or of "23/12" in Britain; None if it is no date."""
    first, second = figures_of.split("/")
    month_number, day = (second, first) if (british and int(second) <= 12) or int(first) > 12 else (first, second)
    return (int(month_number), day) if 1 <= int(month_number) <= 12 and 1 <= int(day) <= 31 else None


def _small_word(match: re.Match[str]) -> bool:
    """Whether a small "may" or "march" is the verb: "all 25 may leave", "they march 15 miles"."""
    if match["month"] not in _VERBS or match["year"] or not match["only"].isdecimal():
        return False
    return not before(match, _AFTER_WEEKDAY)


def _days(match: re.Match[str], article: str, place: Place) -> list[Piece]:
    """The further days of "5–7", "14, 15 and 16"."""
    spoken: list[Piece] = []
    for listed in _LISTED.finditer(match.string, *match.span("list")):
        joint = listed["joint"].strip()
        if joint == ",":
            spoken.append(Piece(",", "punctuation", listed.start(), listed.start() + 1))
        else:
            joint = {"-": "to", "–": "to", "—": "to", "&": "and"}.get(joint, joint.strip(", "))
            spoken += words(joint, *listed.span("joint"))
        spoken += words(article + _day(listed["day"], place.british), listed.start("day"), listed.end())
    return spoken


def _month_day(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "June 13th", "Jan. 5–7, 2020": the month, its days, and the year that follows."""
    if (match["short"] and match["month"].capitalize() in MONTHS) or _small_word(match):
        return None
    article = "the " if place.british else ""
    spoken = words(month(match["month"]), match.start(), match.end("short"))
    spoken += words(article + _day(match["day"], place.british), match.start("day"), match.end("only"))
    end = match.end("only")
    if match["list"]:
        spoken += _days(match, article, place)
        end = match.end("list")
    if match["year"]:
        spoken += _comma(match)
        spoken += words(figures.year(match["year"], place.british), *match.span("year"))
        end = match.end("year")
    return _until(spoken, end, match.string)


def _until(spoken: list[Piece], end: int, text: str) -> RuleResult:
    """The date, and the "to" of the range that it begins: "March 3 - April 5"."""
    if dash := _TO_DATE.match(text, end):
        return RuleResult([*spoken, *words("to", *dash.span())], dash.end())
    return RuleResult(spoken, end)


def _comma(match: re.Match[str]) -> list[Piece]:
    """The comma before the year."""
    return [Piece(",", "punctuation", *match.span("comma"), plain=True)] if match["comma"] else []


def _day_month(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "3 March 2024" is "the third of March twenty twenty four"."""
    if _small_word(match):
        return None
    article = "" if before(match, _THE) else "the "
    spoken = words(article + _day(match["day"], place.british), match.start(), match.end("only"))
    if match["list"]:
        spoken += _days(match, article, place)
    whole = match["month"].capitalize() in MONTHS
    end = match.start("short") if whole else match.end("short")
    spoken += words(f"of {month(match['month'])}", match.start("month"), end)
    if match["year"] and not (whole and match["short"]):
        spoken += _comma(match)
        spoken += words(figures.year(match["year"], place.british), *match.span("year"))
        end = match.end("year")
    elif match["short"] and not whole and ends_sentence(match.string, match.end("short")):
        end -= 1
    return _until(spoken, end, match.string)


def _month_alone(match: re.Match[str], place: Place) -> RuleResult:
    """A short month before a year: "Jan. 2020"."""
    whole = match["month"].capitalize() in MONTHS
    return RuleResult(words(month(match["month"])), match.end("month") if whole else match.end())


def _month_to(match: re.Match[str], place: Place) -> RuleResult:
    """The first month of "Jan-Mar"."""
    spoken = words(month(match["month"]), match.start(), match.start("dash"))
    return RuleResult(spoken + words("to", *match.span("dash")), match.end())


def _weekday(match: re.Match[str], place: Place) -> RuleResult:
    name = next(full for full in DAYS if full.startswith(match["day"][:3].capitalize()))
    spoken = words(name, match.start(), match.end("short"))
    if match["dash"]:
        return RuleResult(spoken + words("to", *match.span("dash")), match.end())
    ends = match["short"] and not _GOES_ON.match(match.string, match.end()) and ends_sentence(match.string, match.end())
    return RuleResult(spoken, match.end() - 1 if ends else match.end())


_GOES_ON = re.compile(rf"\s(?:{_MONTH})\b")  # "Thurs. Nov. 7"


def _day_off(match: re.Match[str], place: Place) -> RuleResult | None:
    """The "Sun." of "closed Sun.", of "Mon., Wed. & Sun.", of "on Sun. we rest"."""
    dated = before(match, _BY_THE_WEEK, 32) or (match["short"] and before(match, _ON_DAY))
    return _weekday(match, place) if dated else None


_ON_DAY = re.compile(r"\b(?:[Oo]n|by|until|till|thru|through|from)\s\Z")
_BY_THE_WEEK = re.compile(
    rf"(?:\b(?:closed|open|every|each|next|last|due)\s"
    rf"|\b(?:{_DAY})\b\.?(?:[^.!?\n]{{0,16}}[;,]|,?\s(?:and|&|or))\s(?:closed\s)?)\Z"
)


def _weekday_nth(match: re.Match[str], place: Place) -> RuleResult:
    """ "Friday 13th", and the "to" of "Mon 2nd-Fri 6th June"."""
    name = next(full for full in DAYS if full.startswith(match["day"][:3]))
    spoken = words(name, *match.span("day")) + words(
        f"the {_day(match['number'], place.british)}", match.start("number")
    )
    return RuleResult(spoken + words("to", *match.span("dash")) if match["dash"] else spoken, match.end())


def _course_days(match: re.Match[str], place: Place) -> RuleResult:
    """ "T/Th", "M/W/F": the days of a course."""
    spoken: list[Piece] = []
    for day in re.finditer(r"[A-Za-z]+", match.group()):
        spoken += words(_COURSE_DAYS[day.group()], match.start() + day.start(), match.start() + day.end())
    return RuleResult(spoken, match.end())


_COURSE_DAYS = {
    "M": "Monday", "T": "Tuesday", "Tu": "Tuesday", "W": "Wednesday", "Th": "Thursday", "R": "Thursday", "F": "Friday",
}  # fmt: skip


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
    Rule(
        "date",
        re.compile(
            r"(?P<first>\d{1,2}/\d{1,2})(?P<dash>\s?[-–—]\s?|\s(?:to|through|thru)\s)"
            r"(?P<last>\d{1,2}/\d{1,2})(?![\d/]| ?[%″])"
        ),
        _figures_range,
    ),
    Rule("date", re.compile(r"(?P<first>\d{1,2})(?P<mark>/)(?P<second>\d{1,2})(?P<year>)(?![\d/]| ?%)"), _figures),
    Rule(
        "date",
        re.compile(
            rf"(?P<only>(?P<day>{_DAY_NUMBER}){_NTH}){_LIST}?"
            rf"(?:\s+of)?(?:\s+|-)(?P<month>{_MONTH}|{_SMALL_MONTH})(?!\w)"
            rf"(?P<short>\.(?=\s*[\w,]|\s*$)|)(?:(?:(?P<comma>,?)\s+|-){_YEAR})?"
        ),
        _day_month,
    ),
)
IN_WORDS = (
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_DAY}|{_WHOLE_DAY})\.?,?\s(?P<number>[12]?\d|3[01])(?:st|nd|rd|th)"
            rf"(?:(?P<dash>\s?[-–]\s?)(?={_DAY})|(?=[.,;:!?)]|\s*$|\s(?:at|and|is|was|from|for|to|in|we|will|or)\b))"
        ),
        _weekday_nth,
    ),
    Rule(
        "date",
        re.compile(
            rf"(?P<month>{_MONTH}|{_SMALL_MONTH})(?P<short>\.?)[ -]?(?P<only>(?P<day>{_DAY_NUMBER}){_NTH}){_NO_DAY}"
            rf"(?:{_LIST}(?!\s+{_MONTH}\b))?(?:(?:(?P<comma>,?)\s+|-){_YEAR})?"
        ),
        _month_day,
    ),
    Rule("date", re.compile(rf"(?P<month>{_MONTH}|{_SMALL_MONTH})\.?(?=,?\s+[12]\d{{3}}\b)"), _month_alone),
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_DAY}|{_WHOLE_DAY})(?P<short>\.?)(?P<dash> ?[-–—] ?)"
            rf"(?=(?:{_DAY}|{_WHOLE_DAY})\b)"
        ),
        _weekday,
    ),
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_SMALL_DAY})(?P<short>\.?)(?P<dash>)(?=,?\s(?:{_MONTH}|{_SMALL_MONTH})\.?\s\d|,?\s\(?\d{{1,2}}/\d)"
        ),
        _weekday,
    ),
    Rule("date", re.compile(rf"(?P<day>{_DAY})(?!\w){_MARKS_A_DAY}(?P<short>\.?)(?P<dash>)"), _weekday),
    Rule("date", re.compile(rf"(?<=[-–—/])(?P<day>{_DAY})(?P<short>\.?)(?P<dash>)(?!\w)"), _weekday),
    Rule("date", re.compile(r"(?P<day>Sat|Sun|Mon|Tues?|Wed|Thurs?|Fri)(?P<short>\.?)(?P<dash>)(?!\w)"), _day_off),
    Rule("date", re.compile(r"(?:M/W/F|M/W|W/F|Tu?/Th|T/R|M/T/W/Th/F|M/F(?=\s\d))(?![\w/])"), _course_days),
    Rule("date", re.compile(rf"(?P<month>{_MONTH})\.?(?P<dash>[-–])(?={_MONTH}\b)"), _month_to),
    Rule("date", re.compile(rf"(?<=[-–])(?P<month>{_MONTH})(?![\w'])\.?"), _month_alone),
)
