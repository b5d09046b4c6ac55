"""Joins the phonemes of tokens into one phoneme string, and records which part of it belongs to which written word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.pronunciation import Pause, Pronunciation, Provenance, Word
from kokoro_demo.g2p.token_phonemes import TokenPhonemes, least_sure
from kokoro_demo.text.spoken import SpokenText, Token

# There is always a space between these and a word, however it was typed.
_SPACE_AFTER = frozenset(".,;:!?…")


@dataclass(slots=True)
class _OpenWord:
    """A written word to which tokens are still being added: adjacent tokens with the same span belong to it."""

    span: tuple[int, int]
    position: int
    spoken: list[str] = field(default_factory=list)
    phonemes: list[str] = field(default_factory=list)
    sources: list[Provenance] = field(default_factory=list)
    rule: str = ""
    first: int | None = None
    last: int = 0

    def add(self, token: Token, pronounced: TokenPhonemes, position: int) -> None:
        """Add a token whose phonemes, if it has any, are at `position`."""
        self.span = (self.span[0], max(self.span[1], token.end))
        self.spoken += [token.spoken] if token.spoken else []
        self.rule = self.rule or token.rule
        if not pronounced.phonemes:
            self.sources += [] if pronounced.included else [pronounced.source]
            return
        self.sources.append(pronounced.source)
        if pronounced.included and self.phonemes:
            self.phonemes[-1] += pronounced.phonemes
        else:
            self.phonemes.append(pronounced.phonemes)
        self.first = position if self.first is None else self.first
        self.last = position + len(pronounced.phonemes)

    def close(self, written: str) -> Word:
        start, end = self.span
        first = self.position if self.first is None else self.first
        return Word(
            text=written[start:end],
            spoken=" ".join(self.spoken),
            phonemes=" ".join(self.phonemes),
            source=least_sure(self.sources),
            span=self.span,
            phoneme_span=(first, max(first, self.last)),
            rule=self.rule,
        )


def assemble(
    spoken: SpokenText, by_token: Sequence[TokenPhonemes], language: str, warnings: Sequence[str] = ()
) -> Pronunciation:
    """Return the pronunciation of a spoken text, given the phonemes of each of its tokens."""
    parts: list[str] = []
    length = 0
    words: list[Word] = []
    pauses: list[Pause] = []
    missing: list[str] = []
    word: _OpenWord | None = None
    previous = ""  # the last symbol so far

    for token, pronounced in zip(spoken.tokens, by_token, strict=True):
        if token.kind == "pause":
            pauses.append(Pause(length, token.seconds))
            continue
        mark = token.text if token.kind == "punctuation" else ""
        pronunciation = mark or pronounced.phonemes
        if pronunciation and not pronounced.included and _needs_space(token, previous, bool(mark)):
            parts.append(" ")
            length += 1
        if not mark:
            span = (token.start, token.end)
            if word is not None and word.span != span and not (token.joined or pronounced.included):
                words.append(word.close(spoken.written))
                word = None
            word = word or _OpenWord(span, length)
            word.add(token, pronounced, length)
            if pronounced.missing:
                missing.append(token.text)
        if pronunciation:
            parts.append(pronunciation)
            length += len(pronunciation)
            previous = pronunciation[-1]
    if word is not None:
        words.append(word.close(spoken.written))
    if missing:
        warnings = (*warnings, f"Could not be read, and is left out: {', '.join(dict.fromkeys(missing))}")
    return Pronunciation(
        text=spoken.written,
        language=language,
        spoken=spoken.spoken,
        phonemes="".join(parts),
        words=tuple(words),
        pauses=tuple(pauses),
        warnings=(*spoken.warnings, *warnings),
        dropped=spoken.dropped,
    )


def _needs_space(token: Token, previous: str, is_mark: bool) -> bool:
    """Whether there is a space between a token and the symbol before it."""
    if not previous or previous == " ":
        return False
    if is_mark:
        return token.space_before
    if previous in _SPACE_AFTER:
        return True
    if previous in SYMBOLS and not (previous.isalpha() or previous in "ˈˌː\u0303↓→↗↘"):
        return token.space_before
    return True
