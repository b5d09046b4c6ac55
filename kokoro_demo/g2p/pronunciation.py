"""The pronunciation of a text: its phonemes, and for every word where they came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Provenance = Literal["fix", "dictionary", "rule", "espeak", "spelled"]


@dataclass(frozen=True, slots=True)
class Word:
    """One written word, how it is pronounced and, once it has been spoken, when it is heard.

    text: the word as it was written, ``written[span[0]:span[1]]``.
    spoken: the spoken word or words that it became ("$5" -> "five dollars").
    phonemes: in Kokoro's alphabet, without punctuation; spoken words are separated by single spaces.
    source: where its phonemes came from, the least certain source if there are several: the writer's own `fix`, the
        `dictionary`, a `rule` applied to the dictionary (an inflection, a weak form), `espeak`, or `spelled` letter by
        letter.
    span: its span in the written text.
    phoneme_span: its span in `Pronunciation.phonemes`.
    start, end: when it is heard, in seconds; None before it has been spoken.
    rule: the name of the rule that changed what was written ("money", "date"); "" if none did.
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
    """A pause of `seconds` that the writer asked for, before ``phonemes[position]``."""

    position: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a script that one voice speaks, up to the next change of voice, speed or speaker.

    text: the text to speak, with our own marks, without the rest of the script.
    voice, speed: as requested. language: None means the voice's own.
    speaker: the name in the cast; "" if there is none.
    turn: the number of changes of speaker before it.
    span: its span in the written text.
    words: the range of its words in `Pronunciation.words`: the first, and the one after the last.
    places: the span of each of these words in `text`.
    phoneme_span: its span in `Pronunciation.phonemes`.
    marks: the names of positions, each with the index of the word that follows.
    own_layout: whether paragraphs and lines are those of `text`, and not those of the written text.
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
    """A text and its phonemes in Kokoro's alphabet.

    Every character of `phonemes` is in the alphabet; `warnings` name what had to be left out.

    parts: the parts of a script, in order; empty for a text that one voice speaks.
    dropped: the spans in `text` of symbols that are not spoken.
    lost: symbols that were left out of `phonemes`, each with the position in `phonemes` that it was before.
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
