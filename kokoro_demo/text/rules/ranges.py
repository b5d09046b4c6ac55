"""Ranges of numbers, "10–20", "1939-45", "9-5"; not scores of a set, room numbers or sums, which look the same."""

from __future__ import annotations

import re

from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.amounts import Amount, read_amount
from kokoro_demo.text.rules.dashes import names_a_thing
from kokoro_demo.text.rules.units import read_unit
from kokoro_demo.text.scanner import Context

_DASH = re.compile(r"(?: ?[–—−] ?|-|\s-\s)(?=[\d.¼½¾⅐-⅞]|[$€£¥]\d)")
_SPACED_DASH = re.compile(r"\s[-–—]\s")
_THIRD_NUMBER = re.compile(r"[-/:]\d|\.\d| ?=")  # "1-2-3", "10-2 = 8"
_ROOM_BEFORE = re.compile(  # "Room 3-112"
    r"\b(?:[Rr]oom|[Rr]m\.?|[Aa]pt\.?|[Aa]partment|[Ss]uite|[Ss]te\.?|[Uu]nit|[Oo]ffice)\s\Z"
)

# Ranges whose second number is smaller: hours of the day, years before Christ, years without their century.
_HOURS_BEFORE = re.compile(
    r"""
    \b (?: [MTWFS][a-z]{2,8}\.?
        | from | open | hours:? | hrs:? | works? | working
        | (?:M|Tu?|W|Th)[-–](?:F|Th|Sa?|Su|W),?
    )
    \s\Z
    """,
    re.VERBOSE,
)
_DAYS_AFTER = re.compile(
    r",? \(?(?:[MTW]h?[-–](?:F|Th|Sa|Su)\b|Mon|Tue|Wed|Thu|Fri|Sat|Sun|weekdays|daily"
    r"|every day|job)"
)  # "9-5, Mon to Fri"
_BEFORE_CHRIST_AFTER = re.compile(r"\sB\.? ?C\b")
_TIME_PASSED_AFTER = re.compile(
    r"\s(?:more\s)?(?:years?|months?|weeks?|days?|hours?|minutes?|people|men|women|children|others)\b"
)

# The other sets of a match, before and after this one: "6-4, 3-6, 7-6".
_TIE_BREAK = r"(?: ?\(\d{1,2}\))?"
_SETS_BEFORE = re.compile(
    rf"(?<![\d.$€£/:-])(\d{{1,2}})[-–](\d{{1,2}}){_TIE_BREAK}(?=, ?(?:(?:\d{{1,2}}[-–]\d{{1,2}}{_TIE_BREAK}, ?)*$))"
)
_SETS_AFTER = re.compile(r"(?<=, )(\d{1,2})[-–](\d{1,2})(?![\d/:-])")
_OPENING_HOURS_BEFORE = re.compile(r"\b(?:hours:?|[Oo]pen|[Mm]on|[Tt]ue|[Ww]ed|[Tt]hu|[Ff]ri|[Ss]at|[Ss]un)\b")
_COUNTED_AFTER = re.compile(r"\s(?:people|[a-z]{3,}s)\b| ?[%$€£]")


def read_range(first: Amount, start: int, context: Context) -> tuple[str, int] | None:
    """Return the words of a range, "ten to twenty", and where it ends; None if no range follows the first amount.

    first: the amount that begins at `start`.
    """
    second = _second_amount(first, start, context)
    return (_range_words(first, second, context), second.end) if second else None


def _second_amount(first: Amount, start: int, context: Context) -> Amount | None:
    """The second number of "10–20", if there is one and it is larger."""
    text = context.text
    dash = _DASH.match(text, first.end)
    if not dash or text[max(0, start - 1) : start] == "-":
        return None
    if "-" in dash.group() and _ROOM_BEFORE.search(text, max(0, start - 12), start):
        return None
    if text[start] == "." and text[max(0, start - 1) : start].isalnum():  # "Qwen2.5-7B"
        return None
    second = read_amount(text, dash.end(), context.british)
    if not second or _THIRD_NUMBER.match(text, second.end):
        return None
    spaced = _SPACED_DASH.match(text, dash.start())
    if spaced and names_a_thing(text, start, dash.start(), second.end):
        return None
    if _is_set_score(text, start, second.end):
        return None
    if not first.value or not second.value or float(second.value[:40]) > float(first.value[:40]):
        return second
    if _is_short_year(first.value, second.value):
        return None if spaced and _TIME_PASSED_AFTER.match(text, second.end) else second  # "1918 - 20 years"
    hours = len(first.value) < 3 and (
        _HOURS_BEFORE.search(text, max(0, start - 12), start) or _DAYS_AFTER.match(text, second.end)
    )
    return second if hours or _BEFORE_CHRIST_AFTER.match(text, second.end) else None


def _is_set_score(text: str, start: int, end: int) -> bool:
    """Whether "3-6" is one of several set scores, at least one of which falls: "won 6-4, 3-6, 7-6"."""
    if _OPENING_HOURS_BEFORE.search(text, max(0, start - 40), start):
        return False
    sets = [*_SETS_BEFORE.findall(text, max(0, start - 32), start), *_SETS_AFTER.findall(text, end, end + 32)]
    return any(int(won) > int(lost) for won, lost in sets)


def _is_year(value: str) -> bool:
    return len(value) == 4 and value.isdecimal() and "1000" <= value <= "2099"


def _is_short_year(first: str, second: str) -> bool:
    """Whether the second year leaves out its century: "1939-45"."""
    return _is_year(first) and len(second) == 2 and second.isdecimal() and second > first[2:]


def _range_words(first: Amount, second: Amount, context: Context) -> str:
    """Return the words of a range: "ten to twenty", "nineteen fourteen to nineteen eighteen"."""
    two_years = _is_year(first.value) and _is_year(second.value) and second.value >= "1100"
    counted = _COUNTED_AFTER.match(context.text, second.end) or read_unit(context.text, second.end, context.british)
    if (two_years and not counted) or _is_short_year(first.value, second.value):
        short = len(second.value) == 2 and second.value[0] == "0"  # "2005-08"
        last = number_words.year(first.value[:2] + second.value if short else second.value, context.british)
        return f"{number_words.year(first.value, context.british)} to {last}"
    return f"{first.words} to {second.words}"
