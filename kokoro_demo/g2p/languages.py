"""Languages that only eSpeak NG reads, such as Spanish and Hindi (`front_end` in `kokoro_demo.languages`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.english.stress import change_stress
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak
from kokoro_demo.g2p.numbers import stressed_parts
from kokoro_demo.g2p.pronunciation import Provenance
from kokoro_demo.g2p.token_phonemes import INCLUDED, SILENT, TokenPhonemes
from kokoro_demo.text.spoken import Token

# How many words are read together at most; eSpeak NG links neighbouring words (les amis, são cinco).
_MAX_GROUP = 12


def read_other(tokens: Sequence[Token], language: str, fixed: Mapping[int, TokenPhonemes]) -> list[TokenPhonemes]:
    """Return the phonemes of each token.

    fixed: the writer's own pronunciations, by the token's index.
    """
    by_token = [fixed.get(index, SILENT) for index in range(len(tokens))]
    for group in _word_groups(tokens, fixed):
        parts = [_parts(tokens[first:last], language) for first, last in group]
        spoken_parts = iter(_read_together([part for texts in parts for part in texts], language))
        for (first, last), texts in zip(group, parts, strict=True):
            ipa = _as_one([next(spoken_parts) for _ in texts])
            phonemes = split_unknown(from_espeak(ipa, language))[0]
            source: Provenance = "spelled" if tokens[first].kind == "letters" else "espeak"
            phonemes = change_stress(phonemes, tokens[first].stress)
            by_token[first:last] = [
                TokenPhonemes(phonemes, source, missing=not phonemes),
                *[INCLUDED] * (last - first - 1),
            ]
    return by_token


def _word_groups(tokens: Sequence[Token], fixed: Mapping[int, TokenPhonemes]) -> Iterator[list[tuple[int, int]]]:
    """Yield groups of words with no mark between them, each word as a span of tokens; hyphens join tokens."""
    group: list[tuple[int, int]] = []
    for index, token in enumerate(tokens):
        spoken = token.kind in ("word", "letters") and index not in fixed
        if spoken and token.joined and group and group[-1][1] == index:
            group[-1] = (group[-1][0], index + 1)
            continue
        if group and (not spoken or len(group) == _MAX_GROUP):
            yield group
            group = []
        if spoken:
            group.append((index, index + 1))
    if group:
        yield group


def _parts(tokens: Sequence[Token], language: str) -> list[str]:
    """What eSpeak reads for a word: one text, or the parts of a number that are stressed separately."""
    whole = _text(tokens)
    return stressed_parts(whole, language) if tokens[0].kind == "word" and len(tokens) == 1 else [whole]


def _as_one(parts: Sequence[str]) -> str:
    """Join the parts of one word, with the primary stress on the last."""
    return "".join([*(part.replace("ˈ", "ˌ") for part in parts[:-1]), parts[-1]])


def _text(tokens: Sequence[Token]) -> str:
    return "-".join(" ".join(token.text) if token.kind == "letters" else token.text for token in tokens)


def _read_together(texts: Sequence[str], language: str) -> list[str]:
    """Return eSpeak's phonemes for each text, read together; in smaller groups if eSpeak merges words."""
    alone = transcribe(texts, language)
    return _read_run(texts, alone, language)


def _read_run(texts: Sequence[str], alone: Sequence[str], language: str) -> list[str]:
    if len(texts) == 1:
        return list(alone)
    together = transcribe([" ".join(texts)], language)[0].split()
    counts = [len(phonemes.split()) for phonemes in alone]
    if len(together) == sum(counts):
        words = iter(together)
        return [" ".join(next(words) for _ in range(count)) for count in counts]
    half = len(texts) // 2
    return _read_run(texts[:half], alone[:half], language) + _read_run(texts[half:], alone[half:], language)
