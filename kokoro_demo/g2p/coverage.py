"""Finds the words of a text that are in no dictionary, whose pronunciation is a guess: names, brands, typing errors."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from kokoro_demo.errors import RequestError
from kokoro_demo.g2p.pronounce import phonemize, read_tokens
from kokoro_demo.languages import BY_CODE, DEFAULT_LANGUAGE, canonical_language
from kokoro_demo.text.traced import Traced

CONTEXT = 32  # characters shown on either side of a word
_POSSESSIVE = "'s"


@dataclass(frozen=True, slots=True)
class UnknownWord:
    """A word whose pronunciation is guessed, or that cannot be read at all.

    word: the spelling for a lexicon: as written if that is always the same, or else in small letters.
    guess: its phonemes; "" if it cannot be read.
    count: how often it occurs, including possessives and other capitalisations.
    start, end: its first span in the text. line, column: where that begins, counted from 1.
    context: the text around it, as one line.
    """

    word: str
    guess: str
    count: int
    start: int
    end: int
    line: int
    column: int
    context: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a text the dictionaries and fixes cover.

    words: the words that they do not cover, the most frequent first.
    total: the number of spoken words in the text.
    """

    language: str
    words: tuple[UnknownWord, ...]
    total: int

    @property
    def unknown(self) -> int:
        """How many of the `total` spoken words are not covered."""
        return sum(word.count for word in self.words)

    @property
    def summary(self) -> str:
        """One sentence: "3 words, used 5 times among 120, are not in a dictionary."."""
        if not self.words:
            return (
                f"All {self.total:,} words are in a dictionary." if self.total else "There are no words in this text."
            )
        count, times = len(self.words), self.unknown
        words = f"{count:,} word{'s' if count > 1 else ''}"
        often = "once" if times == 1 else f"{times:,} times"
        return f"{words}, used {often} among {self.total:,}, {'are' if count > 1 else 'is'} not in a dictionary."

    def details(self) -> dict[str, Any]:
        """Everything, as JSON-compatible values."""
        words = [asdict(word) for word in self.words]
        return {"language": self.language, "total": self.total, "unknown": self.unknown, "words": words}


@dataclass(slots=True)
class _Occurrences:
    """Everything found about one unknown word. start, end: its first span."""

    spellings: Counter[str]
    guesses: dict[str, str]
    start: int
    end: int


class CoverageSearch:
    """Searches a text for unknown words, part by part.

    text: the whole text. language: a code or alias. lexicon: fixes, whose words count as known.

    Raises:
        RequestError: if the language is not supported, or is read without a dictionary.
    """

    def __init__(self, text: str, language: str = DEFAULT_LANGUAGE, lexicon: str = "") -> None:
        self.text, self.language, self.lexicon = text, canonical_language(language), lexicon
        record = BY_CODE[self.language]
        if record.front_end == "espeak":
            raise RequestError(
                f"{record.name} is read by the rules of eSpeak NG, without a dictionary, so no word is unknown. "
                "Coverage is for English, Japanese and Mandarin."
            )
        self._found: dict[str, _Occurrences] = {}  # by the word in small letters
        self._total = 0

    def add(self, start: int, end: int) -> None:
        """Search ``text[start:end]``, which must begin and end between words."""
        self.add_traced(Traced(self.text[start:end], range(start, end), range(start + 1, end + 1)))

    def add_traced(self, part: Traced) -> None:
        """Search a part of the text that is read on its own, such as a segment of a script."""
        spoken, by_token, _ = read_tokens(part.text, self.language, self.lexicon)
        for token, pronounced in zip(spoken.tokens, by_token, strict=True):
            if token.kind not in ("word", "letters"):
                continue
            self._total += 1
            if token.kind == "letters" or not (pronounced.source == "espeak" or pronounced.missing):
                continue
            plain = token.text.removesuffix(_POSSESSIVE)
            span = part.span(token.start, token.end)
            occurrences = self._found.setdefault(plain.lower(), _Occurrences(Counter(), {}, *span))
            occurrences.spellings[plain] += 1
            if plain == token.text and not (plain.isupper() and occurrences.guesses):
                occurrences.guesses.setdefault(plain, pronounced.phonemes)

    def result(self) -> Coverage:
        """Return the coverage of the parts that were searched."""
        line_starts = [0, *(at + 1 for at, letter in enumerate(self.text) if letter == "\n")]
        words = [self._word(small, occurrences, line_starts) for small, occurrences in self._found.items()]
        words.sort(key=lambda word: (-word.count, word.start))
        return Coverage(self.language, tuple(words), self._total)

    def _word(self, small: str, occurrences: _Occurrences, line_starts: list[int]) -> UnknownWord:
        word = next(iter(occurrences.spellings)) if len(occurrences.spellings) == 1 else small
        guess = next(iter(occurrences.guesses.values()), None)
        line = bisect_right(line_starts, occurrences.start)
        around = self.text[max(0, occurrences.start - CONTEXT) : occurrences.end + CONTEXT]
        return UnknownWord(
            word=word,
            guess=phonemize(word, self.language).phonemes if guess is None else guess,
            count=occurrences.spellings.total(),
            start=occurrences.start,
            end=occurrences.end,
            line=line,
            column=occurrences.start - line_starts[line - 1] + 1,
            context=" ".join(around.split()),
        )


def coverage(text: str, language: str = DEFAULT_LANGUAGE, lexicon: str = "") -> Coverage:
    """Return the words of a text that are neither in a dictionary nor in the lexicon.

    >>> [(word.word, word.guess, word.count) for word in coverage("Zorblax met Zorblax's friend.").words]
    [('Zorblax', 'zˈɔɹblˌæks', 2)]

    Raises:
        RequestError: if the language is not supported, or is read without a dictionary.
    """
    search = CoverageSearch(text, language, lexicon)
    search.add(0, len(text))
    return search.result()


def joined_coverage(parts: Iterable[Coverage]) -> Coverage:
    """Join the coverage of a script's languages, at least one.

    A word that is unknown in several of them is one word, with the guess from its first occurrence.
    """
    parts = list(parts)
    words: dict[str, UnknownWord] = {}
    for word in sorted((word for part in parts for word in part.words), key=lambda word: word.start):
        key = word.word.lower()
        words[key] = replace(words[key], count=words[key].count + word.count) if key in words else word
    ordered = sorted(words.values(), key=lambda word: (-word.count, word.start))
    return Coverage(parts[0].language, tuple(ordered), sum(part.total for part in parts))
