"""Words that are spelled out: FBI, CDs, IBM's, pm."""

from __future__ import annotations

from kokoro_demo.g2p.english.dictionary import Dictionary
from kokoro_demo.g2p.english.inflection import with_s
from kokoro_demo.g2p.english.stress import main_stress_last


def spell(letters: str, dictionary: Dictionary, british: bool) -> str:
    """Return the names of the letters, spoken as one word; "" if none of them has a name.

    letters: capitals with an optional ending ("CDs", "IBM's"), or only small letters ("pm"). Other characters are
        ignored.
    """
    named = letters if letters.islower() else letters.rstrip("abcdefghijklmnopqrstuvwxyz'")
    ending = letters[len(named) :]
    names = [name for name in (_name(letter, dictionary, british) for letter in named) if name]
    if not names:
        return ""
    phonemes = main_stress_last(names)
    return with_s(phonemes, british) if "s" in ending or ending == "'" else phonemes


def _name(letter: str, dictionary: Dictionary, british: bool) -> str:
    """The name of a letter of the English alphabet; "" for any other character."""
    if british and letter in "zZ":
        return "zˈɛd"  # the dictionary has the American name
    entry = dictionary.find(letter.upper()) if letter.isascii() and letter.isalpha() else None
    return entry["DEFAULT"] if entry else ""
