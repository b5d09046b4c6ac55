"""Changes the stress of a pronunciation, and decides which part of a compound keeps the primary stress."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kokoro_demo.g2p.alphabet import PRIMARY, SECONDARY, STRESSES

_VOWEL = re.compile("[AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻɐeoyøœɨ]")
_UNSTRESS = str.maketrans("", "", STRESSES)
# Sounds that count twice when the parts of a compound are compared by length.
_LONG_SOUNDS = frozenset("AIOQWYʤʧ")


def change_stress(phonemes: str, by: float | None) -> str:
    """Return the phonemes with their stress changed, in the steps that Kokoro's official front end defines.

    -2 removes all stress; -1 makes primary stress secondary; 0.5 and 1 add secondary stress to an unstressed word; 1
    and 2 raise secondary stress to primary; 2 adds primary stress to an unstressed word.
    """
    if by is None:
        return phonemes
    if " " in phonemes:
        return " ".join(change_stress(word, by) for word in phonemes.split(" "))
    if by < -1:
        return phonemes.translate(_UNSTRESS)
    has_primary, has_secondary = PRIMARY in phonemes, SECONDARY in phonemes
    if by == -1 or (by in (-0.5, 0) and has_primary):
        return phonemes.replace(SECONDARY, "").replace(PRIMARY, SECONDARY)
    if by >= 1 and has_secondary and not has_primary:
        return phonemes.replace(SECONDARY, PRIMARY)
    if by >= 0 and not has_primary and not has_secondary:
        return stress_first_vowel(phonemes, PRIMARY if by > 1 else SECONDARY)
    return phonemes


def has_stress(phonemes: str) -> bool:
    """Return whether any stress is marked."""
    return PRIMARY in phonemes or SECONDARY in phonemes


def stress_first_vowel(phonemes: str, mark: str) -> str:
    """Return the phonemes with a stress mark before the first vowel, if there is one."""
    vowel = _VOWEL.search(phonemes)
    return phonemes[: vowel.start()] + mark + phonemes[vowel.start() :] if vowel else phonemes


def main_stress_last(phonemes: Sequence[str]) -> str:
    """Join the names of letters: the last has primary stress, the others secondary."""
    *before, last = (change_stress(name, 0) for name in phonemes)
    return "".join(before) + last.replace(SECONDARY, PRIMARY)


def stress_compound(parts: Sequence[str]) -> list[str]:
    """Return the parts of a hyphenated word with primary stress only on the longer half of them."""
    parts = list(parts)
    spoken = [index for index, part in enumerate(parts) if part]
    stressed = sum(PRIMARY in parts[index] for index in spoken)
    if len(spoken) == 2 and len(parts[spoken[0]].translate(_UNSTRESS)) == 1:
        weaker = [spoken[1]]
    elif len(spoken) < 2 or stressed <= (len(spoken) + 1) // 2:
        weaker = []
    else:
        weaker = sorted(spoken, key=lambda index: (PRIMARY in parts[index], _length(parts[index]), index))
        weaker = weaker[: len(spoken) // 2]
    for index in weaker:
        parts[index] = change_stress(parts[index], -0.5)
    return parts


def _length(phonemes: str) -> int:
    return sum(2 if sound in _LONG_SOUNDS else 1 for sound in phonemes)
