"""Numbers as they are written in other languages: "1.234,5", "1 234,5", "1,23,456.5"."""

from __future__ import annotations

import re

from kokoro_demo.text.languages.locale import Amount, Locale
from kokoro_demo.text.rules.words import WORD

VULGAR = "½¼¾⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
_FRACTION = rf"(?P<vulgar> ?[{VULGAR}]| [1-9]/[2-9](?![\d/]))?"
_MARKS = "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"  # vowel signs of Devanagari, which \w does not match
END = rf"(?![\w{_MARKS}])"  # of a word or a symbol
_DECIMALS = r"(?P<decimals>\d{1,99})(?![.,]?\d)"
_THOUSANDS = r"[1-9]\d{0,2}(?:\.\d{3}){1,9}(?!\.?\d)|[1-9]\d{0,2}(?: \d{3}){1,9}(?! ?\d)"
_ENGLISH = r"[1-9]\d{0,2}(?:,\d{3}){1,9}(?=\.\d{1,2}(?!\d))|[1-9]\d{0,2}(?:,\d{3}){2,9}(?![.,]?\d)"
_CONTINENTAL = re.compile(
    rf"(?:(?P<english>{_ENGLISH})|(?P<grouped>{_THOUSANDS})|(?P<plain>\d+))"
    rf"(?:(?:(?<=\d),|(?(grouped)(?!)|\.)){_DECIMALS})?{_FRACTION}"
)
# "1,23,456.5" and "123,456.5"
_INDIAN = re.compile(
    r"(?:(?P<grouped>[1-9]\d{0,2}(?:,\d{2,3}){0,9},\d{3}(?!,?\d))|(?P<plain>\d+))"
    rf"(?:\.{_DECIMALS})?{_FRACTION}"
)
_WITHIN_LIST = re.compile(r"\d[.,]\Z")
_BEFORE = re.compile(rf"({WORD})[.']? ?\Z")
_AFTER = re.compile(rf" (?P<first>{WORD})(?: (?P<second>{WORD}))?")


def read_amount(text: str, start: int, locale: Locale, dollars: bool = False) -> tuple[Amount, int] | None:
    """Return the amount at `start` and where it ends; None if there is none.

    dollars: whether a dollar sign comes before it, so that the comma of "1,500" groups thousands.
    """
    if dollars and (grouped := _INDIAN.match(text, start)) and grouped["grouped"]:
        return _amount(grouped), grouped.end()
    match = (_CONTINENTAL if locale.comma_is_decimal else _INDIAN).match(text, start)
    if match is None:
        if text[start : start + 1] in VULGAR and start < len(text):
            return Amount("0", vulgar=text[start]), start + 1
        return None
    if _WITHIN_LIST.search(text, max(0, start - 2), start):  # the second number of "2,3,5"
        end = re.compile(r"\d+").match(text, start).end()  # type: ignore[union-attr]
        return Amount(text[start:end]), end
    return _amount(match), match.end()


def _amount(match: re.Match[str]) -> Amount:
    groups = match.groupdict()
    grouped = groups.get("english") or groups["grouped"]
    whole = re.sub(r"[., ]", "", grouped) if grouped else groups["plain"]
    return Amount(whole, groups["decimals"] or "", (groups["vulgar"] or "").strip())


def word_before(text: str, start: int) -> str:
    """Return the word just before `start`, in small letters without its full stop; "" if there is none."""
    match = _BEFORE.search(text, max(0, start - 24), start)
    return match[1].lower() if match else ""


def words_after(text: str, end: int) -> list[str]:
    """Return the one or two words that follow after a space, in small letters."""
    match = _AFTER.match(text, end, end + 60)
    return [word.lower() for word in match.groups() if word] if match else []
