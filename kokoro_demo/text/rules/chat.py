"""Chat spellings, in which a digit stands for its sound: "gr8", "2morrow", "l8r"."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.scanner import Context, Rule, RuleResult, words

_SOUNDS = {
    "gr8": "great", "l8r": "later", "l8": "late", "m8": "mate", "w8": "wait", "h8": "hate", "str8": "straight",
    "b4": "before", "any1": "anyone", "some1": "someone", "every1": "everyone", "2morrow": "tomorrow",
    "2moro": "tomorrow", "2mrw": "tomorrow", "2nite": "tonight", "2night": "tonight", "2day": "today",
    "4ever": "forever", "4get": "forget", "4give": "forgive", "4u": "for you", "2u": "to you",
}  # fmt: skip
# After "b4" that means "before"; "1. b4 Nf6" is a move of chess.
_AFTER_BEFORE = re.compile(
    r"\s[a-z]|\s2(?:moro|morrow|mrw|nite|night|day)\b|\s*[!.?]*$|[!?,)]|\s\d{1,2}(?::\d\d)?(?:\s?[ap]\.?m?\b|[,.!?]|\s*$)"
)


def _spelling(match: re.Match[str], context: Context) -> RuleResult | None:
    if match.group() == "b4" and not _AFTER_BEFORE.match(match.string, match.end()):
        return None
    return RuleResult(words(_SOUNDS[match.group()]), match.end())


_BEFORE_FOR = re.compile(
    r"\b(?:thx|thanks|thank|ty|waiting|wait|ready|here|there|good|love|is|was|this|that|it|luck|sorry|sry|far|late|hard|big|early|bad|cool|nice|gift)\s\Z",
    re.I,
)
_BEFORE_TO = re.compile(
    r"\b(?:want|need|have|going|nice|love|like|got|time|how|happy|glad|ready|able|used|try|trying|good|great|gonna|u)\s\Z",
    re.I,
)
_BEFORE_TOO = re.compile(r"\b(?:it|it'?s|is|was|i'?m|am|way|ur|u|r|are|you're|we're|be|bit)\s\Z", re.I)


def _digit(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "4" of "thx 4 the ride", the "2" of "nice 2 meet u"."""
    if match["for"]:
        return RuleResult(words("for"), match.end()) if before(match, _BEFORE_FOR) else None
    if match["too"]:
        return RuleResult(words("too"), match.end()) if before(match, _BEFORE_TOO) else None
    return RuleResult(words("to"), match.end()) if before(match, _BEFORE_TO) else None


def _your(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "Ur" that begins "Ur order has shipped"."""
    return RuleResult(words("Your"), match.end())


DIGIT_AS_WORD = Rule(
    "chat",
    re.compile(
        r"(?P<for>4)(?=\s(?:the|u|you|me|us|ur|your|my|him|her|them|now|all|everything|that|this|helping|coming)\b)"
        r"|(?P<too>2)(?=\s(?:far|late|much|many|big|cold|hot|hard|early|bad|good|cool|cute|funny|tired|busy|long|short)\b)"
        r"|2(?=\s(?:see|go|be|meet|get|do|come|talk|know|hear|say|tell|eat|sleep|work|have|the|make|find|help|give|take|u|me)\b)"
    ),
    _digit,
)
YOUR = Rule("chat", re.compile(r"Ur(?=\s(?!of\b|in\b|was\b|and\b)[a-z])"), _your)
SPELLING = Rule("chat", re.compile(rf"(?:{'|'.join(sorted(_SOUNDS, key=len, reverse=True))})(?!\w)"), _spelling)
