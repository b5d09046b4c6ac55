"""The phonemes of kana in Kokoro's alphabet, as its official front end (misaki 0.9.4, `ja`) writes them.

Palatal and moraic sounds after Labrune, "The Phonology of Japanese" (2012), chapters 2 and 3.
"""

from __future__ import annotations

import re

_ROWS = (
    ("あいうえお", "a i ɯ e o"),
    ("ぁぃぅぇぉ", "a i ɯ e o"),
    ("かきくけこ", "ka kʲi kɯ ke ko"),
    ("ゕゖ", "ka ke"),
    ("がぎぐげご", "ɡa ɡʲi ɡɯ ɡe ɡo"),
    ("さしすせそ", "sa ɕi sɨ se so"),
    ("ざじずぜぞ", "ʣa ʥi zɨ ʣe ʣo"),
    ("たちつてと", "ta ʨi ʦɨ te to"),
    ("だぢづでど", "da ʥi zɨ de do"),
    ("なにぬねの", "na ɲi nɯ ne no"),
    ("はひふへほ", "ha çi ɸɯ he ho"),
    ("ばびぶべぼ", "ba bʲi bɯ be bo"),
    ("ぱぴぷぺぽ", "pa pʲi pɯ pe po"),
    ("まみむめも", "ma mʲi mɯ me mo"),
    ("やゆよ", "ja jɯ jo"),
    ("ゃゅょ", "ja jɯ jo"),
    ("らりるれろ", "ɾa ɾʲi ɾɯ ɾe ɾo"),
    ("わゐゑを", "βa i e o"),
    ("ゎゔ", "βa vɯ"),
)
_SINGLE = {kana: sound for row, sounds in _ROWS for kana, sound in zip(row, sounds.split(), strict=True)}
_PAIRS = {
    **{
        kana + small: _SINGLE[kana][:-1] + vowel
        for kana in "きぎしじちぢにひびぴみり"
        for small, vowel in (("ゃ", "a"), ("ゅ", "ɨ"), ("ょ", "o"), ("ぇ", "e"))
    },
    **{
        kana + small: start + vowel
        for kana, start in (("く", "kᵝ"), ("ぐ", "ɡᵝ"), ("う", "β"), ("つ", "ʦ"), ("ふ", "ɸ"), ("ゔ", "v"))
        for small, vowel in (("ぁ", "a"), ("ぃ", "i"), ("ぇ", "e"), ("ぉ", "o"))
    },
    "いぇ": "je",
    "つぃ": "ʦʲi",
    "ふぃ": "ɸʲi",
    "ゔぃ": "vʲi",
    "てぃ": "tʲi",
    "てゅ": "tʲɨ",
    "でぃ": "dʲi",
    "でゅ": "dʲɨ",
    "とぅ": "tɯ",
    "どぅ": "dɯ",
    "ふゅ": "ɸʲɨ",
    "ふょ": "ɸʲo",
    "ゔゅ": "bʲɨ",
    "ゔょ": "bʲo",
}
_SMALL = frozenset("ゃゅょぁぃぅぇぉ")
# How ん is pronounced before the consonants on the left; elsewhere it is ɴ.
_NASALS = (("mpb", "m"), ("kɡ", "ŋ"), ("ɲʨʥ", "ɲ"), ("ntdɾz", "n"))
_KATAKANA = re.compile("[\u30a1-\u30f6]")
_EXTENSIONS = dict(zip("ㇰㇱㇲㇳㇴㇵㇶㇷㇸㇹㇺㇻㇼㇽㇾㇿ", "クシストヌハヒフヘホムラリルレロ", strict=True))


def hiragana(kana: str) -> str:
    """Return katakana as hiragana; "ー" stays."""
    kana = "".join(_EXTENSIONS.get(character, character) for character in kana)
    return _KATAKANA.sub(lambda match: chr(ord(match.group()) - 0x60), kana)


def sounds_of_kana(kana: str) -> str:
    """Return the phonemes of a word in kana. Other characters are ignored."""
    word = hiragana(kana)
    phonemes = ""
    index = 0
    while index < len(word):
        pair = word[index : index + 2]
        following = word[index + 1 : index + 2]
        if pair in _PAIRS:
            phonemes, index = phonemes + _PAIRS[pair], index + 2
        elif len(pair) == 2 and following in _SMALL and pair[0] in _SINGLE:
            phonemes, index = phonemes + _SINGLE[pair[0]][:-1] + _SINGLE[following], index + 2
        else:
            phonemes, index = phonemes + _mora(pair[0], following, word[index - 1 : index] if index else ""), index + 1
    return phonemes


def _mora(kana: str, following: str, before: str) -> str:
    if kana == "ー":
        return "ː"
    if kana == "っ":
        return "" if following in _SMALL and following else "ʔ"
    if kana == "ん":
        start = _SINGLE.get(following, "-")[0]
        return next((nasal for starts, nasal in _NASALS if start in starts), "ɴ")
    if kana in "ゝゞ":
        return _SINGLE.get(before, "")
    return _SINGLE.get(kana, "")
