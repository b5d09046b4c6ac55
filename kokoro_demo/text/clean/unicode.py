"""Normalise characters: the many ways of writing an apostrophe, dash, space or digit become one."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from kokoro_demo.text.traced import Traced

_PLAIN = re.compile(r"[\n !-_a-~]*")
_CLUSTER = re.compile(
    r"[\n !-_a-~]+(?![^\n -~])|(?s:.)[\u0300-\u036f\u1ab0-\u1aff\u20d0-\u20ff\u3099\u309a\ufe00-\ufe0f]*"
)

# The form that is kept: the forms that become it.
_SAME = {
    written: plain
    for plain, forms in {
        " ": "\t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        "\n": "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029",
        "'": "\u2019\u02bc\u02b9\u02bb\u02bd\u201b\uff07\ua78c\u05f3\u203a",
        "\u2018": "\u201a\u2039",
        "`": "\u00b4\u02cb\u1fef\uff40",
        "\u201c": "\u00ab\u300c\u300e\u301d\u2e42\u300a",
        "\u201d": "\u00bb\u300d\u300f\u301e\u301f\u300b\u201f",
        '"': "\uff02\u02ba\u05f4\u02ee",
        "-": "\u2010\u2011\ufe63\uff0d\u2043",
        "\u2013": "\u2012\ufe58",
        "\u2014": "\u2015\u2e3a\u2e3b\u301c",
        ".": "\u3002\uff0e\uff61\u0964\u0965\u06d4\u1362\u0589",
        ",": "\u3001\uff0c\uff64\u060c\u055d",
        ";": "\u061b\uff1b\u037e",
        "?": "\u061f\u055e",
        "!": "\u055c",
        "\u2026": "\u22ef",
        "/": "\u2044\u2215\u29f8",
        "\u00d7": "\u2715\u2716\u2a2f",
        "\u03bc": "\u00b5",
    }.items()
    for written in forms
}
# Kept as they are, although NFKC would change them: superscripts, fractions, primes, ellipses, spoken signs.
_KEPT = frozenset(
    "\u00aa\u00ba\u00bc\u00bd\u00be\u2070\u00b9\u00b2\u00b3\u00a8\u00af\u00b8\u2018\u2026\u2032\u2033\u2116\u2120\u2122"
) | {chr(code) for code in (*range(0x2074, 0x207C), *range(0x2150, 0x215F), 0x2189)}
_PLACEHOLDERS = "\ue000\ue001\ue002"  # for marks, see markup.py
# No-break and thin spaces between the thousands of a number; U+2063 is as long, and is dropped later.
_WITHIN_NUMBER = re.compile(r"(?<=\d)[\u00a0\u2007\u2009\u202f](?=\d{3}(?!\d))")


@lru_cache(maxsize=4096)
def _clean(cluster: str) -> str:
    """Return one character with its combining marks in the form that the rules expect; "" if it cannot be read."""
    first = cluster[0]
    if first in _SAME:
        return _SAME[first]
    if first in _KEPT:
        return first
    category = unicodedata.category(first)
    if category in ("Cc", "Cf", "Cs", "Co", "Cn"):
        return first if first in _PLACEHOLDERS or first == "\n" else ""
    if category == "Nd":
        return str(unicodedata.decimal(first))
    composed = unicodedata.normalize("NFKC", cluster)
    composed = "".join(_SAME.get(c, c) for c in composed if not "\ufe00" <= c <= "\ufe0f" and c != "\u20e3")
    if category == "No" and composed == first:
        digit = unicodedata.digit(first, None)
        return first if digit is None else str(digit)
    return composed.strip(" ") if first != " " else composed


_LOGARITHM = re.compile(r"(?<=\blog)[₂-₉](?=\s?[\d(A-Za-z])")  # "log₂8"


def clean(traced: Traced) -> Traced:
    """Return the text with one form for each apostrophe, quotation mark, dash, space, digit and letter."""
    if _PLAIN.fullmatch(traced.text):
        return traced
    if "log" in traced.text:
        traced = traced.substituted(_LOGARITHM, lambda match: f" base {unicodedata.digit(match.group())} ")
    edits = []
    for match in _CLUSTER.finditer(_WITHIN_NUMBER.sub("\u2063", traced.text)):
        old = match.group()
        if _PLAIN.fullmatch(old):
            continue
        new = _clean(old[:4])
        if new != old:
            edits.append((*match.span(), new))
    return traced.edited(edits)
