"""Music: chords, time signatures, bars, and featured artists."""

from __future__ import annotations

import re

from kokoro_demo.text.patterns import before
from kokoro_demo.text.rules import number_words
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult, letters, words

_CHORDS = {
    "maj": "major", "min": "minor", "m": "minor", "dim": "diminished", "aug": "augmented", "sus": "sus", "add": "add",
    "M": "major",
}  # fmt: skip
_SIGNS = {"#": "sharp", "♯": "sharp", "b": "flat", "♭": "flat"}


def _chord(match: re.Match[str], context: Context) -> RuleResult:
    """Read "Cmaj7", "F#m7b5", "Gsus4"."""
    pieces = letters(match["root"], *match.span("root"))
    if match["sign"]:
        pieces += words(_SIGNS[match["sign"]], *match.span("sign"))
    pieces += words(_CHORDS[match["kind"]], *match.span("kind"))
    if match["number"]:
        pieces += words(number_words.cardinal(match["number"], False), *match.span("number"))
    if match["altered"]:
        pieces += words(f"{_SIGNS[match['altered'][0]]} {number_words.cardinal(match['altered'][1:], False)}")
    return RuleResult(pieces, match.end())


def _time(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read a time signature: "3/4 time", "6/8"."""
    compound = int(match["beats"]) > int(match["unit"]) > 2 and before(match, _IN)  # "a song in 12/4"
    if not (compound or _MUSICAL.match(match.string, match.end()) or before(match, _TIME_BEFORE, 48)):
        return None
    beats, unit = (number_words.cardinal(match[part], False) for part in ("beats", "unit"))
    return RuleResult(words(f"{beats} {unit}"), match.end())


_IN = re.compile(r"\bin\s\Z")
_MUSICAL = re.compile(
    r"[\s-](?:time(?!s)\b|meter|metre|signature|bars?\b|groove|beats?\b|ballad|shuffle|blues\b|polka|reel\b|waltz|feel\b|rhythm|march\b|jig\b|swing\b)"
)
_TIME_BEFORE = re.compile(
    r"(?:\d{1,2}/(?:2|4|8|16) time,? (?:(?:then|and|to|or|not|but)\s)*|\btime signatures?:? (?:(?:is|of|to|from|in)\s)*"
    r"|\bBPM,\s"
    r"|\b(?:waltz|song|piece|tune|movement|track|groove|played|written|counted) in )\Z"
)


def _bars(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "mm." of "mm. 12-16" as "measures"."""
    return RuleResult(words("measures" if match.group().startswith("mm") else "measure"), match.end())


def _featuring(match: re.Match[str], context: Context) -> RuleResult:
    """Read "ft. Drake"."""
    return RuleResult(words("featuring"), match.end())


def _in_opus(match: re.Match[str], context: Context) -> RuleResult:
    """Read the "27/2" of "Op. 27/2"."""
    opus, number = (number_words.cardinal(match[part], context.british) for part in ("opus", "number"))
    return RuleResult([*words(opus), Piece(",", "punctuation"), *words(f"number {number}")], match.end())


def _catalogue(match: re.Match[str], context: Context) -> RuleResult | None:
    """Read the "K." of "Mozart's K. 525", the number of a work in a catalogue."""
    return RuleResult(letters(match["catalogue"]), match.end()) if before(match, _WORK, 24) else None


_WORK = re.compile(
    r"(?:['’]s|\b(?:[Mm]ajor|[Mm]inor|[Ss]harp|[Ff]lat|Requiem|Sonatas?|Symphony|Concerto|Quartet|Quintet|Mozart|Schubert"
    r"|Haydn|Vivaldi|Scarlatti|Handel|No\. \d{1,3}),?)\s\(?\Z"
)
DIGIT_RULES = (
    Rule("music", re.compile(r"(?P<beats>[2-79]|1[12])/(?P<unit>2|4|8|16)(?![\d/]|[.,]\d)"), _time),
    Rule("music", re.compile(r"(?:(?<=\bOp\. )|(?<=\bop\. ))(?P<opus>\d{1,3})/(?P<number>\d{1,2})(?![\d/])"), _in_opus),
)
LETTER_RULES = (
    Rule(
        "music",
        re.compile(
            r"(?P<root>[A-G])(?P<sign>[#♯b♭]?)(?P<kind>maj|min|dim|aug|sus|add|m|M(?=7|9|1))(?P<number>2|4|6|7|9|11|13)"
            r"(?P<altered>[#♯b♭](?:5|9|11|13))?(?!\w)"
        ),
        _chord,
    ),
    Rule("music", re.compile(r"(?P<catalogue>KV?|D|RV|HWV|TWV|S)\.(?=\s\d{1,4}[a-z]?(?!\w))"), _catalogue),
    Rule("music", re.compile(r"mm?\.(?=\s\d{1,3}(?:\s?[-–]\s?\d|[,;.)]|\s(?:and|to)\b|$))"), _bars),
    Rule("music", re.compile(r"(?:(?<![\d\s])|(?<=[A-Za-z)\]”’'] )|(?<=\())(?:ft|feat)\.(?=\s[A-Z])"), _featuring),
)
