"""The words of a script that no dictionary has: names, brands, typing errors. What is spoken for them is a guess."""

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
    """A word that is guessed, or cannot be read at all.

    word: as a lexicon would have it: as it is written if always in the same way, else in small letters.
    guess: its phonemes; "" if it cannot be read.
    count: how often it is met, possessives and other capitals among them.
    start, end: its first place in the text. line, column: the same, from 1.
    context: what is around it there, in one line.
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
    """What dictionaries and fixes cover of a text.

    words: those that they do not, the most frequent first.
    total: how many spoken words the text has.
    """

    language: str
    words: tuple[UnknownWord, ...]
    total: int

    @property
    def unknown(self) -> int:
        """How many of `total` are not covered."""
        return sum(word.count for word in self.words)

    @property
    def summary(self) -> str:
        """One sentence: "3 words, met 5 times among 120, are in no dictionary."."""
        if not self.words:
            return f"All {self.total:,} words are in a dictionary." if self.total else "There is no word in this text."
        count, met = len(self.words), self.unknown
        words = f"{count:,} word{'s' if count > 1 else ''}"
        times = "once" if met == 1 else f"{met:,} times"
        return f"{words}, met {times} among {self.total:,}, {'are' if count > 1 else 'is'} in no dictionary."

    def details(self) -> dict[str, Any]:
        """All of it, for JSON."""
        words = [asdict(word) for word in self.words]
        return {"language": self.language, "total": self.total, "unknown": self.unknown, "words": words}


@dataclass(slots=True)
class _Met:
    """All places of one word, by its letters in small."""

    spellings: Counter[str]
    guesses: dict[str, str]
    start: int
    end: int


class CoverageSearch:
    """Looks through a text in parts.

    text: the whole text. language: a code or alias. lexicon: fixes, which cover their words.

    Raises:
        RequestError: for a language that is read without a dictionary, or not at all.
    """

    def __init__(self, text: str, language: str = DEFAULT_LANGUAGE, lexicon: str = "") -> None:
        self.text, self.language, self.lexicon = text, canonical_language(language), lexicon
        record = BY_CODE[self.language]
        if record.front_end == "espeak":
            raise RequestError(
                f"{record.name} is read by the rules of eSpeak NG, without a dictionary: there is no word that would "
                "not be known. Coverage is for English, Japanese and Mandarin."
            )
        self._met: dict[str, _Met] = {}
        self._total = 0

    def add(self, start: int, end: int) -> None:
        """Look through ``text[start:end]``, which begins and ends between words."""
        self.add_traced(Traced(self.text[start:end], range(start, end), range(start + 1, end + 1)))

    def add_traced(self, part: Traced) -> None:
        """Look through a part of the text that is read by itself, as a segment of a script is."""
        spoken, readings, _ = read_tokens(part.text, self.language, self.lexicon)
        for token, reading in zip(spoken.tokens, readings, strict=True):
            if token.kind not in ("word", "letters"):
                continue
            self._total += 1
            if token.kind == "letters" or not (reading.source == "espeak" or reading.missing):
                continue
            plain = token.text.removesuffix(_POSSESSIVE)
            met = self._met.setdefault(plain.lower(), _Met(Counter(), {}, *part.span(token.start, token.end)))
            met.spellings[plain] += 1
            if plain == token.text and not (plain.isupper() and met.guesses):
                met.guesses.setdefault(plain, reading.phonemes)

    def result(self) -> Coverage:
        """What was found."""
        line_starts = [0, *(at + 1 for at, letter in enumerate(self.text) if letter == "\n")]
        words = [self._word(small, met, line_starts) for small, met in self._met.items()]
        words.sort(key=lambda word: (-word.count, word.start))
        return Coverage(self.language, tuple(words), self._total)

    def _word(self, small: str, met: _Met, line_starts: list[int]) -> UnknownWord:
        word = next(iter(met.spellings)) if len(met.spellings) == 1 else small
        guess = next(iter(met.guesses.values()), None)
        line = bisect_right(line_starts, met.start)
        around = self.text[max(0, met.start - CONTEXT) : met.end + CONTEXT]
        return UnknownWord(
            word=word,
            guess=phonemize(word, self.language).phonemes if guess is None else guess,
            count=met.spellings.total(),
            start=met.start,
            end=met.end,
            line=line,
            column=met.start - line_starts[line - 1] + 1,
            context=" ".join(around.split()),
        )


def coverage(text: str, language: str = DEFAULT_LANGUAGE, lexicon: str = "") -> Coverage:
    """The words of a text that neither a dictionary nor the lexicon has.

    >>> [(word.word, word.guess, word.count) for word in coverage("Zorblax met Zorblax's friend.").words]
    [('Zorblax', 'zˈɔɹblˌæks', 2)]

    Raises:
        RequestError: for a language that is read without a dictionary, or not at all.
    """
    search = CoverageSearch(text, language, lexicon)
    search.add(0, len(text))
    return search.result()


def joined_coverage(parts: Iterable[Coverage]) -> Coverage:
    """The coverage of a script that is read in several languages, at least one: a word that is unknown in two of them
    is one word, with the guess of where it is met first."""
    parts = list(parts)
    words: dict[str, UnknownWord] = {}
    for word in sorted((word for part in parts for word in part.words), key=lambda word: word.start):
        key = word.word.lower()
        words[key] = replace(words[key], count=words[key].count + word.count) if key in words else word
    ordered = sorted(words.values(), key=lambda word: (-word.count, word.start))
    return Coverage(parts[0].language, tuple(ordered), sum(part.total for part in parts))
