"""A long text cut into chapters at its headings, and these into parts that are spoken one by one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

# Characters of a part: two or three minutes of speech, which is what a kill costs at most.
PART = 2_500
_LONGEST_HEADING = 80
_LONGEST_NAME = 60

_NUMBER_WORDS = (
    "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    "eighteen|nineteen|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:[- ][a-z]+)?|"
    "(?:the )?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|last)|"
    "primer[oa]?|segund[oa]|tercer[oa]?|premi[eè]re?|deuxi[eè]me|prim[oa]|second[oa]|terz[oa]|primeir[oa]|terceir[oa]"
)
_NUMBER = rf"(?:\d{{1,3}}|[IVXLCivxlc]{{1,8}}|(?i:{_NUMBER_WORDS}))"
_KINDS = "chapter|part|book|volume|cap[ií]tulo|chapitre|capitolo|kapitel|parte|partie|teil|libro|livre|livro|अध्याय"
_ALONE = (
    "prologue|epilogue|preface|foreword|introduction|afterword|prólogo|epílogo|prefacio|épilogue|préface|"
    "avant-propos|prologo|epilogo|prefazione|introducción|introduzione|introdução|prefácio"
)
_NAMED = re.compile(rf"(?:(?i:{_KINDS})\s+{_NUMBER}(?=$|[.:\s—–-])|(?i:{_ALONE})(?=$|[.:]))")
_BARE = re.compile(r"(?:[IVXLC]{1,8}|\d{1,3})\.?$")
_MARKDOWN = re.compile(r"(#{1,6})\s+\S")
_LINE = re.compile(r"[^\n]*\n?")

_PARAGRAPH_END = re.compile(r"\n[^\S\n]*\n\s*")
_SENTENCE_END = re.compile(r"[.!?…।。！？][\"”’»)\]*_]*\s+")
_SPACE = re.compile(r"\s+")
_MARKUP = re.compile(r"\[[^\[\]]*\](?:\([^()]*\))?")


@dataclass(frozen=True, slots=True)
class Chapter:
    """title: its heading in one line; "" for what comes before the first one, or if there are none.
    text: with the heading.
    """

    title: str
    text: str

    def file_name(self, stem: str, number: int, suffix: str) -> str:
        """As in "book-03-the-river.mp3"."""
        letters = "-".join(re.findall(r"\w+", unicodedata.normalize("NFC", self.title.lower())))
        short = letters.encode()[:_LONGEST_NAME].decode(errors="ignore").strip("-_")
        return f"{stem}-{number:02d}{'-' if short else ''}{short}{suffix}"


def chapters(text: str) -> list[Chapter]:
    """The chapters in order; laid end to end they are the text. A heading that nothing follows, as one of a part or in
    a table of contents, belongs to the next chapter."""
    found: list[Chapter] = []
    begin, title = 0, ""
    pending = 0  # where the text of the chapter begins, after its heading
    for start, end, heading in [*_headings(text), (len(text), len(text), "")]:
        if text[pending:start].strip():
            found.append(Chapter(title, text[begin:start]))
            begin = start
        title, pending = heading or title, end
    if begin < len(text) and text[begin:].strip():
        found.append(Chapter(title, text[begin:]))
    return found


def parts(text: str, most: int = PART) -> list[tuple[int, str]]:
    """A text in parts of at most `most` characters with the place where each begins, cut after a paragraph if that is
    possible, else after a sentence, else at a space, and never within markup. Blank parts are left out."""
    found = []
    start = 0
    while start < len(text):
        end = len(text) if len(text) - start <= most else start + _length(text[start : start + 2 * most], most)
        if text[start:end].strip():
            found.append((start, text[start:end]))
        start = end
    return found


def _length(text: str, most: int) -> int:
    """How much of `text` is the next part."""
    marked = [match.span() for match in _MARKUP.finditer(text)]
    for pattern in (_PARAGRAPH_END, _SENTENCE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text[:most]) if match.end() < most]
        whole = [end for end in ends if not any(first < end < last for first, last in marked)]
        if whole and whole[-1] >= most // 4:
            return whole[-1]
    return most


def _headings(text: str) -> list[tuple[int, int, str]]:
    """Where each heading begins and ends, and its words."""
    lines = [(match.start(), match.group().strip()) for match in _LINE.finditer(text) if match.group()]
    marked = [(index, len(match[1])) for index, (_, line) in enumerate(lines) if (match := _MARKDOWN.match(line))]
    if marked:
        levels = sorted({level for _, level in marked})
        several = [level for level in levels if sum(other == level for _, other in marked) > 1]
        chosen = (several or levels)[0]
        starts = [index for index, level in marked if level <= chosen]
    else:
        starts = [index for index, (_, line) in enumerate(lines) if _NAMED.match(line) and _stands_alone(lines, index)]
        if len(starts) < 2:
            bare = [index for index, (_, line) in enumerate(lines) if _BARE.match(line) and _stands_alone(lines, index)]
            starts = sorted({*starts, *bare}) if len(bare) > 1 else starts
    headings = []
    for index in starts:
        more = not marked and index + 1 < len(lines) and lines[index + 1][1]
        last = index + 1 if more else index
        words = " ".join(line.strip("#*_ ") for _, line in lines[index : last + 1])
        end = lines[last + 1][0] if last + 1 < len(lines) else len(text)
        headings.append((lines[index][0], end, words))
    return headings


def _stands_alone(lines: list[tuple[int, str]], index: int) -> bool:
    """Whether a short line, or a short line and its subtitle, have blank lines around them."""
    around = list(_around(lines, index))
    before, line, after, second = around
    if before or len(line) > _LONGEST_HEADING:
        return False
    return not after or (len(after) <= _LONGEST_HEADING and not second and not line.endswith(","))


def _around(lines: list[tuple[int, str]], index: int) -> Iterator[str]:
    """The line before, the line, and the two after it; "" beyond the ends."""
    for place in range(index - 1, index + 3):
        yield lines[place][1] if 0 <= place < len(lines) else ""
