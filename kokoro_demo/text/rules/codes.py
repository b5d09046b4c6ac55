"""Strings of figures and letters that are names, not counts: telephone numbers, versions, addresses, models."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import LATIN, any_of, before
from kokoro_demo.text.rules import figures
from kokoro_demo.text.rules.initialisms import capitals
from kokoro_demo.text.scanner import Piece, Place, Rule, RuleResult, letters, words

_CALL = re.compile(
    r"\b"
    + any_of(
        r"calls? called calling dial dialed dialled phone phoned tel\.? telephone ring rang text texted fax",
        r"mobile cell contact number reach reached",
    )
    + r"(?:\s(?:us|me|him|her|them))?(?:\s(?:at|on|is|to|the|number))*[\s:]+\Z",
    re.I,
)
_COUNTED = re.compile(r" ?[%°]|\s[a-z]{2,}s\b| ?(?:k?m|kg|lb|ft|mi)\b|,\d")
_EMERGENCY = frozenset(("911", "999", "112", "411", "311", "101", "111", "000"))
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_GROUP = re.compile(r"\d+|[A-Z]{2,}|\+")
_PART = re.compile(r"\d+|[A-Za-z]+|[^\W\d_]+")


def _groups(match: re.Match[str], place: Place) -> RuleResult:
    """Each group of figures one by one, with a comma's breath between groups."""
    said: list[Piece] = []
    start = match.start()
    for group in _GROUP.finditer(match.group()):
        first, last = start + group.start(), start + group.end()
        digits = group.group()
        if said and said[-1].text != "plus":
            said.append(Piece(",", "punctuation", said[-1].end, first))
        if digits == "+":
            said += words("plus", first, last)
        elif digits.isalpha():
            said += capitals(digits, first, last)
        elif digits in ("800", "900"):
            said += words(figures.cardinal(digits, place.british), first, last)
        else:
            said += words(figures.one_by_one(digits), first, last)
    return RuleResult(said, match.end())


def _after_call(match: re.Match[str], place: Place) -> RuleResult | None:
    if match.group() not in _EMERGENCY and "-" not in match.group() and " " not in match.group():
        return None
    counted = len(match.group()) < 7 or _COUNTED.match(match.string, match.end())
    if counted and not before(match, _CALL, 40):
        return None
    return _groups(match, place)


def _address(match: re.Match[str], place: Place) -> RuleResult:
    """ "192.168.0.1" -> "one ninety two dot one sixty eight dot zero dot one"."""
    said = " dot ".join([figures.in_pairs(part) for part in match["address"].split(".")])
    return RuleResult(words(f"{said} colon {figures.in_pairs(match['port'])}" if match["port"] else said), match.end())


def _version(match: re.Match[str], place: Place) -> RuleResult | None:
    """ "v2.0.1" -> "version two point zero point one"."""
    if not match["v"] and _THOUSANDS.fullmatch(match["number"]):
        return None
    parts = [figures.decimal(part, place.british) for part in match["number"].split(".")]
    said = " point ".join(parts)
    return RuleResult(words(f"version {said}" if match["v"] else said), match.end())


def _hyphened(match: re.Match[str], place: Place) -> RuleResult:
    """ "1-2-3" and "978-0-306": short groups as numbers, long ones figure by figure."""
    groups = match.group().split("-")
    long = any(len(group) > 2 for group in groups)
    said = [figures.one_by_one(group) if long else figures.decimal(group, place.british) for group in groups]
    return RuleResult(words(" ".join(said)), match.end())


def _slashed(match: re.Match[str], place: Place) -> RuleResult:
    """ "24/7/365"."""
    return RuleResult(words(" ".join([figures.in_pairs(group) for group in match.group().split("/")])), match.end())


def _name(run: str, start: int, end: int) -> list[Piece]:
    """A run of capitals next to figures: up to three are named, "H2SO4"; more may be a word, "COVID19"."""
    return letters(run, start, end) if len(run) < 4 else capitals(run, start, end)


def _mixed(match: re.Match[str], place: Place) -> RuleResult:
    """ "MP3", "B2B", "A380", "5G", "x86": letters are named unless they make a word, figures as in names."""
    said: list[Piece] = []
    for part in _PART.finditer(match.group()):
        first, last = match.start() + part.start(), match.start() + part.end()
        run = part.group()
        if run.isdecimal():
            said += words(figures.year(run, place.british) if len(run) == 4 else figures.in_pairs(run), first, last)
        elif len(run) == 1:
            said.append(Piece(run, "letters", first, last))
        elif run.isupper() or (len(run) == 2 and run[0].islower()):
            said += _name(run.upper(), first, last)
        else:
            said.append(Piece(run, "word", first, last))
    return RuleResult(said, match.end())


def _seat(match: re.Match[str], place: Place) -> RuleResult | None:
    if not before(match, _SEAT):
        return None
    return _mixed(match, place)


_SEAT = re.compile(
    r"\b"
    + any_of(r"seat gate row flat apartment apt\.? unit room platform class year terminal number section size")
    + r"\s\Z",
    re.I,
)
_SIGN = f"[{LATIN}\\d]"
_MIXED = rf"(?={_SIGN}{{2,40}}(?![^\W_]))(?={_SIGN}*\d)(?={_SIGN}*[{LATIN}]){_SIGN}+"

FIRST = (
    Rule(
        "telephone",
        re.compile(
            r"(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]\d{3}[-. ]\d{4}(?![\d-])"
            r"|1-8\d\d-(?=[A-Z\d-]{7,9}\b)[A-Z\d]+(?:-[A-Z\d]+)?"
            r"|\d{3}-\d\d-\d{4}(?![\d-])"
            r"|\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?!\d)"
            r"|0\d{2,4} \d{3,4} \d{3,4}(?!\d)|0\d{3,4} \d{5,6}(?!\d)|0\d{9,10}(?!\d)"
        ),
        _groups,
    ),
    Rule("telephone", re.compile(r"[2-9]\d\d[- ]\d{4}(?![\d-])|\d{3}(?![\d.,-]\d|\d)"), _after_call),
    Rule(
        "network address",
        re.compile(r"(?P<address>(?:\d{1,3}\.){3}\d{1,3})(?![\d]|\.\d)(?::(?P<port>\d{1,5})(?!\d))?"),
        _address,
    ),
    Rule("version", re.compile(r"(?P<v>)(?P<number>\d+(?:\.\d+){2,6})(?![\d]|\.\d)"), _version),
    Rule("code", re.compile(r"\d{1,9}(?:-\d{1,9}){2,8}(?![\d-])"), _hyphened),
    Rule("code", re.compile(r"\d{1,4}(?:/\d{1,4}){2,8}(?![\d/])"), _slashed),
    Rule("code", re.compile(r"\d{1,3}[A-Z](?!\w)"), _seat),
    Rule("code", re.compile(r"[24568]K(?!\w)|\d{1,3}K(?=\s(?:runs?|races?|walks?|TVs?|videos?|resolution)\b)"), _mixed),
    Rule("code", re.compile(r"(?<=\w-)\d{2,6}[A-Z](?!\w)"), _mixed),
    Rule("code", re.compile(r"0[xX][0-9a-fA-F]{1,16}(?!\w)"), _mixed),
)
MIXED = Rule("code", re.compile(_MIXED), _mixed)
VERSION = Rule(
    "version", re.compile(r"(?P<v>[vV]\.? ?)(?P<number>\d{1,4}(?:\.\d{1,6}){1,6}|\d)(?![\w]|\.\d)"), _version
)
BRACKETED = Rule(
    "telephone",
    re.compile(
        r"\(\d{3}\) ?\d{3}[-. ]\d{4}(?!\d)"
        r"|\(0\d{2,4}\) ?\d{3,4} ?\d{3,4}(?!\d)"
        r"|\+\d{1,3}(?:[ .-]?\(?\d{1,5}\)?){2,6}(?!\d)"
        r"|\+\d{8,15}(?!\d)"
    ),
    _groups,
)
