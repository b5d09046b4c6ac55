"""Makes `kokoro_demo/g2p/english/senses.npz`, a small model that chooses among the senses of heteronyms.

    python -m tools.senses FOLDER             # learns from all sentences, and writes the model
    python -m tools.senses FOLDER --validate  # tenfold cross-validation instead

FOLDER is `data/train` of the Wikipedia Homograph Data (Gorman, Mazovetskiy and Nikolaev, "Improving homograph
disambiguation with supervised machine learning", LREC 2018; Apache-2.0): about 90 sentences for each of 161 words.
Sentences of our own for what Wikipedia rarely says are added from `heteronym_phrases.tsv`. The names of the data's
labels and their pronunciations are in `kokoro_demo/g2p/english/senses.tsv`.

The learner is a log-linear model with a Gaussian prior (maximum entropy), fitted by L-BFGS.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from kokoro_demo.g2p.english.context import Sentence
from kokoro_demo.g2p.english.senses import MODEL, TABLE, Choice, choice_of, choose, features_of, load_weights, trust
from kokoro_demo.g2p.english.vocabulary import find_word
from kokoro_demo.g2p.english.weak_forms import Following
from kokoro_demo.g2p.english.words import Reader
from kokoro_demo.text import normalise

PHRASES = Path(__file__).with_name("heteronym_phrases.tsv")
VARIANCE = 0.5
ITERATIONS = 60
MIN_COUNT = 2
FOLDS = 10
# Weights below this fraction of the largest are dropped.
MIN_WEIGHT = 0.01
# The data labels the adjective "upset" as the noun, but it is stressed like the verb.
_ONLY_WITH_TAG = {"upset_nou": "NN"}


class Example(NamedTuple):
    """A heteronym at a position in a sentence, and its correct sense. ours: whether the phrase is our own."""

    choice: Choice
    sentence: Sentence
    place: int
    sense: str
    ours: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--output", type=Path, default=MODEL)
    parser.add_argument("--validate", action="store_true")
    arguments = parser.parse_args()
    examples = [*read_labelled(arguments.folder), *read_phrases(PHRASES)]
    print(f"{len(examples):,} examples of {len({example.choice.word for example in examples})} words")
    if arguments.validate:
        validate(examples)
        return
    make_model(examples, arguments.output)
    weights = load_weights(arguments.output)
    right = sum(
        choose(example.choice, example.sentence, example.place, weights) == example.choice.pronunciations[example.sense]
        for example in examples
    )
    size = arguments.output.stat().st_size
    print(f"{arguments.output}: {size:,} bytes, {len(weights.keys):,} weights; {right / len(examples):.1%} learned")


def read_labelled(folder: Path) -> Iterator[Example]:
    """Yield the examples of the Wikipedia Homograph Data; words and labels that are not in the table are skipped."""
    senses = {label: sense for _, sense, _, _, label in _rows(TABLE)}
    for path in sorted(folder.glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if row["wordid"] in senses:
                    example = _example(row["sentence"], row["homograph"], int(row["start"]), senses[row["wordid"]])
                    tag = _ONLY_WITH_TAG.get(row["wordid"], "")
                    if example and example.sentence.tags[example.place].startswith(tag):
                        yield example


def read_phrases(path: Path) -> Iterator[Example]:
    """Yield our own examples: rows of word, sense, and a phrase with the word in it.

    Raises:
        ValueError: if a phrase does not have its word, or the table does not have the sense.
    """
    for word, sense, phrase in _rows(path):
        example = _example(phrase, word, 0, sense)
        if example is None or sense not in example.choice.pronunciations:
            raise ValueError(f"{path.name}: no {sense} of {word} in {phrase!r}")
        yield example._replace(ours=True)


def _example(text: str, word: str, start: int, sense: str) -> Example | None:
    spoken = normalise(text, "en-us")
    reader = Reader(spoken, british=False, fixed={})
    for index, token in enumerate(spoken.tokens):
        if token.start >= start and reader.small[index] == word:
            known_word = find_word(token.text, british=False)
            entry = known_word[0] if known_word else None
            by_rule = reader.by_rule(index, entry, Following())
            choice = choice_of(word, reader.tags[index], entry, False, by_rule)
            return Example(choice, reader.sentence, index, sense, False) if choice else None
    return None


def validate(examples: Sequence[Example]) -> None:
    """Learn from nine tenths and test on the rest, ten times. Our own phrases are only learned from."""
    data = _Data(examples)
    tried = np.array([not example.ours for example in examples])
    fold = np.random.default_rng(0).integers(0, FOLDS, len(examples))
    right = np.zeros(len(examples), dtype=bool)
    for number in range(FOLDS):
        held_out = (fold == number) & tried
        weights = data.learn(np.flatnonzero(~held_out))
        right[held_out] = data.is_right(weights)[held_out]
    by_rule = np.array([example.choice.by_rule == example.sense for example in examples])
    print(f"rules {by_rule[tried].mean():.2%}, model {right[tried].mean():.2%} of {tried.sum():,} right")
    wrong = Counter(
        example.choice.word for example, ok in zip(examples, right, strict=True) if not (ok or example.ours)
    )
    print("most often wrong:", ", ".join(f"{word} {count}" for word, count in wrong.most_common(30)))


def make_model(examples: Sequence[Example], output: Path) -> None:
    """Learn from all examples, and write the weights that matter, as bytes."""
    data = _Data(examples)
    weights = data.learn(np.arange(len(examples)))
    largest = np.abs(weights).max()
    kept = np.abs(weights) >= MIN_WEIGHT * largest
    values = np.round(weights[kept] * 127 / largest).astype(np.int8)
    np.savez_compressed(output, keys=data.keys[kept], values=values, scale=largest / 127)


class _Data:
    """All examples as rows of a matrix, one for each sense, with a column for each feature."""

    def __init__(self, examples: Sequence[Example]) -> None:
        rows: list[int] = []
        keys: list[int] = []
        values: list[float] = []
        trusts, counts, right = [], [], []
        row = 0
        for example in examples:
            for features in features_of(example.choice, example.sentence, example.place):
                keys += features.keys()
                values += features.values()
                rows += [row] * len(features)
                row += 1
            senses = list(example.choice.pronunciations)
            trusts += [trust(example.choice, sense) for sense in senses]
            counts.append(len(senses))
            right.append(senses.index(example.sense))
        unique_keys, columns = np.unique(np.array(keys, dtype=np.uint32), return_inverse=True)
        kept = np.bincount(columns) >= MIN_COUNT
        matrix = csr_matrix((values, (rows, columns)), shape=(row, len(unique_keys)), dtype=np.float32)
        self.keys, self.matrix = unique_keys[kept], matrix[:, kept]
        self.trusts = np.array(trusts)
        self.counts, self.right = np.array(counts), np.array(right)
        self.starts = np.concatenate([[0], np.cumsum(counts)[:-1]])

    def learn(self, examples: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the weights that maximise the likelihood of the correct senses of these examples, given the prior."""
        counts = self.counts[examples]
        starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
        rows = np.repeat(self.starts[examples] - starts, counts) + np.arange(counts.sum())
        matrix, trusts = self.matrix[rows], self.trusts[rows]
        right = starts + self.right[examples]

        def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
            scores = matrix @ weights + trusts
            scores -= np.repeat(np.maximum.reduceat(scores, starts), counts)
            chances = np.exp(scores)
            sums = np.add.reduceat(chances, starts)
            chances /= np.repeat(sums, counts)
            value = np.log(sums).sum() - scores[right].sum() + weights @ weights / (2 * VARIANCE)
            chances[right] -= 1
            return value, matrix.T @ chances + weights / VARIANCE

        start = np.zeros(matrix.shape[1])
        return minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ITERATIONS}).x

    def is_right(self, weights: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Whether the correct sense of each example has the highest score."""
        scores = self.matrix @ weights + self.trusts
        right = scores[self.starts + self.right]
        scores[self.starts + self.right] = -np.inf
        return right > np.maximum.reduceat(scores, self.starts)


def _rows(path: Path) -> list[list[str]]:
    return [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines()[1:]]


if __name__ == "__main__":
    main()
