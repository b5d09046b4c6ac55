"""The context of a word in a sentence, as named features for a linear model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

EDGE = "<>"
MARKS = frozenset(".,:;!?…—()“”")
_FINITE = ("VBD", "VBP", "VBZ", "MD")
_LONGEST_CLAUSE = 30
_TOPIC, _NEAR = 15, 4


class Sentence(NamedTuple):
    """The tokens of a text: as written, in small letters, their tags, and whether a hyphen comes before each."""

    texts: Sequence[str]
    small: Sequence[str]
    tags: Sequence[str]
    joined: Sequence[bool]


def grammar_features(sentence: Sentence, index: int) -> Iterator[str]:
    """Yield features of the word's form and of the grammar around it, which mean the same for every word."""
    texts, small, tags, joined = sentence
    word3, word2, word1, _, after1, after2, after3 = _window(small, index)
    tag3, tag2, tag1, tag, next1, next2, next3 = _window(tags, index)
    yield "bias"
    yield f"tag {tag}"
    yield f"kind {tag[:2]}"
    for place, word, its_tag in (
        ("-3", word3, tag3),
        ("-2", word2, tag2),
        ("-1", word1, tag1),
        ("+1", after1, next1),
        ("+2", after2, next2),
        ("+3", after3, next3),
    ):
        yield f"word{place} {word}"
        yield f"tag{place} {its_tag}"
    yield f"end-1 {word1[-3:]}"
    yield f"end+1 {after1[-3:]}"
    yield f"words-2-1 {word2} {word1}"
    yield f"words-1+1 {word1} {after1}"
    yield f"words+1+2 {after1} {after2}"
    yield f"tags-1+1 {tag1} {next1}"
    yield f"tags-2-1 {tag2} {tag1}"
    yield f"tags+1+2 {next1} {next2}"
    yield f"tags-1+0+1 {tag1} {tag} {next1}"
    yield f"tag-1 word+1 {tag1} {after1}"
    yield f"word-1 tag+1 {word1} {next1}"
    capital = texts[index][:1].isupper()
    yield f"capital {capital} {index == 0 or word1 in MARKS} {texts[index].isupper()}"
    yield f"capitals {capital} {_is_capital(texts, index + 1)} {_is_capital(texts, index - 1)}"
    yield f"joined {joined[index]} {index + 1 < len(joined) and joined[index + 1]}"
    before, behind = _has_finite_verb(sentence, index, -1), _has_finite_verb(sentence, index, 1)
    yield f"verbs {before} {behind}"
    yield f"verbs {before} {tag1[:2]} {next1[:2]}"
    for back in range(1, min(6, index + 1)):
        head = tags[index - back]
        if head in ("DT", "PRP$", "TO", "MD", "IN") or head.startswith("V"):
            yield f"head {head} {min(back, 4)}"
            yield f"head {small[index - back]}"
            break


def topic_features(small: Sequence[str], index: int) -> Iterator[str]:
    """Yield the words within `_TOPIC` words, in any order, and again those within `_NEAR`."""
    seen: set[str] = set()
    for place in range(max(0, index - _TOPIC), min(len(small), index + _TOPIC + 1)):
        if place == index or len(small[place]) < 3 or not small[place].isalpha():
            continue
        stem = _stem(small[place])
        names = [f"topic {stem}", f"near {stem}"] if abs(place - index) <= _NEAR else [f"topic {stem}"]
        yield from (name for name in names if name not in seen)
        seen.update(names)


def _window(values: Sequence[str], index: int) -> list[str]:
    return [values[place] if 0 <= place < len(values) else EDGE for place in range(index - 3, index + 4)]


def _is_capital(texts: Sequence[str], index: int) -> bool:
    return 0 <= index < len(texts) and texts[index][:1].isupper()


def _has_finite_verb(sentence: Sentence, index: int, step: int) -> bool:
    """Whether the clause has a finite verb before the word (step -1) or after it (step 1)."""
    for place in range(index + step, index + step * _LONGEST_CLAUSE, step):
        if not 0 <= place < len(sentence.small) or sentence.small[place] in MARKS:
            return False
        if sentence.tags[place] in _FINITE:
            return True
    return False


def _stem(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
