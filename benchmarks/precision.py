"""What do fewer bits cost? ``python -m benchmarks.precision`` prints a Markdown table.

How far the durations and the log spectrum are from the same model's in f32, and how much another seed of the noise
changes it, for the full-size model with weights by rule. ``--checkpoint`` measures a folder whose weights were learned.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import torch

from benchmarks import rule_checkpoint
from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.checkpoints.layout import Folder, layout_of
from kokoro_demo.checkpoints.reading import read_config, read_tensors
from kokoro_demo.commands.compact import compact
from kokoro_demo.model import Kokoro, load_weights, make_fast
from kokoro_demo.model.kokoro import Prosody
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.model.rule import log_spectrum_distance

SENTENCES = (
    "The quick brown fox jumps over the lazy dog.",
    "Where were you, when the lamps went out?",
    "Six of them waited; nobody spoke.",
    "Good evening, and thank you all for coming tonight.",
)


def model_of(folder: Path, precision: str) -> Kokoro:
    """The model of a checkpoint folder in one precision."""
    layout = layout_of(Folder(folder, folder.name))
    model = Kokoro(read_config(folder / "config.json"))
    load_weights(model, read_tensors(folder / layout.weights))
    make_fast(model.eval(), precision)
    return model


class ReferenceSpeech(NamedTuple):
    """One utterance of the model in f32, which the others are held against."""

    ids: torch.Tensor
    style: torch.Tensor
    prosody: Prosody
    waveform: torch.Tensor


def reference_speech(model: Kokoro, checkpoint: Checkpoint) -> list[ReferenceSpeech]:
    """Each sentence as one utterance."""
    voice = checkpoint.voices.default
    vocabulary = checkpoint.config["vocab"]
    utterances = []
    for text in SENTENCES:
        phonemes = Synthesizer(checkpoint).pronounce(SpeechRequest(text, voice)).phonemes
        ids = torch.tensor([[0, *(vocabulary[symbol] for symbol in phonemes), 0]])
        style = checkpoint.voices[voice][len(phonemes) - 1]
        prosody = model.prosody(ids, style)
        utterances.append(ReferenceSpeech(ids, style, prosody, model.vocode(prosody, style)[0]))
    return utterances


def row(name: str, model: Kokoro, wanted: Sequence[ReferenceSpeech], seed: int = 0) -> str:
    """How far a model is from f32: durations that differ, and the distance of spectra, given its prosody."""
    durations = [model.prosody(one.ids, one.style).durations for one in wanted]
    changed = sum(int((ours != one.prosody.durations).sum()) for ours, one in zip(durations, wanted, strict=True))
    distances = [
        log_spectrum_distance(model.vocode(one.prosody, one.style, seed=seed)[0].numpy(), one.waveform.numpy())
        for one in wanted
    ]
    tokens = sum(len(one) for one in durations)
    return f"| {name} | {changed} of {tokens} | {statistics.median(distances):.2f} dB |"


def print_rows(folder: Path, heading: str) -> None:
    """Every precision of one checkpoint."""
    checkpoint = load_checkpoint(folder)
    whole = model_of(folder, "f32")
    wanted = reference_speech(whole, checkpoint)
    print(row(f"{heading}, f32 with another seed", whole, wanted, seed=1), flush=True)
    print(row(f"{heading}, bf16", model_of(folder, "bf16"), wanted), flush=True)
    with tempfile.TemporaryDirectory() as made:
        target = Path(made) / "compact"
        before, after = compact(Folder(folder, folder.name), target)
        sizes = f"{before / 1e6:.0f} MB made {after / 1e6:.0f} MB"
        print(row(f"{heading}, 8-bit weights ({sizes})", model_of(target, "f32"), wanted), flush=True)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.precision", description=__doc__)
    options.add_argument("--checkpoint", type=Path, help="a checkpoint folder to measure instead")
    chosen = options.parse_args()
    print(f"{machine()}\n\n| | durations changed | log-spectrum distance to f32, given its prosody |\n|---|---|---|")
    if chosen.checkpoint:
        print_rows(chosen.checkpoint, chosen.checkpoint.name)
        return
    with tempfile.TemporaryDirectory() as folder:
        print_rows(rule_checkpoint.write(Path(folder)), "82M by rule")


if __name__ == "__main__":
    main()
