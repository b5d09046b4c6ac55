"""Japanese: words and their kana readings from MeCab with UniDic (fugashi, unidic-lite); Latin words as loanwords.

The packages are optional (requirements-languages.txt) and imported when the first text is read. The list of words
that are written as one is from Kokoro's official front end (misaki 0.9.4, Apache-2.0, by hexgrad);
`tools/dictionaries` made the file.
"""

from __future__ import annotations

import gzip
import re
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.english.words import read_english
from kokoro_demo.g2p.kana import sounds_of_kana
from kokoro_demo.g2p.loanwords import LETTERS, in_kana
from kokoro_demo.g2p.token_phonemes import TokenPhonemes
from kokoro_demo.g2p.unspaced import FrontEnd, split_runs
from kokoro_demo.text.languages.japanese import JAPANESE, KANA

if TYPE_CHECKING:
    from kokoro_demo.text.spoken import SpokenText, Token

JOINED_WORDS = Path(__file__).with_name("japanese_words.txt.gz")
_RUN = re.compile(f"[{JAPANESE}]+")
_ONLY_KANA = re.compile(f"[{KANA}]+")
_MECAB = Lock()  # a tagger can be used by only one thread at a time


def _is_run(token: Token) -> bool:
    """Whether a token should be split: those that a rule made are in kana already."""
    return not token.rule and _RUN.fullmatch(token.text) is not None


def split_japanese(spoken: SpokenText) -> tuple[SpokenText, list[str | None]]:
    """Split the runs of kana and kanji in a text into words, with the phonemes of each."""
    return split_runs(spoken, _is_run, _words)


def _words(run: str) -> list[tuple[str, str]]:
    with _MECAB:
        words = [(node.surface, _reading(node)) for node in _tagger()(run)]
    return [
        ("".join(text for text, _ in group), split_unknown(sounds_of_kana("".join(kana for _, kana in group)))[0])
        for group in _grouped(words)
    ]


def _reading(node: Any) -> str:
    """The reading of a word in kana; "" if it is unknown and not in kana itself."""
    kana = node.feature.pron or node.feature.kana or node.surface
    return kana if kana != "*" and _ONLY_KANA.fullmatch(kana) else ""


def _grouped(words_with_kana: list[tuple[str, str]]) -> list[list[tuple[str, str]]]:
    """Group adjacent words that together are one word of the list, the longest first."""
    words, longest = _joined_words()
    groups = []
    first = 0
    while first < len(words_with_kana):
        text, last, best = "", first, first + 1
        while (
            last < len(words_with_kana)
            and len(text) + len(words_with_kana[last][0]) <= longest
            and words_with_kana[last][1]
        ):
            text += words_with_kana[last][0]
            last += 1
            if text in words:
                best = last
        groups.append(words_with_kana[first:best])
        first = best
    return groups


def read_latin(spoken: SpokenText) -> list[TokenPhonemes]:
    """Return the phonemes of words in Latin letters, as loanwords, and of numbers that a rule has put into kana."""
    by_token = []
    english = read_english(spoken, british=False, fixed={})
    for token, pronounced in zip(spoken.tokens, english, strict=True):
        if _ONLY_KANA.fullmatch(token.text):
            kana = token.text
        elif token.kind == "letters":
            kana = "".join(LETTERS.get(letter, "") for letter in token.text.upper())
        else:
            # The ɑ that English spells with an a is ア in Japanese: drama, Java.
            spelled_with_a = "o" not in token.text.lower()
            kana = in_kana(pronounced.phonemes.replace("ɑ", "a") if spelled_with_a else pronounced.phonemes)
        pronunciation = split_unknown(sounds_of_kana(kana))[0]
        by_token.append(TokenPhonemes(pronunciation, "rule", missing=not pronunciation))
    return by_token


@cache
def _tagger() -> Any:
    from fugashi import Tagger
    from unidic_lite import DICDIR

    return Tagger(f'-r "{DICDIR}/mecabrc" -d "{DICDIR}"')


@cache
def _joined_words() -> tuple[frozenset[str], int]:
    """The words that are written as one, and the length of the longest of them."""
    words = frozenset(gzip.decompress(JOINED_WORDS.read_bytes()).decode().split())
    return words, max(map(len, words))


FRONT_END = FrontEnd(split_japanese, read_latin)
