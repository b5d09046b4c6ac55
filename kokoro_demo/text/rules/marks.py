"""Reads the placeholders of the writer's own marks (`kokoro_demo.text.clean.markup`)."""

from __future__ import annotations

import re

from kokoro_demo.text.clean import markup
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult


def _mark(match: re.Match[str], context: Context) -> RuleResult:
    """Read a pause, or skip the beginning or end of a fixed word."""
    spoken = [Piece("", "pause")] if match.group() == markup.PAUSE else []
    return RuleResult(spoken, match.end())


MARK = Rule("mark", re.compile(f"[{markup.PAUSE}{markup.OPEN}{markup.CLOSE}]"), _mark)
