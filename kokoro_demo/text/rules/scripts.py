"""Other scripts: Greek, Cyrillic, kana and hangul are transliterated; the rest is left out with a warning."""

from __future__ import annotations

import re
import unicodedata

from kokoro_demo.languages import BY_CODE, needs_extra
from kokoro_demo.text.patterns import HAN, LATIN, listed
from kokoro_demo.text.scanner import Context, Piece, Rule, RuleResult


def _pairs(*lines: str) -> dict[str, str]:
    """Parse "a=b c=d" into {"a": "b", "c": "d"}."""
    left_and_right = (pair.partition("=") for pair in listed(*lines))
    return {left: right for left, _, right in left_and_right}


_CYRILLIC = _pairs(
    "а=a б=b в=v г=g д=d е=e ё=yo ж=zh з=z и=i й=y к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh ц=ts",
    "ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=yi є=ye ґ=g ў=w ј=y љ=ly њ=ny ћ=ch ђ=dj џ=j",
)
_GREEK = _pairs(
    "α=a β=v γ=g δ=d ε=e ζ=z η=i θ=th ι=i κ=k λ=l μ=m ν=n ξ=x ο=o π=p ρ=r σ=s ς=s τ=t υ=i φ=f χ=ch ψ=ps",
    "ω=o",
)
# Unicode names kana in an older romanisation (Kunrei-shiki); this is Hepburn.
_HEPBURN = _pairs("si=shi ti=chi tu=tsu hu=fu zi=ji di=ji du=zu")
_KANA = frozenset(map(chr, range(0x3041, 0x3100)))
_BY_NAME = ("HIRAGANA LETTER ", "KATAKANA LETTER ", "HANGUL SYLLABLE ")


def _stripped(character: str) -> str:
    """The letter in lower case without its accents, "Ά" -> "α"; й, ё and ї keep theirs."""
    small = character.lower()
    return small if small in _CYRILLIC else unicodedata.normalize("NFD", small)[0]


def _sound(character: str) -> str | None:
    """The sound of one letter in Latin letters; None if unknown. Kana and hangul get it from their Unicode names."""
    if character.isascii():
        return character
    base = _stripped(character)
    if base in _CYRILLIC or base in _GREEK:
        return _CYRILLIC.get(base) or _GREEK.get(base, "")
    name = unicodedata.name(character, "")
    for prefix in _BY_NAME:
        if name.startswith(prefix):
            return name[len(prefix) :].lower()
    return "" if character == "ー" else None


# Greetings that end in a particle, which is written "ha" and pronounced "wa".
_GREETINGS = {"こんにちは": "konnichiwa", "こんばんは": "konbanwa"}


def transliterate(word: str) -> str | None:
    """Return a word of another script in Latin letters; None if that would take a dictionary."""
    if greeting := _GREETINGS.get(word):
        return greeting
    result = ""
    doubled = False
    for character in word:
        sound = _sound(character)
        if sound is None:
            return None
        if sound == "small tu":
            doubled = True
            continue
        if sound.startswith("small "):
            sound = sound.removeprefix("small ")
            result = result.removesuffix("i")
            sound = sound[1:] if result.endswith(("sh", "ch", "j")) else sound
        if character in _KANA:
            sound = _HEPBURN.get(sound, sound)
        result += sound[:1] + sound if doubled else sound
        doubled = False
    return result.capitalize() if word[0].isupper() else result


def _hanzi(match: re.Match[str], context: Context) -> RuleResult | None:
    """Leave Chinese words as they are, for g2p to look up; kana near them say that they are Japanese."""
    near = match.string[max(0, match.start() - _NEAR) : match.end() + _NEAR]
    if _KANA_NEAR.search(near):
        return None
    mandarin = BY_CODE["zh"]
    if not mandarin.is_read:
        context.warnings.add(f"“{match.group()[:40]}” is left out. {needs_extra(mandarin)}")
    return RuleResult([Piece(match.group(), plain=True)], match.end())


_NEAR = 200
_IS_HANZI = re.compile(f"[{HAN}]+")
_KANA_NEAR = re.compile("[\u3041-\u30ff]")


def _foreign(match: re.Match[str], context: Context) -> RuleResult:
    return RuleResult([read_foreign(match.group(), context)], match.end())


def read_foreign(written: str, context: Context) -> Piece:
    """Read a word with letters that the voice cannot read: transliterated or silent, with a warning."""
    if len(written) == 1 and unicodedata.name(written, "").startswith("GREEK"):
        name = unicodedata.name(written).split(" WITH ")[0].rsplit(" ", 1)[-1]
        return Piece({"LAMDA": "lambda"}.get(name, name.lower()))
    sound = transliterate(written)
    if sound:
        context.warnings.add(f"“{written}” is read letter by letter, as “{sound}”.")
        return Piece(sound)
    context.warnings.add(f"“{written[:40]}” is written in a script that this voice cannot read, and is left out.")
    return Piece("", "silent")


_LETTER = r"[^\W\d_²³¹⁰⁴-⁹₀-₉¼½¾⅐-⅞]"  # superscripts and fractions match \w but are not letters

# Vowel signs and points of scripts that no voice reads here: they belong to the letter before them.
_SIGNS = (
    r"[\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"
    r"\u0981-\u0983\u09bc-\u09d7\u0a01-\u0a03\u0a3c-\u0a51\u0b82\u0bbe-\u0bd7\u0c00-\u0c04\u0c3e-\u0c56\u0e31\u0e34-\u0e3a"
    r"\u0e47-\u0e4e\u200c\u200d]"
)


class Script:
    """The letters that a voice can read. `rule` reads runs of other letters, `read` a word with some of them."""

    def __init__(self, known: str, keeps_hanzi: bool = False) -> None:
        self._keeps_hanzi = keeps_hanzi
        self._foreign = re.compile(rf"(?![{known}]){_LETTER}")
        self.rule = Rule("other script", re.compile(rf"(?:(?![{known}]){_LETTER}{_SIGNS}*)+"), _foreign)

    def read(self, piece: Piece, context: Context) -> Piece:
        """Return the piece itself if the voice can read its letters, or else its transliteration."""
        if piece.kind not in ("word", "letters") or not self._foreign.search(piece.text):
            return piece
        if self._keeps_hanzi and _IS_HANZI.fullmatch(piece.text):
            return piece
        return read_foreign(piece.text, context)._replace(start=piece.start, end=piece.end)


LATIN_SCRIPT = Script(LATIN)
ENGLISH = Script(LATIN, keeps_hanzi=True)
HANZI = Rule("hanzi", re.compile(rf"[{HAN}]+(?!{_LETTER})"), _hanzi)
DEVANAGARI_SCRIPT = Script(LATIN + "\u0900-\u097f")
