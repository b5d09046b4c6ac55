"""What is written for a machine or for the eye, and left out: a model's reasoning and tool calls, citations, footnotes.

Each kind is named in one warning, with what was left out first.
"""

from __future__ import annotations

import re

from kokoro_demo.text.traced import Traced
from kokoro_demo.text.warnings import Warnings

# Tags by which models mark what they think and which tools they call.
_TAGS = (
    "think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|inner_monologue"
    "|tool|tools|tool_calls?|tool_response|tool_result|tool_results|tool_use|tool_output|tool_code|function_calls?"
    "|function_results?|function_response|invoke|search_results?|observation"
)
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_TAGS})(?:\s[^<>]{{0,300}})?>|◁(?P<marked_close>/?)(?P<marked>think)▷|<\|[\w/-]{{1,40}}\|>",
    re.I,
)
_NUMBERS = r"[1-9]\d{0,2}(?:\s?[,–-]\s?\d{1,3}){0,10}"
_NOTES = re.compile(
    r"(?P<lead>(?<=[\w.,;:!?)”’'\"*%])[ \t]?)"
    rf"(?P<marks>(?:\[(?:\^[\w-]{{1,30}}|{_NUMBERS}|[a-z]|(?:note|n) \d{{1,3}})\](?!\()"
    r"(?:[ \t](?=\[)|[,–-] ?(?=\[\d{1,3}\]))?)+)"
    r"(?=[\s.,;:!?)”’'\"]|$|(?<=\S)[A-Za-z])"
    r"|\[\^[\w-]{1,30}\](?!:)|[ \t]?\[citation needed\]|[ \t]?【[^【】\n]{0,60}[†\d][^【】\n]{0,60}】"
)
_INDEX = re.compile(r"(?:^|[^\w.,;])\w?\Z")  # "a[i]"
_NUMBER_AFTER_STOP = re.compile(
    r"(?<=[a-z]{3}[.!?])\d{1,3}(?:[,–-]\d{1,3}){0,4}(?=\s+[A-Z“\"(]|\s*$)|(?<=[a-z][.,!?][”\"’])\d{1,3}(?=[\s,;]|$)"
    r"|(?<=[A-Za-z][.,;:!?])[¹²³⁰⁴-⁹]+|(?<=[.,!?][”\"’])[¹²³⁰⁴-⁹]+"
)
_ABBREVIATION = re.compile(
    r"\b(?:vol|figs?|sec|pages?|nos|num|art|para|pos|apt|ref|est|ver|max|min|approx|eqs?|tab|chap)\.\Z", re.I
)
# In brackets after these, a number is one that is meant: "press [1]", "the list [1, 2, 3]".
_MEANT = re.compile(
    r"\b(?:press|option|key|type|hit|choose|select|button|row|column|item|index|indices|range|interval|scale|list|array"
    r"|vector|set|values?|dial|enter|step|slot|level|number|sequence|matrix|tuple|equals|is|are|returns?|of|from|by|with)\s\Z",
    re.I,
)


def without_reasoning(traced: Traced, warnings: Warnings) -> Traced:
    """The text without what is between a model's tags; a tag without its partner is dropped alone."""
    if "<" not in traced.text and "◁" not in traced.text:
        return traced
    edits: list[tuple[int, int, str]] = []
    opened: re.Match[str] | None = None
    depth = 0
    for match in _TAG.finditer(traced.text):
        name = (match["name"] or match["marked"] or "").lower()
        if not name:
            if opened is None:
                edits.append((*match.span(), " "))
            continue
        if opened is not None and name != (opened["name"] or opened["marked"]).lower():
            continue
        if not (match["close"] or match["marked_close"]):
            opened, depth = opened or match, depth + 1
        elif opened is None:
            edits.append((*match.span(), " "))
        elif depth == 1:
            warnings.add(f"What is between {opened.group()[:40]} and {match.group()} is left out.")
            edits.append((opened.start(), match.end(), " "))
            opened, depth = None, 0
        else:
            depth -= 1
    if opened is not None:
        warnings.add(f"{opened.group()[:40]} has no end: what follows it is read.")
        edits.append((*opened.span(), " "))
    return traced.edited(edits)


def opened_tag(text: str) -> bool:
    """Whether a text ends between a model's tags, whose end may yet be written."""
    opened, depth = "", 0
    for match in _TAG.finditer(text) if "<" in text or "◁" in text else ():
        name = (match["name"] or match["marked"] or "").lower()
        if not name or (opened and name != opened):
            continue
        if not (match["close"] or match["marked_close"]):
            opened, depth = name, depth + 1
        elif opened:
            depth -= 1
            opened = opened if depth else ""
    return bool(opened)


def without_notes(traced: Traced, warnings: Warnings) -> Traced:
    """The text without the marks of citations and footnotes: "[2][3]", "【1†source】", the 3 of "ended.3 Then"."""
    first: list[str] = []

    def left_out(match: re.Match[str]) -> str | None:
        text, start = match.string, match.start()
        if (
            match.re is _NOTES
            and match["marks"]
            and match["lead"]
            and _MEANT.search(text, max(0, start - 12), start + 1)
        ):
            return None
        if match.group().strip()[1:2].islower() and _INDEX.search(text, max(0, start - 2), start):
            return None
        if match.re is _NUMBER_AFTER_STOP and _ABBREVIATION.search(text, max(0, start - 10), start):
            return None
        first.append(match.group().strip())
        return " " if match.group()[-1].isspace() else ""

    if "[" in traced.text or "【" in traced.text:
        traced = traced.substituted(_NOTES, left_out)
    traced = traced.substituted(_NUMBER_AFTER_STOP, left_out)
    if first:
        warnings.note(first[0])
    return traced
