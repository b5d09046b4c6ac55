"""Punctuation: every mark becomes one that the voices know, ``;:,.!?—…()“”``, and a run of marks becomes one mark."""

from __future__ import annotations

import re
from dataclasses import replace

from kokoro_demo.text.scanner import CLOSING, OPENING, Context, Piece, Rule, RuleResult
from kokoro_demo.text.spoken import Token

_INNER = {"[": "(", "]": ")", "{": "(", "}": ")"}


def _mark(mark: str) -> Piece:
    return Piece(mark, "punctuation", plain=True)


def _stops(match: re.Match[str], context: Context) -> RuleResult:
    """Reduce a run of stops to its strongest mark, or to a question and an exclamation mark in the order written."""
    run = match.group()
    if "?" in run or "!" in run:
        kept = dict.fromkeys(mark for mark in run if mark in "?!")
        return RuleResult([_mark(mark) for mark in kept], match.end())
    dots = run.count(".") + 3 * run.count("…")
    return RuleResult([_mark("…" if dots > 1 else ".")], match.end())


def _one(match: re.Match[str], context: Context) -> RuleResult:
    mark = match.group()[0]
    return RuleResult([_mark(_INNER.get(mark, mark))], match.end())


def _dash(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult([Piece("—", "punctuation", plain=match.group() == "—")], match.end())


def _abbreviates(match: re.Match[str], context: Context) -> RuleResult:
    """Drop the full stop of "apt., 900": it belongs to an abbreviation, since another mark follows."""
    return RuleResult([Piece("", "silent")], match.end())


RULES = (
    Rule("punctuation", re.compile(r"(?<=[A-Za-z])\.(?=[,;:](?!\S*[)(\\/]))"), _abbreviates),
    Rule("punctuation", re.compile(r"[.…](?:\s?[.…]){2,}|[.!?…]+"), _stops),
    Rule("dash", re.compile(r"—(?:\s*[—–-])*|(?<=\s)–(?=\s)|--+|(?<=\s)-+(?=\s)|(?<=\w)-+(?=\s|$)|–"), _dash),
    Rule("punctuation", re.compile(r",+|;+|:+|[()“”\[\]{}]"), _one),
)

_STRENGTH = {",": 1, ";": 2, ":": 2, "—": 2, ".": 3, "…": 4, "?": 5, "!": 5}


def tidy(tokens: list[Token]) -> list[Token]:
    """Keep the strongest of adjacent marks, except that "?!" stays whole, and remove empty brackets.

    Marks before the first word, or without any word, are removed too: the model would voice them as a sound.
    """
    result: list[Token] = []
    last_spoken = -1  # the index of the last token that is not silent
    for token in _with_words(tokens):
        last = result[last_spoken] if last_spoken >= 0 else None
        if last is not None and not token.kind == last.kind == "punctuation":
            last = None
        if last is None:
            result.append(token)
        elif last.text in _STRENGTH and token.text in _STRENGTH:
            old, new = _STRENGTH[last.text], _STRENGTH[token.text]
            if old == new == 5 and last.text != token.text and not _ends_in_both(result):
                result.append(token)
                last_spoken = len(result) - 1
            elif new > old:
                del result[last_spoken]  # so that silent tokens between the two marks come first
                result.append(replace(token, space_before=last.space_before))
                last_spoken = len(result) - 1
            continue
        elif (last.text == "(" and token.text in _STRENGTH) or (last.text, token.text) == ("(", "("):
            continue
        elif (last.text, token.text) == ("(", ")"):
            del result[last_spoken]
            last_spoken = next((at for at in range(last_spoken - 1, -1, -1) if result[at].kind != "silent"), -1)
            continue
        else:
            result.append(token)
        if token.kind != "silent":
            last_spoken = len(result) - 1
    return _spaced(result)


def _with_words(tokens: list[Token]) -> list[Token]:
    """Return the tokens without the stops before the first word; without any words, all marks go."""
    first = next((index for index, token in enumerate(tokens) if token.kind in ("word", "letters")), len(tokens))
    unwanted = _STRENGTH if first < len(tokens) else {*_STRENGTH, *OPENING, *CLOSING}
    before = [token for token in tokens[:first] if token.text not in unwanted]
    return before + tokens[first:]


def _spaced(tokens: list[Token]) -> list[Token]:
    """Remove the space after an opening mark and before a closing one."""
    result: list[Token] = []
    last = ""
    for token in tokens:
        if token.space_before and (last in OPENING or token.text in CLOSING):
            token = replace(token, space_before=False)
        result.append(token)
        last = token.text or last
    return result


def _ends_in_both(tokens: list[Token]) -> bool:
    return [token.text for token in tokens[-2:]] in (["?", "!"], ["!", "?"])
