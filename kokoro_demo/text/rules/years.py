"""Years and decades, "in 1990", "the 1980s", "'99", and how they are told from counts of the same digits."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, word_list
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_MONTH = any_of("january february march april may june july august september october november december")
# Words that show that the number after them is a year, even if a plural follows: "in 1990 apples were cheap".
_BEFORE_YEAR = re.compile(
    rf"\b(?:{_MONTH}|"
    + any_of(
        "in by since of until till from during before after around circa year the to and between late early",
        "mid spring summer autumn fall winter through class (?:late|early|recently|far_back)_as",
    )
    + r"),?[\s-]+\Z",
    re.I,
)

# Before these, 1000 to 1099 are years; elsewhere they are counts.
_SINCE = any_of(
    r"est\. in since from by until till before after around circa ca?\. early late during AD A\.D\.",
    r"years?(?:_(?:is|was|were))?",
)
_OTHER_YEAR_AND = r"(?:in|from|between|since|by|of)\s1\d{3}(?:,\s1\d{3})?,?\s(?:and|or|to|until|till|through)"
_QUANTITIES = ("number", "total", "sum", "average", "height", "length", "crowd", "out", "group")
_OF_NO_QUANTITY = "".join(f"(?<!{quantity} )" for quantity in _QUANTITIES) + "of"
_BEFORE_MEDIEVAL_YEAR = re.compile(rf"\b(?:{_SINCE}|{_OTHER_YEAR_AND}|{_OF_NO_QUANTITY}|{_MONTH})\s\Z", re.I)
_BEFORE_FUTURE_YEAR = re.compile(r"\b(?:by|until|till|in|year|before|after|since)\s\Z", re.I)
# The page and the year in a reference, "56(10): 1091", "1091 (2004)".
_VOLUME_BEFORE = re.compile(r"\d ?\)? ?: ?\Z")
_YEAR_IN_BRACKETS = re.compile(r" ?\( ?(?:1[5-9]|20)\d\d ?\)")

# A plural noun after the digits shows that they are a count.
_NOT_COUNTED = any_of(
    "as this its vs us plus perhaps always across versus towards afterwards census less",
    "unless series edition version season",
    *word_list("verbs_in_s"),
)
_PLURAL_NOUN = rf"(?!{_NOT_COUNTED}\b)[a-z]{{2,}}(?<!s)s"
_COUNTED = re.compile(rf"\s(?:{_PLURAL_NOUN}|{any_of('people men women children more other new different of_the')})\b")
_SURELY_COUNTED = re.compile(rf"\s(?:{_PLURAL_NOUN}|people|men|women|children|more|other|of)\b")


def is_year(match: re.Match[str], digits: str, british: bool) -> bool:
    """Whether four digits are read as a year: "1990" is one, "1990 apples" is a count."""
    if len(digits) != 4:
        return False
    text = match.string
    counted = _COUNTED.match(text, match.end()) is not None and not before(match, _BEFORE_YEAR)
    if "1100" <= digits <= "2099":
        return not counted or (digits.endswith("00") and digits < "2000" and not british)
    surely_counted = _SURELY_COUNTED.match(text, match.end()) is not None
    if "2100" <= digits <= "2199" and before(match, _BEFORE_FUTURE_YEAR, 12) and not surely_counted:
        return True
    if "1000" <= digits < "1100":
        cited = before(match, _VOLUME_BEFORE, 12) or _YEAR_IN_BRACKETS.match(text, match.end()) is not None
        return (cited or before(match, _BEFORE_MEDIEVAL_YEAR, 40)) and not surely_counted
    # Americans read a round hundred that stands alone as "twenty two hundred".
    return not british and digits.endswith("00") and digits[1] != "0" and text.strip(" .") == digits


_ROUND = {"100": "hundreds", "1000": "thousands", "10000": "tens of thousands", "100000": "hundreds of thousands"}
# After these, "30s" is a time in seconds.
_BEFORE_SECONDS = re.compile(
    r"\b" + any_of("for after every wait takes? took within lasts? lasted timeout:? about least only =") + r"\s*\Z",
    re.I,
)


def _read_decade(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "1990s", "80s", "747s"; not the "30s" of "for 30s", which `units` reads as seconds."""
    digits = match["digits"].replace(",", "")
    if digits in _ROUND:
        return RuleResult(words(_ROUND[digits]), match.end())
    if len(digits) == 2 and digits[0] in "123456" and before(match, _BEFORE_SECONDS):
        return None
    if len(digits) == 4:
        spoken = number_words.plural(number_words.year(digits, False))
    elif len(digits) == 2 or len(digits) > 4 or digits.endswith("00"):
        spoken = number_words.plural(number_words.cardinal(digits, False))
    else:
        spoken = number_words.plural(number_words.in_pairs(digits))
    return RuleResult(words(spoken), match.end())


def _read_short_year(match: re.Match[str], context: Context) -> RuleResult:
    """Read '80s, '99."""
    digits = match["digits"]
    if digits == "00":
        spoken = "two thousand"
    elif digits[0] == "0":
        spoken = number_words.pair(digits)
    else:
        spoken = number_words.cardinal(digits, False)
    if match["s"]:
        spoken = number_words.plural(spoken)
    return RuleResult(words(spoken), match.end())


DECADES = (
    Rule(
        "decade",
        re.compile(
            r"""
            (?P<digits> \d{1,3},000 | \d{3}0 | \d0 | \d{3} )
            ['’]?s
            (?: ['’](?![A-Za-z]) )?  # the apostrophe of a plural, "the 1980s' music"
            (?!\w)
            """,
            re.VERBOSE,
        ),
        _read_decade,
    ),
    Rule("decade", re.compile(r"(?P<digits>1[1-9]\d0|20\d0) s(?![\w'.])"), _read_decade),
)
SHORT_YEAR = Rule("year", re.compile(r"'(?P<digits>\d\d)(?P<s>'?s)?(?!\w)"), _read_short_year)
