"""Makes and checks the voice packs that the package includes as curves.

``python -m tools.voice_curves make FOLDER`` reads a folder of Kokoro v1's packs (``*.pt``) and writes
``kokoro_demo/voices/curves.npz``. ``python -m tools.voice_curves check FOLDER`` takes a checkpoint folder with the real
packs, and counts the durations that the curves change in every English voice.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.checkpoints.reading import read_tensors
from kokoro_demo.model import Kokoro
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.voices.catalogue import catalogue
from kokoro_demo.voices.curves import FILE, curve_pack, fit, write

SENTENCES = (
    "Hi.",
    "Not today, thank you.",
    "The quick brown fox jumps over the lazy dog.",
    "Good evening, and thank you all for coming tonight.",
    "When the water around the islands is warm, fish stay deeper, and parents must travel farther to feed their young.",
    "The building, which dates from the nineteenth century, needs a new roof, modern wiring and an elevator; critics "
    "argue that the money would be better spent on schools.",
    "My father taught me to swim in a lake so cold that conversation was impossible. He stood on the wooden pier, "
    "wearing a hat and a heavy coat, and shouted encouragement. I remember the green light under the surface, the "
    "taste of iron, the sudden silence when my ears went below.",
)


def make(folder: Path) -> None:
    """Write the curves of all voices in the catalogue, whose packs are in `folder`, and print what they lose."""
    curves = {}
    for name in catalogue():
        pack = read_tensors(folder / f"{name}.pt").float().numpy()[:, 0]
        curves[name] = fit(pack)
        lost = np.square(curves[name].pack(len(pack)) - pack).sum() / np.square(pack - pack.mean(axis=0)).sum()
        print(f"{name}: {100 * lost:.2f}% of the variance lost")
    write(curves, FILE)
    print(f"{FILE}: {len(curves)} voices, {FILE.stat().st_size:,} bytes")


def check(folder: Path) -> None:
    """Print, for each English voice, how many durations differ between its curve and its pack."""
    checkpoint = load_checkpoint(folder)
    assert isinstance(checkpoint.model, Kokoro), "only Kokoro's own packs are curves"
    vocabulary = checkpoint.config["vocab"]
    changed = tokens = 0
    for voice in (name for name, known in catalogue().items() if known.language.startswith("en")):
        curve, pack = curve_pack(voice), checkpoint.voices[voice]
        differing = 0
        for text in SENTENCES:
            phonemes = Synthesizer(checkpoint).pronounce(SpeechRequest(text, voice)).phonemes
            ids = torch.tensor([[0, *(vocabulary[symbol] for symbol in phonemes), 0]])
            ours, true = (checkpoint.model.prosody(ids, rows[len(phonemes) - 1]) for rows in (curve, pack))
            differing += int((ours.durations != true.durations).sum())
            tokens += len(true.durations)
        changed += differing
        print(f"{voice}: {differing} durations changed", flush=True)
    print(f"{changed} of {tokens} durations changed")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tools.voice_curves", description=__doc__)
    options.add_argument("what", choices=["make", "check"])
    options.add_argument("folder", type=Path)
    chosen = options.parse_args()
    {"make": make, "check": check}[chosen.what](chosen.folder)


if __name__ == "__main__":
    main()
