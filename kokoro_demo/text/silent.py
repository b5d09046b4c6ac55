"""Silent tokens for whatever no rule reads, so that every written letter and digit belongs to a token."""

from __future__ import annotations

import re

from kokoro_demo.text.spoken import Token

LEFT_OUT = "left out"  # shown as the name of the rule
_LETTERS = re.compile(r"\w")


def with_silent_tokens(written: str, tokens: list[Token]) -> list[Token]:
    """Return the tokens, with a silent one over each stretch of letters and digits that none of them covers."""
    result: list[Token] = []
    covered = 0
    for token in tokens:
        if token.start > covered:
            result += _silent(written, covered, token.start)
        result.append(token)
        covered = max(covered, token.end)
    return result + _silent(written, covered, len(written))


def _silent(written: str, start: int, end: int) -> list[Token]:
    first = _LETTERS.search(written, start, end)
    if not first:
        return []
    last = end
    while not _LETTERS.match(written, last - 1):
        last -= 1
    return [Token("", first.start(), last, "silent", space_before=False, rule=LEFT_OUT)]
