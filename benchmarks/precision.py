"""What do fewer bits cost? ``python -m benchmarks.precision`` prints a Markdown table.

Real weights and the real text of sentences.txt, with a voice for each sentence in turn. It counts the durations that
differ from those of the same weights in f32, and measures the distance of the log spectra at equal prosody; for
comparison, also the distance at another seed. ``--checkpoint`` names other weights than the packaged ones.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch

from benchmarks.peers import REFERENCE, export, onnx_installed, plain_model
from benchmarks.speaking_peer import joined_parts, onnx_session
from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint, open_source
from kokoro_demo.checkpoints.layout import CONFIG
from kokoro_demo.commands.compact import compact
from kokoro_demo.g2p import phonemize
from kokoro_demo.model import Kokoro, make_fast, official_state
from kokoro_demo.model.kokoro import Prosody
from kokoro_demo.voices.catalogue import catalogue
from tests.model.rule import log_spectrum_distance

SENTENCES = Path(__file__).with_name("sentences.txt")
VOICES = ("af_heart", "am_michael", "bf_emma", "bm_george")
FRAME = 600


class Utterance(NamedTuple):
    """One sentence spoken with the f32 weights, to compare others with.

    waveform: None if only durations are compared.
    """

    ids: torch.Tensor
    style: torch.Tensor
    prosody: Prosody
    waveform: np.ndarray | None


def model_of(source: str | Path, precision: str = "f32") -> Kokoro:
    """Return the model of a checkpoint in one precision."""
    model = plain_model(source)
    make_fast(model, precision)
    return model


def utterances(model: Kokoro, checkpoint: Checkpoint, count: int, spoken: int) -> list[Utterance]:
    """Speak the first `count` sentences in f32; the first `spoken` of them also have a waveform."""
    result: list[Utterance] = []
    texts = SENTENCES.read_text(encoding="utf-8").splitlines()[:count]
    for text, voice in zip(texts, itertools.cycle(VOICES), strict=False):
        phonemes = phonemize(text, catalogue()[voice].language).phonemes
        ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
        style = checkpoint.voices[voice][len(phonemes) - 1]
        prosody = model.prosody(ids, style)
        waveform = model.vocode(prosody, style)[0].numpy() if len(result) < spoken else None
        result.append(Utterance(ids, style, prosody, waveform))
    return result


def print_row(name: str, model: Kokoro, exact: Sequence[Utterance], seed: int = 0) -> None:
    """Print how much a model differs from f32."""
    changed = tokens = 0
    for utterance in exact:
        durations = model.prosody(utterance.ids, utterance.style).durations
        changed += int((durations != utterance.prosody.durations).sum())
        tokens += len(durations)
    distance = statistics.median(
        log_spectrum_distance(
            model.vocode(utterance.prosody, utterance.style, seed=seed)[0].numpy(), utterance.waveform
        )
        for utterance in exact
        if utterance.waveform is not None
    )
    print(f"| {name} | {changed:,} of {tokens:,} | {distance:.2f} dB |", flush=True)


def compacted(source: str | Path, folder: Path) -> tuple[Path, str]:
    """Compact a checkpoint; returns the folder, and the sizes as text."""
    before, after = compact(open_source(source), folder)
    return folder, f"{before / 1e6:.0f} MB to {after / 1e6:.1f} MB"


def in_float32(checkpoint: Checkpoint, source: str, folder: Path) -> Path:
    """Write the checkpoint at `source` with plain float32 weights and full packs, like the official one."""
    (folder / "voices").mkdir(parents=True)
    (folder / CONFIG).write_bytes(open_source(source).fetch(CONFIG).read_bytes())
    torch.save(official_state(plain_model(source)), folder / "kokoro.pth")
    for voice in checkpoint.voices.names():
        torch.save(checkpoint.voices[voice].clone(), folder / "voices" / f"{voice}.pt")
    return folder


def print_lengths(exact: Sequence[Utterance]) -> None:
    """Print how many sentences differ in length in onnxruntime, which also quantises activations to 8 bits."""
    session = onnx_session(torch.get_num_threads())
    tokens, style, speed = (entry.name for entry in session.get_inputs())
    frames = []
    for utterance in exact:
        inputs = {tokens: utterance.ids.numpy(), style: utterance.style.numpy(), speed: np.array([1], np.float32)}
        frames.append(session.run(None, inputs)[0].shape[-1] // FRAME - int(utterance.prosody.durations.sum()))
    changed = [abs(count) for count in frames if count]
    print(
        f"\nkokoro-onnx's int8 file in onnxruntime: {len(changed)} of {len(frames)} sentences last longer or shorter, "
        f"by {25 * statistics.median(changed or [0]):.0f} ms (median), at most {25 * max(changed or [0])} ms"
    )


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.precision", description=__doc__)
    options.add_argument("--checkpoint", default="packaged")
    options.add_argument("--sentences", type=int, default=100)
    options.add_argument("--spoken", type=int, default=12, help="sentences whose spectra are compared")
    chosen = options.parse_args()
    checkpoint = load_checkpoint(chosen.checkpoint)
    whole = model_of(chosen.checkpoint)
    exact = utterances(whole, checkpoint, chosen.sentences, chosen.spoken)
    print(f"{machine()}, {checkpoint.name}, {len(exact)} sentences\n")
    print("| | durations changed | log-spectrum distance to f32, given its prosody |\n|---|---|---|")
    print_row("f32 with another seed", whole, exact, seed=1)
    print_row("bf16", model_of(chosen.checkpoint, "bf16"), exact)
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        target, sizes = compacted(chosen.checkpoint, folder / "kept")
        print_row(f"`compact` of it ({sizes})", model_of(target), exact)
        target, sizes = compacted(in_float32(checkpoint, chosen.checkpoint, folder / "whole"), folder / "compact")
        print_row(f"`compact` of its weights and packs in float32 ({sizes})", model_of(target), exact)
        file = folder / "kokoro-v1.0.int8.onnx"
        file.write_bytes(joined_parts())
        print_row("kokoro-onnx's int8 file as a checkpoint", model_of(file), exact)
        if onnx_installed():
            file = folder / "kokoro.onnx"
            export(file, plain_model(chosen.checkpoint))
            print_row(
                f"{REFERENCE} with the same weights, exported as ONNX in f32, as a checkpoint", model_of(file), exact
            )
        else:
            print(f"{REFERENCE} is left out: it is not installed (benchmarks/requirements.txt).", file=sys.stderr)
    print_lengths(exact)


if __name__ == "__main__":
    main()
