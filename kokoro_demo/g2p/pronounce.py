"""The corridor from a text to its phonemes."""

from __future__ import annotations

from collections.abc import Sequence

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.assembly import assemble
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.g2p.reading import Reading
from kokoro_demo.text import normalise
from kokoro_demo.text.spoken import Token


def phonemize(text: str, language: str = "en-us", lexicon: str = "") -> Pronunciation:
    """Read a text aloud, on paper.

    text: as written, with markup.
    language: one of `kokoro_demo.speech.LANGUAGES`.
    lexicon: the writer's fixes, lines of ``word = /ipa/`` or ``word = respelling``.

    Raises:
        RequestError: for another language.
    """
    spoken = normalise(text, language)
    return assemble(spoken, read(spoken.tokens, language), language)


def read(tokens: Sequence[Token], language: str) -> list[Reading]:
    """How each token is said; marks, pauses and what is silent have no phonemes."""
    wanted = [token.text if token.kind in ("word", "letters") else "" for token in tokens]
    said = [split_unknown(from_espeak(ipa, language))[0] for ipa in transcribe(wanted, language)]
    return [Reading(phonemes, "espeak") for phonemes in said]
