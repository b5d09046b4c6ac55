"""Every written letter and figure belongs to a token: what nothing else covers was left silent on purpose."""

from __future__ import annotations

import re

from kokoro_demo.text.spoken import Token

UNSAID = "left out"  # the rule of what is silent
_LETTERS = re.compile(r"\w")


def with_unsaid(written: str, tokens: list[Token]) -> list[Token]:
    """The tokens, and a silent one over each stretch of letters and figures that none of them covers."""
    result: list[Token] = []
    covered = 0
    for token in tokens:
        if token.start > covered:
            result += _unsaid(written, covered, token.start)
        result.append(token)
        covered = max(covered, token.end)
    return result + _unsaid(written, covered, len(written))


def _unsaid(written: str, start: int, end: int) -> list[Token]:
    first = _LETTERS.search(written, start, end)
    if not first:
        return []
    last = end
    while not _LETTERS.match(written, last - 1):
        last -= 1
    return [Token("", first.start(), last, "silent", space_before=False, rule=UNSAID)]
