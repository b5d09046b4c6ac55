"""Chooses among the pronunciations of a heteronym with a small log-linear model.

The score of a sense is a sum of learned weights of the features of its sentence (`context`), looked up by the CRC-32
of their names. Some weights belong to one sense of one word ("bow" after "violin"). Others describe the sentences of
verbs in general; all words that can be a verb share them, even words that were not in the training data. The choice of
the rules (`heteronyms` and the part of speech) is one more feature. `tools/senses.py` trains the model; its docstring
gives the training data and the accuracy.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from kokoro_demo.g2p.english.context import Sentence, grammar_features, topic_features
from kokoro_demo.g2p.english.dictionary import Entry
from kokoro_demo.g2p.english.heteronyms import variant_of

TABLE = Path(__file__).with_name("senses.tsv")
MODEL = Path(__file__).with_name("senses.npz")
VERB = "verb"
# The values of features, in training as in use: words of the topic, the choice of the rules, features shared by verbs.
TOPIC_VALUE, RULE_VALUE, SHARED_VALUE = 0.5, 2.0, 1.0
# The prior for the choice of the rules, as log odds.
TRUST = 2.0
FROM_DICTIONARY = "-"


class Weights(NamedTuple):
    """The weights of the model. keys: (K,) uint32, sorted. values: (K,) int8; multiplied by `scale`, the weights."""

    keys: NDArray[np.uint32]
    values: NDArray[np.int8]
    scale: float


class Choice(NamedTuple):
    """The different pronunciations of a word by sense, the reference sense first, and the sense chosen by the rules."""

    word: str
    pronunciations: dict[str, str]
    by_rule: str


def choice_of(word: str, tag: str, entry: Entry | None, british: bool, by_rule: str | None) -> Choice | None:
    """Return what the model can choose from for a word in small letters; None if it has only one pronunciation.

    tag: its part of speech. entry: its entry in the dictionary. by_rule: the pronunciation that the rules chose.
    """
    pronunciations = {}
    for sense, accents in _table().get(word, {}).items():
        phonemes = accents[british]
        if phonemes == FROM_DICTIONARY:
            if entry is None:
                return None
            phonemes = _of_entry(entry, tag, sense)
        pronunciations[sense] = phonemes
    if len(set(pronunciations.values())) < 2:
        return None
    rule_sense = next((sense for sense, phonemes in pronunciations.items() if phonemes == by_rule), "")
    return Choice(word, pronunciations, rule_sense)


def choose(choice: Choice, sentence: Sentence, index: int, weights: Weights | None = None) -> str:
    """Return the pronunciation of the likeliest sense of the word at `index`.

    If there are no other words, and so no context, the choice of the rules stands.

    weights: defaults to the package's own.
    """
    others = any(word.isalpha() for place, word in enumerate(sentence.small) if place != index)
    if not others and choice.by_rule:
        return choice.pronunciations[choice.by_rule]
    weights = weights or load_weights()
    scores = [
        _score(weights, features) + trust(choice, sense)
        for sense, features in zip(choice.pronunciations, features_of(choice, sentence, index), strict=True)
    ]
    return list(choice.pronunciations.values())[max(range(len(scores)), key=scores.__getitem__)]


def trust(choice: Choice, sense: str) -> float:
    """Return the prior of a sense."""
    return TRUST if sense == choice.by_rule else 0.0


def features_of(choice: Choice, sentence: Sentence, index: int) -> list[dict[int, float]]:
    """Return the features of each sense, as values by key; the reference sense has only those that all verbs share."""
    word, pronunciations, by_rule = choice
    grammar = list(grammar_features(sentence, index))
    before, after = sentence.small[index - 1 : index], sentence.tags[index + 1 : index + 2]
    rule = [f"rule {by_rule}", f"rule {by_rule} {before}", f"rule {by_rule} {after}"]
    valued = [
        *((name, 1.0) for name in grammar),
        *((name, TOPIC_VALUE) for name in topic_features(sentence.small, index)),
        *((name, RULE_VALUE) for name in rule),
    ]
    result = []
    for place, sense in enumerate(pronunciations):
        word_values = {_key(f"{word} {sense} {name}"): value for name, value in valued} if place else {}
        shared = (*grammar, f"rule {by_rule == VERB}") if sense == VERB else ()
        result.append(word_values | {_key(f"* {name}"): SHARED_VALUE for name in shared})
    return result


def _key(name: str) -> int:
    return crc32(name.encode("utf-8", "replace"))


def _score(weights: Weights, features: dict[int, float]) -> float:
    if not features:
        return 0.0
    keys = np.fromiter(features, dtype=np.uint32, count=len(features))
    rows = np.minimum(np.searchsorted(weights.keys, keys), len(weights.keys) - 1)
    values = np.fromiter(features.values(), dtype=np.float32, count=len(features))
    return weights.scale * float(np.where(weights.keys[rows] == keys, weights.values[rows] * values, 0.0).sum())


@cache
def load_weights(path: Path = MODEL) -> Weights:
    """Load weights that `tools/senses.py` wrote."""
    with np.load(path) as saved:
        return Weights(saved["keys"], saved["values"], float(saved["scale"]))


def _of_entry(entry: Entry, tag: str, sense: str) -> str:
    """The dictionary's pronunciation of the verb, or of the word's other part of speech."""
    verb = variant_of(entry, "VB")
    if sense == VERB:
        return verb
    others = (variant_of(entry, other) for other in (tag, "NN", "JJ") if not other.startswith("V"))
    return next((other for other in others if other != verb), verb)


@cache
def _table() -> dict[str, dict[str, tuple[str, str]]]:
    table: dict[str, dict[str, tuple[str, str]]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]:
        word, sense, american, british, _ = line.split("\t")
        table.setdefault(word, {})[sense] = (american, british)
    return table
