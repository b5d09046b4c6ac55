"""Keeping the pronunciation of a word: in the text as markup, or in the lexicon as a line."""

from __future__ import annotations

import re

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.fixes import lexicon_problems
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.g2p.typed import unknown_places

_MARK = re.compile(r"\[([^\[\]\n]+)\]\([^()\n]*\)")
# What `text.markup` takes as one mark.
MAX_WORD, MAX_PHONEMES = 200, 400


def written(word: Word) -> str:
    """The word without the writer's marks."""
    return _MARK.sub(r"\1", word.text)


def checked(phonemes: str, language: str) -> str:
    """Phonemes that can be kept as a fix.

    Raises:
        RequestError: if they are none, too many, or hold what Kokoro cannot say.
    """
    phonemes = " ".join(phonemes.split())
    if not phonemes:
        raise RequestError("There are no phonemes to keep.")
    if len(phonemes) > MAX_PHONEMES:
        raise RequestError(f"A fix has at most {MAX_PHONEMES} phonemes.")
    unknown = [phonemes[place] for place in unknown_places(phonemes, language)]
    if unknown or "/" in phonemes:
        raise RequestError(f"Kokoro has no such symbol: {' '.join(dict.fromkeys(unknown or '/'))}")
    return phonemes


def fixed_in_text(text: str, word: Word, phonemes: str) -> str:
    """The text with the word in markup.

    Raises:
        RequestError: if a word of this form cannot be in markup.
    """
    plain, (start, end) = written(word), word.span
    if re.search(r"[\[\]\n]", plain) or len(plain) > MAX_WORD:
        raise RequestError("This word cannot be in [brackets]. Keep it in My fixes.")
    return f"{text[:start]}[{plain}](/{phonemes}/){text[end:]}"


def fixed_in_lexicon(lexicon: str, word: Word, phonemes: str) -> str:
    """The lexicon with a line for the word, in place of the line that it has, if any.

    Raises:
        RequestError: if a word of this form cannot be in a lexicon.
    """
    return with_fix(lexicon, written(word), f"/{phonemes}/")


def with_fix(lexicon: str, word: str, sounds: str) -> str:
    """The lexicon with the line ``word = sounds``, in place of the line that the word has, if any.

    Raises:
        RequestError: if a word of this form cannot be in a lexicon.
    """
    plain = " ".join(word.split())
    if "=" in plain or plain.startswith("#"):
        raise RequestError("This word cannot be in My fixes. Keep it in the text.")
    others = [line for line in lexicon.splitlines() if line.partition("=")[0].strip() != plain]
    return "\n".join([*others, f"{plain} = {sounds}"])


def checked_fix(word: str, sounds: str, language: str) -> str:
    """The pronunciation of a word as a lexicon takes it: ``/phonemes/``, or spelled as it sounds.

    Raises:
        RequestError: if it is neither; it says what to do.
    """
    sounds = " ".join(sounds.split())
    if not sounds:
        raise RequestError("Type how it sounds, like “win” or “koh-KOH-roh”, or phonemes between slashes.")
    if len(sounds) > MAX_PHONEMES:
        raise RequestError(f"A fix has at most {MAX_PHONEMES} characters.")
    count, problems = lexicon_problems(f"{word} = {sounds}", language)
    if problems or count != 1:
        raise RequestError(problems[0] if problems else "This cannot be a fix.")
    return sounds
