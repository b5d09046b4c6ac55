"""Leave out what is written for a machine or for the eye: a model's reasoning and tool calls, citations, footnotes.

For each kind there is one warning, which quotes the first thing that was left out.
"""

from __future__ import annotations

import re

from kokoro_demo.text.traced import Traced
from kokoro_demo.text.warnings import Warnings

# Tags that models put around their reasoning and their tool calls.
_TAGS = (
    "think|thinking|thought|thoughts|reasoning|reflection|scratchpad|analysis|inner_monologue"
    "|tool|tools|tool_calls?|tool_response|tool_result|tool_results|tool_use|tool_output|tool_code|function_calls?"
    "|function_results?|function_response|invoke|search_results?|observation"
)
_TAG = re.compile(
    rf"<(?P<close>/?)(?P<name>{_TAGS})(?:\s[^<>]{{0,300}})?>|◁(?P<marked_close>/?)(?P<marked>think)▷"
    r"|\[(?P<boxed_close>/?)(?P<boxed>THINK)\]|<\|(?:im_start|start_header_id)\|>(?:system|user|assistant|tool|developer)\b"
    r"|<\|[\w/-]{1,40}\|>",
    re.I,
)
_TAG_SIGNS = ("<", "◁", "THINK]")
_NUMBERS = r"[1-9]\d{0,2}(?:\s?[,–-]\s?\d{1,3}){0,10}"
_CHANGED_LETTER = re.compile(
    r"(?<![\w\])])\[(?P<letter>[A-Za-z])\](?=[a-z])"
)  # "[W]e won", as a quotation is fitted in
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
    r"\b(?:vol|figs?|sec|pages?|nos|num|art|para|pos|apt|ref|est|ver|max|min|approx|eqs?|tab|chap)\.\Z|\d-?(?:alpha|beta|rc|pre|dev|preview|canary|nightly|snapshot)\.\Z",
    re.I,
)
# After these, a number in brackets is part of the text and no citation: "press [1]", "the list [1, 2, 3]".
_NOT_CITED = re.compile(
    r"\b(?:refs?\.?|references?|press|option|key|type|hit|choose|select|button|row|column|item|index|indices|range|interval|scale|list|array"
    r"|vector|set|values?|dial|enter|step|slot|level|number|sequence|matrix|tuple|equals|is|are|returns?|of|from|by|with)\s\Z",
    re.I,
)


def _name_of(tag: re.Match[str]) -> str:
    return (tag["name"] or tag["marked"] or tag["boxed"] or "").lower()


def _closes(tag: re.Match[str]) -> bool:
    return bool(tag["close"] or tag["marked_close"] or tag["boxed_close"])


def without_reasoning(traced: Traced, warnings: Warnings) -> Traced:
    """Return the text without what is between a model's tags; of an unmatched tag, only the tag is dropped."""
    if not any(sign in traced.text for sign in _TAG_SIGNS):
        return traced
    edits: list[tuple[int, int, str]] = []
    opened: re.Match[str] | None = None
    depth = 0
    for match in _TAG.finditer(traced.text):
        name = _name_of(match)
        if not name:
            if opened is None:
                edits.append((*match.span(), " "))
            continue
        if opened is not None and name != _name_of(opened):
            continue
        if not _closes(match):
            opened, depth = opened or match, depth + 1
        elif opened is None:
            edits.append((*match.span(), " "))
        elif depth == 1:
            warnings.add(f"The text between {opened.group()[:40]} and {match.group()} is left out.")
            edits.append((opened.start(), match.end(), " "))
            opened, depth = None, 0
        else:
            depth -= 1
    if opened is not None:
        warnings.add(f"{opened.group()[:40]} is never closed: the text after it is read.")
        edits.append((*opened.span(), " "))
    return traced.edited(edits)


def opened_tag(text: str) -> bool:
    """Return whether a text ends within a model's tags; the closing tag may still come."""
    opened, depth = "", 0
    for match in _TAG.finditer(text) if any(sign in text for sign in _TAG_SIGNS) else ():
        name = _name_of(match)
        if not name or (opened and name != opened):
            continue
        if not _closes(match):
            opened, depth = name, depth + 1
        elif opened:
            depth -= 1
            opened = opened if depth else ""
    return bool(opened)


def without_notes(traced: Traced, warnings: Warnings) -> Traced:
    """Return the text without citation and footnote marks: "[2][3]", "【1†source】", the 3 of "ended.3 Then"."""
    first: list[str] = []

    def left_out(match: re.Match[str]) -> str | None:
        text, start = match.string, match.start()
        if (
            match.re is _NOTES
            and match["marks"]
            and match["lead"]
            and _NOT_CITED.search(text, max(0, start - 12), start + 1)
        ):
            return None
        if match.group().strip()[1:2].islower() and _INDEX.search(text, max(0, start - 2), start):
            return None
        if match.re is _NUMBER_AFTER_STOP and _ABBREVIATION.search(text, max(0, start - 14), start):
            return None
        first.append(match.group().strip())
        return " " if match.group()[-1].isspace() else ""

    if "[" in traced.text:
        traced = traced.substituted(_CHANGED_LETTER, lambda match: match["letter"])
    if "[" in traced.text or "【" in traced.text:
        traced = traced.substituted(_NOTES, left_out)
    traced = traced.substituted(_NUMBER_AFTER_STOP, left_out)
    if first:
        warnings.note(first[0])
    return traced
