"""The sentences of a text that is still being written: which of them more text cannot change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kokoro_demo.text.clean.unspoken import opened_tag
from kokoro_demo.text.normalise import normalise

# A sentence of fewer characters is spoken with the next one: the model speaks a few sounds alone badly.
SHORT = 20
# Without an end for so long, it is cut at a clause.
LONGEST = 600

_CLOSING = r"[\"'”’»)\]*_`」』]*"
_END = re.compile(rf"(?:[.!?…]+{_CLOSING}(?=\s)|[。！？]+{_CLOSING}|\n)")
_NEXT_WORD = re.compile(r"\W*\w\S*?(?=\s|(?<=[぀-ヿ㐀-鿿]))")
_CLAUSE_END = re.compile(rf"[;:,—–、，；：]{_CLOSING}(?:\s+|(?<=[、，；：]))")
_SPACE = re.compile(r"\s+")
_MARKS = (".", "!", "?", "…")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})", re.MULTILINE)
_SSML = re.compile(r"</?speak\b", re.IGNORECASE)
# A mark, a link, a tag, or a formula that is not complete.
_OPEN = re.compile(r"\[[^\[\]\n]*\]?\(?[^()\[\]\n]*\Z|<[a-zA-Z/!][^<>\n]*\Z|\\[(\[](?:(?!\\[)\]]).)*\Z", re.DOTALL)
_COMPLETE = re.compile(r"\][^(]|\]\Z")


def whole_sentences(text: str, language: str) -> Iterator[str]:
    """The sentences at the beginning of a text whose rest is not written yet, each with the white space after it.

    A sentence is whole once the word after it is: an abbreviation's full stop, a decimal point and the like end none,
    by the rules of `normalise`. A short one is given out with the next. What these are does not depend on the pieces
    in which the text arrives.

    language: a code or an alias in `kokoro_demo.languages`.
    """
    start = 0
    while (end := _first_end(text[start:], language)) is not None:
        yield text[start : start + end]
        start += end


def _first_end(text: str, language: str) -> int | None:
    """Where the first sentence ends, as far as that is certain."""
    for match in _END.finditer(text):
        following = _SPACE.match(text, match.end())
        end = following.end() if following else match.end()
        word = _NEXT_WORD.match(text, end)
        if word is None or end > LONGEST:
            break
        if len(text[:end].strip()) >= SHORT and _ends_here(text[: word.end()], match, end, language):
            return end
    if len(text) <= LONGEST or _is_open(text[:LONGEST], blocks_alone=True):
        return None
    for pattern in (_CLAUSE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, LONGEST // 4, LONGEST) if match.end() < LONGEST]
        closed = [end for end in ends if not _is_open(text[:end])]
        if closed:
            return closed[-1]
    return LONGEST


def _ends_here(text: str, mark: re.Match[str], end: int, language: str) -> bool:
    """Whether a sentence ends at `mark` and the next one begins at `end`; the text reaches to the end of its word."""
    if _is_open(text[:end]):
        return False
    quoted = mark.group()[-1:] in "\"'”’»" or mark.group().startswith(("…", "..."))
    if quoted and text[end].islower():  # “Really?” she asked.
        return False
    first = mark.start() - 1 if mark.group() == "\n" else mark.start()
    return any(
        token.kind == "punctuation" and token.text in _MARKS and first <= token.start < end and token.end <= end
        for token in normalise(text, language).tokens
    )


def _is_open(text: str, blocks_alone: bool = False) -> bool:
    """Whether the text ends within a model's reasoning, SSML, a block of code, or a formula; or in a mark, unless
    `blocks_alone`."""
    if opened_tag(text) or len(_SSML.findall(text)) % 2 or len(_FENCE.findall(text)) % 2 or text.count("$$") % 2:
        return True
    found = None if blocks_alone else _OPEN.search(text.rstrip())
    return found is not None and not _COMPLETE.search(found.group())
