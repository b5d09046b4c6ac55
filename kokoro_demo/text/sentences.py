"""Split a text that is still arriving into sentences, giving out only those that later text cannot change."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kokoro_demo.text.clean.unspoken import opened_tag
from kokoro_demo.text.normalise import normalise

# A shorter sentence, in characters, is spoken with the next one: the model speaks very short phrases badly.
SHORT = 20
# A sentence that has not ended after this many characters is cut at a clause.
LONGEST = 600

_CLOSING = r"[\"'”’»)\]*_`」』]*"
_END = re.compile(rf"(?:[.!?…]+{_CLOSING}(?=\s)|[。！？]+{_CLOSING}|\n)")
_NEXT_WORD = re.compile(r"\W*\w\S*?(?=\s|(?<=[぀-ヿ㐀-鿿]))")
_CLAUSE_END = re.compile(rf"[;:,—–、，；：]{_CLOSING}(?:\s+|(?<=[、，；：]))")
_SPACE = re.compile(r"\s+")
_MARKS = (".", "!", "?", "…")
_FENCE = re.compile(r"^\s*(?:`{3,}|~{3,})", re.MULTILINE)
_SSML = re.compile(r"</?speak\b", re.IGNORECASE)
# A mark, a link, a tag, or a formula that is not complete yet.
_OPEN = re.compile(r"\[[^\[\]\n]*\]?\(?[^()\[\]\n]*\Z|<[a-zA-Z/!][^<>\n]*\Z|\\[(\[](?:(?!\\[)\]]).)*\Z", re.DOTALL)
_COMPLETE = re.compile(r"\][^(]|\]\Z")


def whole_sentences(text: str, language: str) -> Iterator[str]:
    """Yield the complete sentences of a text that goes on, each with the white space after it.

    A sentence is complete once the word after it is. A full stop that belongs to an abbreviation, a decimal point and
    the like do not end a sentence; the rules of `normalise` decide. A short sentence is joined to the next. The
    result does not depend on the pieces in which the text arrives.

    language: a code or an alias from `kokoro_demo.languages`.
    """
    start = 0
    while (end := _first_end(text[start:], language)) is not None:
        yield text[start : start + end]
        start += end


def _first_end(text: str, language: str) -> int | None:
    """Return where the first sentence ends, or None if that is not certain yet."""
    for match in _END.finditer(text):
        following = _SPACE.match(text, match.end())
        end = following.end() if following else match.end()
        word = _NEXT_WORD.match(text, end)
        if word is None or end > LONGEST:
            break
        if len(text[:end].strip()) >= SHORT and _ends_here(text[: word.end()], match, end, language):
            return end
    if len(text) <= LONGEST or _is_open(text[:LONGEST], blocks_only=True):
        return None
    for pattern in (_CLAUSE_END, _SPACE):
        ends = [match.end() for match in pattern.finditer(text, LONGEST // 4, LONGEST) if match.end() < LONGEST]
        closed = [end for end in ends if not _is_open(text[:end])]
        if closed:
            return closed[-1]
    return LONGEST


def _ends_here(text: str, mark: re.Match[str], end: int, language: str) -> bool:
    """Return whether a sentence ends at `mark`, so that the next begins at `end`.

    `text` reaches to the end of the first word of the next sentence.
    """
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


def _is_open(text: str, blocks_only: bool = False) -> bool:
    """Return whether the text ends within a model's reasoning, SSML, a code block, a formula, or a mark.

    blocks_only: ignore marks.
    """
    if opened_tag(text) or len(_SSML.findall(text)) % 2 or len(_FENCE.findall(text)) % 2 or text.count("$$") % 2:
        return True
    last_sentence = None if blocks_only else _OPEN.search(text.rstrip())
    return last_sentence is not None and not _COMPLETE.search(last_sentence.group())
