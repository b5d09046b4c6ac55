"""Weak forms: small words whose pronunciation depends on what follows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kokoro_demo.g2p.alphabet import PRIMARY, STRESSES, VOWELS
from kokoro_demo.g2p.token_phonemes import TokenPhonemes
from kokoro_demo.text.spoken import Token

_VOWELS = frozenset("AIOQWYaiuæɑɒɔəɛɜɪʊʌᵻ")
_CONSONANTS = frozenset("bdfhjklmnpstvwzðŋɡɹTʃʒʤʧθ")
_STOPS = frozenset(";:,.!?—…")


class Following(NamedTuple):
    """What follows a word.

    vowel: whether the next sound is a vowel; None at the end of a clause.
    word: the next word in small letters; "" if punctuation comes first.
    """

    vowel: bool | None = None
    word: str = ""

    def preceded_by(self, phonemes: str, word: str) -> Following:
        """Return what follows the word before, once `phonemes` and `word` come in between. An ɐ does not count."""
        for sound in phonemes:
            if sound in _STOPS:
                return Following(None, word)
            if sound in _VOWELS or sound in _CONSONANTS:
                return Following(sound in _VOWELS, word)
        return Following(self.vowel, word)


def weak_form(word: str, tag: str, following: Following) -> str | None:
    """Return how a small word is pronounced before what follows it; None for any other word.

    word: as it is written. tag: its part of speech, from the Penn Treebank.
    """
    small = word.lower()
    if small == "a":
        return "ɐ" if tag == "DT" else PRIMARY + "A"
    if small == "an":
        return "ɐn"
    if word == "am" and following.vowel is not None:
        return "ɐm"
    if word == "I" and tag == "PRP":
        return "ˌI"
    if small == "by" and tag.startswith("RB"):
        return "bˈI"
    if small == "to":
        return {None: "tu", False: "tə", True: "tʊ"}[following.vowel]
    if small == "in":
        return (PRIMARY if following.vowel is None or tag != "IN" else "") + "ɪn"
    if small == "the":
        return "ði" if following.vowel else "ðə"
    return None


def link_r(tokens: Sequence[Token], by_token: Sequence[TokenPhonemes]) -> list[TokenPhonemes]:
    """Add the British linking r: a final written r is pronounced if the next word begins with a vowel."""
    linked = list(by_token)
    for index, (this, after) in enumerate(pairwise(tokens)):
        pronunciation, next_phonemes = by_token[index].phonemes, by_token[index + 1].phonemes.lstrip(STRESSES)
        if (
            this.kind == after.kind == "word"
            and by_token[index].source != "fix"
            and this.text.lower().endswith(("r", "re"))
            and pronunciation.endswith(("ə", "ː"))
            and next_phonemes[:1] in VOWELS
        ):
            linked[index] = by_token[index]._replace(phonemes=pronunciation + "ɹ")
    return linked
