"""Digits and letters that are names, not counts: telephone numbers, versions, network addresses, models."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import LATIN, any_of, before
from kokoro_demo.text.rules import british, number_words
from kokoro_demo.text.rules.camel import split_words
from kokoro_demo.text.rules.initialisms import capitals
from kokoro_demo.text.rules.surroundings import is_designation
from kokoro_demo.text.rules.words import camel_part
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, word_rule, words

_CALL = re.compile(
    r"\b"
    + any_of(
        r"calls? called calling dial dialed dialled phone phoned tel\.? telephone ring rang text texted fax",
        r"mobile cell contact number reach reached",
    )
    + r"(?:\s(?:us|me|him|her|them))?(?:\s(?:at|on|is|to|the|number))*[\s:]+\Z",
    re.I,
)
_COUNTED = re.compile(
    r" ?[%°]|\s(?:(?!(?:was|is|has|does|as|always|this|us)\b)[a-z]{2,}s|people)\b| ?(?:k?m|kg|lb|ft|mi)\b|,\d"
)
_EMERGENCY = frozenset(("911", "999", "112", "411", "311", "101", "111", "000"))
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")
_VERSION = re.compile(r"\b(?:versions?|ver\.?|releases?|tag|update)\s\Z", re.I)
_GROUP = re.compile(r"\d+|[A-Z]+|\+")
_PART = re.compile(r"\d+|[A-Za-z]+|[^\W\d_]+")


def _groups(match: re.Match[str], context: Context) -> RuleResult:
    """Read each group of digits one by one, with a comma between groups."""
    spoken: list[Piece] = []
    start = match.start()
    for group in _GROUP.finditer(match.group()):
        first, last = start + group.start(), start + group.end()
        digits = group.group()
        if spoken and spoken[-1].text != "plus" and spoken[-1].end < first:
            spoken.append(Piece(",", "punctuation", spoken[-1].end, first))
        if digits == "+":
            spoken += words("plus", first, last)
        elif digits.isalpha():
            spoken += capitals(digits, first, last)
        elif digits in ("800", "900") and not (context.british and spoken):
            spoken += words(number_words.cardinal(digits, context.british), first, last)
        elif context.british and match.group() not in _EMERGENCY:
            spoken += words(british.telephone_group(digits, not spoken), first, last)
        else:
            spoken += words(number_words.one_by_one(digits), first, last)
    return RuleResult(spoken, match.end())


def _after_call(match: re.Match[str], context: Context) -> RuleResult | None:
    if match.group() not in _EMERGENCY and "-" not in match.group() and " " not in match.group():
        return None
    if before(match, _HELP_LINE):
        return _groups(match, context)
    counted = len(match.group()) < 7 or _COUNTED.match(match.string, match.end())
    if counted and not before(match, _CALL, 40):
        return None
    return _groups(match, context)


def _short_code(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the number in "text HELP to 84840"."""
    return _groups(match, context) if before(match, _TEXTED, 40) else None


_TEXTED = re.compile(
    r"\b(?:[Tt]ext|[Tt]xt)\s\Z|\b[Tt]ext(?:ed|ing)?\s(?:the\sword\s)?[“\"']?[A-Z\d]{2,20}[”\"']?\sto\s\Z"
)


_HELP_LINE = re.compile(r"\b(?:NHS|(?:[Dd]ial|[Cc]all|[Rr]ing) (?:911|999|111|112|101)(?:,| or| and))\s\Z")


def _address(match: re.Match[str], context: Context) -> RuleResult:
    """Read "192.168.0.1" as "one ninety two dot one sixty eight dot zero dot one"."""
    spoken = " dot ".join([number_words.in_pairs(part) for part in match["address"].split(".")])
    return RuleResult(
        words(f"{spoken} colon {number_words.in_pairs(match['port'])}" if match["port"] else spoken), match.end()
    )


def _version(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "v2.0.1" as "version two point zero point one"; not "V8", an engine."""
    if not match["v"] and _THOUSANDS.fullmatch(match["number"]):
        return None
    if match["v"].strip() == "V" and "." not in match["number"]:
        return None
    parts = [number_words.decimal(part, context.british) for part in match["number"].split(".")]
    spoken = " point ".join(parts)
    named = match["v"] and not before(match, _VERSION)
    return RuleResult(words(f"version {spoken}" if named else spoken), match.end())


def _any_release(match: re.Match[str], context: Context) -> RuleResult:
    """Read "CUDA 12.x"."""
    spoken = [number_words.decimal(part, context.british) for part in match["number"].split(".")]
    number = words(" point ".join([*spoken, ""]), match.start(), match.end() - 1)
    return RuleResult([*number, *letters("X", match.end() - 1)], match.end())


def _hyphened(match: re.Match[str], context: Context) -> RuleResult:
    """Read "1-2-3" and "978-0-306": short groups as numbers, long ones digit by digit.

    "49-30-4" gets a comma after the tens, without which it would be heard as "thirty four".
    """
    groups = match.group().split("-")
    long = any(len(group) > 2 for group in groups)
    spoken: list[Piece] = []
    for index, group in enumerate(groups):
        named = number_words.one_by_one(group) if long else number_words.decimal(group, context.british)
        if not long and index and len(group) == 1 and _TENS.fullmatch(groups[index - 1]):
            spoken.append(Piece(",", "punctuation"))
        spoken += words(named)
    return RuleResult(spoken, match.end())


_TENS = re.compile("[2-9]0")


def _slashed(match: re.Match[str], context: Context) -> RuleResult:
    """Read "24/7/365"."""
    return RuleResult(
        words(" ".join([number_words.in_pairs(group) for group in match.group().split("/")])), match.end()
    )


def _name(run: str, start: int, end: int) -> list[Piece]:
    """Read capitals next to digits: up to three are letters, "H2SO4"; more may be a word, "COVID19"."""
    return letters(run, start, end) if len(run) < 4 else capitals(run, start, end)


def _mixed(match: re.Match[str], context: Context) -> RuleResult:
    """Read "MP3", "B2B", "A380", "5G", "x86": letters one by one unless they make a word, digits in pairs."""
    spoken: list[Piece] = []
    for part in _PART.finditer(match.group()):
        first, last = match.start() + part.start(), match.start() + part.end()
        run = part.group()
        if run.isdecimal():
            spoken += words(
                number_words.year(run, context.british) if len(run) == 4 else number_words.in_pairs(run), first, last
            )
        elif len(run) == 1:
            spoken.append(Piece(run, "letters", first, last))
        elif _is_symbol(run):
            spoken += letters(run.upper(), first, last)
        elif run.isupper() or (len(run) == 2 and run[0].islower()):
            spoken += _name(run.upper(), first, last)
        else:
            spoken += [piece for part in split_words(run, first) for piece in camel_part(*part)]
    return RuleResult(spoken, match.end())


def _is_symbol(run: str) -> bool:
    """Whether letters of both cases are named one by one: the SpO of "SpO2", the iOS of "iOS17"."""
    return len(run) < 5 and not run.isupper() and sum(letter.isupper() for letter in run) > 1


def _course(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the number of a course: "MATH 201", "Chem 101L"."""
    if not before(match, _SUBJECT, 16) or _COUNTED.match(context.text, match.end()):
        return None
    spoken = words(number_words.in_pairs(match["number"]), match.start(), match.end("number"))
    return RuleResult(
        [*spoken, *letters(match["letter"], *match.span("letter"))] if match["letter"] else spoken, match.end()
    )


_SUBJECT = re.compile(
    r"\b(?:MATH|PHYS|CHEM|BIOL?|CS|CSE|EECS|ENGL?|HIST|PSYC?H?|ECON|STATS?|PHIL|POLS?|SOC|ACCT|MKTG|FIN|MGMT|ANTH|GEO[GL]"
    r"|ASTR|LING|SPAN|FREN|MUS|ART|EE|ME|Math|Physics|Chem(?:istry)?|Bio(?:logy)?|Econ(?:omics)?|English|History|Psych(?:ology)?"
    r"|Calc(?:ulus)?|Stats|Spanish|French|Philosophy|Sociology)\s\Z"
)


def _lettered(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a number with a letter that belongs to it: "exit 72B", "Form 1040B", "3771A"."""
    number, letter = match["number"], match["letter"]
    street = letter != "N" and _ON_A_STREET.match(context.text, match.end())
    if not (street or is_designation(context.text, match.start()) or (len(number) == 4 and letter in "ABDEGH")):
        return None
    return RuleResult(
        [
            *words(named_number(number), match.start(), match.end("number")),
            Piece(letter, "letters", match.end("number")),
        ],
        match.end(),
    )


def named_number(digits: str) -> str:
    """Read a number that is a name: in pairs if it is round or looks like a year, or else digit by digit."""
    if len(digits) == 4 and not (digits.endswith("0") or "10" <= digits[:2] <= "20"):
        return number_words.one_by_one(digits)
    return number_words.in_pairs(digits)


def _karat(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "a 24K gold ring", "an 18k chain"."""
    start = match.start()
    if not _GOLD.search(context.text, max(0, start - 60), min(len(context.text), match.end() + 30)):
        return None
    return RuleResult(words(f"{number_words.cardinal(match['number'], False)} karat"), match.end())


def _valves(match: re.Match[str], context: Context) -> RuleResult:
    """Read "a 16V engine"."""
    return RuleResult(words(f"{number_words.cardinal(match.group()[:-1], False)} valve"), match.end())


def _race(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "He ran a 10k", "a 5K race"."""
    if not (before(match, _RUNS, 40) or _RACE.match(context.text, match.end())):
        return None
    number, start, end = number_words.cardinal(match["number"], False), match.start(), match.end()
    return RuleResult([*words(number, start, end - 1), Piece("K", "letters", end - 1, end)], end)


def _aircraft(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "The 747 landed", "a Boeing 737-800"."""
    if not before(match, _BEFORE_AIRCRAFT, 24) or _COUNTED.match(context.text, match.end("number")):
        return None
    pieces = words(number_words.in_pairs(match["number"]), match.start(), match.end("number"))
    if match["variant"]:
        pieces += words(number_words.cardinal(match["variant"], False), *match.span("variant"))
    return RuleResult(pieces, match.end())


def _book_format(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the format of a book: "8vo" is octavo, "12mo" is "twelve mo". Elsewhere "12mo" is twelve months."""
    fold = match["fold"]
    if fold in _FORMATS:
        return RuleResult(words(_FORMATS[fold]), match.end())
    if not (before(match, _BEFORE_FORMAT, 24) or _AFTER_FORMAT.match(context.text, match.end())):
        return None
    return RuleResult(words(f"{number_words.cardinal(fold[:-2], False)} mo"), match.end())


_ON_A_STREET = re.compile(
    r"\s(?:[A-Z][a-z'’]+\s){1,3}(?:Road|Street|Avenue|Lane|Drive|Terrace|Close|Court|Square|Gardens|Crescent|Place|Way|Row"
    r"|Hill|Park|Boulevard|(?:St|Rd|Ave|Ln|Dr|Blvd)\b)"
)
_FORMATS = {"4to": "quarto", "8vo": "octavo"}
_BEFORE_FORMAT = re.compile(
    r"\b(?:royal|small|large|post|crown|demy|fcap|foolscap|square|imperial|vols?\.?|bound),?\s(?:in\s)?\Z", re.I
)
_AFTER_FORMAT = re.compile(
    r",?\s(?:size|edition|volumes?|vols?\b|book|bible|bound|cloth|boards|format|pp?\b|pages|half|gilt|printed|London)"
)
_GOLD = re.compile(
    r"\b(?:gold|golden|rings?|necklaces?|chains?|jewel\w*|bracelets?|plated|earrings?|pendants?|watch|carats?|karats?)\b"
)
_RUNS = re.compile(
    r"\b(?:ran|runs?|running|raced?|racing|jog\w*|walk\w*|finish\w*|complet\w*|enter\w*|train\w*|charity|annual|half|sub|fun"
    r"|turkey)[\s-](?:(?:for|in|the|an?|my|his|her|our|their|first|second|another|today's|local|charity|annual)\s){0,3}\Z",
    re.I,
)
_RACE = re.compile(
    r"[\s-](?:runs?|races?|walks?|time|course|runners?|PB|PR|personal|distance|trail|road|swim|training)\b"
)
_BEFORE_AIRCRAFT = re.compile(
    r"\b(?:the|an?|this|that|our|boeing(?:'s)?|airbus|aging|old|new|first|by"
    r"|jumbo)\s\Z",
    re.I,
)
_SIGN = f"[{LATIN}\\d]"
_MIXED = rf"(?={_SIGN}{{2,40}}(?![^\W_]))(?={_SIGN}*\d)(?={_SIGN}*[{LATIN}]){_SIGN}+"

FIRST = (
    Rule("code", re.compile(r"(?P<fold>4to|8vo|(?:12|16|18|24|32|48|64)mo)(?!\w)"), _book_format),
    Rule(
        "telephone",
        re.compile(
            r"\d{3}(?P<dot>[.-])\d{3}(?P=dot)\d{4}(?![\d-])|(?:1[-. ])?\(?[2-9]\d\d\)?[-. ]\d{3}[-. ]\d{4}(?![\d-])"
            r"|1-8\d\d-(?=[A-Z\d-]{7,9}\b)[A-Z\d]+(?:-[A-Z\d]+){0,3}"
            r"|\d{3}-\d\d-\d{4}(?![\d-])"
            r"|\d{4}(?P<gap>[ -])\d{4}(?P=gap)\d{4}(?P=gap)\d{4}(?!\d)"
            r"|0\d{2,4} \d{3,4} \d{3,4}(?!\d)|0\d{3,4} \d{5,6}(?!\d)|0\d{9,10}(?!\d)"
        ),
        _groups,
    ),
    Rule("telephone", re.compile(r"1-(?:800|833|844|855|866|877|888|900)(?![\w-])"), _groups),
    Rule("telephone", re.compile(r"[2-9]\d\d[- ]\d{4}(?![\d-])|\d{3}(?![\d.,-]\d|\d)"), _after_call),
    Rule("telephone", re.compile(r"\d{5,6}(?![\w%]|[.,]\d)"), _short_code),
    Rule(
        "network address",
        re.compile(r"(?P<address>(?:\d{1,3}\.){3}\d{1,3})(?![\d]|\.\d)(?::(?P<port>\d{1,5})(?!\d))?"),
        _address,
    ),
    Rule("version", re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){0,2})\.x(?!\w)"), _any_release),
    Rule("version", re.compile(r"(?P<v>)(?P<number>\d+(?:\.\d+){2,6})(?![\d]|\.\d)"), _version),
    Rule("code", re.compile(r"\d{1,9}(?:-\d{1,9}){2,8}(?![\d-])"), _hyphened),
    Rule("code", re.compile(r"\d{1,4}(?:/\d{1,4}){2,8}(?![\d/])"), _slashed),
    Rule("course", re.compile(r"(?P<number>[1-9]\d{2})(?P<letter>[A-Z]?)(?![\w%°]|[.,]\d)"), _course),
    Rule("letter", re.compile(r"(?P<number>\d{1,5})(?P<letter>[A-Z])(?!\w)"), _lettered),
    Rule("valves", re.compile(r"(?:8|12|16|20|24|32)[vV](?=\s(?:engine|turbo|petrol|head|cylinder|four)\b)"), _valves),
    Rule("karat", re.compile(r"(?P<number>8|9|1[0-8]|2[0-4])[ -]?[kK][tT]?(?!\w)"), _karat),
    Rule("race", re.compile(r"(?P<number>[1-9]|[1-9][05]|100)[kK](?!\w)"), _race),
    Rule("aircraft", re.compile(r"(?P<number>7[0-8]7)(?!\d|[.,]\d)(?:-(?P<variant>[1-9]00)(?!\w))?"), _aircraft),
    Rule("code", re.compile(r"[24568]K(?!\w)|\d{1,3}K(?=\s(?:TVs?|videos?|resolution)\b)"), _mixed),
    word_rule(
        "code",
        r"(?<=[A-Z]-)\d{1,4}s(?!\w)",
        lambda match: number_words.plural(number_words.in_pairs(match.group()[:-1])),
    ),
    Rule("code", re.compile(r"(?<=\w-)\d{1,6}[A-Z](?!\w)"), _mixed),
    Rule("code", re.compile(r"0[xX][0-9a-fA-F]{1,16}(?!\w)"), _mixed),
)
MIXED = Rule("code", re.compile(_MIXED), _mixed)
VERSION = Rule(
    "version", re.compile(r"(?<![-\w])(?P<v>[vV]\.? ?)(?P<number>\d{1,4}(?:\.\d{1,6}){1,6}|\d)(?![\w]|\.\d)"), _version
)
BRACKETED = Rule(
    "telephone",
    re.compile(
        r"\(\d{3}\)[ -]?\d{3}[-. ]\d{4}(?!\d)"
        r"|\(0\d{2,4}\) ?\d{3,4} ?\d{3,4}(?!\d)"
        r"|\+(?=(?:[ .()-]{0,2}\d){7})[1-9]\d{0,2}(?:[ .-]?\(?\d{1,5}\)?){2,6}(?!\d)"
        r"|\+\d{8,15}(?!\d)"
    ),
    _groups,
)
