"""The corridor from a text to its phonemes."""

from __future__ import annotations

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.assembly import assemble
from kokoro_demo.g2p.english.words import read_english
from kokoro_demo.g2p.fixes import fixed_readings
from kokoro_demo.g2p.languages import LANGUAGES, read_other
from kokoro_demo.g2p.lexicon import parse_lexicon
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.text import normalise

ENGLISH = ("en-us", "en-gb")


def phonemize(text: str, language: str = "en-us", lexicon: str = "") -> Pronunciation:
    """Read a text: every symbol of the answer is in Kokoro's alphabet, and what was left out is in its warnings.

    text: as written, with markup.
    language: one of ``en-us en-gb es fr-fr hi it pt-br``.
    lexicon: the writer's fixes, lines of ``word = /ipa/`` or ``word = respelling``.

    Raises:
        RequestError: for another language.
    """
    if language not in ENGLISH and language not in LANGUAGES:
        raise RequestError(f"Unknown language {language!r}. Choose one of {', '.join((*ENGLISH, *LANGUAGES))}.")
    spoken = normalise(text, language)
    entries, lexicon_warnings = parse_lexicon(lexicon)
    fixed, fix_warnings = fixed_readings(spoken, language, entries)
    if language in ENGLISH:
        readings = read_english(spoken, language == "en-gb", fixed)
    else:
        readings = read_other(spoken.tokens, language, fixed)
    return assemble(spoken, readings, language, (*lexicon_warnings, *fix_warnings))
