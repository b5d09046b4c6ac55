"""How soon is it ready? ``python -m benchmarks.loading`` prints a Markdown table.

Each time in a process of its own, from after the imports to a model and a voice that can speak; ours hashes the
weights too. The files are in the cache of the system for both.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import rule_checkpoint
from benchmarks.turns import machine, ratio, spread
from tests.model import reference

OURS = """
import sys, time
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
begun = time.perf_counter()
checkpoint = load_checkpoint(sys.argv[1])
checkpoint.voices[checkpoint.voices.default]
print(time.perf_counter() - begun)
"""
THEIRS = """
import sys, time
from tests.model.reference import import_model
KModel = import_model()
import torch
begun = time.perf_counter()
KModel(repo_id="hexgrad/Kokoro-82M", config=sys.argv[1] + "/config.json", model=sys.argv[1] + "/kokoro.pth").eval()
torch.load(sys.argv[1] + "/voices/af_rule.pt", weights_only=True)
print(time.perf_counter() - begun)
"""


def seconds(program: str, folder: Path) -> float:
    """What a program in a process of its own says it took."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, str(folder)], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout.split()[-1])


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.loading", description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    programs = {"this package": OURS}
    if reference.installed():
        programs["kokoro 0.9.4"] = THEIRS
    found: dict[str, list[float]] = {name: [] for name in programs}
    with tempfile.TemporaryDirectory() as folder:
        made = rule_checkpoint.write(Path(folder))
        for program in programs.values():
            seconds(program, made)
        for _ in range(chosen.rounds):
            for name, program in programs.items():
                found[name].append(seconds(program, made))
    print(f"{machine()}\n\n| | seconds | against kokoro 0.9.4 |\n|---|---|---|")
    for name, values in found.items():
        against = f"{ratio(values, found['kokoro 0.9.4']):.2f}" if "kokoro 0.9.4" in found else "not installed"
        print(f"| {name} | {spread(values)} | {against} |")
    print(f"\nmedian of ours {statistics.median(found['this package']):.2f} s")


if __name__ == "__main__":
    main()
