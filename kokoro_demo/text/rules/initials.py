"""Letters with full stops: "U.S.A.", "J. R. R. Tolkien", "Ph.D.", "a.m."."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before
from kokoro_demo.text.rules.abbreviation_tables import DEGREES, LATIN
from kokoro_demo.text.rules.sentences import ends_sentence, full_stop_kept
from kokoro_demo.text.scanner import Context, Rule, RuleResult, letters, words

# After these, the letter ends a name and is not an initial: "Vitamin C. The".
_LETTERED = re.compile(
    r"\b"
    + any_of(
        "vitamin plan class type group generation grade team hepatitis exhibit option part section appendix",
        "phase room gate terminal column malcolm iphone factor schedule item point answer level figure table",
        "degrees? and am is do as than one two three four five six seven eight nine ten eleven twelve thirteen",
        "fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty fifty sixty seventy eighty ninety",
        "hundred thousand million zero exit seat row bus",
    )
    + r"\s\Z",
    re.I,
)
_LETTER = re.compile(r"\b[A-Z]\s\Z")
_NAME = re.compile(r"\b[A-Z][a-z'’]+\s\Z")
_AGE = re.compile(r"\d[ -]?\Z")
_NEXT = re.compile(r"\s+(?:[A-Z]|[a-z]{3})")  # "J. Smith", "E. coli"


def _dotted(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read "U.S.A.", "J. K.", "e.g."."""
    start, end = match.span()
    run = match.group().removesuffix("'s")
    named = run.replace(".", "").replace(" ", "")
    if meaning := LATIN.get(run.rstrip(".").lower()):
        return RuleResult(words(meaning), end)
    if run == "y.o." and before(match, _AGE):
        return None
    if run == "p.a.":  # "4% p.a."
        return RuleResult(words("per annum", start, end), full_stop_kept(match))
    if named in ("OK", "ok"):
        return RuleResult(words("okay", start, end), full_stop_kept(match))
    if named.lower() in ("am", "pm"):
        return RuleResult(letters(named.lower(), start, end), full_stop_kept(match))
    ending = match.group()[len(run) :]
    return RuleResult(letters(named.upper() + ending, start, end), full_stop_kept(match, names=True))


def _degree(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Ph.D.", "M.Phil.", "M. Ed.": capitals as letters, the rest as words."""
    spoken = DEGREES[match.group().rstrip(".").replace(" ", "")]
    pieces = [piece for part in spoken.split() for piece in (letters if part.isupper() else words)(part, *match.span())]
    return RuleResult(pieces, full_stop_kept(match, names=True))


def _initial(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "W." of "George W. Bush", whose full stop does not end a sentence."""
    text, end = match.string, match.end()
    if before(match, _LETTER) or before(match, _LETTERED) or (match.group() == "I." and not before(match, _NAME)):
        return None
    if ends_sentence(text, end, names=True) or not _NEXT.match(text, end):
        return None
    return RuleResult(letters(match.group()[0]), end)


def _author(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "AH" of "Smith AH, Flynn DM": the initials of one of several authors."""
    text, start, end = match.string, match.start(), match.end()
    listed = _AUTHOR_AFTER.match(text, end) or _AUTHOR_BEFORE.search(text, max(0, start - 48), start)
    return RuleResult(letters(match.group()), end) if listed and before(match, _SURNAME) else None


_SURNAME = re.compile(r"\b[A-Z][a-z'’-]+\s\Z")
_AUTHOR_AFTER = re.compile(r"[,;]\s(?:and\s|&\s)?[A-Z][\w'’-]+\s[A-Z]{1,3}(?=[,;.]|\s\(|\s(?:and|et)\b|\s*$)")
_AUTHOR_BEFORE = re.compile(r"\b[A-Z][a-z'’-]+\s[A-Z]{1,3}[,;]\s(?:and\s|&\s)?[A-Z][\w'’-]+\s\Z")

RULES = (
    Rule("initials", re.compile(r"(?![IVXLC]+\b)[A-Z]{2,3}(?=[,;.]|\s\(|\s(?:and|et)\b|\s*$)"), _author),
    Rule("initials", re.compile(any_of(*map(re.escape, DEGREES)) + r"(?![A-Za-z])\.?"), _degree),
    Rule(
        "initials",
        re.compile(any_of(*(re.escape(degree).replace(r"\.", r"\.\s") for degree in DEGREES)) + r"\.(?!\s[A-Z])"),
        _degree,
    ),
    Rule("initials", re.compile(r"(?:[A-Za-z]\.){1,12}[A-Za-z](?:'s|\.(?:'s)?|(?=s?\b))(?![A-Za-z@])"), _dotted),
    Rule("initials", re.compile(r"(?:[A-Z]\. ){1,4}[A-Z]\.(?= [A-Z][a-z])"), _dotted),
    Rule("initials", re.compile(r"[A-Z]\.(?=\s)"), _initial),
)
