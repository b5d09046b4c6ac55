"""How fast is it? ``python -m benchmarks.speed`` prints two Markdown tables, peers taking turns in one run.

``--no-onnx`` saves the two minutes that the export takes.
"""

from __future__ import annotations

import argparse
import statistics

import torch

from benchmarks import peers
from benchmarks.turns import Work, in_turns, machine, ratio, spread
from kokoro_demo.model.precision import has_tiles
from tests.model import reference

SHORT, LONG = 100, 500


def contestants(ids: torch.Tensor, with_onnx: bool) -> dict[str, Work]:
    """Everyone who is installed, on one utterance."""
    entered = {f"this package, {name}": peers.our_work(peers.ours(name), ids) for name in precisions()}
    if reference.installed():
        entered[peers.REFERENCE] = peers.reference_work(reference.load_reference(), ids)
    if with_onnx and peers.onnx_installed():
        entered[peers.ONNX] = peers.Exported(torch.get_num_threads()).work(ids)
    entered["this package, built-in voice"] = peers.builtin_work(ids)
    return entered


def precisions() -> list[str]:
    """Those that make sense on this machine."""
    return ["f32", "bf16"] if has_tiles() else ["f32"]


def print_peers(found: dict[str, list[float]]) -> None:
    """Everyone against the two that others use."""
    judges = [name for name in (peers.REFERENCE, peers.ONNX) if name in found]
    print(f"| | real-time factor | {' | '.join('against ' + name for name in judges)} |")
    print("|---" * (2 + len(judges)) + "|")
    for name, values in found.items():
        against = " | ".join(f"{ratio(values, found[judge]):.2f}" for judge in judges)
        print(f"| {name} | {spread(values)} | {against} |")


def print_lengths(rounds: int) -> None:
    """Whether a long utterance costs more a second than a short one."""
    print(f"\n| | {SHORT} phonemes | {LONG} phonemes | ratio |\n|---|---|---|---|")
    for name in precisions():
        model = peers.ours(name)
        works = {str(count): peers.our_work(model, peers.tokens(count)) for count in (SHORT, LONG)}
        found = in_turns(works, rounds)
        short, long = found[str(SHORT)], found[str(LONG)]
        print(
            f"| {name} | {statistics.median(short):.3f} | {statistics.median(long):.3f} | {ratio(long, short):.2f} |",
            flush=True,
        )


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--phonemes", type=int, default=56)
    options.add_argument("--no-onnx", action="store_true")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    print(f"{machine()}, {chosen.phonemes} phonemes\n")
    print_peers(in_turns(contestants(peers.tokens(chosen.phonemes), not chosen.no_onnx), chosen.rounds))
    print_lengths(max(1, chosen.rounds // 2))


if __name__ == "__main__":
    main()
