"""Chinese words in an English text, in the English sounds nearest to their pinyin: 北京 is "bay-jing".

The nearest sounds after Wells, "Longman Pronunciation Dictionary" (2008), under Chinese names such as Beijing, Deng
Xiaoping and Guangzhou.
"""

from __future__ import annotations

import re
from functools import lru_cache

from kokoro_demo.g2p.hanzi import IS_HANZI, is_installed, pinyin_of, split_hanzi, split_syllable

_INITIALS = {
    "b": "b", "p": "p", "m": "m", "f": "f", "d": "d", "t": "t", "n": "n", "l": "l", "g": "ɡ", "k": "k", "h": "h",
    "j": "ʤ", "q": "ʧ", "x": "ʃ", "zh": "ʤ", "ch": "ʧ", "sh": "ʃ", "r": "ɹ", "z": "dz", "c": "ts", "s": "s", "": "",
}  # fmt: skip
# ˈ marks the vowel that is stressed.
_FINALS = {
    "a": "ˈɑ", "ai": "ˈI", "an": "ˈɑn", "ang": "ˈɑŋ", "ao": "ˈW", "e": "ˈʌ", "ei": "ˈA", "en": "ˈʌn", "eng": "ˈʌŋ",
    "i": "ˈi", "ia": "jˈɑ", "ian": "jˈɛn", "iang": "jˈɑŋ", "iao": "jˈW", "ie": "jˈɛ", "in": "ˈɪn", "iou": "jˈO",
    "ing": "ˈɪŋ", "iong": "jˈʊŋ", "ong": "ˈʊŋ", "ou": "ˈO", "u": "ˈu", "uei": "wˈA", "ua": "wˈɑ", "uai": "wˈI",
    "uan": "wˈɑn", "uen": "wˈʊn", "uang": "wˈɑŋ", "ueng": "wˈʌŋ", "uo": "wˈO", "o": "wˈO", "v": "ˈu", "ve": "wˈɛ",
    "van": "wˈɛn", "vn": "ˈun",
}  # fmt: skip
_WHOLE = {"er": "ˈɑɹ", "r": "ˈɑɹ", "ê": "ˈɛ", "yo": "jˈO", "m": "ˈʌm", "n": "ˈʌn", "ng": "ˈʌŋ", "hm": "hˈʌm"}
_SIBILANTS = frozenset(("j", "q", "x", "zh", "ch", "sh", "r"))
_BRITISH = str.maketrans({"O": "Q", "i": "iː", "u": "uː", "ɑ": "ɑː"})
_CACHED = 4096  # runs of hanzi


def is_chinese(word: str) -> bool:
    """Return whether a word consists of hanzi."""
    return not word.isascii() and IS_HANZI.fullmatch(word) is not None


@lru_cache(maxsize=_CACHED)
def read_chinese(run: str, british: bool) -> str:
    """Return a run of hanzi in English phonemes, words separated by spaces; "" if the packages are missing."""
    if not is_installed():
        return ""
    phonemes = " ".join(filter(None, (_word(pinyin_of(word)) for word in split_hanzi(run))))
    return phonemes.replace("ɑɹ", "ɑ").translate(_BRITISH) if british else phonemes


def _word(syllables: list[str]) -> str:
    """One word, with the stress on the last syllable that has a tone, or on the first of a repeated syllable."""
    if len(syllables) == 2 and syllables[0][:-1] == syllables[1][:-1]:
        return _syllable(syllables[0]) + _syllable(syllables[1]).replace("ˈ", "")
    toned = [index for index, syllable in enumerate(syllables) if not syllable.endswith("5")]
    stressed = toned[-1] if toned else len(syllables) - 1
    return "".join(
        sounds if index == stressed else sounds.replace("ˈ", "")
        for index, sounds in enumerate(map(_syllable, syllables))
    )


def _syllable(pinyin: str) -> str:
    letters = re.sub(r"\d", "", pinyin).replace("ü", "v")
    if letters in _WHOLE:
        return _WHOLE[letters]
    initial, final = split_syllable(letters)
    if final not in _FINALS:
        return ""
    if final == "i" and initial in ("zh", "ch", "sh", "r"):
        sounds = "ˈɜɹ"
    elif final == "i" and initial in ("z", "c", "s"):
        sounds = "ˈʌ"
    elif final[0] == "i" and initial in _SIBILANTS and len(final) > 2:
        sounds = _FINALS[final].removeprefix("j")  # xian is "shen", xiang "shahng"
    elif final[0] == "v" and not initial:
        sounds = "j" + _FINALS[final]  # yue, yuan
    else:
        sounds = _FINALS[final]
    return _INITIALS[initial] + sounds
