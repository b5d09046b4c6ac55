"""Digits to words: the ways in which English reads a string of digits."""

from __future__ import annotations

from functools import lru_cache

DIGIT_WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
LONGEST = 36  # digits; longer numbers have no name and are read digit by digit


def _plain(named: str, british: bool) -> str:
    """Clean up what num2words writes, "one thousand, two hundred and thirty-four"; Americans leave out the "and"."""
    named = named.replace("-", " ").replace(",", "")
    return named if british else named.replace(" and ", " ")


@lru_cache(maxsize=8192)
def cardinal(digits: str, british: bool) -> str:
    """Return "342" as "three hundred forty two", or "three hundred and forty two" in Britain."""
    if len(digits) <= 1:
        return DIGIT_WORDS[int(digits)] if digits else ""
    if len(digits) > LONGEST:
        return one_by_one(digits)
    from num2words import num2words

    return _plain(num2words(int(digits)), british)


@lru_cache(maxsize=1024)
def ordinal(digits: str, british: bool) -> str:
    """Return "21" as "twenty first"."""
    if len(digits) > LONGEST:
        return one_by_one(digits)
    from num2words import num2words

    return _plain(num2words(int(digits), to="ordinal"), british)


def one_by_one(digits: str) -> str:
    """Return "007" as "zero zero seven"."""
    return " ".join([DIGIT_WORDS[int(digit)] for digit in digits])


def decimal(number: str, british: bool) -> str:
    """Return "1,234.50" as "one thousand two hundred thirty four point five zero", ".5" as "point five".

    "0.5" is "zero point five", and "nought point five" in Britain.
    """
    whole, point, rest = number.replace(",", "").partition(".")
    if len(whole) > 1 and whole[0] == "0" and not point:
        return one_by_one(whole)
    spoken = cardinal(whole.lstrip("0") or whole[:1], british)
    if british and rest and spoken == "zero":
        spoken = "nought"
    return f"{spoken} point {one_by_one(rest)}".strip() if rest else spoken


def pair(digits: str) -> str:
    """Return two digits as they are read after others: "05" -> "oh five", "00" -> "hundred", "42" -> "forty two"."""
    if digits == "00":
        return "hundred"
    return f"oh {DIGIT_WORDS[int(digits[1])]}" if digits[0] == "0" else cardinal(digits, False)


def in_pairs(digits: str) -> str:
    """Read a house or flight number or a year: "7860" -> "seventy eight sixty", "305" -> "three oh five"."""
    if digits[0] == "0" or len(digits) > 4:
        return one_by_one(digits)
    if len(digits) < 3 or digits.endswith("000"):
        return cardinal(digits, False)
    return f"{cardinal(digits[:-2], False)} {pair(digits[-2:])}"


def year(digits: str, british: bool) -> str:
    """Read a year: "1990" -> "nineteen ninety", "1005" -> "ten oh five", "2001" -> "two thousand one"."""
    if len(digits) != 4 or digits[0] == "0" or (digits[1:3] == "00" and digits[0] != "1"):
        return cardinal(digits.lstrip("0") or "0", british)
    return in_pairs(digits)


def plural(words: str) -> str:
    """Put the last word in the plural: "nineteen ninety" -> "nineteen nineties", "six" -> "sixes"."""
    if words.endswith("y"):
        return words[:-1] + "ies"
    return words + ("es" if words.endswith(("x", "s", "ch", "sh")) else "s")


def fraction(numerator: str, denominator: str, british: bool) -> str:
    """Return a fraction in words: "3", "4" -> "three quarters"; "1", "2" -> "one half"; "2", "3" -> "two thirds"."""
    part = {"2": "half", "4": "quarter"}.get(denominator) or ordinal(denominator, british)
    if numerator == "1":
        return f"one {part}"
    return f"{cardinal(numerator, british)} {'halves' if part == 'half' else plural(part)}"
