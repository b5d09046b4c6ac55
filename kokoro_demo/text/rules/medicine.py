"""Notes of doctors and nurses: doses, findings and short forms."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, words

_SHORT = {
    "s/p": "status post", "f/u": "follow up", "F/U": "follow up", "h/o": "history of", "d/c": "discontinue",
    "D/C": "discharge",
    "r/o": "rule out", "qd": "every day", "QD": "every day", "qhs": "at bedtime", "QHS": "at bedtime",
    "hx": "history", "Hx": "history", "dx": "diagnosis", "Dx": "diagnosis",
    "sx": "symptoms", "Sx": "symptoms", "pt": "patient", "Pt": "patient", "pts": "patients", "Pts": "patients",
}  # fmt: skip
# Outside a doctor's note, these are words or stand for something else.
_AMBIGUOUS = frozenset(("pt", "Pt", "pts", "Pts", "d/c", "D/C", "dx", "qd", "r/o", "h/o", "sx", "Sx"))
_NOTE = re.compile(
    r"\b(?:patients?|[Pp]t\.?|mg|mcg|BP|HR|RR|SpO2|[Hh]x|[Dd]x|Rx|PRN|prn|PO|BID|TID|QID|q\d{1,2}h|y/o|yo|ER|ED|ICU|IV|CT"
    r"|MRI|ECG|EKG|labs?|surgery|symptoms?|denies|presents?|presented|admitted|discharged?|fever|pain|allerg\w+|meds?|tablets?"
    r"|tab|caps?|dose|daily|clinic|diagnos\w+|chronic|acute)\b"
)
_LETTERS = frozenset(("BID", "TID", "QID", "SOB", "PO", "NPO", "TIA", "MI", "CAD", "DOB", "ROM", "AMA", "COPD", "CHF"))


def _is_note(match: re.Match[str]) -> bool:
    text = match.string
    return (
        _NOTE.search(text, max(0, match.start() - 80), match.start()) is not None
        or _NOTE.search(text, match.end(), min(len(text), match.end() + 80)) is not None
    )


def _short(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "s/p" and "hx", and "pt" if it is near other words of a note."""
    word = match["word"]
    if word in _AMBIGUOUS and not (
        _is_note(match) and not before(match, _AFTER_DIGIT) and not _NAMES.match(match.string, match.end())
    ):
        return None
    return RuleResult(words(_SHORT[word]), match.end())


_NAMES = re.compile(r"\.?\s(?:[A-Z\d])")  # "Pt. Reyes", "Pt. 2"
_AFTER_DIGIT = re.compile(r"\d\s?\Z")


def _named(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "PO BID", "SOB" as letters in a note, although they could be pronounced as words."""
    return RuleResult(letters(match.group()), match.end()) if _is_note(match) else None


def _for_days(match: re.Match[str], context: Context) -> RuleResult:
    """Read "x 10 days", "x3d": how long."""
    number = number_words.cardinal(match["number"], context.british)
    name = _SPANS[match["span"][0].lower()] if match["span"] not in ("mo", "mos") else "month"
    return RuleResult(words(f"for {number} {name}{'' if match['number'] == '1' else 's'}"), match.end())


_SPANS = {"d": "day", "w": "week", "h": "hour", "m": "month", "y": "year"}


# The short forms that look like ordinary words in small letters.
SMALL = frozenset(word for word in _SHORT if word.isalpha() and word.islower())
LETTER_RULES = (
    Rule(
        "medicine",
        re.compile(
            rf"(?P<word>{'|'.join(sorted(_SHORT, key=len, reverse=True))})(?![\w/'’-])(?:(?<=[a-z])\.(?=\s[a-z\d]))?"
        ),
        _short,
    ),
    Rule("medicine", re.compile(rf"(?:{'|'.join(_LETTERS)})(?!\w)"), _named),
    Rule(
        "medicine",
        re.compile(
            r"[x×]\s?(?P<number>\d{1,3})\s?(?P<span>days?|weeks?|wks?|hours?|hrs?|months?|mos?|years?|yrs?|d|w|h)(?!\w)\.?"
            r"(?<!d\.)"
        ),
        _for_days,
    ),
)
