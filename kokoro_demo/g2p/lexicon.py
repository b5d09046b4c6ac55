"""A writer's own dictionary: lines of ``word = /ipa/`` or ``word = respelling``."""

from __future__ import annotations

from typing import NamedTuple


class LexiconEntry(NamedTuple):
    """The pronunciation of a word or phrase: phonemes if `ipa` is true, or else a respelling in ordinary letters."""

    pronunciation: str
    ipa: bool


Lexicon = dict[str, LexiconEntry]
"""Entries by word or phrase, as typed, with single spaces. A key in small letters matches any capitalisation."""


def parse_lexicon(lines: str) -> tuple[Lexicon, list[str]]:
    """Return the entries of a lexicon, and a warning for every line that is not an entry.

    If a word has several entries, the last counts. Empty lines and lines that begin with ``#`` are ignored.
    """
    entries: Lexicon = {}
    warnings = []
    for number, line in enumerate(lines.splitlines(), 1):
        line = line.strip().lstrip("\ufeff")
        if not line or line.startswith("#"):
            continue
        word, equals, pronunciation = line.partition("=")
        word, pronunciation = " ".join(word.replace("’", "'").split()), pronunciation.strip()
        in_slashes = len(pronunciation) > 2 and pronunciation.startswith("/") and pronunciation.endswith("/")
        if not equals:
            problem = "it has no “=”"
        elif not word:
            problem = "there is no word before the “=”"
        elif not pronunciation or not pronunciation.strip("/ "):
            problem = "there is nothing after the “=”"
        elif pronunciation.startswith("/") != pronunciation.endswith("/"):
            problem = "phonemes need a slash at both ends"
        else:
            entries[word] = LexiconEntry(pronunciation.strip("/").strip() if in_slashes else pronunciation, in_slashes)
            continue
        warnings.append(
            f"Line {number} of the fixes is left out, because {problem}: {line[:60]}. "
            "Write word = /ipa/ or word = respelling."
        )
    return entries, warnings
