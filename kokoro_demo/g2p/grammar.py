"""Second thoughts about nouns and verbs: what the tagger guessed, corrected where the neighbours leave no choice."""

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
_FINITE = ("VBD", "VBP", "VBZ", "MD")
_MARKS = frozenset(".,:;!?…—()“”")
_AFTER_A_VERB = frozenset(("DT", "PRP", "PRP$", "IN", "RB", "WRB", "TO", "CD", ".", ",", ":"))


def settle(words: Sequence[str], tags: Sequence[str], undecided: Iterable[int]) -> list[str]:
    """The tags, with those of the `undecided` words corrected.

    words: in small letters, marks among them. undecided: the places of words that are said in more than one way.
    """
    settled = list(tags)
    for index in undecided:
        settled[index] = _settled(words, settled, index)
    return settled


def _settled(words: Sequence[str], tags: Sequence[str], index: int) -> str:
    tag = tags[index]
    before = index - 1
    while before > 0 and tags[before] == "RB" and words[before] not in _BEFORE_A_VERB:
        before -= 1
    previous = words[before] if before >= 0 else ""
    following_tag = tags[index + 1] if index + 1 < len(tags) else "."
    if before > 0 and previous in _SUBJECTS | _SINGULAR_SUBJECTS:
        asked = words[before - 1]
        if asked in _HAVE:
            return "VBN"
        if asked in _BEFORE_A_VERB and asked != "to":
            return "VB"
    if previous in _HAVE and tag in ("VB", "VBP", "VBD"):
        return "VBN"
    if previous in _BEFORE_A_VERB and not (previous == "to" and following_tag.startswith("NN")):
        return "VB" if not tag.startswith("VB") else tag
    if tag == "JJ" and following_tag in (".", ",", ":") and (index == 0 or tags[index - 1] in ("DT", "PRP$", "IN")):
        return "NN"
    if index == 0 or tags[index - 1] == "RB":
        return tag
    plural = words[index].endswith("s")
    if words[index - 1] in _BEFORE_A_NOUN and tag in ("VB", "VBP", "VBZ"):
        return "NNS" if plural else "NN"
    if tag.startswith("V"):
        return tag
    if words[index - 1] in _SUBJECTS and not plural and _begins_clause(words, tags, index - 1):
        return "VBP"
    if words[index - 1] in _SINGULAR_SUBJECTS and plural:
        return "VBZ"
    if following_tag in _AFTER_A_VERB and words[index + 1 : index + 2] != ["of"]:
        if tags[index - 1] in ("NNS", "NNPS") and not plural and not _has_verb(words, tags, index, before=True):
            return "VBP"
        if tags[index - 1] in ("NN", "NNP") and tag == "NNS" and not _has_verb(words, tags, index, before=False):
            return "VBZ"
    return tag


def _begins_clause(words: Sequence[str], tags: Sequence[str], index: int) -> bool:
    return index == 0 or words[index - 1] in _MARKS or not tags[index - 1].startswith(("V", "IN", "TO"))


def _has_verb(words: Sequence[str], tags: Sequence[str], index: int, before: bool) -> bool:
    """Whether another verb rules the clause around a place, or only the part of it before that place."""
    start = index
    while start > 0 and words[start - 1] not in _MARKS:
        start -= 1
    end = index
    while not before and end < len(words) and words[end] not in _MARKS:
        end += 1
    others = (tags[place] for place in range(start, end) if place != index)
    return any(tag in _FINITE for tag in others) or tags[start] == "VB"
