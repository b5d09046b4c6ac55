"""Guesses how unknown English words are pronounced, with eSpeak NG."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kokoro_demo.g2p.alphabet import PRIMARY, SECONDARY, STRESSES, VOWELS, split_unknown
from kokoro_demo.g2p.english.foreign import read_foreign
from kokoro_demo.g2p.english.stress import change_stress, has_stress
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak

_MAC = re.compile("Ma?c([A-Z][a-z].*)")
# Beginnings of names that eSpeak NG would spell out or misread, and an English spelling of the same sound.
_STARTS = {
    "Dzh": "J", "Grz": "Gezh", "Prz": "Pesh", "Rz": "Zh", "Szcz": "Sh", "Sz": "Sh", "Zs": "Zh",
    "Mkh": "Mik", "Mst": "Mist", "Khm": "Kem", "Kh": "K", "Dl": "Del", "Hrd": "Herd", "Tsv": "Sv", "Nh": "N",
    "Xi": "Shi", "Zh": "J", "Qi": "Chi",
}  # fmt: skip
_START = re.compile("^(?:" + "|".join(sorted(_STARTS, key=len, reverse=True)) + ")")
_ANY_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
# Unstressed vowels: ᵻ except in the endings -ed and -es, ɪ before these sounds and (group 1) a vowel, ʊ before l.
_WEAK_VOWEL = re.compile(f"(?<![{STRESSES}])(?:ᵻ(?![dz]$)|ɪ(?=[tTldfɡb])|(ɪ)(?=[{STRESSES}]?{_ANY_VOWEL})|ʊ(?=l))")
# In a string that begins with the stressed vowel: a later vowel that is not weak and not the last sound.
_LATER_FULL_VOWEL = re.compile(f"(?<!^)((?:(?!{_ANY_VOWEL})[^{STRESSES}])+)([AIWYæɑɔɛuO])(?=(?!{_ANY_VOWEL}).)")


def guess(words: Iterable[str], british: bool) -> dict[str, str]:
    """Return a guess for each word; "" if there is none. Names with foreign letters are read in their language."""
    language = "en-gb" if british else "en-us"
    guesses = {word: "" if word.isascii() else read_foreign(word, british) for word in words}
    rest = [word for word, phonemes in guesses.items() if not phonemes]
    after_mac = {word: match.group(1) for word in rest if (match := _MAC.match(word))}
    respelled = [_START.sub(lambda start: _STARTS[start.group()], after_mac.get(word, word), count=1) for word in rest]
    for word, ipa in zip(rest, transcribe(respelled, language), strict=True):
        parts = split_unknown(from_espeak(ipa, language))[0].split()
        phonemes = " ".join(match_dictionary_style(part, british) for part in parts)
        guesses[word] = f"mək{phonemes.removeprefix('k')}" if word in after_mac else phonemes
    return {
        word: phonemes if has_stress(phonemes) else change_stress(phonemes, 2) for word, phonemes in guesses.items()
    }


def match_dictionary_style(phonemes: str, british: bool) -> str:
    """Return eSpeak NG's phonemes of an English word with the weak vowels and secondary stresses of the dictionary.

    Each rule is here because, on 20,000 words of the dictionary, it corrects more than it breaks.
    """
    before, primary, after = phonemes.partition(PRIMARY)
    if british:
        return before + primary + after.replace(SECONDARY, "")
    if primary and SECONDARY not in after:
        after = _LATER_FULL_VOWEL.sub(rf"\1{SECONDARY}\2", after, count=1)
    weakened = _WEAK_VOWEL.sub(lambda match: "i" if match.group(1) else "ə", before + primary + after)
    return re.sub("^ʌ[nŋ]", f"{SECONDARY}ʌn", weakened)
