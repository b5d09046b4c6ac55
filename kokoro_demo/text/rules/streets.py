"""Places: "St." is a saint or a street, "Dr." a doctor or a drive, and "TX" a state with its ZIP code."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, listed
from kokoro_demo.text.rules import figures
from kokoro_demo.text.rules.abbreviation_tables import STATES
from kokoro_demo.text.rules.sentences import STARTERS, ends_sentence, full_stop_kept
from kokoro_demo.text.scanner import Place, Rule, RuleResult, letters, words

_NAME = re.compile(r"\b([A-Z][a-z'’]+|\d+(?:st|nd|rd|th))\s\Z")
_BEFORE_SAINT = listed(
    "Rue Mont Mount Mt Port Fort Ft Lake East West North South Sault Upper Lower Old New Great Cape Point",
    "Saint Cathedral",
)
_CAPITAL_NEXT = re.compile(r"\s+[A-Z]")
_OPENS_SENTENCE = re.compile(r"(?:^|[.!?\n]\s{0,2}[“(]?)[A-Z][a-z'’]+\s\Z")
_HOUSE = re.compile(r"\b\d{1,5}\s(?:[NSEW]\.?\s|[A-Z][a-z]+\.?\s){0,3}\Z")


def _is_street(match: re.Match[str], capital: bool) -> bool:
    """Whether the name before makes it a street; `capital`: whether a name follows too.

    "Visit St. Louis" opens a sentence with its verb; "on Elm St. Louis waited" does not. A doctor's name follows a
    drive only after a house number.
    """
    name = _NAME.search(match.string, max(0, match.start() - 30), match.start())
    if not name or name[1].lower() in STARTERS or name[1] in _BEFORE_SAINT:
        return False
    if not capital or (match["stop"] and ends_sentence(match.string, match.end(), names=True)):
        return True
    if match["word"][0] == "S":
        return not before(match, _OPENS_SENTENCE, 34)
    return match["stop"] != "" and before(match, _HOUSE, 60)


def _saint_or_street(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "St. John", "Elm St.", "Dr. Lee", "Hill Dr."."""
    street, title = ("Street", "Saint") if match["word"][0] == "S" else ("Drive", "Doctor")
    capital = _CAPITAL_NEXT.match(match.string, match.end()) is not None
    if _is_street(match, capital):
        return RuleResult(words(street, *match.span()), full_stop_kept(match, names=True))
    if capital:
        return RuleResult(words(title), match.end(), "title")
    return RuleResult(words(title, *match.span()), full_stop_kept(match), "title") if match["stop"] else None


def _state(match: re.Match[str], place: Place) -> RuleResult:
    """ "Austin, TX 78701"."""
    state = STATES[match["state"]]
    said = letters(state, *match.span("state")) if state == "DC" else words(state, *match.span("state"))
    if match["zip"]:
        said += words(figures.one_by_one(match["zip"]), *match.span("zip"))
    return RuleResult(said, match.end())


def _compass(match: re.Match[str], place: Place) -> RuleResult:
    """The "N." of "123 N. Main St." and of "N. Korea"."""
    return RuleResult(words({"N": "North", "S": "South", "E": "East", "W": "West"}[match["point"]]), match.end())


_LANDS = any_of(
    "Korea America Africa Carolina Dakota Ireland Yorkshire Virginia Asia Europe Sudan Germany Timor Sussex"
)
RULES = (
    Rule(
        "street", re.compile(rf"(?P<point>[NSEW])(?:\.(?=\s{_LANDS}\b)|(?<=\d\s[NSEW])\.?(?=\s[A-Z][a-z]))"), _compass
    ),
    Rule("street", re.compile(r"(?P<word>St|Dr|ST|DR)(?P<stop>\.|)(?![\w.'])"), _saint_or_street),
    Rule(
        "state",
        re.compile(
            rf"(?<=[a-z], )(?P<state>{any_of(*STATES)})"
            r"(?:\s(?P<zip>\d{5})(?!\d|[.,]\d)|(?=[,.;:)]|\s*$|\s(?!\w)|\s[a-z]))"
        ),
        _state,
    ),
)
