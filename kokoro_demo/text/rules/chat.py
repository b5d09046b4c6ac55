"""Words as they are typed in chat, with a figure for a sound: "gr8", "2morrow", "l8r"."""

from __future__ import annotations

import re

from kokoro_demo.text.scanner import Place, Rule, RuleResult, words

_SOUNDS = {
    "gr8": "great", "l8r": "later", "l8": "late", "m8": "mate", "w8": "wait", "h8": "hate", "str8": "straight",
    "b4": "before", "any1": "anyone", "some1": "someone", "every1": "everyone", "2morrow": "tomorrow",
    "2moro": "tomorrow", "2mrw": "tomorrow", "2nite": "tonight", "2night": "tonight", "2day": "today",
    "4ever": "forever", "4get": "forget", "4give": "forgive", "4u": "for you", "2u": "to you",
}  # fmt: skip
_LEVEL = re.compile(r"\s[a-z]|\s*[!.?]*$|[!?,)]")  # not "the b4 pawn" in "1. b4 Nf6"


def _typed(match: re.Match[str], place: Place) -> RuleResult | None:
    if match.group() == "b4" and not _LEVEL.match(match.string, match.end()):
        return None
    return RuleResult(words(_SOUNDS[match.group()]), match.end())


TYPED = Rule("chat", re.compile(rf"(?:{'|'.join(sorted(_SOUNDS, key=len, reverse=True))})(?!\w)"), _typed)
