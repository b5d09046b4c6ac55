"""A writer's own dictionary: lines of ``word = /ipa/`` or ``word = respelling``."""

from __future__ import annotations

from typing import NamedTuple


class LexiconEntry(NamedTuple):
    """How a word, or several in a row, are pronounced: in phonemes if `ipa`, else in ordinary spelling."""

    pronunciation: str
    ipa: bool


Lexicon = dict[str, LexiconEntry]
"""By the words as typed, single spaces between them. A key in small letters is meant for any capitals."""


def parse_lexicon(lines: str) -> tuple[Lexicon, list[str]]:
    """The entries of a lexicon, the last of two for one word; and a sentence for every line that is not one.

    Empty lines and lines that begin with ``#`` say nothing.
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
            problem = "there is no = in it"
        elif not word:
            problem = "there is no word before the ="
        elif not pronunciation or not pronunciation.strip("/ "):
            problem = "there is nothing after the ="
        elif pronunciation.startswith("/") != pronunciation.endswith("/"):
            problem = "phonemes need a slash at both ends"
        else:
            entries[word] = LexiconEntry(pronunciation.strip("/").strip() if in_slashes else pronunciation, in_slashes)
            continue
        warnings.append(
            f"Line {number} of the lexicon is left out, because {problem}: {line[:60]}. "
            "Write word = /ipa/ or word = respelling."
        )
    return entries, warnings
