"""Corrects the tagger's nouns and verbs where the neighbouring words leave no doubt."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


_BEFORE_A_VERB = _set(
    "will would can could shall should may might must cannot can't couldn't won't wouldn't shouldn't mustn't "
    "do does did don't doesn't didn't let's please i'll you'll he'll she'll it'll we'll they'll to"
)
_HAVE = _set("have has had haven't hasn't hadn't having i've you've we've they've")
_SUBJECTS = _set("i you we they")
_SINGULAR_SUBJECTS = _set("he she it who")
_BEFORE_A_NOUN = _set("a an the my your his our their its every each another no this")
_ASKS_FOR_A_NOUN = _set("which what whose these those many few several some all")
_FINITE = ("VBD", "VBP", "VBZ", "MD")
_LONGEST_CLAUSE = 40
_MARKS = frozenset(".,:;!?…—()“”")
_AFTER_A_VERB = frozenset(("DT", "PRP", "PRP$", "IN", "RB", "WRB", "TO", "CD", ".", ",", ":"))


def correct_tags(words: Sequence[str], tags: Sequence[str], undecided: Iterable[int]) -> list[str]:
    """Return the tags, with those of the `undecided` words corrected.

    words: in small letters, including punctuation. undecided: the indices of words with several pronunciations.
    """
    corrected = list(tags)
    for index in undecided:
        corrected[index] = _corrected(words, corrected, index)
    return corrected


def _corrected(words: Sequence[str], tags: Sequence[str], index: int) -> str:
    rules = (_after_an_auxiliary, _lone_adjective, _after_a_determiner, _after_a_subject, _only_verb)
    return next((tag for rule in rules if (tag := rule(words, tags, index))), tags[index])


def _after_an_auxiliary(words: Sequence[str], tags: Sequence[str], index: int) -> str | None:
    """Correct a word after an auxiliary: "will record", "did not object", "have read", "did you record"."""
    before = index - 1
    while before > 0 and tags[before] == "RB" and words[before] not in _BEFORE_A_VERB:
        before -= 1
    if before > 0 and words[before] in _SUBJECTS | _SINGULAR_SUBJECTS:
        if words[before - 1] in _HAVE:
            return "VBN"
        if words[before - 1] in _BEFORE_A_VERB and words[before - 1] != "to":
            return "VB"
    previous = words[before] if before >= 0 else ""
    if previous in _HAVE and tags[index] in ("VB", "VBP", "VBD"):
        return "VBN"
    if previous in _BEFORE_A_VERB and not (previous == "to" and _tag_after(tags, index).startswith("NN")):
        return tags[index] if tags[index].startswith("VB") else "VB"
    return None


def _lone_adjective(words: Sequence[str], tags: Sequence[str], index: int) -> str | None:
    """Correct an adjective that has nothing to describe to a noun: "the invalid", "arithmetic"."""
    begins = index == 0 or tags[index - 1] in ("DT", "PRP$", "IN")
    return "NN" if tags[index] == "JJ" and begins and _tag_after(tags, index) in (".", ",", ":") else None


def _after_a_determiner(words: Sequence[str], tags: Sequence[str], index: int) -> str | None:
    """Correct a verb after a determiner to a noun: "the record", "his objects", "which subjects do you like"."""
    if index == 0 or tags[index] not in ("VB", "VBP", "VBZ"):
        return None
    asks = words[index - 1] in _ASKS_FOR_A_NOUN and _tag_after(tags, index) in _FINITE
    if words[index - 1] in _BEFORE_A_NOUN or asks:
        return "NNS" if _has_s(words[index]) else "NN"
    return None


def _after_a_subject(words: Sequence[str], tags: Sequence[str], index: int) -> str | None:
    """Correct a noun after a subject to a verb: "we object", "she objects"; but not in "I saw you object"."""
    if index == 0 or tags[index].startswith("V"):
        return None
    if words[index - 1] in _SINGULAR_SUBJECTS and _has_s(words[index]):
        return "VBZ"
    begins = index == 1 or words[index - 2] in _MARKS or not tags[index - 2].startswith(("V", "IN", "TO"))
    return "VBP" if words[index - 1] in _SUBJECTS and begins and not _has_s(words[index]) else None


def _only_verb(words: Sequence[str], tags: Sequence[str], index: int) -> str | None:
    """Correct a noun to a verb if the clause has no other: "their stories conflict", "the camera records all"."""
    if index == 0 or tags[index].startswith("V") or words[index + 1 : index + 2] == ["of"]:
        return None
    if _tag_after(tags, index) not in _AFTER_A_VERB:
        return None
    if tags[index - 1] in ("NNS", "NNPS") and not _has_s(words[index]) and not _has_verb(words, tags, index, False):
        return "VBP"
    if tags[index - 1] in ("NN", "NNP") and tags[index] == "NNS" and not _has_verb(words, tags, index, True):
        return "VBZ"
    return None


def _has_verb(words: Sequence[str], tags: Sequence[str], index: int, to_its_end: bool) -> bool:
    """Whether the clause has another finite verb: before `index`, or anywhere if `to_its_end`."""
    start = end = index
    while start > max(0, index - _LONGEST_CLAUSE) and words[start - 1] not in _MARKS:
        start -= 1
    while to_its_end and end < min(len(words), index + _LONGEST_CLAUSE) and words[end] not in _MARKS:
        end += 1
    return tags[start] == "VB" or any(tags[place] in _FINITE for place in range(start, end) if place != index)


def _tag_after(tags: Sequence[str], index: int) -> str:
    return tags[index + 1] if index + 1 < len(tags) else "."


def _has_s(word: str) -> bool:
    return word.endswith("s")
