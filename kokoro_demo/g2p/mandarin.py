"""Mandarin: hanzi are divided into words by jieba and read by pypinyin; Latin words in between are English.

Both packages are an extra (requirements-languages.txt), imported when the first text is read. The symbols, and where a
tone is written, are those of Kokoro's own front end (misaki 0.9.4, `zh`); the sounds of pinyin after Lin, "The Sounds
of Chinese" (2007), chapters 3 to 5.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.english.words import read_english
from kokoro_demo.g2p.token_phonemes import TokenPhonemes
from kokoro_demo.g2p.unspaced import FrontEnd, divide
from kokoro_demo.text.languages.mandarin import HAN

if TYPE_CHECKING:
    from kokoro_demo.text.spoken import SpokenText

_IS_HANZI = re.compile(f"[{HAN}]+")
_TONES = {"1": "→", "2": "↗", "3": "↓", "4": "↘", "5": ""}
_INITIALS = {
    "b": "p", "p": "pʰ", "m": "m", "f": "f", "d": "t", "t": "tʰ", "n": "n", "l": "l", "g": "k", "k": "kʰ", "h": "x",
    "j": "ʨ", "q": "ʨʰ", "x": "ɕ", "zh": "ꭧ", "ch": "ꭧʰ", "sh": "ʂ", "r": "ɻ", "z": "ʦ", "c": "ʦʰ", "s": "s", "": "",
}  # fmt: skip
# A figure marks the place of the tone.
_FINALS = {
    "a": "a0", "ai": "ai0", "an": "a0n", "ang": "a0ŋ", "ao": "au0", "e": "ɤ0", "ei": "ei0", "en": "ə0n", "eng": "ə0ŋ",
    "i": "i0", "ia": "ja0", "ian": "jɛ0n", "iang": "ja0ŋ", "iao": "jau0", "ie": "je0", "in": "i0n", "iou": "jou0",
    "ing": "i0ŋ", "iong": "jʊ0ŋ", "ong": "ʊ0ŋ", "ou": "ou0", "u": "u0", "uei": "wei0", "ua": "wa0", "uai": "wai0",
    "uan": "wa0n", "uen": "wə0n", "uang": "wa0ŋ", "ueng": "wə0ŋ", "uo": "wo0", "o": "wo0", "v": "y0", "ve": "ɥe0",
    "van": "ɥɛ0n", "vn": "y0n",
}  # fmt: skip
# Syllables that are no initial and final.
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
_ONE_WORD = re.compile(
    "([零一二三四五六七八九幺]{3,}年?"
    "|(?:百分之)?[零一二两三四五六七八九十百千万亿]+点[零一二三四五六七八九]+(?![零一二三四五六七八九十分刻])"
    "|第?(?=[零一二两三四五六七八九十百千万亿]{3})[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿]+)"
)
_SHORT = {"iu": "iou", "ui": "uei", "un": "uen"}
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcs]?)([a-zê]+)([1-5])")


def sounds_of(pinyin: str) -> str:
    """The phonemes of a syllable of pinyin with its tone as a figure, "ü" as "v": "zhong1". "" if it is none."""
    spelled = re.fullmatch(r"([a-zêü]+)([1-5]?)", pinyin)
    if not spelled:
        return ""
    letters, tone = spelled[1].replace("ü", "v"), _TONES[spelled[2] or "5"]
    if letters in _WHOLE:
        return _WHOLE[letters].replace("0", tone)
    parts = _SYLLABLE.fullmatch(_with_full_final(letters) + "5")
    if not parts or parts[2] not in _FINALS:
        return ""
    initial, final = parts[1], _FINALS[parts[2]]
    if parts[2] == "i" and initial in ("zh", "ch", "sh", "r", "z", "c", "s"):
        final = "ɨ0"
    return _INITIALS[initial] + final.replace("0", tone)


def _with_full_final(letters: str) -> str:
    """The syllable with its final in full: you, wen, yue, qu and liu are iou, uen, ve, qv and liou."""
    if letters.startswith("yu"):
        letters = "v" + letters[2:]
    elif letters.startswith("y"):
        letters = letters[1:] if letters[1] == "i" else "i" + letters[1:]
    elif letters.startswith("w"):
        letters = letters[1:] if letters[1] == "u" else "u" + letters[1:]
    letters = re.sub("^([jqx])u", r"\1v", letters)
    letters = re.sub("(?<=[a-z])(iu|ui|un)$", lambda end: _SHORT[end[1]], letters)
    return {"iu": "iou", "ui": "uei", "un": "uen"}.get(letters, letters)


def divide_mandarin(spoken: SpokenText) -> tuple[SpokenText, list[str | None]]:
    """The text with its runs of hanzi in words, and the phonemes of each."""
    return divide(spoken, lambda token: _IS_HANZI.fullmatch(token.text), _words)


def _words(run: str) -> list[tuple[str, str]]:
    """The words of a run of hanzi; a number of three characters is one word, which jieba would divide in pairs."""
    parts = [part for part in _ONE_WORD.split(run) if part]
    words = [word for part in parts for word in ([part] if _ONE_WORD.fullmatch(part) else _jieba().lcut(part))]
    return [(word, read_word(word)) for word in words]


def read_word(word: str) -> str:
    """The phonemes of a word of hanzi; "" if none of them is known."""
    from pypinyin import Style, lazy_pinyin

    syllables = lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore")
    return split_unknown("".join(map(sounds_of, syllables)))[0]


def read_latin(spoken: SpokenText) -> list[TokenPhonemes]:
    """The readings of words in Latin letters, which speakers say in English."""
    return read_english(spoken, british=False, fixed={})


@cache
def _jieba() -> Any:
    """Jieba's tokenizer, its dictionary read from the package: its own cache is a file that anyone can write."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer


FRONT_END = FrontEnd(divide_mandarin, read_latin)
