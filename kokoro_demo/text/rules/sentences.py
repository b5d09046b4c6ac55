"""Whether a full stop that belongs to an abbreviation also ends a sentence."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import listed

# Words that often begin a sentence and are rarely the second word of a name.
STARTERS = listed(
    "a an the this that these those it he she we they you i my his her our their its there here what when",
    "where why who how which if in on at by for from with as to of but and or so yet not no yes all some many",
    "most both each every then now after before while since because although though however also still even",
    "once only just let please thanks is are was were do does did can could will would should may might must",
    "have has had nothing something everyone everything nobody another one two three perhaps maybe meanwhile",
    "today tomorrow yesterday during until unless such soon later never always sometimes did don't didn't",
    "it's he's she's that's there's we're they're you're i'm i've i'll we'll",
)
_TITLE = re.compile(r"[“\"'(]*(?:Dr|Mr|Mrs|Ms|Prof|Rev)\.?\s[A-Z][a-z]")
_NEXT = re.compile(r"[\s”\"')\]*_]*")
_NEXT_WORD = re.compile(r"[“\"'(\[]*([^\W\d_]+(?:'[^\W\d_]+)?|\d)?")


def next_word(text: str, end: int) -> str:
    """The word that follows, past quotes and brackets; "" if the text ends."""
    start = _NEXT.match(text, end).end()  # type: ignore[union-attr]
    match = _NEXT_WORD.match(text, start)
    return (match and match[1]) or ""


def ends_sentence(text: str, end: int, names: bool = False) -> bool:
    """Whether the full stop of an abbreviation, just before `end`, also ends the sentence.

    names: whether a capital may follow within the sentence, because this abbreviation comes before names ("U.S. Army").
    """
    following = text[end : end + 200]
    stripped = following.lstrip(" ”\"')]*_")
    if not stripped:
        return len(text) <= end + 200
    if stripped[0] == "\n":
        return True
    if stripped[0] in ",;:!?.…—–-/%":
        return False
    if not following[0].isspace() and following[0] not in "”\"')":
        return False
    word = next_word(following, 0)
    if not word:
        return False
    if names:
        return word[0].isupper() and (word.lower() in STARTERS or _TITLE.match(stripped) is not None)
    return word[0].isupper()


def full_stop_kept(match: re.Match[str], names: bool = False) -> int:
    """Where scanning continues after an abbreviation: before its full stop if that also ends the sentence."""
    end = match.end()
    if match.string[end - 1] == "." and ends_sentence(match.string, end, names):
        return end - 1
    return end
