"""How fast is it? ``python -m benchmarks.speed`` prints a Markdown table for each length of phrase.

Real weights and real text. Each peer is a separate process, and they take turns: in each round all speak the same
phrases, and the ratios are medians over the rounds. Peers that are not installed are left out (benchmarks/
requirements.txt has them). ``--reference-python`` names the interpreter of another environment that has kokoro 0.9.4.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from benchmarks.turns import machine, ratio, spread
from kokoro_demo.g2p import phonemize, split_phrases
from kokoro_demo.model.precision import multiplies_bf16

TEXT = Path(__file__).with_name("running_text.txt")
REFERENCE = "kokoro 0.9.4"
ONNX = "onnxruntime, kokoro-onnx's int8 file"


class Peer:
    """A process of `benchmarks.speaking_peer`."""

    def __init__(self, python: str, kind: str, checkpoint: str, threads: int) -> None:
        command = [
            python,
            "-m",
            "benchmarks.speaking_peer",
            kind,
            "--checkpoint",
            checkpoint,
            "--threads",
            str(threads),
        ]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._answer()

    def __enter__(self) -> Peer:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()

    def factor(self, phrases: list[str]) -> float:
        """Return the real-time factor: seconds of computing for each second of audio."""
        answers = [self._speak(phonemes) for phonemes in phrases]
        return sum(answer["seconds"] for answer in answers) / sum(answer["audio"] for answer in answers)

    def _speak(self, phonemes: str) -> dict[str, float]:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{phonemes}\n")
        self._process.stdin.flush()
        return self._answer()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the process ended with status {self._process.wait()}")
        result: dict[str, float] = json.loads(line)
        return result


def started_peer(python: str, kind: str, checkpoint: str, threads: int) -> Peer | None:
    """Start a peer; None if it is not installed, and then its own message is on standard error."""
    try:
        return Peer(python, kind, checkpoint, threads)
    except RuntimeError as error:
        print(f"{kind} is left out: {error}.", file=sys.stderr)
        return None


def phrases_of(length: int, count: int) -> list[str]:
    """Return the phrases of the running text whose number of symbols is closest to `length`."""
    phrases = []
    for paragraph in filter(None, map(str.strip, TEXT.read_text(encoding="utf-8").splitlines())):
        phonemes = phonemize(paragraph).phonemes
        sentences = [part.strip() + "." for part in phonemes.split(".") if part.strip()]
        phrases += [phonemes[start:end].strip() for start, end in split_phrases(phonemes)] + sentences
    return sorted(dict.fromkeys(phrases), key=lambda phonemes: (abs(len(phonemes) - length), phonemes))[:count]


def print_table(times: dict[str, list[float]]) -> None:
    """Print the real-time factor of each peer, and its ratio to the two baselines."""
    baselines = [name for name in (REFERENCE, ONNX) if name in times]
    print(f"| | real-time factor | {' | '.join('against ' + name for name in baselines)} |")
    print("|---" * (2 + len(baselines)) + "|")
    for name, values in times.items():
        against = " | ".join(f"{ratio(values, times[baseline]):.2f}" for baseline in baselines)
        print(f"| {name} | {spread(values)} | {against} |", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.speed", description=__doc__)
    options.add_argument("--checkpoint", default="packaged")
    options.add_argument("--rounds", type=int, default=7)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--lengths", type=int, nargs="+", default=[50, 180])
    options.add_argument("--phrases", type=int, default=4, help="in a round")
    options.add_argument("--reference-python", default=sys.executable)
    chosen = options.parse_args()
    kinds = {
        f"this package, {kind}": (sys.executable, kind) for kind in (["f32", "bf16"] if multiplies_bf16() else ["f32"])
    }
    kinds |= {REFERENCE: (chosen.reference_python, "kokoro"), ONNX: (sys.executable, "onnx-int8")}
    kinds["onnxruntime, kokoro 0.9.4 exported in f32"] = (sys.executable, "onnx-f32")
    kinds["the first voice, one thread"] = (sys.executable, "first")
    with ExitStack() as stack:
        started = {
            name: started_peer(python, kind, chosen.checkpoint, chosen.threads)
            for name, (python, kind) in kinds.items()
        }
        peers = {name: stack.enter_context(peer) for name, peer in started.items() if peer is not None}
        for length in chosen.lengths:
            phrases = phrases_of(length, chosen.phrases)
            for peer in peers.values():
                peer.factor(phrases)
            times: dict[str, list[float]] = {name: [] for name in peers}
            for _ in range(chosen.rounds):
                for name, peer in peers.items():
                    times[name].append(peer.factor(phrases))
            symbols = statistics.mean(map(len, phrases))
            print(f"\n{machine()}, {chosen.checkpoint}, {len(phrases)} phrases of {symbols:.0f} symbols\n", flush=True)
            print_table(times)


if __name__ == "__main__":
    main()
