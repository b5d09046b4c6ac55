"""The places of the writer's own marks (`kokoro_demo.text.clean.markup`) among the tokens."""

from __future__ import annotations

import re

from kokoro_demo.text.clean import markup
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult


def _mark(match: re.Match[str], context: Context) -> RuleResult:
    """A pause, or an end of a word that is fixed."""
    spoken = [Piece("", "pause")] if match.group() == markup.PAUSE else []
    return RuleResult(spoken, match.end())


MARK = Rule("mark", re.compile(f"[{markup.PAUSE}{markup.OPEN}{markup.CLOSE}]"), _mark)
