"""Splits hanzi into words (jieba) and converts them to pinyin (pypinyin).

Both packages are optional (requirements-languages.txt) and imported when the first text is read.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.util import find_spec
from typing import Any

from kokoro_demo.text.patterns import HAN

IS_HANZI = re.compile(f"[{HAN}]+")
_ONE_WORD = re.compile(
    "([零一二三四五六七八九幺]{3,}年?"
    "|(?:百分之)?[零一二两三四五六七八九十百千万亿]+点[零一二三四五六七八九]+(?![零一二三四五六七八九十分刻])"
    "|第?(?=[零一二两三四五六七八九十百千万亿]{3})[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿]+)"
)
_SHORT = {"iu": "iou", "ui": "uei", "un": "uen"}
_SYLLABLE = re.compile(r"(zh|ch|sh|[bpmfdtnlgkhjqxrzcs]?)([a-zê]+)")


def is_installed() -> bool:
    """Return whether both packages are installed."""
    return find_spec("jieba") is not None and find_spec("pypinyin") is not None


def split_hanzi(run: str) -> list[str]:
    """Return the words of a run of hanzi; a number of three or more characters is one word, unlike in jieba."""
    parts = [part for part in _ONE_WORD.split(run) if part]
    return [word for part in parts for word in ([part] if _ONE_WORD.fullmatch(part) else _jieba().lcut(part))]


def pinyin_of(word: str) -> list[str]:
    """Return the syllables of a word in hanzi, each with its tone as a digit and "ü" as "v": "zhong1", "guo2"."""
    from pypinyin import Style, lazy_pinyin

    return list(lazy_pinyin(word, style=Style.TONE3, neutral_tone_with_five=True, errors="ignore"))


def split_syllable(letters: str) -> tuple[str, str]:
    """Split a pinyin syllable without its tone into its initial and its full final: "liu" is "l" and "iou"."""
    parts = _SYLLABLE.fullmatch(_with_full_final(letters))
    return (parts[1], parts[2]) if parts else ("", "")


def _with_full_final(letters: str) -> str:
    """Return a syllable with its final spelled in full: you, wen, yue, qu, liu become iou, uen, ve, qv, liou."""
    if letters.startswith("yu"):
        letters = "v" + letters[2:]
    elif letters.startswith("y"):
        letters = letters[1:] if letters[1] == "i" else "i" + letters[1:]
    elif letters.startswith("w"):
        letters = letters[1:] if letters[1] == "u" else "u" + letters[1:]
    letters = re.sub("^([jqx])u", r"\1v", letters)
    letters = re.sub("(?<=[a-z])(iu|ui|un)$", lambda end: _SHORT[end[1]], letters)
    return {"iu": "iou", "ui": "uei", "un": "uen"}.get(letters, letters)


@cache
def _jieba() -> Any:
    """Jieba's tokenizer, with the dictionary from the package: jieba's own cache is a file that anyone can write."""
    import jieba

    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
