"""Mandarin: words in hanzi by their pinyin; Latin words in between are read as English.

The symbols, and the position of the tone, are those of Kokoro's official front end (misaki 0.9.4, `zh`); the sounds of
pinyin are after Lin, "The Sounds of Chinese" (2007), chapters 3 to 5.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.english.words import read_english
from kokoro_demo.g2p.hanzi import IS_HANZI, pinyin_of, split_hanzi, split_syllable
from kokoro_demo.g2p.token_phonemes import TokenPhonemes
from kokoro_demo.g2p.unspaced import FrontEnd, split_runs

if TYPE_CHECKING:
    from kokoro_demo.text.spoken import SpokenText

_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x",
    "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip
# The 0 is replaced by the tone.
_FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n", "eng": "ə0ŋ",
    "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "iou": "jou0",
    "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "uei": "wei0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uen": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0", "v": "y0", "ve": "ɥe0",
    "van": "ɥɛ0n", "vn": "y0n",
}  # fmt: skip
# Syllables that do not split into an initial and a final.
_WHOLE = {
    "io": "jɔ0",
    "yo": "jɔ0",
    "ê": "ɛ0",
    "er": "ɚ0",
    "r": "ɚ0",
    "o": "ɔ0",
    "m": "m0",
    "n": "n0",
    "ng": "ŋ0",
    "hm": "hm0",
    "hng": "hŋ0",
}


def sounds_of(pinyin: str) -> str:
    """Return the phonemes of a pinyin syllable with its tone as a digit, "zhong1"; "" if it is not one."""
    spelled = re.fullmatch(r"([a-zêü]+)([1-5]?)", pinyin)
    if not spelled:
        return ""
    letters, tone = spelled[1].replace("ü", "v"), _TONES[spelled[2] or "5"]
    if letters in _WHOLE:
        return _WHOLE[letters].replace("0", tone)
    initial, final = split_syllable(letters)
    if final not in _FINALS:
        return ""
    if final == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        return _INITIALS[initial] + "ɨ" + tone
    return _INITIALS[initial] + _FINALS[final].replace("0", tone)


def split_mandarin(spoken: SpokenText) -> tuple[SpokenText, list[str | None]]:
    """Split the runs of hanzi in a text into words, with the phonemes of each."""
    return split_runs(spoken, lambda token: IS_HANZI.fullmatch(token.text), _words)


def _words(run: str) -> list[tuple[str, str]]:
    """The words of a run of hanzi, each with its phonemes."""
    return [(word, read_word(word)) for word in split_hanzi(run)]


def read_word(word: str) -> str:
    """Return the phonemes of a word in hanzi; "" if none of its characters is known."""
    return split_unknown("".join(map(sounds_of, pinyin_of(word))))[0]


def read_latin(spoken: SpokenText) -> list[TokenPhonemes]:
    """Return the phonemes of words in Latin letters, which are read as English."""
    return read_english(spoken, british=False, fixed={})


FRONT_END = FrontEnd(split_mandarin, read_latin)
