"""Abbreviated weekdays: "Mon-Fri", "closed Sun.", "the next Sat", and the days of a course, "T/Th"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.dates import MONTH, SMALL_MONTH
from kokoro_demo.text.rules.sentences import ends_sentence
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, words

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_DAY = r"(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)"
_SMALL_DAY = r"(?:mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|Tu|Th)"
_WHOLE_DAY = "(?:" + "|".join(DAYS) + ")"
_MARKS_A_DAY = (
    rf"(?=\.?,?\s+(?:\(?\d|{MONTH}\b|at\b|and\s{_DAY}\b|to\s{_DAY}\b|night|morning|evening|afternoon)"
    rf"|\.? ?[-–/&] ?{_DAY}\b)"
)


def _weekday(match: re.Match[str], context: Context) -> RuleResult:
    name = next(full for full in DAYS if full.startswith(match["day"][:3].capitalize()))
    spoken = words(name, match.start(), match.end("short"))
    if match["dash"]:
        return RuleResult(spoken + words("to", *match.span("dash")), match.end())
    text, end = match.string, match.end()
    ends = match["short"] and not _SENTENCE_CONTINUES.match(text, end) and ends_sentence(text, end)
    return RuleResult(spoken, end - 1 if ends else end)


_SENTENCE_CONTINUES = re.compile(rf"\s(?:{MONTH})\b")  # "Thurs. Nov. 7"


def _day_or_day(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "Tues./" of "Tues./Wed."."""
    name = next(full for full in DAYS if full.startswith(match["day"][:3]))
    spoken = words(name, match.start(), match.end("short"))
    return RuleResult([*spoken, Piece(",", "punctuation", *match.span("slash"))], match.end())


def _day_off(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "Sun." of "closed Sun.", of "Mon., Wed. & Sun.", of "on Sun. we rest"."""
    dated = before(match, _BY_THE_WEEK, 32) or ((match["short"] or match["day"] != "Sun") and before(match, _ON_DAY))
    return _weekday(match, context) if dated or _is_no_word(match) else None


def _is_no_word(match: re.Match[str]) -> bool:
    """Whether the abbreviation is no other word: "Fri", "Thurs", "Tue"; "Thu Trang" is a name."""
    if match["short"] or match["day"] in ("Sat", "Sun", "Mon", "Wed"):
        return False
    return _OF_A_NAME.match(match.string, match.end()) is None and not before(match, _NAMED)


_OF_A_NAME = re.compile(r"\s[A-Z][a-z]")
_NAMED = re.compile(r"[a-z]\s[A-Z][a-z]+\s\Z|\b(?:Mr|Mrs|Ms|Dr)\.?\s\Z")
_ON_DAY = re.compile(r"\b(?:[Oo]n|by|until|till|thru|through|from|for|since|before|after)\s\Z", re.I)
_BY_THE_WEEK = re.compile(
    rf"(?:\b(?:closed|open|every|each|next|last|this|due)\s"
    rf"|\b(?:{_DAY})\b\.?(?:[^.!?\n]{{0,16}}[;,]|,?\s(?:and|&|or))\s(?:closed\s)?)\Z"
)


def _weekday_nth(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Friday 13th", and the "to" of "Mon 2nd-Fri 6th June"."""
    name = next(full for full in DAYS if full.startswith(match["day"][:3]))
    number = number_words.ordinal(match["number"], context.british)
    spoken = words(name, *match.span("day"))
    if match["comma"]:
        spoken.append(Piece(",", "punctuation", *match.span("comma"), plain=True))
    spoken += words(f"the {number}", match.start("number"))
    return RuleResult(spoken + words("to", *match.span("dash")) if match["dash"] else spoken, match.end())


def _course_days(match: re.Match[str], context: Context) -> RuleResult:
    """Read "T/Th", "M/W/F": the days of a course."""
    spoken: list[Piece] = []
    for day in re.finditer(r"[A-Z][a-z]?", match.group()):
        spoken += words(_COURSE_DAYS[day.group()], match.start() + day.start(), match.start() + day.end())
    return RuleResult(spoken, match.end())


def _short_day(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Su 10-3"."""
    return RuleResult(words(_COURSE_DAYS[match["day"]]), match.end())


def _day_of_list(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "Mon" of "Mon: legs; Tues: rest"."""
    text, start, end = match.string, match.start(), match.end()
    listed = _DAY_LISTED.search(text, end, end + 100) or _DAY_LISTED.search(text, max(0, start - 100), start)
    return _weekday(match, context) if listed else None


_DAY_LISTED = re.compile(rf"\b(?:{_DAY}|{_WHOLE_DAY}):\s")


def _days_of_work(match: re.Match[str], context: Context) -> RuleResult:
    """Read "M-F 9-5"."""
    first, last = _COURSE_DAYS[match["first"]], _COURSE_DAYS[match["last"]]
    spoken = words(first, *match.span("first")) + words("to", match.end("first"), match.start("last"))
    return RuleResult(spoken + words(last, *match.span("last")), match.end())


_COURSE_DAYS = {
    "M": "Monday", "T": "Tuesday", "Tu": "Tuesday", "W": "Wednesday", "Th": "Thursday", "R": "Thursday", "F": "Friday",
    "S": "Saturday", "Sa": "Saturday", "Su": "Sunday",
}  # fmt: skip


RULES = (
    Rule("date", re.compile(r"(?P<day>Su|Sa|Tu|Th)(?=\s1?\d(?::[0-5]\d)?[ap]?\s?[-–]\s?1?\d)"), _short_day),
    Rule("date", re.compile(r"(?P<day>Mon|Wed|Fri|Sat|Sun)(?P<short>)(?P<dash>)(?=:\s)"), _day_of_list),
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_DAY}|{_WHOLE_DAY})\.?(?P<comma>,?)\s(?P<number>[12]?\d|3[01])(?:st|nd|rd|th)"
            rf"(?:(?P<dash>\s?[-–]\s?)(?={_DAY})|(?=[.,;:!?)]|\s*$|\s(?:at|and|is|was|from|for|to|in|we|will|or)\b))"
        ),
        _weekday_nth,
    ),
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_DAY}|{_WHOLE_DAY})(?P<short>\.?)(?P<dash> ?[-–—] ?)"
            rf"(?=(?:{_DAY}|{_WHOLE_DAY})\b)"
        ),
        _weekday,
    ),
    Rule("date", re.compile(rf"(?P<day>{_DAY})(?P<short>\.)(?P<slash>/)(?={_DAY}\b)"), _day_or_day),
    Rule(
        "date",
        re.compile(
            rf"(?P<day>{_SMALL_DAY})(?P<short>\.?)(?P<dash>)(?=,?\s(?:{MONTH}|{SMALL_MONTH})\.?\s\d|,?\s\(?\d{{1,2}}/\d|\s\d{{1,2}}\s(?:{MONTH}|{SMALL_MONTH})\b)"
        ),
        _weekday,
    ),
    Rule("date", re.compile(rf"(?P<day>{_DAY})(?!\w){_MARKS_A_DAY}(?P<short>\.?)(?P<dash>)"), _weekday),
    Rule("date", re.compile(rf"(?<=[-–—/])(?P<day>{_DAY})(?P<short>\.?)(?P<dash>)(?!\w)"), _weekday),
    Rule("date", re.compile(r"(?P<day>Sat|Sun|Mon|Tues?|Wed|Thu(?:rs?)?|Fri)(?P<short>\.?)(?P<dash>)(?!\w)"), _day_off),
    Rule(
        "date",
        re.compile(
            r"(?P<first>M|Tu?|W|Th)\s?[-–]\s?(?P<last>W|Th|F|Sa|Su|S)(?=[,:]?\s(?:from\s|at\s)?\d|[,;]?\s*$|\s(?:&|and)\s)"
        ),
        _days_of_work,
    ),
    Rule("date", re.compile(r"(?:TTh|TuTh|MWF|MW|TR)(?=\s\d)"), _course_days),
    Rule("date", re.compile(r"(?:M/W/F|M/W|W/F|Tu?/Th|T/R|M/T/W/Th/F|M/F(?=\s\d))(?![\w/])"), _course_days),
)
