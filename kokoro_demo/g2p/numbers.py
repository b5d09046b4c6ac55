"""Splits numbers that a language writes as one word into parts that are stressed separately: "duemila ventiquattro"."""

from __future__ import annotations

import re

_UNITS = "un|due|tre|quattro|cinque|sei|sette|otto|nove"
_TENS = "vent|trent|quarant|cinquant|sessant|settant|ottant|novant"
_TEENS = "dieci|undici|dodici|tredici|quattordici|quindici|sedici|diciassette|diciotto|diciannove"
_BELOW_HUNDRED = (
    rf"(?:(?:{_TENS})[ia]?(?:uno?|due|tr[eé]|quattro|cinque|sei|sette|otto|nove)?|{_TEENS}|uno|tré|{_UNITS})"
)
_HUNDREDS = rf"(?:{_UNITS})?cento?"
_BELOW_THOUSAND = (
    rf"(?:(?P<{{0}}hundreds>{_HUNDREDS})(?P<{{0}}rest>{_BELOW_HUNDRED})?|(?P<{{0}}alone>{_BELOW_HUNDRED}))"
)
_ITALIAN = re.compile(
    rf"(?:{_BELOW_THOUSAND.format('t')}?(?P<thousands>mila)|(?P<thousand>mille))?(?:{_BELOW_THOUSAND.format('u')})?",
    re.IGNORECASE,
)


def stressed_parts(word: str, language: str) -> list[str]:
    """Return the parts of a long number that are stressed separately; for any other word, the word itself."""
    match = _ITALIAN.fullmatch(word) if language == "it" else None
    if match is None:
        return [word]
    first = [match[name] or "" for name in ("thundreds", "trest", "talone", "thousands", "thousand")]
    hundreds, *others = first
    thousands = [hundreds, "".join(others)] if match["trest"] else [hundreds + "".join(others)]
    parts = [*thousands, match["uhundreds"] or "", (match["urest"] or "") + (match["ualone"] or "")]
    return [part for part in parts if part]
