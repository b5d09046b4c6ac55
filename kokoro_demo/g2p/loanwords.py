"""English sounds in kana, as Japanese adapts foreign words: iPhone is アイフォーン.

After Tsujimura, "An Introduction to Japanese Linguistics" (2014), 3.5: every consonant except n gets a vowel, o after
t and d and i after ch and j; a final stop after a short vowel is doubled.
"""

from __future__ import annotations

import re

LETTERS = dict(
    zip(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        (
            "エー ビー シー ディー イー エフ ジー エイチ アイ ジェー ケー エル エム "
            "エヌ オー ピー キュー アール エス "
            "ティー ユー ブイ ダブリュー エックス ワイ ゼット"
        ).split(),
        strict=True,
    )
)
# Each consonant before a, i, u, e, o, and before another consonant or at the end.
_ROWS = """
b バ ビ ブ ベ ボ ブ
d ダ ディ ドゥ デ ド ド
f ファ フィ フ フェ フォ フ
ɡ ガ ギ グ ゲ ゴ グ
h ハ ヒ フ ヘ ホ フ
j ヤ イ ユ イェ ヨ イ
k カ キ ク ケ コ ク
l ラ リ ル レ ロ ル
m マ ミ ム メ モ ム
n ナ ニ ヌ ネ ノ ン
p パ ピ プ ペ ポ プ
s サ シ ス セ ソ ス
t タ ティ トゥ テ ト ト
v バ ビ ブ ベ ボ ブ
w ワ ウィ ウ ウェ ウォ ウ
z ザ ジ ズ ゼ ゾ ズ
ð ザ ジ ズ ゼ ゾ ズ
ŋ ンガ ンギ ング ンゲ ンゴ ング
ɹ ラ リ ル レ ロ ル
T タ ティ トゥ テ ト ト
ʃ シャ シ シュ シェ ショ シュ
ʒ ジャ ジ ジュ ジェ ジョ ジュ
ʤ ジャ ジ ジュ ジェ ジョ ジ
ʧ チャ チ チュ チェ チョ チ
θ サ シ ス セ ソ ス
"""
_CONSONANTS = {row.split()[0]: row.split()[1:] for row in _ROWS.strip().splitlines()}
_VOWELS = {
    "æ": "a", "ɑ": "o", "ʌ": "a", "ə": "a", "ɐ": "a", "ɛ": "e", "ɪ": "i", "i": "iー", "u": "uー", "ʊ": "u", "ɔ": "oー",
    "A": "eー", "I": "aイ", "O": "oー", "W": "aウ", "Y": "oイ", "ɜ": "aー", "ᵊ": "", "ᵻ": "i",
    "a": "a", "e": "e", "o": "o",
}  # fmt: skip
_ALONE = dict(zip("aiueo", "アイウエオ", strict=True))
_SHORT = frozenset("æɑʌɛɪʊ")
_STOPS = frozenset("ptkbdɡʧʤ")


def in_kana(phonemes: str) -> str:
    """Return English phonemes in katakana, as a Japanese speaker hears them."""
    return "".join(_word(word) for word in phonemes.split())


def _word(phonemes: str) -> str:
    sounds = re.sub("[ˈˌː]", "", phonemes)
    # An r at the end of a syllable lengthens its vowel.
    sounds = re.sub("(?:əɹ|ɜɹ)(?![aæɑʌəɛɪiuʊɔAIOWYᵊ])", "ɜ", sounds)
    sounds = re.sub("(?<=[ɑɔ])ɹ(?![aæɑʌəɛɪiuʊɔAIOWYᵊ])", "ー", sounds)
    pronunciation, index = "", 0
    while index < len(sounds):
        sound, following = sounds[index], sounds[index + 1 : index + 2]
        if sound == "ー":
            pronunciation += "" if pronunciation.endswith("ー") else sound
        elif sound in _CONSONANTS and following == "j" and sounds[index + 2 : index + 3] in ("u", "ʊ"):
            pronunciation += _CONSONANTS[sound][1][0] + "ュー"
            index += 2
        elif sound in _CONSONANTS and _VOWELS.get(following):
            vowel = _VOWELS[following]
            pronunciation += _CONSONANTS[sound]["aiueo".index(vowel[0])] + vowel[1:]
            index += 1
        elif sound in _CONSONANTS:
            last = index == len(sounds) - 1
            doubled = last and sound in _STOPS and index > 0 and sounds[index - 1] in _SHORT
            nasal = sound == "m" and following in ("p", "b") and following
            pronunciation += "ン" if nasal else ("ッ" if doubled else "") + _CONSONANTS[sound][5]
        elif _VOWELS.get(sound):
            pronunciation += _ALONE[_VOWELS[sound][0]] + _VOWELS[sound][1:]
        index += 1
    return pronunciation
