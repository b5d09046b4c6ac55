"""Kokoro's phonemes as plain IPA, for people who read that: the other direction of `kokoro_demo.g2p.ipa`."""

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
# What belongs to the sound before it.
_AFTER = LONG + "\u0303ʰʲᵝ→↗↓↘"
# What can begin a syllable: a stop or fricative, perhaps after s, before a liquid and a glide; s before a nasal or l;
# any consonant but ŋ, perhaps before a glide.
_ONSET = re.compile("(?:[sʃ](?=[ptkf]))?(?:[pbkɡf]l|[pbtdkɡfvθ][ɹrɾʁ]?)[jwɥʝ]?|[sʃ][mnlɲwv]|[^ŋ][jwɥʝ]?")


class Sound(NamedTuple):
    """A sound with its stress and length: as Kokoro writes it, and in IPA. A space or a mark is one too."""

    kokoro: str
    ipa: str


def to_ipa(phonemes: str, language: str) -> str:
    """Kokoro's phonemes in plain IPA, with the stress mark before the syllable.

    >>> to_ipa("kwˈɛsʧən ɡˈO", "en-us")
    'ˈkwɛst͡ʃən ˈɡoʊ'

    language: a code of `kokoro_demo.languages`. What is no phoneme stays as it is.
    """
    return "".join(sound.ipa for sound in ipa_sounds(phonemes, language))


def ipa_sounds(phonemes: str, language: str) -> list[Sound]:
    """The sounds of `phonemes`, one after the other, each with its IPA.

    The IPA has the stress before the first consonant of the syllable, where Kokoro has it before the vowel. Syllables
    begin with as many consonants as can begin a word (the principle of maximal onsets).
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
            sounds[at] = sound._replace(ipa="." + sound.ipa)  # two vowels, and no diphthong
    return sounds


def _plain(piece: str, language: str) -> str:
    """A sound without its stress."""
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
    """ᵊl, ᵊn and ᵊm before a consonant or an end are one syllabic consonant."""
    if language not in ENGLISH:
        return
    for at in range(len(sounds) - 2, -1, -1):
        schwa, sonorant = sounds[at], sounds[at + 1]
        follows = sounds[at + 2].kokoro.lstrip(STRESSES)[:1] if at + 2 < len(sounds) else ""
        if schwa.kokoro == "ᵊ" and sonorant.kokoro in ("l", "n", "m") and (not follows or follows not in VOWELS):
            sounds[at : at + 2] = [Sound("ᵊ" + sonorant.kokoro, sonorant.kokoro + _SYLLABIC)]


def _onset(sounds: list[Sound], vowel: int) -> int:
    """How many sounds before the vowel at `vowel` are in its syllable."""
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
