"""Dates: in digits, in the order of the country; abbreviated months; days of the month."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.rules.surroundings import is_designation, is_part
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, words

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MONTH = any_of(
    "Jan(?:uary)? Feb(?:ruary)? Mar(?:ch)? Apr(?:il)? May June? July? Aug(?:ust)? Sept?(?:ember)?",
    "Oct(?:ober)? Nov(?:ember)? Dec(?:ember)? JAN(?:UARY)? FEB(?:RUARY)? MAR(?:CH)? APR(?:IL)? MAY JUNE?",
    "JULY? AUG(?:UST)? SEPT?(?:EMBER)? OCT(?:OBER)? NOV(?:EMBER)? DEC(?:EMBER)?",
)
SMALL_MONTH = any_of(
    "jan(?:uary)? feb(?:ruary)? mar(?:ch)? apr(?:il)? may june? july? aug(?:ust)? sept?(?:ember)?",
    "oct(?:ober)? nov(?:ember)? dec(?:ember)?",
)
_VERBS = frozenset(("may", "march", "mar"))  # in small letters, months only with a year or an ordinal
_DAY_NUMBER = r"(?:[12]\d|3[01]|0?[1-9])(?!\d)"
_YEAR = r"(?P<year>[1-9]\d{3})(?![\d-]|[.,:/]\d)"
_NO_DAY = r"(?![\d:]|[.,]\d| ?[AaPp]\.?[Mm]\b| ?%)"  # "May 5:30", "June 10,000", "March 5 pm"
_NTH = r"(?:(?i:st|nd|rd|th)(?![A-Za-z])|(?<=[23])d(?![A-Za-z]))?"
_JOINER = r"(?: ?[-–—] ?|,?\s(?:and|to|or|through|&)\s|,\s)"
_COUNTED = r"(?!\s(?:[a-z]{4,}s|people|men|women|children)\b)"  # "on May 5 and 20 people came"
_LIST = rf"(?P<list>(?:{_JOINER}{_DAY_NUMBER}{_NTH}{_NO_DAY}{_COUNTED}){{1,6}})"
_LISTED = re.compile(rf"(?P<joiner>{_JOINER})(?P<day>{_DAY_NUMBER}){_NTH}")
_ON = re.compile(
    r"(?:\b(?:"
    + any_of(
        r"on commencing w/c wc ending dated? since until till by before after due from born deadline:? date:? expires?",
        r"exp\.? thru avail(?:able|\.)? effective starts? starting begins? beginning ends? ending opens? closes?",
        r"posted updated filed issued received rec'd signed ships? shipped delivered ordered paid arriv(?:es?|ing|ed)",
        r"leav(?:es?|ing) happen(?:s|ed|ing) depart(?:s|ing) lands delivery ETA:?",
        r"midterms? finals? exams? quiz tests? concert wedding party election appointment appt\.?",
    )
    + r"|(?<!% )(?<!\bpercent )(?<!\bvalue )(?<!\bprobability )(?<!\bchance )(?<!\bratio )(?<!\btotal )(?<!\bslope )"
    r"(?<!\bfraction )of"
    r"|(?:mon|tu|tues?|weds?|thu|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]{0,2})\s\(?"
    r"|\b(?:notes?|minutes|agenda|meeting|mtg\.?|update[ds]?|call|recap|draft|posted|changelog)\s\("
    r"|\b(?:on|from|between)\s\d{1,2}/\d{1,2}\s(?:to|and|or|&|until|till|through|[-–—])\s)\Z",
    re.I,
)
_THE = re.compile(r"\b(?:the|an?|every|each|this|that|last|next|his|her|their|our|my|its|\w+'s)\s\Z", re.I)
_TO_DATE = re.compile(
    rf"\s?[-–—]\s?(?=(?:{MONTH}|{SMALL_MONTH})\.?\s{_DAY_NUMBER}(?![:%])|{_DAY_NUMBER}{_NTH}\s(?:of\s)?(?:{MONTH})(?!\w))"
)
_AFTER_WEEKDAY = re.compile(
    r"\b(?:mon|tues?|wed|thu|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day)[.,]{0,2}\s\Z", re.I
)


def month(name: str) -> str:
    """Return the full name of an abbreviated month."""
    return next(full for full in MONTHS if full.lower().startswith(name[:3].lower()))


def _day(number: str, british: bool) -> str:
    return number_words.ordinal(number.lstrip("0"), british)


def in_words(year: str, month_number: int, day: str, british: bool, day_first: bool = False) -> str:
    """Return a date in words: "January first twenty twenty three", "the first of January twenty twenty three"."""
    name, number = MONTHS[month_number - 1], _day(day, british)
    spoken = f"the {number} of {name}" if british or day_first else f"{name} {number}"
    return f"{spoken} {number_words.year(year, british)}" if year else spoken


# A date of ISO form that is set off from its sentence, or that a reference ends with.
_SET_OFF = re.compile(
    r"(?:[(\[,;:]\s?|\b(?i:archived|retrieved|accessed|last\sseen|checked)(?:\s(?!on\s)[^\s.!?]{1,20}){0,5}(?:\son)?\s)\Z"
)


def _iso(match: re.Match[str], context: Context) -> RuleResult | None:
    if not 1 <= int(match["month"]) <= 12 or not 1 <= int(match["day"]) <= 31:
        return None
    day_first = match["mark"] == "." or (match["mark"] == "-" and before(match, _SET_OFF, 64))
    spoken = words(in_words(match["year"], int(match["month"]), match["day"], context.british, day_first))
    return RuleResult([piece._replace(start=match.start(), end=match.end("day")) for piece in spoken], match.end())


def _in_digits(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "3/4/2025": March 4 in America, 3 April in Britain. A number above 12 can only be the day."""
    if match["mark"] == "." and is_designation(match.string, match.start()):  # "Section 3.4.10"
        return None
    if match.group() in ("10-10-10", "5-10-5", "5-10-10", "10-5-5") and before(match, _FERTILISER, 40):
        return None
    first, second, year = int(match["first"]), int(match["second"]), match["year"] or ""
    day_first = context.british or match["mark"] == "."
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
    return RuleResult(words(in_words(year, number, day, context.british, day_first)), match.end())


_FERTILISER = re.compile(r"\b(?:N-P-K|NPK|[Ff]ertili[sz]ers?)\b[^.]*\Z")


def _is_fraction(match: re.Match[str]) -> bool:
    """Whether a possible date is a fraction: "received 2/3 of the votes", "made of 3/4 plywood"."""
    if not _FRACTION.fullmatch(match.group()):
        return False
    if is_part(match.string, match.end()) or (before(match, _OF) and not before(match, _DATED, 32)):
        return True
    last = _TO_ANOTHER.match(match.string, match.start())
    first = None if last else _FROM_ANOTHER.search(match.string, max(0, match.start() - 24), match.start())
    if last:
        return _are_parts(match.string, match.start(), match.group(), last["last"])
    return first is not None and _are_parts(match.string, first.start("first"), first["first"], match.group())


def _are_parts(text: str, start: int, first: str, last: str) -> bool:
    """Whether "1/4 to 3/8" at `start` is a range of fractions.

    Both can be fractions, and either something changes by them or the second date would be before the first.
    """
    if not _FRACTION.fullmatch(first) or not _FRACTION.fullmatch(last):
        return False
    falls = [int(part) for part in last.split("/")] < [int(part) for part in first.split("/")]
    return falls or _CHANGES.search(text, max(0, start - 60), start) is not None


def _digits_range(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "12/23–1/2" as a range of days, unless both may be fractions, as in "1/4–3/8"."""
    first, second = _month_and_day(match["first"], context.british), _month_and_day(match["last"], context.british)
    if not first or not second:
        return None
    fractions = all(_FRACTION.fullmatch(part) for part in (match["first"], match["last"]))
    if fractions and (not before(match, _ON) or is_part(match.string, match.end())):
        return None
    if _are_parts(match.string, match.start(), match["first"], match["last"]):
        return None
    spoken = words(in_words("", *first, context.british), *match.span("first"))
    spoken += words("to", *match.span("dash"))
    return RuleResult([*spoken, *words(in_words("", *second, context.british), *match.span("last"))], match.end())


_TO_ANOTHER = re.compile(
    r"\d{1,2}/\d{1,2}(?:\s?[-–—]\s?|\s(?:to|through|thru|and|until|till)\s)(?P<last>\d{1,2}/\d{1,2})(?![\d/])"
)
_FROM_ANOTHER = re.compile(
    r"(?<![\d/])(?P<first>\d{1,2}/\d{1,2})(?:\s?[-–—]\s?|\s(?:to|through|thru|and|until|till)\s)\Z"
)
_CHANGES = re.compile(
    r"\b(?:r(?:ise[sn]?|ose|ising)|gr(?:ow[sn]?|ew|owing)|f(?:alls?|ell|allen|alling)|(?:in|de)creas\w+|drop\w*|shr[aiu]nk\w*"
    r"|cuts?|reduc\w+|went|goes|rang\w+|var\w+|chang\w+|shares?|ratios?|portions?|proportions?|fractions?|odds|sizes?"
    r"|between|chances?|probabilit\w+|widths?|thickness\w*|diameters?|scal\w+|widen\w*|narrow\w*)\b[^.!?\n]*\Z",
    re.I,
)
_OF = re.compile(r"\bof\s\Z", re.I)
# "as of 3/4", "the letter of 3/4".
_DATED = re.compile(
    r"\b(?:as|days?|weeks?|wks?|weekend|mornings?|afternoon|evening|nights?|letters?|e-?mails?|memos?|meetings?|invoices?|orders?"
    r"|statements?|reports?|posts?|messages?|minutes|issue|edition|events?|sessions?|games?|visits?|storm|date)\sof\s\Z",
    re.I,
)
_FRACTION = re.compile(r"1/(?:[2-9]|1[026])|[23]/[345]|[23]/8|[35]/16|4/5|5/[68]|7/(?:8|10|16)|9/(?:10|16)|3/10|11/16")


def _month_and_day(date: str, british: bool) -> tuple[int, str] | None:
    """The month and the day of "12/23", or of "23/12" in Britain; None if it is not a date."""
    first, second = date.split("/")
    month_number, day = (second, first) if (british and int(second) <= 12) or int(first) > 12 else (first, second)
    return (int(month_number), day) if 1 <= int(month_number) <= 12 and 1 <= int(day) <= 31 else None


def _small_word(match: re.Match[str]) -> bool:
    """Whether "may" or "march" in small letters is the verb: "all 25 may leave", "they march 15 miles"."""
    if match["month"] not in _VERBS or match["year"] or not match["only"].isdecimal():
        return False
    return not before(match, _AFTER_WEEKDAY)


def _days(match: re.Match[str], article: str, context: Context) -> list[Piece]:
    """Read the further days of "5–7", "14, 15 and 16"."""
    spoken: list[Piece] = []
    for listed in _LISTED.finditer(match.string, *match.span("list")):
        joiner = listed["joiner"].strip()
        if joiner == ",":
            spoken.append(Piece(",", "punctuation", listed.start(), listed.start() + 1))
        else:
            joiner = {"-": "to", "–": "to", "—": "to", "&": "and"}.get(joiner, joiner.strip(", "))
            spoken += words(joiner, *listed.span("joiner"))
        spoken += words(article + _day(listed["day"], context.british), listed.start("day"), listed.end())
    return spoken


def _month_day(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "June 13th", "Jan. 5–7, 2020": the month, its days, and the year that follows."""
    if (match["short"] and match["month"].capitalize() in MONTHS) or _small_word(match):
        return None
    article = "the " if context.british else ""
    spoken = words(month(match["month"]), match.start(), match.end("short"))
    spoken += words(article + _day(match["day"], context.british), match.start("day"), match.end("only"))
    end = match.end("only")
    if match["list"]:
        spoken += _days(match, article, context)
        end = match.end("list")
    if match["year"]:
        spoken += _comma(match)
        spoken += words(number_words.year(match["year"], context.british), *match.span("year"))
        end = match.end("year")
    return _until(spoken, end, match.string)


def _until(spoken: list[Piece], end: int, text: str) -> RuleResult:
    """The date, and the "to" of the range that it begins: "March 3 - April 5"."""
    if dash := _TO_DATE.match(text, end):
        return RuleResult([*spoken, *words("to", *dash.span())], dash.end())
    return RuleResult(spoken, end)


def _comma(match: re.Match[str]) -> list[Piece]:
    """The comma before the year, if there is one."""
    return [Piece(",", "punctuation", *match.span("comma"), plain=True)] if match["comma"] else []


def _day_month(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "3 March 2024" as "the third of March twenty twenty four"."""
    if _small_word(match):
        return None
    article = "" if before(match, _THE) else "the "
    spoken = words(article + _day(match["day"], context.british), match.start(), match.end("only"))
    if match["list"]:
        spoken += _days(match, article, context)
    whole = match["month"].capitalize() in MONTHS
    end = match.start("short") if whole else match.end("short")
    spoken += words(f"of {month(match['month'])}", match.start("month"), end)
    if match["year"] and not (whole and match["short"]):
        spoken += _comma(match)
        spoken += words(number_words.year(match["year"], context.british), *match.span("year"))
        end = match.end("year")
    elif match["short"] and not whole and ends_sentence(match.string, match.end("short")):
        end -= 1
    return _until(spoken, end, match.string)


def _month_alone(match: re.Match[str], context: Context) -> RuleResult:
    """Read an abbreviated month before a year: "Jan. 2020"."""
    whole = match["month"].capitalize() in MONTHS
    return RuleResult(words(month(match["month"])), match.end("month") if whole else match.end())


def _month_of(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "Jan" of "by Jan", "last Dec"; elsewhere it may be a name."""
    return _month_alone(match, context) if before(match, _BEFORE_MONTH) else None


_BEFORE_MONTH = re.compile(
    r"\b(?:[Ii]n|[Bb]y|[Ss]ince|[Uu]ntil|last|next|this|early|mid|late|[Ff]rom|of|end"
    r"|through|thru|every)[\s-]\Z"
    r"|\b(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)\.?,?\s(?:and|or|to|&)\s\Z"
)


def _month_to(match: re.Match[str], context: Context) -> RuleResult:
    """Read the first month of "Jan-Mar"."""
    spoken = words(month(match["month"]), match.start(), match.start("dash"))
    return RuleResult(spoken + words("to", *match.span("dash")), match.end())


IN_DIGITS = (
    Rule(
        "date",
        re.compile(r"(?P<year>[1-9]\d{3})(?P<mark>[-/.])(?P<month>\d\d)(?P=mark)(?P<day>\d\d)(?!\d)(?:T(?=\d\d:))?"),
        _iso,
    ),
    Rule(
        "date",
        re.compile(
            r"(?P<first>\d{1,2})(?P<mark>[-/.])(?P<second>\d{1,2})(?P=mark)(?P<year>[12]\d{3}|\d\d)(?![\d/]|-(?!\d{1,2}/\d{1,2}/\d)|[.]\d)"
        ),
        _in_digits,
    ),
    Rule(
        "date",
        re.compile(
            r"(?P<first>\d{1,2}/\d{1,2})(?P<dash>\s?[-–—]\s?|\s(?:to|through|thru)\s)"
            r"(?P<last>\d{1,2}/\d{1,2})(?![\d/]| ?[%″])"
        ),
        _digits_range,
    ),
    Rule("date", re.compile(r"(?P<first>\d{1,2})(?P<mark>/)(?P<second>\d{1,2})(?P<year>)(?![\d/]| ?%)"), _in_digits),
    Rule(
        "date",
        re.compile(
            rf"(?P<only>(?P<day>{_DAY_NUMBER}){_NTH}){_LIST}?"
            rf"(?:\s+of)?(?:\s+|-)(?P<month>{MONTH}|{SMALL_MONTH})(?!\w)"
            rf"(?P<short>\.(?=\s*[\w,]|\s*$)|)(?:(?:(?P<comma>,?)\s+|-){_YEAR})?"
        ),
        _day_month,
    ),
)
IN_WORDS = (
    Rule(
        "date",
        re.compile(
            rf"(?P<month>{MONTH}|{SMALL_MONTH})(?P<short>\.?)[ -]?(?P<only>(?P<day>{_DAY_NUMBER}){_NTH}){_NO_DAY}"
            rf"(?:{_LIST}(?!\s+{MONTH}\b))?(?:(?:(?P<comma>,?)\s+|-){_YEAR})?"
        ),
        _month_day,
    ),
    Rule("date", re.compile(rf"(?P<month>{MONTH}|{SMALL_MONTH})\.?(?=,?\s+[12]\d{{3}}\b)"), _month_alone),
    Rule("date", re.compile(rf"(?P<month>{MONTH})\.?(?P<dash>[-–])(?={MONTH}\b)"), _month_to),
    Rule(
        "date",
        re.compile(
            r"(?P<month>Jan|Mar|Dec)(?=[.,;:!?)]|\s*$|\s(?:and|or|to|of|for|when|at|we|he|she"
            r"|they|I)\b)"
        ),
        _month_of,
    ),
    Rule("date", re.compile(rf"(?<=[-–])(?P<month>{MONTH})(?![\w'])\.?"), _month_alone),
)
