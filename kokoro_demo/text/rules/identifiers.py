"""Numbers that identify and do not count: codes, PINs, cards, ISBNs, ZIP codes, MAC addresses."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.surroundings import follows_a_name
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, words

_REACH = 48
_NAMED = any_of(
    r"account acct\.? routing reference ref\.? case order tracking confirmation invoice ticket policy member(?:ship)?",
    r"serial licen[cs]e booking claim employee customer patient student reservation transaction registration passport",
    r"badge permit file record card phone",
)
# Before a code of any length, and before a code of five digits or more.
_BEFORE_CODE = re.compile(
    r"(?:\b(?:(?:pass)?code|pin|cvv2?|cvc|otp|passw(?:or)?d|zip|postcode|combination"
    r"|(?:card|account|acct|number|phone)\s(?:that\s)?(?:ending|ends|ended)\s(?:in|with)|ending\s(?:in|with)|ends\s(?:in|with)"
    r"|(?:card|account|acct|visa|mastercard|amex)\sending"
    r"|last\s(?:four|4|three|3|six|6)(?:\s(?:digits|numbers))?(?:\sof\s[a-z ]{3,24})?)"
    rf"|\b{_NAMED}\s(?:number|num|no\.?|id|code))"
    r"(?:\s(?:number|no\.))?(?:\s(?:is|was|are|were))?\s?[:=#]?\s?#?\Z",
    re.I,
)
_BEFORE_LONG = re.compile(
    rf"(?:\b{_NAMED}(?:\s(?:is|was))?|\b(?:id|po|p\.o\.|mrn|npi|cpt|rma|asin|number|pmid|oclc|lccn|ein|ssn|upc|ean|imei|sku|vin)(?:\s(?:is|was))?)\s?[:=#]?\s?#?\Z",
    re.I,
)
_ENTER = re.compile(r"\b(?:enter|type(?:\sin)?|use|text|send|reply(?:\swith)?|dial|press|input)\s\Z", re.I)
_TO_CONFIRM = re.compile(
    r"\sto\s(?:confirm|verify|continue|log\s?in|sign\s?in|unlock|proceed|activate|complete|finish|authenticate|reset|access)\b"
)
_BOOK_NUMBER = re.compile(
    r"\b(?:ISBN|ISSN|ISMN|PMID|DOI|EAN|UPC|IMEI)(?:-1[03])?(?:\s(?:number|no\.))?[:\s]\s?\Z", re.I
)
_COUNTS = re.compile(
    r"\s?[%°$€£]|,\d{3}\b|\.\d|\s(?:characters?|digits|lines|years|days|months|hours|minutes|dollars|euros|pounds|people|men"
    r"|women|times|points|percent|miles|items|pieces|copies|units|cases|orders|words|million|thousand|billion)\b"
)
_BRITISH_PHONE = re.compile(r"0\d{2,4} \d{3,4} \d{3,4}|0\d{3,4} \d{5,6}|0\d{10}")
_COUNTED = re.compile(r"\s(?:people|men|women|children|of|more|or|and|to|[a-z]{2,}[^s\W]s)\b")
_GROUP = re.compile(r"[\dXx]+")


def _one_by_one(match: re.Match[str]) -> RuleResult:
    """Digit by digit, with a comma between groups."""
    spoken: list[Piece] = []
    start = match.start()
    for group in _GROUP.finditer(match.group()):
        first, last = start + group.start(), start + group.end()
        if spoken:
            spoken.append(Piece(",", "punctuation", spoken[-1].end, first))
        digits = group.group().rstrip("xX")
        if digits:
            spoken += words(number_words.one_by_one(digits), first, first + len(digits))
        if len(digits) < len(group.group()):
            spoken.append(Piece("X", "letters", last - 1, last))
    return RuleResult(spoken, match.end())


def _code(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Your code is 4821", "card ending in 0057", "Order #10482"."""
    if _COUNTS.match(match.string, match.end()) or (context.british and _BRITISH_PHONE.fullmatch(match.group())):
        return None
    long = len(match.group()) > 4
    if before(match, _ENTER, 24) and _TO_CONFIRM.match(match.string, match.end()):
        return _one_by_one(match)
    if before(match, _BEFORE_CODE, _REACH) or (long and before(match, _BEFORE_LONG, _REACH)):
        return _one_by_one(match)
    return None


def _book(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "ISBN 978-0-306-40615-7", "ISSN 0028-0836"."""
    return _one_by_one(match) if before(match, _BOOK_NUMBER, 24) else None


def _zip(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "Beverly Hills 90210": five digits after a name that are not a round number and do not count anything."""
    named = follows_a_name(match.string, match.start()) or before(match, _TWO_NAMES, 40)
    if (
        match.group().endswith("00")
        or not named
        or before(match, _STANDARD)
        or _COUNTED.match(match.string, match.end())
    ):
        return None
    return _one_by_one(match)


_STANDARD = re.compile(r"\b(?:ISO|DIN|EN|IEC|BS|ASTM|GB)\s\Z")  # "ISO 27001" is read as a whole number
_TWO_NAMES = re.compile(r"\b[A-Z][a-z]+\s[A-Z][a-z]+,?\s\Z")


def _mac_address(match: re.Match[str], context: Context) -> RuleResult:
    """Read "00:1A:2B:3C:4D:5E", the address of a network card, pair by pair."""
    spoken: list[Piece] = []
    for number, pair in enumerate(re.split("[:-]", match.group())):
        first = match.start() + 3 * number
        if spoken:
            spoken.append(Piece(",", "punctuation", first - 1, first))
        for at, sign in enumerate(pair, first):
            if sign.isdecimal():
                spoken += words(number_words.DIGIT_WORDS[int(sign)], at, at + 1)
            else:
                spoken.append(Piece(sign.upper(), "letters", at, at + 1))
    return RuleResult(spoken, match.end())


def _uuid(match: re.Match[str], context: Context) -> RuleResult:
    """Read a UUID character by character, with a comma between its groups."""
    spoken: list[Piece] = []
    for at, sign in enumerate(match.group(), match.start()):
        if sign == "-":
            spoken.append(Piece(",", "punctuation", at, at + 1))
        elif sign.isdecimal():
            spoken += words(number_words.DIGIT_WORDS[int(sign)], at, at + 1)
        else:
            spoken.append(Piece(sign.upper(), "letters", at, at + 1))
    return RuleResult(spoken, match.end())


MAC_ADDRESS = Rule(
    "code", re.compile(r"[\dA-Fa-f]{2}(?P<sign>[:-])(?:[\dA-Fa-f]{2}(?P=sign)){4}[\dA-Fa-f]{2}(?![\w:])"), _mac_address
)
UUID = Rule("code", re.compile(r"[\da-fA-F]{8}-(?:[\da-fA-F]{4}-){3}[\da-fA-F]{12}(?![\w-])"), _uuid)
# The address of a host, with letters or a "::", which a time of day has not; and the number of a parcel.
_HOST = r"(?=[\d:]{0,36}(?:::|[a-fA-F]))[\da-fA-F]{1,4}(?::[\da-fA-F]{0,4}){2,7}(?![\w:])"
_PARCEL = r"1Z(?: ?[\dA-Z]){16}(?!\w)"


def _by_character(match: re.Match[str], context: Context) -> RuleResult:
    """Read "2001:db8::1" and "1Z999AA10123456784" character by character."""
    spoken: list[Piece] = []
    for at, sign in enumerate(match.group(), match.start()):
        if sign == ":":
            spoken += words("colon", at, at + 1)
        elif sign.isdecimal():
            spoken += words(number_words.DIGIT_WORDS[int(sign)], at, at + 1)
        elif sign.isalpha():
            spoken.append(Piece(sign.upper(), "letters", at, at + 1))
    return RuleResult(spoken, match.end())


RULES = (
    MAC_ADDRESS,
    UUID,
    Rule("code", re.compile(_HOST), _by_character),
    Rule("code", re.compile(_PARCEL), _by_character),
    Rule("code", re.compile(r"\d[\dXx]*(?: ?- ?[\dXx]+| \d+){0,5}(?!\w)"), _book),
    Rule("code", re.compile(r"\d{2,}(?:[ -]\d{2,}){1,5}(?![\w-])|\d{3,}(?![\w-])"), _code),
    Rule("zip code", re.compile(r"\d{5}(?:-\d{4})?(?![\w-])(?!,\d|\.\d)"), _zip),
)
