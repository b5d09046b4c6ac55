"""Notes of doctors and nurses: doses, findings and short forms."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, words

_SHORT = {
    "s/p": "status post", "f/u": "follow up", "F/U": "follow up", "h/o": "history of", "d/c": "discontinue",
    "D/C": "discharge", "c/o": "complaining of",
    "r/o": "rule out", "qd": "every day", "QD": "every day", "qhs": "at bedtime", "QHS": "at bedtime",
    "F/u": "follow up", "fx": "fracture", "hx": "history", "Hx": "history", "dx": "diagnosis", "Dx": "diagnosis",
    "sx": "symptoms", "Sx": "symptoms", "pt": "patient", "Pt": "patient", "pts": "patients", "Pts": "patients",
}  # fmt: skip
# Outside a doctor's note, these are words or stand for something else.
_AMBIGUOUS = frozenset(("pt", "Pt", "pts", "Pts", "d/c", "D/C", "dx", "qd", "r/o", "h/o", "c/o", "sx", "Sx", "fx"))
_NOTE = re.compile(
    r"\b(?:patients?|[Pp]t\.?|\d{1,3}[ -]?y/?o|PMH|HTN|CABG|GERD|T2DM|stenosis|fractures?|vertebra\w*|mg|mcg|BP"
    r"|HR|RR|SpO2|[Hh]x|[Dd]x|Rx|PRN|prn|PO|BID|TID|QID|q\d{1,2}h|y/o|yo|ER|ED|ICU|IV|CT"
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
    if word in _AMBIGUOUS and (
        not _is_note(match) or (word != "fx" and before(match, _AFTER_DIGIT)) or _is_of_a_name(match)
    ):
        return None
    return RuleResult(words(_SHORT[word]), match.end())


def _is_of_a_name(match: re.Match[str]) -> bool:
    """Return whether the match is like "Pt. Reyes", "Pt. 2" or "c/o Mr Lee", and not like "Pt 54F"."""
    name = _NAMES.get(match["word"].lower())
    return name is not None and name.match(match.string, match.end()) is not None


_AGED = r"\d{1,3}[ -]?(?:y/?o\b|y\.o\.|[MF]\b|years?\b|yrs?\b)"
_NAMES = {
    "pt": re.compile(rf"\.?\s(?:[A-Z]|(?!{_AGED})\d)"),
    "c/o": re.compile(r"\s(?:the\s)?(?:[A-Z][a-z]|[A-Z]{2,4}\s(?:dept|department|team|office|desk)\b)|[,.;]"),
}
_AFTER_DIGIT = re.compile(r"\d\s?\Z")


def _named(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "PO BID", "SOB" as letters in a note, although they could be pronounced as words."""
    return RuleResult(letters(match.group()), match.end()) if _is_note(match) else None


def _aged(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Pt 54F", "a 32M presents", "54yo F": the age and sex of a patient."""
    known = match["old"] or before(match, _PATIENT) or _COMES_WITH.match(match.string, match.end())
    if not known or not (match["old"] or _is_note(match)) or int(match["age"]) > 115:
        return None
    age = number_words.cardinal(match["age"], context.british)
    return RuleResult(words(f"{age} year old {'male' if match['sex'] == 'M' else 'female'}"), match.end())


_PATIENT = re.compile(r"\b(?:[Pp]t|[Pp]atient)\.?[,:]?\s(?:(?:is|was)\s)?(?:an?\s)?\Z")
_COMES_WITH = re.compile(
    r",?\s(?:with|w/|c/o|p/w|s/p|h/o|who|presents?|presented|presenting|admitted|complain\w+|denies|reports?|brought"
    r"|found|seen|referred|transferred|status\spost|on\s(?:warfarin|insulin|aspirin))(?!\w)"
)


def _in_blood(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "K+" of "K+ 4.2" and the "Na" of "Na 138, K 4.2": what is measured in a patient's blood."""
    around = match.string[max(0, match.start() - 40) : match.start()], match.string[match.end() : match.end() + 48]
    listed = _LAB.search(around[0]) or _LAB.search(around[1])
    if not listed and not (match["charge"] and "." in match["value"]):
        return None
    return RuleResult(words(_ELECTROLYTES[match["name"]]), match.end())


_ELECTROLYTES = {
    "Na": "sodium", "K": "potassium", "Ca": "calcium", "Mg": "magnesium", "Cl": "chloride", "Li": "lithium",
    "Cr": "creatinine", "Plt": "platelets", "Hct": "hematocrit", "Glu": "glucose", "Phos": "phosphate",
}  # fmt: skip
_LAB = re.compile(
    r"(?<![\w])(?:Na|K|Cl|Ca|Mg|HCO3|CO2|BUN|Cr|Glu|Glucose|Phos|Hgb|Hb|Hct|WBC|Plt)(?:\d?[+-]|\+\+|−)?:?\s(?:of\s)?\d"
)


def _breaths(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "Resp" of "Resp 18, HR 72"."""
    return RuleResult(words("respirations"), match.end()) if _is_note(match) else None


def _for_days(match: re.Match[str], context: Context) -> RuleResult:
    """Read "x 10 days", "x3d": how long."""
    number = number_words.cardinal(match["number"], context.british)
    name = _SPANS[match["span"][0].lower()] if match["span"] not in ("mo", "mos") else "month"
    return RuleResult(words(f"for {number} {name}{'' if match['number'] == '1' else 's'}"), match.end())


_SPANS = {"d": "day", "w": "week", "h": "hour", "m": "month", "y": "year"}


def _by_mouth(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "bid" of "1 g bid" as letters."""
    return RuleResult(letters(match.group().upper()), match.end()) if before(match, _DOSED) else None


_DOSED = re.compile(r"\b(?:\d ?(?:mg|mcg|g|mL|ml|units?)|tabs?|caps?|tablets?|capsules?|PO|po|IV|daily)\s\Z")


def _weeks_and_days(match: re.Match[str], context: Context) -> RuleResult:
    """Read "39w2d"."""
    spoken = []
    for part in ("week", "day"):
        number = match[part].lstrip("0") or "0"
        name = part if number == "1" else f"{part}s"
        spoken += words(f"{number_words.cardinal(number, context.british)} {name}", *match.span(part))
    return RuleResult(spoken, match.end())


# The short forms that look like ordinary words in small letters.
SMALL = frozenset(word for word in _SHORT if word.isalpha() and word.islower())
DIGIT_RULES = (
    Rule("duration", re.compile(r"(?P<week>\d{1,2})w ?(?P<day>[0-6])d(?!\w)"), _weeks_and_days),
    Rule(
        "medicine",
        re.compile(r"(?P<age>\d{1,3})(?P<old>[ -]?(?:y/?o|y\.o\.)[ -]?|)(?P<sex>[MF])(?![\w'’/-]|\.\w)"),
        _aged,
    ),
)
LETTER_RULES = (
    Rule("medicine", re.compile(r"(?:[bt]id|qid)(?!\w)"), _by_mouth),
    Rule(
        "medicine",
        re.compile(
            rf"(?P<name>{'|'.join(_ELECTROLYTES)})(?P<charge>\d?[+-]|\+\+|)(?=:?\s(?:of\s|was\s|is\s)?"
            r"(?P<value>\d{1,3}(?:\.\d{1,2})?)(?![\w%/]))"
        ),
        _in_blood,
    ),
    Rule("medicine", re.compile(r"Resp(?=:?\s\d{1,2}(?!\w))"), _breaths),
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
            r"[x×]\s?(?P<number>\d{1,3})\s?(?P<span>days?|weeks?|wks?|hours?|hrs?|months?|mos?|years?|yrs?|d|w|h)(?!\w)"
            r"(?:(?:(?<=wk)|(?<=hr)|(?<=mo)|(?<=yr)|(?<=ks)|(?<=rs)|(?<=os))\.(?=\s[a-z]|[,;]))?"
        ),
        _for_days,
    ),
)
