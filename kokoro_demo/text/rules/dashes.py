"""Dashes and hyphens around numbers and names: a pause, "minus", "to", or silent.

A dash after a word is a pause, whatever follows it: a number, a price, a time. It is "minus" only in a sum or as the
sign of a number, "to" only in a range, and silent in a designation ("F - 15").
"""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules.amounts import read_amount
from kokoro_demo.text.rules.surroundings import ODDS, is_designation, is_sum
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, words

_WORD_BEFORE = re.compile(r"\w+\Z")
_NUMBER_BEFORE = re.compile(r"(?<![\w.,:/-])(?P<sign>[$€£]?)(?P<number>\d{1,12}(?:,\d{3})*(?:\.\d+)?)[%°]?\s?\Z")
_VARIABLE = re.compile(r"(?<![\w'])[b-hj-z]\s?\Z")
_CAPITAL_LETTER = re.compile(r"(?<![\w'.])[A-Z]\s?\Z")
_LETTERED = re.compile(
    r"\b(?:plan|option|vitamin|grade|team|group|class|type|section|part|point|step|answer|day|exhibit|hepatitis)\s[A-Z]\s?\Z",
    re.I,
)
_TYPE = re.compile(r"\b(?:[A-Z][a-z]{0,3}[A-Z]|COVID|SARS|Covid|Apollo|Voyager)\s\Z")
_LONGER = re.compile(r"[:/]\d|-\d|\s[AaPp]\.?[Mm]\b|st\b|nd\b|rd\b|th\b")
_COUNTED = re.compile(r"\s(?:[a-z]{3,12}\s)?[a-z]{3,}s\b")
_SCORED = re.compile(
    r"\b(?:[A-Z]\w+|won|win|wins|lost|lose|beat|beats|draw|drew|score|scored|lead|led|leading)\s\d{1,3}\s?\Z"
)
_SCORED_AFTER = re.compile(
    r"\s?(?:[.,;)]|$)|\s(?:[A-Z]|win|victory|defeat|loss|lead|draw|against|over|at|in|on|to|for|up)"
)
_NAMES_BEFORE = re.compile(r"[a-z,'’&)]\s[A-Z][a-z]+\s\d{1,4}\s?\Z")
_UNITS = re.compile(r"[°%′″]\Z")


def _pause(match: re.Match[str]) -> RuleResult:
    return RuleResult([Piece("—", "punctuation")], match.start() + 1, "dash")


def _say(word: str, match: re.Match[str]) -> RuleResult:
    return RuleResult(words(word), match.start() + 1, "minus" if word == "minus" else "range")


def _spaced(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a dash before a space and a number: "rule - 3 strikes", "5 - 3 = 2", "F - 15"."""
    text, start, end = context.text, match.start(), match.end()
    reach = max(0, start - 40)
    number = _NUMBER_BEFORE.search(text, reach, start)
    if (number or _VARIABLE.search(text, reach, start)) and is_sum(text, start, end):
        return _say("minus", match)
    if number:
        return _between_numbers(match, number, context)
    letter = _CAPITAL_LETTER.search(text, reach, start) and not _LETTERED.search(text, reach, start)
    if letter or not text[start - 1].isspace() or _TYPE.search(text, reach, start):  # "F - 15", "Hoxb- 1"
        return RuleResult([], end, "designation")
    if _VARIABLE.search(text, reach, start) and not _LETTERED.search(text, reach, start):
        return _say("minus", match)
    return _pause(match)


def _between_numbers(match: re.Match[str], number: re.Match[str], context: Context) -> RuleResult:
    """Read the dash of "3 - 5 days", a range, of "Season 2 - 10 episodes", a pause, and of "2 - 1", maybe a score."""
    text = context.text
    second = read_amount(text, match.end("gap"), context.british)
    if second is None or not second.value or _LONGER.match(text, second.end):
        return _pause(match)
    low, high = float(number["number"].replace(",", "")[:40]), float(second.value[:40])
    if names_a_thing(text, number.start(), match.start(), second.end):
        return _pause(match)
    if high > low or _CITED.match(text, second.end):
        return _say("to", match)
    if max(low, high) < 200 and not _COUNTED.match(text, second.end):
        reach = max(0, match.start() - 24)
        if _SCORED.search(text, reach, match.start()) or _SCORED_AFTER.match(text, second.end):
            return _say("to", match)
    return _pause(match)


def names_a_thing(text: str, start: int, dash: int, end: int) -> bool:
    """Whether the first number is a name and the second a count: "Season 2 - 10 episodes".

    start, dash: where the first number and the dash begin. end: where the second number ends.
    """
    if not _COUNTED.match(text, end):
        return False
    if is_designation(text, start):
        return _PLURAL.search(text, max(0, start - 9), start) is None
    return _NAMES_BEFORE.search(text, max(0, dash - 40), dash) is not None


_CITED = re.compile(r" ?\( ?(?:1[5-9]|20)\d\d ?\) ?:")  # "331.1 - 3 (2003): 5"
_PLURAL = re.compile(r"(?<![wW]indow)s\s\Z")


def _of_parts(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the dash of "Figs. 3A-C"."""
    return _to(match, context) if _PARTED.search(match.string, max(0, match.start() - 16), match.start()) else None


_PARTED = re.compile(
    r"\b(?:[Ff]ig(?:ure)?s?|[Tt]ables?|[Pp]lates?|[Pp]anels?|[Ee]xhibits?|[Ii]tems?|[Qq]uestions?)\.?\s\d+[A-Z]\Z"
)


def _sign(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the sign of a number, "-5 degrees"; "212 -221" is a range, and "Lunch -12:30" a pause."""
    text, start = context.text, match.start()
    number = _NUMBER_BEFORE.search(text, max(0, start - 24), start)
    amount = read_amount(text, match.end(), context.british)
    if amount is None:  # a price follows
        return _say("minus", match)
    if number and amount.value and not is_sum(text, start, match.end()):
        if float(amount.value[:40]) > float(number["number"].replace(",", "")[:40]):
            return _say("to", match)
    elif _CLOCK.match(text, match.end()):
        return _pause(match)
    return _say("minus", match)


_CLOCK = re.compile(r"\d{1,2}:\d\d")


def _minus(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult(words("minus"), match.end(), "minus")


def _to(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult(words("to"), match.end(), "range")


def _odds(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "odds of 7-2", "a 5-1 favorite"."""
    text = match.string
    number = _NUMBER_BEFORE.search(text, max(0, match.start() - 4), match.start())
    offered = number and ODDS.search(text, max(0, number.start() - 16), number.start())
    if not offered and not (number and _FAVOURITE.match(text, match.end("low"))):
        return None
    return RuleResult(words("to"), match.start("low"), "odds")


_FAVOURITE = re.compile(r"\s(?:favou?rites?|shot|outsiders?|odds|long\s?shot)\b")


def _series(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the dash of "Q1-Q3", a range; not of "R2-D2", a name."""
    previous = _OF_SERIES.search(match.string, max(0, match.start() - 8), match.start())
    return _to(match, context) if previous and previous["series"] == match["series"] else None


_OF_SERIES = re.compile(r"(?<![A-Za-z])(?P<series>[A-Za-z]{1,2})\d{1,4}\Z")


_SPAN = r"(?:hours?|hrs?|h|minutes?|mins?|seconds?|secs?|days?|weeks?|wks?|months?|mos?|years?|yrs?)"
_SPAN_BEFORE = re.compile(rf"\d ?{_SPAN}\.?\Z")


def _of_measures(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "30 mins-2 hrs"."""
    return _to(match, context) if _SPAN_BEFORE.search(match.string, max(0, match.start() - 12), match.start()) else None


def _score(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "112-108", "98-95": a score of many points has a "to"; "7-6" has none."""
    score = _SCORE_BEFORE.search(match.string, max(0, match.start() - 4), match.start())
    voted = _VOTED.search(match.string, max(0, match.start() - 28), match.start())
    if voted and int(voted["won"]) >= int(match["low"]):  # "passed 52-48"
        return RuleResult(words("to"), match.start("low"), "score")
    if not score or not 40 <= int(match["low"]) < int(score.group()) < 200:
        return None
    return RuleResult(words("to"), match.start("low"), "score")


_VOTED = re.compile(
    r"\b(?:votes?|voted|vot(?:e|ing)\sof|passed|approved|rejected|confirmed|ratified|majority\sof|split)\s"
    r"(?:was\s|by\s|of\s|is\s|it\s|an?\s)?(?P<won>\d{1,3})\Z"
)
_SCORE_BEFORE = re.compile(r"(?<![^\W_])(?:[6-9]\d|1\d\d)\Z")


def _en_dash(match: re.Match[str], context: Context) -> RuleResult:
    """Read an en dash: "to" between names or numbers, "Q1–Q3", "London–Paris"; a pause between other words."""
    word = _WORD_BEFORE.search(match.string, max(0, match.start() - 24), match.start())
    left, right = word.group() if word else "", match.string[match.end()]
    name = left[:1].isupper() or any(character.isdigit() for character in left)
    if right.isdigit() or (name and (right.isupper() or len(left) < 3)):
        return _to(match, context)
    return _pause(match)


_ALGEBRA = re.compile(r"\s\(?(?:\d{0,4}[a-zA-Z](?![\w'])|\d)")
_TERM = re.compile(r"(?<![\w'])(?:\d{0,4}[a-zA-Z][²³]?|\d{1,6}|\))\s\Z|\)\s\Z")
_FORMULA_AFTER = re.compile(r"[\sa-zA-Z\d()^+*/²³−-]{1,24}=")


def _variables(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the minus of an equation with variables: "x - y = 3"."""
    text, start, end = context.text, match.start(), match.end()
    if not (_ALGEBRA.match(text, end) and _TERM.search(text, max(0, start - 12), start)):
        return None
    if not (_FORMULA_AFTER.match(text, end) or "=" in text[max(0, start - 12) : start]):
        return None
    return _say("minus", match)


def _suspended(match: re.Match[str], context: Context) -> RuleResult:
    """Leave out the hyphens of "5- to 7-day" and "short-, medium- and long-term", which end a word but no clause."""
    return RuleResult([], match.end(), "hyphen")


def _after_prefix(match: re.Match[str], context: Context) -> RuleResult | None:
    """Leave out the hyphen of "pre- and postwar"."""
    return _suspended(match, context) if before(match, _PREFIX) else None


_JOINED_WITH = r"(?:and/or|and|or|to|through|versus|vs\.?|but\snot)"
_NEXT_JOINED = rf"(?:,?\s{_JOINED_WITH}|,)\s"
_PREFIX = re.compile(
    r"\b" + any_of("pre post over under inter intra anti pro macro micro mono sub hyper hypo extra multi") + r"\Z", re.I
)
_NEXT_NUMBER = r"[$€£¥₹]?\.?\d"
_SERIES = any_of("Q H A B C D E F G S T M P R V X Y Ch EP")
RULES = (
    Rule(
        "hyphen",
        re.compile(rf"(?<=\w)-(?={_NEXT_JOINED}(?:[\w$]+-{_NEXT_JOINED}){{0,3}}[\w$]+-[^\W_])"),
        _suspended,
    ),
    Rule("hyphen", re.compile(rf"(?<=[A-Za-z])-(?=\s{_JOINED_WITH}\s[a-z]{{5,}})"), _after_prefix),
    Rule("minus", re.compile(rf"−(?=\s?{_NEXT_NUMBER})|(?<=\w\s)−(?=\s\w)|−"), _minus),
    Rule("range", re.compile(r"(?<=\d\))[-–](?=\(\d)|(?<=\d{4})-(?=\d\d\s?=\s?100\b)"), _to),
    Rule("minus", re.compile(r"(?<=\d)-(?=\d{1,9}(?:\.\d{1,9})?\s?=)"), _minus),
    Rule("range", re.compile(r"(?<=\d{4})[-–](?='\d\d(?!\d))|(?<=\d)[-–] ?(?=ca?\. ?\d)"), _to),
    Rule(
        "range",
        re.compile(
            r"(?:(?<=\bBC )|(?<=\bBCE )|(?<=\bBC)|(?<=\bBCE)|(?<=B\.C\. ))[-–—] ?"
            r"(?=(?:AD|A\.D\.|CE)\b|\d{1,4} ?(?:BC|AD|CE))"
        ),
        _to,
    ),
    Rule("minus", re.compile(r"(?<=[a-zA-Z\d)²³]\s)[-–](?=\s)"), _variables),
    Rule("minus", re.compile(r"(?<=\b[A-F])-(?=[\s.,;:!?)]|$)(?!\s\d)"), _minus),
    Rule("dash", re.compile(rf"(?:(?<=\S)|(?<=\s))[-–—](?P<gap>\s)(?={_NEXT_NUMBER})(?<![-–—]..)"), _spaced),
    Rule("minus", re.compile(rf"(?<![\w)%°′″\]”])[-–](?={_NEXT_NUMBER})(?<![-–—].)"), _sign),
    Rule("range", re.compile(r"(?<=\d/\d)[-–](?=\d{1,2}/\d{1,2}(?![\d/]))"), _to),
    Rule("range", re.compile(r"(?<=[%°′″])[-–—](?=[$€£]?\.?\d)"), _to),
    Rule("range", re.compile(rf"(?<=\d)-(?=(?P<series>{_SERIES})\d{{1,2}}(?!\w))"), _series),
    Rule("range", re.compile(r"(?<=\ds)-(?=\d0s(?!\w))"), _to),
    Rule("range", re.compile(rf"-(?=\d{{1,3}} ?{_SPAN}(?!\w))"), _of_measures),
    Rule("odds", re.compile(r"(?<=\d)-(?P<low>\d{1,2})(?![\w-]|[.,:/]\d)"), _odds),
    Rule("score", re.compile(r"-(?P<low>(?:[1-9]\d|1\d\d))(?![\w-]|[.,:/]\d)"), _score),
    Rule("range", re.compile(r"(?<=/\d{4})\s?[-–]\s?(?=(?:1[0-2]|0?[1-9])/\d{4}(?![\d/]))"), _to),
    Rule("range", re.compile(r"(?<=\bA)[-–](?=Z(?![\w-]))|(?<=\d0['’]s)[-–](?=['’]?\d0['’]?s)"), _to),
    Rule("range", re.compile(r"(?<=\d/\d\d)[-–](?=\d{1,2}/\d{1,2}/\d)|(?<=/\d{4})[-–](?=\d{1,2}/\d{1,2}/\d)"), _to),
    Rule(
        "range",
        re.compile(
            r"(?:(?<=[ap]\.m\.)|(?<=[ap]m)|(?<=\d))[-–](?=(?:noon|midnight)\b)|(?<=[Nn]oon)[-–](?=\d)|(?<=[Mm]idnight)[-–](?=\d)"
        ),
        _to,
    ),
    Rule("range", re.compile(r"(?<=\d[A-Z])[-–](?=[A-Z](?![\w-]))"), _of_parts),
    Rule(
        "range",
        re.compile(r"(?:(?<=\bXS)|(?<=\bXXS)|(?<=\bS)|(?<=\bM))[-–](?=(?:[2-6]?X{1,3}L|L)(?![\w-]))"),
        _to,
    ),
    Rule("dash", re.compile(r"(?<=\w)–(?=\w)"), _en_dash),
)
