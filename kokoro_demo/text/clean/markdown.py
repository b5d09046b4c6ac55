"""Markdown and the layout of plain text: marks are dropped, and a line ends a sentence if its writer meant it to."""

from __future__ import annotations

import re
from typing import NamedTuple

from kokoro_demo.text.traced import Traced

_LINE = re.compile(r"[^\n]*\n?")
_FENCE = re.compile(r"\s*(?:`{3,}|~{3,})[\w+#.-]{0,30}\s*$")
_RULE_LINE = re.compile(r"\s*(?:[-*_=~#.…·•|+!?,;:“”\"'()–—]\s*)+$")
_SEPARATOR = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_QUOTED = re.compile(r"(?:[ \t]{0,3}>(?!\d)[ \t]?)+(?=\S|$)")
_HEADING = re.compile(r"\s{0,3}#{1,6}[ \t]+(?=\S)")
_BULLET = re.compile(
    r"\s*(?:[-*+•‣◦▪●○■□➢►✓✔·]|\(?\d{1,2}\)(?![ \t]+9?\d{4}-\d{4})|[a-z]\))[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)"
)
_NUMBERED = re.compile(r"\s*\d{1,3}\.[ \t]+(?=\S)")
_DEFINITION = re.compile(r"\s{0,3}\[\^?[^\[\]\n]{1,60}\]:[ \t]+(?:<?(?:https?://|www\.|mailto:|[./#])\S*)?")
_TABLE_ROW = re.compile(r"\s*\|[^\n]*\|\s*$")
_BAR = re.compile(r"[ \t]*\|(?:[ \t]*\|)*[ \t]*")
_TARGET = (
    r"(?:https?:|ftp:|mailto:|tel:|www\.|#|\.{0,2}/?[\w%~-]*[./])[^()\s]{0,500}(?:\([^()\s]{0,100}\)[^()\s]{0,100})?"
)
_LINK = re.compile(
    rf"!?\[(?P<text>[^\[\]\n]{{0,300}})\](?:\(<?{_TARGET}>?(?:\s+\"[^\"\n]{{0,200}}\")?\)|\[[^\[\]\n]{{0,60}}\](?!\())"
)
_AUTOLINK = re.compile(
    r"<(?=(?:https?://|mailto:|www\.)[^<>\s]{1,500}>|[\w.+-]{1,64}@[\w.-]{1,100}>)|(?<=\w)>(?=[\s.,;:!?)]|$)"
)
_CODE = re.compile(r"(?<![\w`])(?P<ticks>`+)(?=[^\s`])[^`\n]{1,500}(?<=\S)(?P=ticks)(?![\w`])")
_MARK = re.compile(r"\*+|_+|~~+|==+")
_LONG_LINE = 55  # characters; a longer line was probably wrapped, a shorter one was ended by its writer
_STRUCTURES = re.compile(r"[*_~`#|\[\]<>=+•‣◦▪●○■□➢►✓✔·\n-]|\d[.)]\s|[a-z]\)\s")


def read_markdown(traced: Traced) -> Traced:
    """Return the text without its marks. The newlines that are left end sentences; the others become spaces."""
    if not _STRUCTURES.search(traced.text):
        return traced
    return _lines(_inline(traced))


def _inline(traced: Traced) -> Traced:
    if "[" in traced.text:
        traced = traced.edited(_links(traced.text))
    if "<" in traced.text:
        traced = traced.substituted(_AUTOLINK, " ")
    if "`" in traced.text:
        traced = traced.edited(
            edit
            for match in _CODE.finditer(traced.text)
            for edit in (
                (match.start(), match.end("ticks"), ""),
                (match.end() - len(match["ticks"]), match.end(), ""),
            )
        )
    return traced


def _links(text: str) -> list[tuple[int, int, str]]:
    """Return the edits that keep the text of each link and drop its target."""
    edits = []
    for match in _LINK.finditer(text):
        edits += [(match.start(), match.start("text"), ""), (match.end("text"), match.end(), "")]
    return edits


def _emphasis(match: re.Match[str]) -> str | None:
    """Drop marks at the edge of a word, which are emphasis, but not between digits or spaces or within a name."""
    before = match.string[match.start() - 1 : match.start()]
    after = match.string[match.end() : match.end() + 1]
    mark = match.group()[0]
    if not before.strip() and not after.strip():
        return None
    if mark in "_=" and before.isalnum() and after.isalnum():
        return None
    if mark == "=" and not (before.isalnum() or after.isalnum()):
        return None
    if mark == "*" and before.isdigit() and (after.isdigit() or after == "."):
        return None
    if match.group() == "*" and _STARRED.search(match.string, max(0, match.start() - 24), match.start()):
        return None
    if match.group() in ("*", "**") and _is_operator(match):
        return None
    if (
        match.group() == "*"
        and after.isdigit()
        and _DIALLED.search(match.string, max(0, match.start() - 12), match.start())
    ):
        return None
    return ""


# Exam grades, "an A*", "A*A*A", and a grade of listed buildings, "Grade II*".
_STARRED = re.compile(
    r"(?:(?:^|[(,/:]\s?|\b(?:an|the|grades?|got|gets?|and|or|of|with|to|predicted|straight|needs?|An|\d{1,2})\s)(?:A\*?|B){0,4}A"
    r"|\b[Gg]rade\sII)\Z"
)


def _is_operator(match: re.Match[str]) -> bool:
    """Whether the marks are an operator in a formula: "x**y", "2*n", "(a+b)**2"."""
    text, start = match.string, match.start()
    return (
        _OPERAND_AFTER.match(text, match.end()) is not None
        and _OPERAND_BEFORE.search(text, max(0, start - 12), start) is not None
    )


_OPERAND_BEFORE = re.compile(r"(?:(?<![\w'’])[A-Za-z]|\d|[\w)]\))\Z")
_OPERAND_AFTER = re.compile(r"(?:[A-Za-z]|\d{1,9})(?![\w'’*])|\([\w-]|-[\w(]")
_DIALLED = re.compile(r"\b(?:dial(?:ing)?|press|hit|push)\s\Z", re.I)  # "dial *67"


class _OpenLine(NamedTuple):
    """The last line with words, which the next one may continue.

    end: where it ends. is_structural: whether it is a heading, a list item or the like, so that it ends a sentence.
    """

    end: int
    line: str
    is_structural: bool


def _lines(traced: Traced) -> Traced:
    """Remove the structural marks of each line, and decide which line ends also end a sentence."""
    text = traced.text
    edits: list[tuple[int, int, str]] = []
    fenced = False
    last: _OpenLine | None = None
    for match in _LINE.finditer(text):
        start, line = match.start(), match.group().rstrip("\n")
        end = start + len(line)
        if not match.group():
            continue
        is_fence = _FENCE.match(line) is not None
        fenced ^= is_fence
        if is_fence or _has_no_words(line):
            edits += [(start, end, "")] if line.strip() else []
            last = last and last._replace(is_structural=True)
            continue
        marks = 0 if fenced else _structural_length(line)
        is_structural = marks > 0 or fenced or _NUMBERED.match(line) is not None
        if last and not (is_structural or last.is_structural or _ends(last.line, line)):
            edits.append((last.end, last.end + 1, " "))
        if marks:
            edits.append((start, start + marks, _number_of(line[:marks])))
        is_row = _TABLE_ROW.match(line) is not None
        if not fenced:
            edits += _marks_within(text, start + marks, end)
            edits += _row(text, start + marks, end) if is_row else []
        last = _OpenLine(end, line, is_structural or is_row)
    return traced.edited(sorted((start, end, new) for start, end, new in edits if start < end or new))


def _has_no_words(line: str) -> bool:
    """Whether a line is empty, a rule, or the line under the header of a table."""
    if not line.strip() or _RULE_LINE.match(line):
        return True
    return "|" in line and _SEPARATOR.match(line) is not None


def _marks_within(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    marks = ((match.span(), _emphasis(match)) for match in _MARK.finditer(text, start, end))
    return [(*span, new) for span, new in marks if new is not None]


def _structural_length(line: str) -> int:
    """The number of structural characters that a line begins with."""
    position = 0
    for pattern in (_QUOTED, _BULLET, _HEADING, _DEFINITION):
        if match := pattern.match(line, position):
            position = match.end()
    return position


def _number_of(marks: str) -> str:
    """The part of the marks that is spoken: the number of "2)"."""
    number = re.search(r"\d+|[a-z](?=\))", marks) if ")" in marks else None
    return f"{number.group().upper()}. " if number else ""


def _ends(line: str, following: str) -> bool:
    """Whether a plain line was ended by its writer, and not wrapped to a width."""
    first = following.lstrip(" \t“\"'(")[:1]
    return len(line) < _LONG_LINE and not first.islower()


def _row(text: str, start: int, end: int) -> list[tuple[int, int, str]]:
    """The edits that turn the bars between the cells of a table row into commas."""
    edits = []
    for match in _BAR.finditer(text, start, end):
        outer = not text[start : match.start()].strip() or not text[match.end() : end].strip()
        edits.append((*match.span(), "" if outer else ", "))
    return edits
