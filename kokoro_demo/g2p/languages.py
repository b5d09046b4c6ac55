"""The languages that eSpeak NG reads alone: Spanish, French, Hindi, Italian, Brazilian Portuguese."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from kokoro_demo.g2p.alphabet import split_unknown
from kokoro_demo.g2p.espeak import transcribe
from kokoro_demo.g2p.ipa import from_espeak
from kokoro_demo.g2p.reading import SILENT, Reading
from kokoro_demo.g2p.stress import change_stress
from kokoro_demo.text.spoken import Token

LANGUAGES = ("es", "fr-fr", "hi", "it", "pt-br")
# Words that are read together, so that they can lean on each other; the work of telling them apart stays small.
_TOGETHER = 12


def read_other(tokens: Sequence[Token], language: str, fixed: Mapping[int, Reading]) -> list[Reading]:
    """The reading of each token.

    fixed: the readings that the writer gave, by the token's index.
    """
    readings = [fixed.get(index, SILENT) for index in range(len(tokens))]
    alone = [index for index, token in enumerate(tokens) if _is_read(token) and index not in fixed]
    clauses = _clauses(tokens, fixed)
    said = dict(zip(alone, transcribe([_text(tokens[index]) for index in alone], language), strict=True))
    for clause in clauses:
        together = transcribe([" ".join(tokens[index].text for index in clause)], language)[0].split()
        if len(together) == len(clause):
            said.update(zip(clause, together, strict=True))
    for index, ipa in said.items():
        phonemes = split_unknown(from_espeak(ipa, language))[0]
        source = "spelled" if tokens[index].kind == "letters" else "espeak"
        readings[index] = Reading(change_stress(phonemes, tokens[index].stress), source, missing=not phonemes)
    return readings


def _is_read(token: Token) -> bool:
    return token.kind in ("word", "letters")


def _text(token: Token) -> str:
    return " ".join(token.text) if token.kind == "letters" else token.text


def _clauses(tokens: Sequence[Token], fixed: Mapping[int, Reading]) -> list[list[int]]:
    """Runs of two or more plain words with no mark or figure between them."""

    def is_plain(index: int) -> bool:
        return tokens[index].kind == "word" and index not in fixed and tokens[index].text.replace("'", "").isalpha()

    clauses = []
    for plain, group in groupby(range(len(tokens)), is_plain):
        run = list(group) if plain else []
        clauses += [run[start : start + _TOGETHER] for start in range(0, len(run), _TOGETHER)]
    return [clause for clause in clauses if len(clause) > 1]
