"""Words: capitals, single letters, camelCase, hyphens. Most words are read as they are written."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import any_of, before, listed
from kokoro_demo.text.rules import contractions, medicine, units
from kokoro_demo.text.rules.abbreviation_tables import WITHOUT_STOP
from kokoro_demo.text.rules.camel import is_camel, split_words
from kokoro_demo.text.rules.initialisms import capitals
from kokoro_demo.text.rules.shouting import NAMES, is_pronoun
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult
from kokoro_demo.text.spoken import TokenKind

_MARKS = "\u0300-\u036f\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u200c\u200d"
# Superscripts and fractions match \w but are not letters.
LETTER = rf"(?:[^\W\d_²³¹⁰⁴-⁹¼½¾⅐-⅞][{_MARKS}]*)"
WORD = rf"{LETTER}+(?:'{LETTER}+)*'?"
_CAPITALS = re.compile(r"([A-ZÀ-ÖØ-Þ]{2,30})('?[sS]'?|'[dD]|'|)")
_CONTRACTION_IN_CAPITALS = re.compile(r"(?:IT|WHO|LET)'[SD]")
_LETTERS_OR_AND = re.compile(r"[A-Z]+(?:'s)?|&")
# In a shouted sentence, only the word before distinguishes the country from the pronoun.
_COUNTRY = re.compile(r"\b(?:THE|IN)\s\Z")
# "A" is the letter if no word follows it, or after these; elsewhere it is the article.
_NO_WORD_FOLLOWS = re.compile(
    r"(?!\s?[“\"'(]?[^\W\d_]{2}|\sI\b|-(?:a|[a-z]+ing\b|ha\b)|…|\s[“(]|\s[a-z]\b|\s[$€£¥]?\d)"
)
_BEFORE_LETTER = re.compile(
    r"\b" + any_of("an the vitamin plan hepatitis grade type group team option exhibit straight") + r"\s\Z", re.I
)
# Initialisms with small letters, and those that may be typed in small letters because they are not words.
_MIXED = {
    "PhD": "PHD", "PhDs": "PHDs", "BSc": "BSC", "MSc": "MSC", "IoT": "IOT", "GmbH": "GMBH",
    "pH": "PH",
}  # fmt: skip
_SMALL = listed(
    "btw fyi omg imo imho tbh idk wtf faq diy asap afaik rsvp tldr irl tba tbd usa uk tv pc dvd usb gps html http",
    "brb ttyl lmk nvm ngl smh jk ikr fwiw iirc iykyk idc eod eta poc",
    "https url pdf api css xml ceo cto cfo fbi cia nba nfl nhl bbc cnn ibm atm vip php svg png jpg",
)
_MAY_BE_A_DATE = listed(
    "jan january feb february mar march apr april may jun june jul july aug august sep sept september oct october nov",
    "november dec december mon tue tues wed thu thur thurs fri sat sun",
)
_NOT_PLAIN = (
    frozenset(contractions.BARE)
    | _SMALL
    | units.ALONE
    | _MAY_BE_A_DATE
    | frozenset(word for word in WITHOUT_STOP if word.islower())
    | medicine.SMALL
    | listed(
        "est edt pst pdt cst cdt mst mdt gmt utc cet",
        "vs etc nos pp yr yrs hrs mtg mtgs mktg mgmt wkts bdrm bdrms bsmt qtr",
        "approx govt dept ltd vol vols st dr ave rd blvd hwy expy pkwy mt drs pcm pppn pp pw pa ph psf ss oz lb mths",
        "exc inc nr bros agg aet exp hols reg ff flr tab tabs cap caps mfg mfd req reqs inn bid tid qid shs cmd "
        "temp sat fx",
    )
)


def _as(match: re.Match[str], text: str, kind: TokenKind = "word") -> RuleResult:
    """Read the match as one word, or as letters; joined to the word before it if there is a hyphen between them."""
    start, written = match.start(), match.string
    joined = start > 1 and written[start - 1] == "-" and written[start - 2].isalnum()
    return RuleResult([Piece(text, kind, joined=joined, plain=True)], match.end())


def _is_letter(word: str, match: re.Match[str]) -> bool:
    """Whether a single letter is named: "I" and "i" are words, and "A" and "a" mostly are."""
    if word == "A":
        return _NO_WORD_FOLLOWS.match(match.string, match.end()) is not None or before(match, _BEFORE_LETTER)
    return word not in "aiI"


_SPEAKS = re.compile(r":|\s(?:\([^()\n]{1,40}\)|\[[^\[\]\n]{1,40}\]):")  # "BOB:", "BOB (laughing):"


def _capitals(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a word in capitals with its ending: as letters, an acronym, or an emphasised word."""
    word, start = match.group(), match.start()
    if len(word) == 3 and word[1:].lower() == "'s" and word[0] != "I":
        return _as(match, word[0] + "'s", "letters")
    parts = _CAPITALS.fullmatch(word)
    if not parts or _CONTRACTION_IN_CAPITALS.fullmatch(word):
        return None
    if word == "US" and before(match, _COUNTRY):
        return _as(match, word, "letters")
    shouted = context.shouted(start)
    if parts[1] in NAMES and (shouted or _SPEAKS.match(match.string, match.end())):
        return _as(match, word)
    shouted = shouted or is_pronoun(parts[1], match.string, start)
    spoken = capitals(parts[1], shouted=shouted, ending=parts[2])[0]
    return _as(match, spoken.text, spoken.kind)


def _english(match: re.Match[str], context: Context) -> RuleResult:
    word = match.group()
    if len(word) == 1 and word.isascii() and _is_letter(word, match):
        return _as(match, word, "letters")
    if word in _MIXED:
        return _as(match, _MIXED[word], "letters")
    if word[0].isupper() and (result := _capitals(match, context)):
        return result
    if word in _SMALL:
        return _as(match, word, "letters")
    if full := contractions.expand(word):
        return RuleResult([Piece(part) for part in full.split()], match.end())
    if is_camel(word):
        parts = split_words(word, match.start())
        return RuleResult([piece for part in parts for piece in camel_part(*part)], match.end())
    return _as(match, word)


def camel_part(part: str, start: int, end: int) -> list[Piece]:
    """Read one part of a camelCase word: letters if it is in capitals, or a single letter."""
    if part.isupper() or (len(part) == 1 and part != "a"):
        return capitals(part, start, end)
    if part in _SMALL:
        return [Piece(part, "letters", start, end)]
    return [Piece(part, "word", start, end)]


def _gas(match: re.Match[str], context: Context) -> RuleResult:
    """Read "NO synthesis"."""
    return RuleResult([Piece("nitrogen"), Piece("monoxide")], match.end())


def _ampersand(match: re.Match[str], context: Context) -> RuleResult:
    """Read "AT&T": letters on both sides of the sign."""
    spoken = [
        Piece("and", "word", *run.span()) if run.group() == "&" else Piece(run.group(), "letters", *run.span())
        for run in _LETTERS_OR_AND.finditer(match.string, *match.span())
    ]
    return RuleResult(spoken, match.end())


def _starred_grade(match: re.Match[str], context: Context) -> RuleResult:
    """Read "A*AA" as "A star A A"; `markdown` has kept its stars."""
    spoken: list[Piece] = []
    for sign in re.finditer(r"I+|[A-E]|\*", match.group()):
        span = match.start() + sign.start(), match.start() + sign.end()
        if sign.group() == "II":
            spoken.append(Piece("two", "word", *span))
        else:
            spoken.append(
                Piece("star", "word", *span) if sign.group() == "*" else Piece(sign.group(), "letters", *span)
            )
    return RuleResult(spoken, match.end())


def _any(match: re.Match[str], context: Context) -> RuleResult:
    return _as(match, match.group())


def _plain(match: re.Match[str], context: Context) -> RuleResult | None:
    word = match.group()
    return None if word in _NOT_PLAIN or not word.strip("ivxl") else _as(match, word)


# Most words are small letters between spaces; this rule comes first so that no other needs to look at them.
PLAIN = Rule("word", re.compile(r"[a-z]{2,40}(?=[ ,;!?)”\n])"), _plain)
ENGLISH = Rule("word", re.compile(WORD), _english)
# "NO" is the gas before these words, and "no" elsewhere.
GAS = Rule(
    "formula",
    re.compile(r"NO(?=\s(?:synth(?:as|es)\w{1,12}|donors?|emissions?|bioavailability|signall?ing|radicals?)\b)"),
    _gas,
)
AMPERSAND = Rule("initials", re.compile(r"[A-Z]{1,3}(?:&[A-Z]{1,3}){1,3}(?:'s)?(?!\w)"), _ampersand)
STARRED_GRADE = Rule("grade", re.compile(r"(?=[A-E]{0,4}\*)[A-E*]{2,10}(?![\w*])|II\*(?!\w)"), _starred_grade)
ELIDED = Rule("word", re.compile(rf"'{WORD}"), _any)
ANY = Rule("word", re.compile(WORD), _any)
