"""Words: contractions without their apostrophe, words in capitals, words run together, hyphens."""

from __future__ import annotations

import re

from kokoro_demo.text import units
from kokoro_demo.text.camel import is_camel, split_words
from kokoro_demo.text.initialisms import capitals
from kokoro_demo.text.scanner import Place, Reading, Rule, Said, words
from kokoro_demo.text.wording import before, listed

_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
# A superscript or a fraction is a word character, and no letter.
LETTER = rf"(?:[^\W\d_²³¹⁰⁴-⁹¼½¾⅐-⅞][{_MARKS}]*)"
WORD = rf"{LETTER}+(?:'{LETTER}+)*'?"
_CAPITALS = re.compile(r"([A-ZÀ-ÖØ-Þ]{2,30})('?[sS]'?|'[dD]|'|)|([A-Z])'[sS]")

# "are" after these is written "'re", and no dictionary has the contraction.
_MIXED = {
    "PhD": "PHD",
    "PhDs": "PHDs",
    "BSc": "BSC",
    "MSc": "MSC",
    "IoT": "IOT",
    "GmbH": "GMBH",
    "MEng": "MENG",
    "DPhil": "DPHIL",
}
_CONTRACTED = re.compile(r"(?:IT|WHO|LET)'[SD]")
# "A" is the letter where no word follows, and after these; elsewhere it is the article.
_NAMED_A = re.compile(r"(?!\s?[“\"'(]?[^\W\d_]{2}|\sI\b|-[a-z]|,? ?\.\.\.|…|\s[“(]|\s[a-z]\b|\s[$€£¥]?\d)")
_BEFORE_A = re.compile(
    r"\b(?:an|the|vitamin|plan|hepatitis|grade|type|group|team|option|exhibit|straight|an? solid)\s\Z", re.I
)
_LETTERS_OR_AND = re.compile(r"[A-Z]+(?:'s)?|&")
# In a shouted sentence only the word before tells the country from the pronoun.
_COUNTRY = re.compile(r"\b(?:THE|IN)\s\Z")
_ARE = listed("how what where who why when there these those here that")
# Contractions typed without their apostrophe that are no other word: what stands before it, and after.
_NOT = listed("do does did is are was were have has had could would should must need ai ca wo")
_BARE = {
    **{f"{verb}nt": f"{verb}n't" for verb in _NOT},
    **{f"{person}re": f"{person} are" for person in ("you", "they", "how", "what", "where", "there")},
    **{f"{person}ve": f"{person}'ve" for person in ("you", "we", "they", "could", "would", "should", "i")},
    **{f"{person}ll": f"{person}'ll" for person in ("you", "they", "it", "that")},
    **{f"{what}s": f"{what}'s" for what in ("that", "what", "there", "here", "where", "how", "who", "he", "she")},
    "im": "i'm", "yall": "y'all", "youd": "you'd", "theyd": "they'd", "oclock": "o'clock", "maam": "ma'am",
}  # fmt: skip


def _joined(match: re.Match[str]) -> bool:
    """Whether a hyphen joins the word to the one before it."""
    start, text = match.start(), match.string
    return start > 1 and text[start - 1] == "-" and text[start - 2].isalnum()


def _like(written: str, full: str) -> str:
    return full[0].upper() + full[1:] if written[0].isupper() else full


def _english(match: re.Match[str], place: Place) -> Reading:
    word = match.group()
    end = match.end()
    if word[0].isupper():
        loud = _CAPITALS.fullmatch(word)
        if _CONTRACTED.fullmatch(word):
            return Reading([Said(word, joined=_joined(match), plain=True)], end)
        if loud and loud[3]:
            return Reading([Said(word[0] + "'s", "letters", joined=_joined(match), plain=True)], end)
        if loud and word == "US" and before(match, _COUNTRY):
            return Reading([Said(word, "letters", plain=True)], end)
        if word in _MIXED:
            return Reading([Said(_MIXED[word], "letters", plain=True)], end)
        if loud:
            said = capitals(loud[1], match.start(), end, place.shouted(match.start()), loud[2])
            return Reading([said[0]._replace(joined=_joined(match))], end)
        if word == "A" and (_NAMED_A.match(match.string, end) or before(match, _BEFORE_A)):
            return Reading([Said(word, "letters", joined=_joined(match), plain=True)], end)
        if len(word) == 1 and word not in "AI":
            return Reading([Said(word, "letters", joined=_joined(match), plain=True)], end)
    if len(word) == 1 and word not in "aiAI" and word.isascii():
        return Reading([Said(word, "letters", joined=_joined(match), plain=True)], end)
    if word in _SMALL:
        return Reading([Said(word, "letters", joined=_joined(match), plain=True)], end)
    small = word.lower()
    full = _BARE.get(small)
    if small.endswith("'re") and small[:-3] in _ARE:
        full = f"{small[:-3]} are"
    if full:
        return Reading([Said(part) for part in _like(word, full).replace("i'", "I'").split()], end)
    if is_camel(word):
        parts = split_words(word, match.start())
        return Reading([one for part, first, last in parts for one in _part(part, first, last)], end)
    return Reading([Said(word, joined=_joined(match), plain=True)], end)


def _part(part: str, start: int, end: int) -> list[Said]:
    if part.isupper() or (len(part) == 1 and part != "a"):
        return capitals(part, start, end)
    return [Said(part, "word", start, end)]


def _ampersand(match: re.Match[str], place: Place) -> Reading:
    """ "AT&T": letters on both sides, none of them a word."""
    said = [
        Said("and", "word", *run.span()) if run.group() == "&" else Said(run.group(), "letters", *run.span())
        for run in _LETTERS_OR_AND.finditer(match.string, *match.span())
    ]
    return Reading(said, match.end())


def _any(match: re.Match[str], place: Place) -> Reading:
    return Reading([Said(match.group(), joined=_joined(match), plain=True)], match.end())


def _unit(match: re.Match[str], place: Place) -> Reading | None:
    """A unit without a number: "in km/h", "per kg"."""
    above, below = match["above"], match["below"]
    if below:
        named = units.name_of(below, place.british) if above in units.ABOVE and below in units.BELOW else None
        above_many = units.many_of(above, place.british)
        return Reading(words(f"{above_many} per {named}"), match.end()) if named and above_many else None
    if above not in units.BARE:
        return None
    one = before(match, _ONE_OF)
    name = units.name_of(above, place.british) if one else units.many_of(above, place.british)
    return Reading(words(name or above), match.end())


_ONE_OF = re.compile(r"(?:\b(?:per|an?|one|each|every|this|that)\s|/)\Z", re.I)
UNIT = Rule(re.compile(r"(?P<above>[A-Za-zμ]{1,5})(?:/(?P<below>[A-Za-z]{1,3}))?(?![\w'’])(?!\.\w)"), _unit)
ENGLISH = Rule(re.compile(WORD), _english)
AMPERSAND = Rule(re.compile(r"[A-Z]{1,3}(?:&[A-Z]{1,3}){1,3}(?:'s)?(?!\w)"), _ampersand)
ELIDED = Rule(re.compile(rf"'{WORD}"), _any)
ANY = Rule(re.compile(WORD), _any)

# Initialisms that are typed small and are no word.
_SMALL = listed(
    "btw fyi omg imo imho tbh idk wtf faq diy asap afaik rsvp tldr irl tba tbd usa uk tv pc dvd usb gps html",
    "http https url pdf api css xml ceo cto cfo fbi cia nba nfl nhl bbc cnn ibm atm vip php svg png jpg",
)
_SPECIAL = frozenset(_BARE) | _SMALL | units.BARE | listed("vs etc nos pp approx govt dept")


def _small(match: re.Match[str], place: Place) -> Reading | None:
    word = match.group()
    if word in _SPECIAL or not word.strip("ivxl"):
        return None
    return Reading([Said(word, joined=_joined(match), plain=True)], match.end())


# Most words are small letters between spaces, and no other rule need look at them.
PLAIN = Rule(re.compile(r"[a-z]{2,40}(?=[ ,;!?)”\n])"), _small)
