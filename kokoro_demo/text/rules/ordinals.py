"""Ordinals in digits: "21st", "the 3rd-5th", and "2d" and "23d" as lawyers and armies write them."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import after_any, any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_UP_TO_ANOTHER = re.compile(r"(?P<dash>\s?[-–—]\s?)(?P<last>\d{1,3})(?:st|nd|rd|th)\b")
_DETERMINER = re.compile(r"\b(?:the|his|her|our|their|this|my|its)\s\Z", re.I)


def _read_ordinal(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "21st", and the first ordinal of "3rd-5th" with its dash."""
    digits = match["digits"].replace(",", "")
    spoken = words(number_words.ordinal(digits, context.british), match.start(), match.end())
    another = _UP_TO_ANOTHER.match(match.string, match.end())
    if another and int(another["last"]) > int(digits):
        return RuleResult([*spoken, *words("to", *another.span("dash"))], another.end("dash"))
    return RuleResult(spoken, match.end())


def _read_old_ordinal(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "the 23d Dragoons", "2d ed."."""
    if match.string.startswith(" of", match.end()) and not before(match, _DETERMINER):
        return None
    return RuleResult(words(number_words.ordinal(match["digits"], context.british)), match.end())


# Before these, "2d" and "3d" are an old way of writing "2nd" and "3rd".
_IN_SERIES = any_of(
    "regiment cavalry infantry division dragoons battalion corps army brigade artillery battery company guards",
    r"hussars lancers edition ed\. ser\. series sess congress cir\. circuit dep d\. district street st\. ave floor",
    r"bn\b cav\b inf\b div\b regt\b bde\b squadron platoon marines armou?red",
    r"foot fleet lieut duke earl baron lord sunday of_ inst day century time and_\d{1,2}(?:th|st|nd|rd)\b",
)
# After these, in the names of law reports: "Cal. App. 2d".
_AFTER_REPORTER = after_any(r"Supp\. Ed\. App\. Rptr\.")

RULES = (
    Rule(
        "ordinal",
        re.compile(r"(?P<digits>\d{1,3}(?:,\d{3}){1,8}|\d{1,36})(?:st|nd|rd|th|ST|ND|RD|TH)(?![A-Za-z\d])"),
        _read_ordinal,
    ),
    Rule("ordinal", re.compile(rf"(?P<digits>\d?[02-9][23]|[23])d(?=\s(?i:{_IN_SERIES}))"), _read_old_ordinal),
    Rule("ordinal", re.compile(rf"{_AFTER_REPORTER}(?P<digits>[23])d(?!\w)"), _read_ordinal),
)
