"""How fast is it? ``python -m benchmarks.speed`` prints a Markdown table, peers taking turns in one run.

The 82M model has weights by rule (speed does not depend on them), and the reference beside it the same ones, where
``pip install --no-deps kokoro==0.9.4`` and ``pip install transformers loguru attrs`` have put it into the environment.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable

import torch

from kokoro_demo.model import Kokoro
from tests.model import reference, rule

# Seconds of audio that a call made.
Speak = Callable[[], float]


def ours(model: Kokoro, ids: torch.Tensor) -> Speak:
    """Our model, on one utterance."""
    style = rule.style()
    return lambda: len(model(ids, style).waveform) / 24_000


def theirs(ids: torch.Tensor) -> Speak:
    """The reference, on the same utterance with the same weights."""
    model, style = reference.load_reference(), rule.style()
    return lambda: model.forward_with_tokens(ids, style, 1.0)[0].shape[-1] / 24_000


def builtin(ids: torch.Tensor) -> Speak:
    """The built-in voice, on the same phonemes."""
    from kokoro_demo.checkpoint import load_checkpoint

    checkpoint = load_checkpoint("builtin")
    style = checkpoint.voices[checkpoint.voices.default][ids.shape[1] - 3]
    return lambda: len(checkpoint.model(ids, style).waveform) / 24_000


def real_time_factors(peers: dict[str, Speak], rounds: int) -> dict[str, list[float]]:
    """Each peer's seconds of work for a second of audio, round by round, after one call to warm up."""
    factors: dict[str, list[float]] = {name: [] for name in peers}
    for speak in peers.values():
        speak()
    for _ in range(rounds):
        for name, speak in peers.items():
            begun = time.perf_counter()
            seconds = speak()
            factors[name].append((time.perf_counter() - begun) / seconds)
    return factors


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--repeat", type=int, default=4, help="the rule's 14 phonemes, this many times")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    ids = torch.tensor([[0, *rule.PHONEME_IDS * chosen.repeat, 0]])
    peers = {"this package, 82M": ours(rule.rule_model(), ids)}
    if reference.installed():
        peers["kokoro 0.9.4, 82M"] = theirs(ids)
    peers["this package, built-in voice"] = builtin(ids)
    factors = real_time_factors(peers, chosen.rounds)
    print(f"{platform.machine()}, {chosen.threads} threads, torch {torch.__version__}, {ids.shape[1] - 2} phonemes\n")
    print("| | real-time factor | least to most | against kokoro 0.9.4 |\n|---|---|---|---|")
    peer = factors.get("kokoro 0.9.4, 82M")
    for name, values in factors.items():
        ratio = (
            f"{statistics.median(v / p for v, p in zip(values, peer, strict=True)):.2f}" if peer else "not installed"
        )
        print(f"| {name} | {statistics.median(values):.3f} | {min(values):.3f} to {max(values):.3f} | {ratio} |")


if __name__ == "__main__":
    main()
