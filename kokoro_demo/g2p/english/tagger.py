"""Finds the part of speech of each word of a text with a small linear model of our own.

The score of a tag is a sum of learned weights of features: the word, its endings and its neighbours (looked up by the
CRC-32 of the feature's name), and the two tags before it. Tags are those of the Penn Treebank.
`tools/part_of_speech.py` trains the model; its docstring gives the training data and the accuracy.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

MODEL = Path(__file__).with_name("part_of_speech.npz")
FEATURES_OF_A_WORD = 14
EDGE = "<>"


class Model(NamedTuple):
    """The weights of the model.

    tags: the names of the T tags. keys: (K,) uint32, sorted. weights: (K, T) int8, those of the feature with each key.
    after: (T + 1, T + 1, T) float32, the score of each tag after two tags; the last index is the edge of the text.
    """

    tags: tuple[str, ...]
    keys: NDArray[np.uint32]
    weights: NDArray[np.int8]
    after: NDArray[np.float32]


def tag(words: Sequence[str], model: Model | None = None) -> list[str]:
    """Return the tag of each word and punctuation mark of a text. model: defaults to the package's own."""
    if not words:
        return []
    model = model or load_model()
    keys = np.array(feature_keys(words), dtype=np.uint32)
    rows = np.minimum(np.searchsorted(model.keys, keys), len(model.keys) - 1)
    known = model.keys[rows] == keys
    scores = np.empty((len(words), len(model.tags)), dtype=np.float32)
    for start in range(0, len(words), 512):  # keeps the memory flat on a long text
        part = slice(start, start + 512)
        scores[part] = np.where(known[part, :, None], model.weights[rows[part]], 0).sum(axis=1, dtype=np.float32)
    before = last = len(model.tags)
    tags = []
    for score in scores:
        before, last = last, int((score + model.after[before, last]).argmax())
        tags.append(model.tags[last])
    return tags


def feature_keys(words: Sequence[str]) -> list[list[int]]:
    """Return the keys of the features of each word: `FEATURES_OF_A_WORD` numbers of 32 bits."""
    small = [EDGE, EDGE, *(word.lower() for word in words), EDGE, EDGE]
    keys = []
    for index, word in enumerate(words):
        before2, before, this, after, after2 = small[index : index + 5]
        names = (
            f"w {this}",
            f"3 {this[-3:]}",
            f"2 {this[-2:]}",
            f"1 {this[:2]}",
            f"s {_shape(word)} {before == EDGE or not before[-1:].isalnum()}",
            f"b {before}",
            f"a {after}",
            f"bb {before2}",
            f"aa {after2}",
            f"b3 {before[-3:]}",
            f"a3 {after[-3:]}",
            f"bw {before} {this}",
            f"wa {this} {after}",
            f"b2b {before2} {before} {this[-2:]}",
        )
        keys.append([crc32(name.encode("utf-8", "replace")) for name in names])
    return keys


def _shape(word: str) -> str:
    if not word[:1].isalpha():
        return "d" if word[:1].isdigit() else "p"
    if word.isupper() and len(word) > 1:
        return "XX"
    return ("X" if word[:1].isupper() else "x") + ("-" if "-" in word else "") + ("'" if "'" in word else "")


@cache
def load_model(path: Path = MODEL) -> Model:
    """Load a model that `tools/part_of_speech.py` wrote."""
    with np.load(path) as saved:
        return Model(tuple(saved["tags"].tolist()), saved["keys"], saved["weights"], saved["after"].astype(np.float32))
