"""From a written text to its phonemes, in any language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kokoro_demo.g2p import japanese, mandarin
from kokoro_demo.g2p.assembly import assemble
from kokoro_demo.g2p.english.words import read_english
from kokoro_demo.g2p.espeak import espeak_problem
from kokoro_demo.g2p.fixes import fixed_pronunciations
from kokoro_demo.g2p.languages import read_other
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.g2p.token_phonemes import TokenPhonemes
from kokoro_demo.g2p.unspaced import FrontEnd, read_unspaced
from kokoro_demo.languages import BY_CODE, DEFAULT_LANGUAGE, canonical_language
from kokoro_demo.text import normalise
from kokoro_demo.text.clean.surrogates import LOST, WARNING, whole_characters
from kokoro_demo.text.spoken import SpokenText

UNSPACED: Mapping[str, FrontEnd] = {"japanese": japanese.FRONT_END, "mandarin": mandarin.FRONT_END}
"""The front ends of languages that are written without spaces."""


def phonemize(text: str, language: str = DEFAULT_LANGUAGE, lexicon: str = "") -> Pronunciation:
    """Return the pronunciation of a text, in Kokoro's alphabet; its warnings name whatever was left out.

    text: as written, with markup.
    language: a code or an alias from `kokoro_demo.languages`, such as "en-gb" or "pt".
    lexicon: the writer's fixes, lines of ``word = /ipa/`` or ``word = respelling``.

    Raises:
        RequestError: if the language is not supported.
    """
    spoken, by_token, warnings = read_tokens(text, language, lexicon)
    return assemble(spoken, by_token, canonical_language(language), warnings)


def read_tokens(text: str, language: str, lexicon: str = "") -> tuple[SpokenText, list[TokenPhonemes], list[str]]:
    """Return the spoken text, the phonemes of each of its tokens, and warnings about the fixes and eSpeak NG.

    The arguments are those of `phonemize`.

    Raises:
        RequestError: if the language is not supported.
    """
    language = canonical_language(language)
    text = whole_characters(text)
    spoken = normalise(text, language)
    front_end = BY_CODE[language].front_end
    sounds: Sequence[str | None] = ()
    if front_end in UNSPACED:
        spoken, sounds = UNSPACED[front_end].split_words(spoken)
    entries, lexicon_warnings = parse_lexicon(whole_characters(lexicon))
    fixed, fix_warnings = fixed_pronunciations(spoken, language, entries)
    if front_end == "english":
        by_token = read_english(spoken, language == "en-gb", fixed)
    elif front_end in UNSPACED:
        by_token = read_unspaced(spoken, sounds, UNSPACED[front_end].read_latin, fixed)
    else:
        by_token = read_other(spoken.tokens, language, fixed)
    warnings = [*lexicon_warnings, *fix_warnings, *([WARNING] if LOST in text else [])]
    problem = espeak_problem()
    if problem and (fix_warnings or any(pronounced.missing for pronounced in by_token)):
        warnings.append(f"eSpeak NG, which reads words that are not in a dictionary, cannot be used: {problem}")
    return spoken, by_token, warnings
