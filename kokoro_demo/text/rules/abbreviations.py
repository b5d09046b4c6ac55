"""Abbreviations from the table: titles, companies, Latin, months; see also `ambiguous_abbreviations`.

A sentence that ends with an abbreviation keeps its full stop.
"""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before, like
from kokoro_demo.text.rules.abbreviation_tables import (
    BEFORE_NUMBER,
    CAPITAL_ONLY,
    NOT_AT_END,
    NUMBERED,
    SLASHED,
    TITLES,
    TITLES_ALONE,
    TITLES_WITHOUT_STOP,
    WITHOUT_STOP,
    WORDS,
)
from kokoro_demo.text.rules.sentences import ends_sentence, full_stop_kept
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, words

_DIGIT_AFTER = re.compile(r"\s?\(?\d")
_NUMBER_AFTER = re.compile(r"\s?\(?#?(?:\d|[IVXLC]+\b|[ivxlc]+\b)")  # in digits or Roman
_SECTION_NUMBER_AFTER = re.compile(r"\s?\(?(?:\d|[IVX]{2,6}\b|[IVX](?=[-.][A-Z\d]))")

_NAME_AFTER = re.compile(r"\s*[A-Z(“]")
_CLAUSE_CONTINUES = re.compile(r"\s\d|[,;:)]")
_OFFICE_AFTER = re.compile(r"\sof\s(?:the\s)?[A-Z]")  # "Sec. of State"
_FULL_NAME_AFTER = re.compile(r"\s(?!Up\b|Your\b)[A-Z][a-z]|\s(?:[A-Z]\.?\s){1,3}[A-Z][a-z]")  # "Gen Lee", not "Gen Z"
_NAME_BEFORE = re.compile(r"[A-Z][\w'’]*\.?,?\s\Z")
_TITLES_BEFORE_FULL_NAME = frozenset("rev gen col cpl maj cmdr cdr supt insp det adm brig".split())
_RANKS_ALONE = frozenset("lt sgt cpl pvt cmdr cdr supt insp".split())  # "the Lt. said"


def _read_title(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Prof. Brown", "Mr Smith"; "Hon." is spelled out by the country's spelling."""
    written, title, end = match["word"], match["word"].lower(), match.end()
    text, stop = match.string, match["stop"]
    if title not in TITLES or not (stop or title in TITLES_WITHOUT_STOP):
        return None
    if title in NUMBERED:
        number = {"pt": _NUMBER_AFTER, "sec": _SECTION_NUMBER_AFTER}.get(title, _DIGIT_AFTER)
        if number.match(text, end):  # "Sec. 2"
            return None
    if not stop and title in _TITLES_BEFORE_FULL_NAME and not _FULL_NAME_AFTER.match(text, end):
        return None
    if title == "sr" and (not stop or before(match, _NAME_BEFORE)):
        return None
    spoken = "Honourable" if title == "hon" and context.british else TITLES[title]
    capital = written[0].isupper()
    named = _OFFICE_AFTER.match(text, end) or _NAME_AFTER.match(text, end)
    if capital and (named or (stop and _CLAUSE_CONTINUES.match(text, end))):
        return RuleResult(words(spoken), end, "title")
    if stop and (title in TITLES_ALONE or (capital and title in _RANKS_ALONE)):
        return RuleResult(words(spoken, match.start(), end), full_stop_kept(match), "title")
    return None


_YEAR_AFTER = re.compile(r"\s?(?:\d{1,2},)?\d{3,4}\b")
_YEAR_OR_DAY_AFTER = re.compile(
    r"""
    \s?\d{3,4}\b  # "b. 1970"
    | \s(?:\d{1,2}\s)? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?,?\s\d  # "b. 3 May 1970"
    """,
    re.VERBOSE,
)
_INITIALS = frozenset("bdrc")  # one letter, which in capitals is an author's initial: "Abbott, B. 2008"
_ROMAN_TOO = frozenset(("pp", "pt", "sc"))  # the short ones that Roman numerals may follow: "pt. II"


def _read_numbered(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "No. 5", "pp. 3", "c. 1850", "fig. IV"; Britons write "No 10"."""
    written, noun, end = match["word"], match["word"].lower(), match.end()
    if written.isupper() and noun in _INITIALS:
        return None
    if noun not in NUMBERED or not (match["stop"] or noun in ("nos", "pp") or (context.british and written == "No")):
        return None
    if noun in ("b", "d"):
        number = _YEAR_OR_DAY_AFTER
    elif noun in ("c", "r", "fl", "est"):
        number = _YEAR_AFTER
    elif noun == "sec":
        number = _SECTION_NUMBER_AFTER
    elif len(noun) < 3 and noun not in _ROMAN_TOO:
        number = _DIGIT_AFTER
    else:
        number = _NUMBER_AFTER
    if not number.match(match.string, end):
        return None
    return RuleResult(words(like(written, NUMBERED[noun]) if len(written) > 1 else NUMBERED[noun]), end)


_ONE_BEFORE = re.compile(r"\b(?:per|an?|one|each)\s\Z", re.I)
_SINGULAR = {"oz": "ounce", "lb": "pound", "gal": "gallon"}
_NEVER_AT_END = frozenset("vs v cf viz approx".split())  # a sentence never ends with these
_DIGIT_BEFORE = re.compile(r"\d\s\Z")
_ORDINAL_BEFORE = re.compile(r"\d(?:st|nd|rd|th|d)\s\Z")


def _read_word(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "etc.", "Inc.", "vs"."""
    written, short, end = match["word"], match["word"].lower(), match.end()
    if short not in WORDS or not (match["stop"] or written in WITHOUT_STOP):
        return None
    capital = written[0].isupper()
    if (capital and short == "v") or (not capital and short in CAPITAL_ONLY):
        return None
    if written == "HR" or (written == "CT" and before(match, _DIGIT_BEFORE)):  # "a 2-run HR.", "8-5 CT."
        return None
    if not (written.isupper() or written[1:].islower() or len(written) < 2):  # "HRs"
        return None
    if short in BEFORE_NUMBER and not _NUMBER_AFTER.match(match.string, end):
        return None
    may_end = match["stop"] != "" and short not in _NEVER_AT_END
    ends = may_end and ends_sentence(match.string, end, names=short not in ("etc", "al"))
    if ends and short in NOT_AT_END and not (short == "ed" and before(match, _ORDINAL_BEFORE)):  # "2nd ed."
        return None
    spoken = _SINGULAR[short] if short in _SINGULAR and before(match, _ONE_BEFORE) else WORDS[short]
    return RuleResult(words(like(written, spoken), match.start(), end), end - 1 if ends else end)


def _read_abbreviation(match: re.Match[str], context: Context) -> RuleResult | None:
    return _read_title(match, context) or _read_numbered(match, context) or _read_word(match, context)


def _read_possessive(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Jr.'s", "Acme Inc.'s"."""
    short = match["word"].lower()
    spoken = WORDS.get(short) or TITLES.get(short)
    return RuleResult(words(f"{like(match['word'], spoken)}'s"), match.end()) if spoken else None


def _read_slashed(match: re.Match[str], context: Context) -> RuleResult:
    """Read "w/ milk", "n/a"."""
    short = match.group().lower()
    return RuleResult(letters("NA") if short == "n/a" else words(SLASHED[short]), match.end())


POSSESSIVE = Rule("abbreviation", re.compile(r"(?P<word>[A-Za-z]{2,6})\.['’]s(?!\w)"), _read_possessive)
RULES = (
    Rule(
        "abbreviation", re.compile(r"w/o(?:ut)?\b|w/(?=\s|\w{2})|(?:[cC]/o|b/c|b/w|w/e)\b|n/a\b|N/A\b"), _read_slashed
    ),
    Rule(
        "abbreviation", re.compile(r"(?P<word>[A-Za-z]{1,6})(?P<stop>\.?)(?![A-Za-z_'@]|(?<!\.)\d)"), _read_abbreviation
    ),
)
