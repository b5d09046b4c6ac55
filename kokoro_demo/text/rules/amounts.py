"""Amounts: a whole number, a decimal, a fraction or a mixed number, and the magnitude after it, in words."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from kokoro_demo.text.rules import number_words
from kokoro_demo.text.rules.surroundings import follows_a_name, is_designation

VULGAR = "¼½¾⅐-⅞↉"
NUMBER = r"(?:\d{1,3}(?:,\d{2,3}){0,11},\d{3}(?!\d)|\d+)(?:\.\d+)?"
_AMOUNT = re.compile(
    rf"(?P<whole>\d+)(?P<gap> ?-?)(?P<vulgar>[{VULGAR}])"
    rf"|(?P<alone>[{VULGAR}])"
    rf"|(?P<mixed>\d{{1,4}})[ -](?P<numerator>\d{{1,2}})/(?P<denominator>\d{{1,3}})(?:(?:nd|rd|th)s?(?!\w))?(?![\d/])"
    r"|(?P<spaced>\d{1,3}(?: \d{3}){2,11}(?!\d)|\d{1,3}(?: 000){1,11}(?!\d))"
    rf"|(?P<european>\d{{1,3}}(?:\.\d{{3}}){{1,11}},\d{{1,2}}(?![\d,])|\d{{1,3}}(?:\.\d{{3}}){{2,11}}(?![\d.]*\d))"
    rf"|(?P<number>{NUMBER}|\.\d+)"
)
_CONTINENTAL = re.compile(r"\d{1,9},\d{2}(?!\d|,\d)|(?:(?<=€)|(?<=€ ))\d{1,9},\d(?!\d|,\d)")
_MAGNITUDE = re.compile(
    r"(?:\s|-)?(thousand|million|billion|trillion|quadrillion|hundred)\b| ?(bn|mn|mln|mil|tn|trn)\b(?:\.(?=\s[a-z]))?"
    r"|(k(?![\w'²³/])|[KMBT](?![\w'²³/]|\s[A-Z][a-z]))"
)
_HOUSE = re.compile(r"(?<![\d.])\d\d[1-46-9]\Z")  # "221B" is the number of a house, "175B" a quantity
_COUNTS = re.compile(
    r"\s(?!(?:makes|has|was|is|says|sells|does|employs|reports|announces|uses|produces|plans|wants)\b)"
    r"(?:[a-z]{3,14}\s)?(?:[a-z]{3,}s|people|men|women|children|model|data|strong|of)\b|[+-]|\sin\s"
)
_QUANTITY_BEFORE = re.compile(
    r"(?:[~<>≈+]|\b(?:over|under|about|nearly|almost|some|than|to|of|has|have|had|reach(?:ed|es)?|raised|hit|hits|sold|worth"
    r"|roughly|approximately|around|with|another|by|up|at|from|least|most|and|or|got|gained|lost|earned|cost|costs|paid"
    r"|spent|total(?:l?ed)?|between|surpass(?:ed|es)?|exceed(?:ed|s)?|the|a|an))\s?\Z",
    re.I,
)
_MILLIONS = re.compile(
    r" ?m(?=\s(?:more\s|new\s|other\s|extra\s)?(?:people|men|women|children|jobs|homes|households|users|visitors"
    r"|viewers|customers|subscribers|adults"
    r"|vehicles|cars|tonnes|barrels|votes|copies|downloads|workers|followers|tourists|passengers|patients|students|pupils|voters|residents"
    r"|refugees|deaths|cases|families|members|listeners|readers|streams|views|units|shares)\b)"
)
_PENCIL = re.compile(r"\s(?:pencils?|leads?)\b")
_IN, _ENDS = re.compile(r"\b[Ii]n\s\Z"), re.compile(r"[.,;:!?)]|\s*$")
_DIGITS_BEFORE = re.compile(r"[\d.,]+\Z")
_AFTER_MONEY = re.compile(r" ?([kmb]|mm|MM)(?![\w'²³])(?:\.(?=\s[a-z]))?|([MBKT])(?!\w)")
_MAGNITUDES = {
    "bn": "billion", "mn": "million", "mln": "million", "mil": "million", "tn": "trillion", "trn": "trillion",
    "mm": "million", "MM": "million",
    "k": "thousand", "K": "thousand", "m": "million", "M": "million", "b": "billion", "B": "billion", "T": "trillion",
}  # fmt: skip


class Amount(NamedTuple):
    """An amount read from a text.

    words: as it is spoken. end: where it ends in the text. singular: whether its unit is in the singular.
    value: its digits, "1234.5"; "" for a fraction. part: whether it is a fraction below one ("three quarters").
    """

    words: str
    end: int
    singular: bool = False
    value: str = ""
    part: bool = False


def _vulgar(character: str) -> tuple[str, str]:
    numerator, _, denominator = unicodedata.normalize("NFKC", character).partition("\u2044")
    return numerator, denominator


def _with_fraction(whole: str, numerator: str, denominator: str, british: bool) -> str:
    part = number_words.fraction(numerator, denominator, british)
    if numerator == "1":
        part = part.replace("one ", "an " if part.startswith("one eigh") else "a ", 1)
    return f"{number_words.cardinal(whole.lstrip('0') or '0', british)} and {part}"


def read_amount(text: str, start: int, british: bool, comma: bool = False) -> Amount | None:
    """Return the amount that begins at `start`, if any. comma: whether "5,50" has a decimal comma, as in euros."""
    if comma and (continental := _CONTINENTAL.match(text, start)):
        value = continental.group().replace(",", ".")
        return Amount(number_words.decimal(value, british), continental.end(), value=value)
    match = _AMOUNT.match(text, start)
    if not match:
        return None
    end = match.end()
    if match["vulgar"]:
        return Amount(_with_fraction(match["whole"], *_vulgar(match["vulgar"]), british), end)
    if match["alone"]:
        return Amount(number_words.fraction(*_vulgar(match["alone"]), british), end, singular=True, part=True)
    if match["mixed"]:
        numerator, denominator = match["numerator"], match["denominator"]
        if 0 < int(numerator) < int(denominator):
            return Amount(_with_fraction(match["mixed"], numerator, denominator, british), end)
        end = match.end("mixed")
    if match["european"]:
        value = match["european"].replace(".", "").replace(",", ".")
    else:
        value = (match["number"] or match["mixed"] or match["spaced"]).replace(",", "").replace(" ", "")
    return Amount(number_words.decimal(value, british), end, singular=value == "1", value=value)


def part_of(part: str, whole: str) -> str:
    """Join a fraction to its unit: "half a pound", "three quarters of an inch"."""
    article = "an" if whole[0] in "aeio" else "a"
    return f"{'half' if part == 'one half' else f'{part} of'} {article} {whole}"


def read_magnitude(text: str, start: int, money: bool = False) -> tuple[str, int] | None:
    """Return the magnitude after an amount ("million", "k", "bn") and where it ends; after money also "m" and "b"."""
    match = _MAGNITUDE.match(text, start)
    if not match and (people := _MILLIONS.match(text, start)):
        return "million", people.end()
    if match and match[3] and not money and not _is_magnitude(text, start, match[3]):
        return None
    if not match and money:
        match = _AFTER_MONEY.match(text, start)
    if not match:
        return None
    short = next(group for group in match.groups() if group)
    return _MAGNITUDES.get(short, short), match.end()


def _is_magnitude(text: str, start: int, letter: str) -> bool:
    """Whether a letter after a number multiplies it: "2.5B", "3M people", but not "exit 72B", "Level 3M"."""
    digits = _DIGITS_BEFORE.search(text, max(0, start - 16), start)
    number = digits.start() if digits else start
    if is_designation(text, number) or (letter == "B" and _PENCIL.match(text, start + 1)):
        return False
    if letter in "kK" or not text[number:start].isdecimal():
        return True
    in_room = letter == "B" and _IN.search(text, max(0, number - 4), number)
    if in_room and _ENDS.match(text, start + 1):  # "meet in 12B."
        return False
    if _COUNTS.match(text, start + 1) or _QUANTITY_BEFORE.search(text, max(0, number - 16), number):
        return not (letter == "B" and _HOUSE.search(text, max(0, start - 5), start))
    return start - number > 1 and not _HOUSE.search(text, max(0, start - 5), start) and not follows_a_name(text, number)
