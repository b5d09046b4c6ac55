"""The result of reading a text: its phonemes, and for every word where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Provenance = Literal["fix", "dictionary", "rule", "espeak", "spelled"]


@dataclass(frozen=True, slots=True)
class Word:
    """One written word, how it is pronounced and, once it has been spoken, when it is heard.

    text: the word as it was written, ``written[span[0]:span[1]]``.
    spoken: the spoken word or words it became ("$5" -> "five dollars").
    phonemes: in Kokoro's alphabet, without punctuation; spoken words are separated by single spaces.
    source: the least certain of the places its phonemes came from: the writer's own `fix`, the `dictionary`,
        a `rule` over the dictionary (an inflection, a weak form), `espeak`, or `spelled` letter by letter.
    span: its place in the written text.
    phoneme_span: its place in `Pronunciation.phonemes`.
    start, end: when it is heard, in seconds; None before it has been spoken.
    rule: the rule that made the spoken words out of what is written ("money", "date"); "" if no rule changed them.
    """

    text: str
    spoken: str
    phonemes: str
    source: Provenance
    span: tuple[int, int]
    phoneme_span: tuple[int, int]
    start: float | None = None
    end: float | None = None
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A silence of `seconds` that the writer asked for, before the phoneme at `position`."""

    position: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Part:
    """What one voice says of a script, from one change of voice, speed or speaker to the next.

    text: what is said, with our own marks; what else is written of the script is left out.
    voice, speed: as they were asked for. language: None is the voice's own.
    speaker: the name in the cast, or "".
    turn: counts the changes of speaker.
    span: its place in the written text.
    words: the first of its words in `Pronunciation.words`, and the one after the last.
    places: the place of each of these words in `text`.
    phoneme_span: its place in `Pronunciation.phonemes`.
    marks: names of places, each with the index of the word that follows.
    own_layout: whether `text`, and not the written text, says where paragraphs and lines are.
    """

    text: str
    voice: str
    speed: float
    language: str | None
    speaker: str
    turn: int
    span: tuple[int, int]
    words: tuple[int, int]
    places: tuple[tuple[int, int], ...]
    phoneme_span: tuple[int, int]
    marks: tuple[tuple[int, str], ...] = ()
    own_layout: bool = False


@dataclass(frozen=True, slots=True)
class Pronunciation:
    """A text and its reading in Kokoro's alphabet.

    Every character of `phonemes` is in the alphabet; what had to be left out is named in `warnings`.

    parts: of a script, in order; none of a text that one voice says.
    dropped: the places in `text` of symbols that are not spoken.
    lost: symbols that were left out of `phonemes`, each with the place in `phonemes` that it was before.
    """

    text: str
    language: str
    spoken: str
    phonemes: str
    words: tuple[Word, ...]
    pauses: tuple[Pause, ...] = ()
    warnings: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    dropped: tuple[tuple[int, int], ...] = ()
    lost: tuple[tuple[int, str], ...] = ()
