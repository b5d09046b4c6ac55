"""How much memory? ``python -m benchmarks.memory`` prints a Markdown table of a process that speaks 200 requests.

The full-size model with weights by rule, texts of varied length, all in one process. What is counted is what the
process holds (resident, not shared with files) above a bare interpreter that has imported torch.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

from benchmarks import rule_checkpoint
from benchmarks.turns import machine
from kokoro_demo.synthesis.process_memory import tune_process

WORDS = "the quiet station clock above a door and one more lamp in the rain, then wind. Somewhere a dog barked!".split()
LOOKED_AT = (0, 10, 50, 100, 150, 200)


def held() -> float:
    """Anonymous resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1000
    raise SystemExit("This benchmark reads /proc/self/status: run it on Linux.")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--most", type=int, default=12, help="words in the longest request")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    tune_process()
    bare = held()
    from kokoro_demo.checkpoints.checkpoint import load_checkpoint
    from kokoro_demo.speech import SpeechRequest
    from kokoro_demo.synthesis.synthesizer import Synthesizer

    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder)
        # In a process of its own: what the making needed must not be counted.
        subprocess.run([sys.executable, "-W", "ignore", "-m", rule_checkpoint.__name__, folder], check=True)
        weights = (made / "kokoro.pth").stat().st_size / 1e6
        synthesizer = Synthesizer(load_checkpoint(made))
        voice = synthesizer.checkpoint.voices.default
        synthesizer.checkpoint.voices[voice]
    print(f"{machine()}, {synthesizer.checkpoint.model.setting}, weights {weights:.0f} MB\n")
    print("| after requests | MB above bare torch | times the weights |\n|---|---|---|")
    draw = random.Random(1)
    for number in range(max(LOOKED_AT) + 1):
        if number in LOOKED_AT:
            above = held() - bare
            print(f"| {number} | {above:.0f} | {above / weights:.2f} |", flush=True)
        text = " ".join(draw.choices(WORDS, k=draw.randint(1, chosen.most)))
        synthesizer.speak(SpeechRequest(text, voice, seed=number))


if __name__ == "__main__":
    main()
