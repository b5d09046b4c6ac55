"""Converts Kokoro's phonemes to plain IPA, for people to read: the reverse of `kokoro_demo.g2p.ipa`."""

from __future__ import annotations

import re
from typing import NamedTuple

from kokoro_demo.g2p.alphabet import CONSONANTS, LONG, STRESSES, VOWELS
from kokoro_demo.languages import ENGLISH

_DIPHTHONGS = {"A": "eɪ", "I": "aɪ", "O": "oʊ", "Q": "əʊ", "W": "aʊ", "Y": "ɔɪ"}
_SAME = {
    "ʣ": "d͡z", "ʤ": "d͡ʒ", "ʥ": "d͡ʑ", "ʦ": "t͡s", "ʧ": "t͡ʃ", "ʨ": "t͡ɕ", "ꭧ": "ʈ͡ʂ", "S": "sː", "T": "ɾ", "ᵻ": "ɪ\u0308",
    "→": "˥", "↗": "˧˥", "↓": "˨˩˦", "↘": "˥˩",
}  # fmt: skip
_SYLLABIC = "\u0329"
# Symbols that modify the sound before them.
_AFTER = LONG + "\u0303ʰʲᵝ→↗↓↘"
# What can begin a syllable: a stop or fricative, perhaps after s, and then a liquid and a glide; s and a nasal or l;
# any consonant except ŋ, perhaps with a glide.
_ONSET = re.compile("(?:[sʃ](?=[ptkf]))?(?:[pbkɡf]l|[pbtdkɡfvθ][ɹrɾʁ]?)[jwɥʝ]?|[sʃ][mnlɲwv]|[^ŋ][jwɥʝ]?")


class Sound(NamedTuple):
    """A sound with its stress and length, in Kokoro's alphabet and in IPA. Spaces and punctuation count as sounds."""

    kokoro: str
    ipa: str


def to_ipa(phonemes: str, language: str) -> str:
    """Return Kokoro's phonemes in plain IPA, with the stress mark before the syllable.

    >>> to_ipa("kwˈɛsʧən ɡˈO", "en-us")
    'ˈkwɛst͡ʃən ˈɡoʊ'

    language: a code from `kokoro_demo.languages`. What is not a phoneme stays as it is.
    """
    return "".join(sound.ipa for sound in ipa_sounds(phonemes, language))


def ipa_sounds(phonemes: str, language: str) -> list[Sound]:
    """Return the sounds of `phonemes` in order, each with its IPA.

    In IPA the stress mark is before the first consonant of the syllable, in Kokoro's alphabet before the vowel. A
    syllable begins with as many consonants as can begin a word (the principle of maximal onsets).
    """
    pieces = re.findall(rf"[{STRESSES}]*[^{STRESSES}{_AFTER}][{_AFTER}]*|[{STRESSES}{_AFTER}]+", phonemes)
    sounds = [Sound(piece, _plain(piece.lstrip(STRESSES), language)) for piece in pieces]
    _join_syllabic(sounds, language)
    for at, sound in enumerate(sounds):
        stress = sound.kokoro[: len(sound.kokoro) - len(sound.kokoro.lstrip(STRESSES))]
        if stress:
            first = at - _onset(sounds, at)
            sounds[first] = sounds[first]._replace(ipa=stress[-1] + sounds[first].ipa)
        elif at and sounds[at - 1].ipa.lstrip(STRESSES) + sound.ipa in _DIPHTHONGS.values():
            sounds[at] = sound._replace(ipa="." + sound.ipa)  # two vowels, not a diphthong
    return sounds


def _plain(piece: str, language: str) -> str:
    """The IPA of a sound without its stress."""
    glide = "" if language in ENGLISH else "\u032f"
    plain = ""
    for symbol in piece:
        if symbol == "a" and language == "en-gb":
            plain += "æ"
        elif symbol in _DIPHTHONGS:
            plain += _DIPHTHONGS[symbol] + glide
        else:
            plain += _SAME.get(symbol, symbol)
    return plain


def _join_syllabic(sounds: list[Sound], language: str) -> None:
    """Join ᵊl, ᵊn and ᵊm into one syllabic consonant before a consonant or at the end of a word."""
    if language not in ENGLISH:
        return
    for at in range(len(sounds) - 2, -1, -1):
        schwa, sonorant = sounds[at], sounds[at + 1]
        follows = sounds[at + 2].kokoro.lstrip(STRESSES)[:1] if at + 2 < len(sounds) else ""
        if schwa.kokoro == "ᵊ" and sonorant.kokoro in ("l", "n", "m") and (not follows or follows not in VOWELS):
            sounds[at : at + 2] = [Sound("ᵊ" + sonorant.kokoro, sonorant.kokoro + _SYLLABIC)]


def _onset(sounds: list[Sound], vowel: int) -> int:
    """The number of sounds before the vowel at `vowel` that belong to its syllable."""
    if not set(sounds[vowel].kokoro) & VOWELS:
        return 0
    first = vowel
    while first and sounds[first - 1].kokoro[0] in CONSONANTS and LONG not in sounds[first - 1].kokoro:
        first -= 1
    if not first or not sounds[first - 1].kokoro.lstrip(STRESSES)[:1].isalpha():
        return vowel - first  # they begin the word
    while first < vowel and not _ONSET.fullmatch("".join(sound.kokoro[0] for sound in sounds[first:vowel])):
        first += 1
    return vowel - first
