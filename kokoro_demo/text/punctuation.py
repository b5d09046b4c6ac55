"""Punctuation: what is written becomes the marks that the voices know, ``;:,.!?—…()“”``, one for a run of many."""

from __future__ import annotations

import re

from kokoro_demo.text.scanner import Place, Reading, Rule, Said

_INNER = {"[": "(", "]": ")", "{": "(", "}": ")"}


def _mark(mark: str) -> Said:
    return Said(mark, "punctuation", plain=True)


def _stops(match: re.Match[str], place: Place) -> Reading:
    """A run of stops is its strongest mark, or a question mark and an exclamation mark in the order written."""
    run = match.group()
    if "?" in run or "!" in run:
        kept = dict.fromkeys(mark for mark in run if mark in "?!")
        return Reading([_mark(mark) for mark in kept], match.end())
    dots = run.count(".") + 3 * run.count("…")
    return Reading([_mark("…" if dots > 1 else ".")], match.end())


def _one(match: re.Match[str], place: Place) -> Reading:
    mark = match.group()[0]
    return Reading([_mark(_INNER.get(mark, mark))], match.end())


def _dash(match: re.Match[str], place: Place) -> Reading:
    return Reading([_mark("—")], match.end())


RULES = (
    Rule(re.compile(r"[.…](?:\s?[.…]){2,}|[.!?…]+"), _stops),
    Rule(re.compile(r"—(?:\s*[—–-])*|(?<=\s)–(?=\s)|--+|(?<=\s)-+(?=\s)|(?<=\w)-+(?=\s|$)|–"), _dash),
    Rule(re.compile(r",+|;+|:+|[()“”\[\]{}]"), _one),
)
