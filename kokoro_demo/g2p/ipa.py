"""Converts phonemes to Kokoro's alphabet, from plain IPA and from eSpeak NG's output."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from kokoro_demo.g2p.alphabet import STRESSES, SYMBOLS, VOWELS
from kokoro_demo.g2p.espeak import TIE

# What people type for symbols that are not on a keyboard.
_TYPED = str.maketrans({"g": "ɡ", "'": "ˈ", "’": "ˈ", "′": "ˈ", ":": "ː"})
# Other spellings of Kokoro's symbols, in any language.
_SPELLINGS = {
    "ɫ": "l", "ɱ": "m", "ɦ": "h", "ʍ": "w", "ɝ": "ɜɹ",
    "t͡ʃ": "ʧ", "d͡ʒ": "ʤ", "t͡s": "ʦ", "d͡z": "ʣ", "t͡ɕ": "ʨ", "d͡ʑ": "ʥ", "ʈ͡ʂ": "ꭧ", "ɪ\u0308": "ᵻ",
    "aɪ̯": "I", "aʊ̯": "W", "eɪ̯": "A", "oʊ̯": "O", "əʊ̯": "Q", "ɔɪ̯": "Y",
    "˥": "→", "˧˥": "↗", "˨˩˦": "↓", "˥˩": "↘",
}  # fmt: skip

_ENGLISH = {
    "tʃ": "ʧ", "dʒ": "ʤ", "eɪ": "A", "aɪ": "I", "aʊ": "W", "ɔɪ": "Y", "ɔɪ̯": "Y", "ɚ": "əɹ", "ɝ": "ɜɹ", "r": "ɹ",
    "ɾ": "T", "ʔ": "t", "oɹ": "ɔɹ", "or": "ɔɹ", "e": "ɛ",
    "ə\u0329l": "ᵊl", "l\u0329": "ᵊl", "n\u0329": "ᵊn", "m\u0329": "ᵊm", "ɹ\u0329": "əɹ",
}  # fmt: skip
_AMERICAN = {
    "oʊ": "O", "oʊɹ": "ɔɹ", "oʊr": "ɔɹ", "əʊ": "O", "o": "O", "ɝː": "ɜɹ", "ɜːɹ": "ɜɹ", "ɜːr": "ɜɹ", "ɜr": "ɜɹ",
    "ɜː": "ɜɹ", "ɔːr": "ɔɹ", "ː": "", "ɒ": "ɑ", "eə": "ɛ", "eəɹ": "ɛɹ", "eər": "ɛɹ", "ɪəɹ": "ɪɹ", "ɪər": "ɪɹ",
    "ʊəɹ": "ʊɹ", "ʊər": "ʊɹ",
}  # fmt: skip
_BRITISH = {
    "əʊ": "Q", "oʊ": "Q", "o": "Q", "oː": "ɔː", "eə": "ɛː", "eəɹ": "ɛːɹ", "eər": "ɛːɹ", "æ": "a", "ᵻ": "ɪ",
    "ɪ\u0308": "ɪ", "ɾ": "t",
}  # fmt: skip

# eSpeak NG's output, with ^ as the tie, for all languages.
_TIED = {
    "a^ɪ": "I", "a^ʊ": "W", "d^z": "ʣ", "d^ʒ": "ʤ", "e^ɪ": "A", "o^ʊ": "O", "ə^ʊ": "Q", "s^s": "S", "t^s": "ʦ",
    "t^ʃ": "ʧ", "ɔ^ɪ": "Y",
}  # fmt: skip
_TIED_ENGLISH = {
    "a^ɪ": "I", "a^ʊ": "W", "d^ʒ": "ʤ", "e^ɪ": "A", "e": "A", "t^ʃ": "ʧ", "ɔ^ɪ": "Y", "ə^l": "ᵊl",
    "ʔˌn\u0329": "tn", "ʔn\u0329": "tn", "ʲo": "jo", "ʲə": "jə", "ʲ": "", "ɚ": "əɹ", "r": "ɹ", "x": "k", "ç": "k",
    "ɐ": "ə", "ɬ": "l", "\u0303": "", "ɾ": "T", "ʔ": "t", "o": "ɔ",
}  # fmt: skip
_TIED_AMERICAN = {"o^ʊ": "O", "ɜːɹ": "ɜɹ", "ɜː": "ɜɹ", "ɪə": "iə", "ː": ""}
_TIED_BRITISH = {"e^ə": "ɛː", "ə^ʊ": "Q", "iə": "ɪə", "i^ə": "ɪə", "ᵻ": "ɪ", "T": "t"}

# For sounds that the alphabet lacks, the nearest symbols that it has.
_NEAREST = {
    "ɬ": "lʃ", "ɮ": "lʒ", "ʟ": "l", "ɭ": "l", "ɺ": "ɾl", "ʀ": "ʁ", "ʙ": "b", "ⱱ": "v", "ħ": "hχ", "ʕ": "ʔ", "ʜ": "h",
    "ʢ": "ʔ", "ʡ": "ʔ", "ɧ": "ʃx", "ʐ": "ʒʂ", "ʑ": "ʒɕ", "ɢ": "ɡ", "ɓ": "b", "ɗ": "d", "ʄ": "ɟ", "ɠ": "ɡ", "ʛ": "ɡ",
    "ɘ": "əɨ", "ɵ": "øə", "ɞ": "ɜœ", "ʏ": "yɪ", "ɶ": "œ", "ʉ": "uɨ", "ɷ": "ʊ", "ɩ": "ɪ", "ȵ": "ɲ", "ʘ": "p", "ǀ": "t",
    "ǃ": "k", "ǂ": "k", "ǁ": "k", "*": "ˈ", "`": "ˌ", "ˑ": "ː", "∅": "ø", "ß": "β", "0": "θ",
    "3": "ɜ", "@": "ə", "&": "æ",
}  # fmt: skip


# Kokoro puts the stress mark right before the vowel, IPA before the syllable.
_ANY_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
_STRESS_AND_ONSET = re.compile(f"([{STRESSES}])((?:(?!{_ANY_VOWEL})[^{STRESSES}\\s])+)(?={_ANY_VOWEL})")


def from_ipa(phonemes: str, language: str) -> str:
    """Convert plain IPA to Kokoro's alphabet; its own symbols stay, and so do symbols that it lacks."""
    table, pattern = _ipa_rules(language)
    converted = _recompose(pattern.sub(lambda match: table[match.group()], _decompose(phonemes).translate(_TYPED)))
    return _STRESS_AND_ONSET.sub(r"\2\1", converted)


def from_espeak(phonemes: str, language: str) -> str:
    """Convert eSpeak NG's phonemes, with ``^`` as the tie, to the form that Kokoro was trained on."""
    table, pattern = _espeak_rules(language)
    phonemes = pattern.sub(lambda match: table[match.group()], _decompose(phonemes))
    phonemes = re.sub("(\\S)\u0329", "ᵊ\\1", phonemes).replace("ɹɹ", "ɹ")
    return _recompose(phonemes).replace(TIE, "").replace("-", "").replace("\u0329", "")


def nearest(symbol: str) -> str:
    """Return the symbols of the alphabet that are nearest to one that it lacks; "" if none is near."""
    if symbol in _NEAREST:
        return _NEAREST[symbol]
    base = unicodedata.normalize("NFKD", symbol)[:1]
    if base not in SYMBOLS:
        name = re.search(r"LETTER (?:SMALL CAPITAL )?([A-Z])\b", unicodedata.name(symbol, ""))
        base = name.group(1).lower() if name else ""
    base = from_ipa(base, "en-us") if base else ""
    return base if base.isalpha() and all(known in SYMBOLS for known in base) else ""


def unknown_symbols_warning(unknown: str, where: str) -> str:
    """Return a warning that names symbols that Kokoro lacks, and the nearest ones that it has."""
    named = []
    for symbol in unknown:
        near = nearest(symbol)
        shown = symbol if not unicodedata.combining(symbol) else f"◌{symbol}"
        named.append(f"{shown} (U+{ord(symbol):04X}{', nearest: ' + ' '.join(near) if near else ''})")
    return f"Left out of the phonemes {where}, because Kokoro has no such symbol: {', '.join(named)}."


def _decompose(phonemes: str) -> str:
    """Separate letters from their diacritics, except for ç, a symbol of its own, and move ties above the letters."""
    return unicodedata.normalize("NFD", phonemes).replace("c\u0327", "ç").replace("\u035c", "\u0361")


def _recompose(phonemes: str) -> str:
    return phonemes.replace("\u0361", "").replace("\u032f", "")


@cache
def _ipa_rules(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    if language == "en-us":
        return _compiled({**_SPELLINGS, **_ENGLISH, **_AMERICAN})
    if language == "en-gb":
        return _compiled({**_SPELLINGS, **_ENGLISH, **_BRITISH})
    return _compiled(_SPELLINGS)


@cache
def _espeak_rules(language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    if language == "en-us":
        return _compiled({**_TIED_ENGLISH, **_TIED_AMERICAN})
    if language == "en-gb":
        return _compiled({**_TIED_ENGLISH, **_TIED_BRITISH})
    return _compiled(_TIED)


def _compiled(table: dict[str, str]) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the table, decomposed, and a pattern that prefers its longest keys."""
    table = {_decompose(key): value for key, value in table.items()}
    keys = sorted(table, key=len, reverse=True)
    return table, re.compile("|".join(map(re.escape, keys)))
