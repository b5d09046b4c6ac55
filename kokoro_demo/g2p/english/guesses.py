"""English words that neither the dictionary nor its rules know, as eSpeak NG would say them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kokoro_demo.g2p.alphabet import PRIMARY, SECONDARY, STRESSES, VOWELS, split_unknown
from kokoro_demo.g2p.english.foreign import read_foreign
from kokoro_demo.g2p.english.stress import change_stress, has_stress
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak

_MAC = re.compile("Ma?c([A-Z][a-z].*)")
# How names begin that eSpeak NG would spell out or misread, and the same sound as English writes it.
_STARTS = {
    "Dzh": "J", "Grz": "Gezh", "Prz": "Pesh", "Rz": "Zh", "Szcz": "Sh", "Sz": "Sh", "Zs": "Zh",
    "Mkh": "Mik", "Mst": "Mist", "Khm": "Kem", "Kh": "K", "Dl": "Del", "Hrd": "Herd", "Tsv": "Sv", "Nh": "N",
    "Xi": "Shi", "Zh": "J", "Qi": "Chi",
}  # fmt: skip
_START = re.compile("^(?:" + "|".join(sorted(_STARTS, key=len, reverse=True)) + ")")
_ANY_VOWEL = "[" + "".join(sorted(VOWELS)) + "]"
# Unstressed: ᵻ but in the endings -ed and -es, ɪ before these sounds and (group 1) before a vowel, ʊ before l.
_WEAK_VOWEL = re.compile(f"(?<![{STRESSES}])(?:ᵻ(?![dz]$)|ɪ(?=[tTldfɡb])|(ɪ)(?=[{STRESSES}]?{_ANY_VOWEL})|ʊ(?=l))")
# After the stressed vowel, which comes first: a vowel that is not weak, and not the last sound.
_LATER_FULL_VOWEL = re.compile(f"(?<!^)((?:(?!{_ANY_VOWEL})[^{STRESSES}])+)([AIWYæɑɔɛuO])(?=(?!{_ANY_VOWEL}).)")


def guess(words: Iterable[str], british: bool) -> dict[str, str]:
    """How each word may be pronounced; "" if it cannot be guessed. Names in foreign letters: by their language."""
    language = "en-gb" if british else "en-us"
    guesses = {word: "" if word.isascii() else read_foreign(word, british) for word in words}
    rest = [word for word, phonemes in guesses.items() if not phonemes]
    clans = {word: match.group(1) for word in rest if (match := _MAC.match(word))}
    respelled = [_START.sub(lambda start: _STARTS[start.group()], clans.get(word, word), count=1) for word in rest]
    for word, ipa in zip(rest, transcribe(respelled, language), strict=True):
        parts = split_unknown(from_espeak(ipa, language))[0].split()
        phonemes = " ".join(with_dictionary_habits(part, british) for part in parts)
        guesses[word] = f"mək{phonemes.removeprefix('k')}" if word in clans else phonemes
    return {
        word: phonemes if has_stress(phonemes) else change_stress(phonemes, 2) for word, phonemes in guesses.items()
    }


def with_dictionary_habits(phonemes: str, british: bool) -> str:
    """An English word of eSpeak NG's, with the weak vowels and secondary stresses that the dictionary prefers there.

    Each rule was kept because it makes more words of the dictionary's own right than wrong (of 20,000).
    """
    before, primary, after = phonemes.partition(PRIMARY)
    if british:
        return before + primary + after.replace(SECONDARY, "")
    if primary and SECONDARY not in after:
        after = _LATER_FULL_VOWEL.sub(rf"\1{SECONDARY}\2", after, count=1)
    weakened = _WEAK_VOWEL.sub(lambda match: "i" if match.group(1) else "ə", before + primary + after)
    return re.sub("^ʌ[nŋ]", f"{SECONDARY}ʌn", weakened)
