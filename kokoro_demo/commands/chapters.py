"""Divides a long text into chapters by its headings, and these into parts that are spoken one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Characters in a part: two or three minutes of speech, which is the most that a killed run loses.
PART = 2_500
_MAX_HEADING = 80
_MAX_NAME_BYTES = 60

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ][a-z]+)?|"
    "(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|"
    "primer[oa]?|segund[oa]|tercer[oa]?|premi[eè]re?|deuxi[eè]me|prim[oa]|second[oa]|terz[oa]|primeir[oa]|terceir[oa]"
)
_NUMBER = rf"(?:\d{{1,3}}|[IVXLCivxlc]{{1,8}}|(?i:{_NUMBER_WORDS}))"
_CHAPTER_WORDS = (
    "chapter|part|book|volume|cap[ií]tulo|chapitre|capitolo|kapitel|parte|partie|teil|libro|livre|livro|अध्याय"
)
_UNNUMBERED = (
    "prologue|epilogue|preface|foreword|introduction|afterword|prólogo|epílogo|prefacio|épilogue|préface|"
    "avant-propos|prologo|epilogo|prefazione|introducción|introduzione|introdução|prefácio"
)
_NAMED = re.compile(rf"(?:(?i:{_CHAPTER_WORDS})\s+{_NUMBER}(?=$|[.:\s—–-])|(?i:{_UNNUMBERED})(?=$|[.:]))")
_NUMBER_ALONE = re.compile(r"(?:[IVXLC]{1,8}|\d{1,3})\.?$")
_MARKDOWN = re.compile(r"(#{1,6})\s+\S")
_LINE = re.compile(r"[^\n]*\n?")

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…।。！？][\"”’»)\]*_]*\s+")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"\[[^\[\]]*\](?:\([^()]*\))?")


@dataclass(frozen=True, slots=True)
class Chapter:
    """title: its heading on one line; "" for the text before the first heading, or if there are none.
    text: including the heading.
    """

    title: str
    text: str

    def file_name(self, stem: str, number: int, suffix: str) -> str:
        """Return a file name such as "book-03-the-river.mp3"."""
        letters = "-".join(re.findall(r"\w+", unicodedata.normalize("NFC", self.title.lower())))
        short = letters.encode()[:_MAX_NAME_BYTES].decode(errors="ignore").strip("-_")
        return f"{stem}-{number:02d}{'-' if short else ''}{short}{suffix}"


def chapters(text: str) -> list[Chapter]:
    """Return the chapters in order; concatenated, they are the text. A heading that is followed by another heading,
    such as that of a part, or in a table of contents, belongs to the next chapter."""
    result: list[Chapter] = []
    begin, title = 0, ""
    pending = 0  # where the text of the chapter begins, after its heading
    for start, end, heading in [*_headings(text), (len(text), len(text), "")]:
        if text[pending:start].strip():
            result.append(Chapter(title, text[begin:start]))
            begin = start
        title, pending = heading or title, end
    if begin < len(text) and text[begin:].strip():
        result.append(Chapter(title, text[begin:]))
    return result


def parts(text: str, limit: int = PART) -> list[tuple[int, str]]:
    """Divide a text into parts of at most `limit` characters; returns each with the position where it begins. The text
    is divided after a paragraph if possible, or else after a sentence, or else at a space, but never within markup.
    Blank parts are left out."""
    result = []
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= limit else start + _part_length(text[start : start + 2 * limit], limit)
        if text[start:end].strip():
            result.append((start, text[start:end]))
        start = end
    return result


def _part_length(text: str, limit: int) -> int:
    """The length of the first part of `text`."""
    markup = [match.span() for match in _MARKUP.finditer(text)]
    for pattern in (_PARAGRAPH_END, _SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text[:limit]) if match.end() < limit]
        whole = [end for end in ends if not any(first < end < last for first, last in markup)]
        if whole and whole[-1] >= limit // 4:
            return whole[-1]
    return limit


def _headings(text: str) -> list[tuple[int, int, str]]:
    """The start, the end, and the words of each heading."""
    lines = [(match.start(), match.group().strip()) for match in _LINE.finditer(text) if match.group()]
    markdown = [(index, len(match[1])) for index, (_, line) in enumerate(lines) if (match := _MARKDOWN.match(line))]
    if markdown:
        levels = sorted({level for _, level in markdown})
        several = [level for level in levels if sum(other == level for _, other in markdown) > 1]
        chosen = (several or levels)[0]
        starts = [index for index, level in markdown if level <= chosen]
    else:
        starts = [index for index, (_, line) in enumerate(lines) if _NAMED.match(line) and _stands_alone(lines, index)]
        if len(starts) < 2:
            numbered = [
                index
                for index, (_, line) in enumerate(lines)
                if _NUMBER_ALONE.match(line) and _stands_alone(lines, index)
            ]
            starts = sorted({*starts, *numbered}) if len(numbered) > 1 else starts
    headings = []
    for index in starts:
        more = not markdown and index + 1 < len(lines) and lines[index + 1][1]
        last = index + 1 if more else index
        words = " ".join(line.strip("#*_ ") for _, line in lines[index : last + 1])
        end = lines[last + 1][0] if last + 1 < len(lines) else len(text)
        headings.append((lines[index][0], end, words))
    return headings


def _stands_alone(lines: list[tuple[int, str]], index: int) -> bool:
    """Whether a short line, or a short line with a subtitle, is between blank lines."""
    neighbours = list(_neighbours(lines, index))
    before, line, after, second = neighbours
    if before or len(line) > _MAX_HEADING:
        return False
    return not after or (len(after) <= _MAX_HEADING and not second and not line.endswith(","))


def _neighbours(lines: list[tuple[int, str]], index: int) -> Iterator[str]:
    """The line before, the line itself, and the two after it; "" beyond the ends."""
    for place in range(index - 1, index + 3):
        yield lines[place][1] if 0 <= place < len(lines) else ""
