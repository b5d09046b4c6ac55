"""Saves the pronunciation of a word, as markup in the text or as a line in the lexicon."""

from __future__ import annotations

import re

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.fixes import lexicon_problems, phonemes_of
from kokoro_demo.g2p.lexicon import LexiconEntry
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.g2p.typed import unknown_places

_MARK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)")
_RESPELLING = re.compile(r"[A-Za-z]+(?:[ -][A-Za-z]+)*")
# The limits of `text.clean.markup`.
MAX_WORD, MAX_PHONEMES = 200, 400


def written(word: Word) -> str:
    """The word as written, without markup."""
    return _MARK.sub(r"\1", word.text)


def checked(phonemes: str, language: str) -> str:
    """Return the phonemes of a fix: those that were typed, also between slashes; or, if Kokoro lacks one of them and
    all are ordinary letters, those of the respelling, like koh-KOH-roh.

    Raises:
        RequestError: if there are none or too many, or Kokoro does not know one of the symbols.
    """
    phonemes = " ".join(phonemes.split())
    if not phonemes:
        raise RequestError("There are no phonemes to save.")
    if len(phonemes) > MAX_PHONEMES:
        raise RequestError(f"A fix has at most {MAX_PHONEMES} phonemes.")
    if len(phonemes) > 2 and phonemes[0] == phonemes[-1] == "/":
        phonemes = phonemes[1:-1].strip()
    unknown = [phonemes[place] for place in unknown_places(phonemes, language)]
    if unknown and _RESPELLING.fullmatch(phonemes):
        return phonemes_of(LexiconEntry(phonemes, ipa=False), language)[0]
    if unknown or "/" in phonemes:
        symbols = " ".join(dict.fromkeys(unknown or "/"))
        raise RequestError(
            f"Kokoro has no such symbol: {symbols}. Type phonemes, or how it sounds, like “koh-KOH-roh”."
        )
    return phonemes


def fixed_in_text(text: str, word: Word, phonemes: str) -> str:
    """Return the text with markup for the word.

    Raises:
        RequestError: if such a word cannot be in markup.
    """
    plain, (start, end) = written(word), word.span
    if re.search(r"[\[\]\n]", plain) or len(plain) > MAX_WORD:
        raise RequestError("This word cannot be in [brackets]. Save it in My fixes instead.")
    return f"{text[:start]}[{plain}](/{phonemes}/){text[end:]}"


def fixed_in_lexicon(lexicon: str, word: Word, phonemes: str) -> str:
    """Return the lexicon with a line for the word, which replaces the word's earlier line.

    Raises:
        RequestError: if such a word cannot be in a lexicon.
    """
    return with_fix(lexicon, written(word), f"/{phonemes}/")


def with_fix(lexicon: str, word: str, pronunciation: str) -> str:
    """Return the lexicon with the line ``word = pronunciation``, which replaces the word's earlier line.

    Raises:
        RequestError: if such a word cannot be in a lexicon.
    """
    plain = " ".join(word.split())
    if "=" in plain or plain.startswith("#"):
        raise RequestError("This word cannot be in My fixes. Save it in the text instead.")
    others = [line for line in lexicon.splitlines() if line.partition("=")[0].strip() != plain]
    return "\n".join([*others, f"{plain} = {pronunciation}"])


def checked_fix(word: str, pronunciation: str, language: str) -> str:
    """Validate a word's pronunciation for the lexicon: ``/phonemes/``, or spelled as it sounds.

    Raises:
        RequestError: if it is neither; the message says what to do.
    """
    pronunciation = " ".join(pronunciation.split())
    if not pronunciation:
        raise RequestError("Type how it sounds, like “win” or “koh-KOH-roh”, or phonemes between slashes.")
    if len(pronunciation) > MAX_PHONEMES:
        raise RequestError(f"A fix has at most {MAX_PHONEMES} characters.")
    count, problems = lexicon_problems(f"{word} = {pronunciation}", language)
    if problems or count != 1:
        raise RequestError(problems[0] if problems else "This is not a valid fix.")
    return pronunciation
