"""How much memory does it take? ``python -m benchmarks.memory`` prints a Markdown table for 200 requests.

Excerpts of a running text, of different lengths, spoken with real weights in one process. What is counted is the
anonymous resident memory (not shared with files) beyond that of an interpreter that has imported torch.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from benchmarks.turns import machine
from kokoro_demo.synthesis.process_memory import tune_process

WORDS = Path(__file__).with_name("running_text.txt").read_text(encoding="utf-8").split()
MEASURED_AFTER = (0, 10, 50, 100, 150, 200)


def resident_megabytes() -> float:
    """Return the anonymous resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1000
    raise SystemExit("This benchmark reads /proc/self/status: run it on Linux.")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="see KOKORO_CHECKPOINT")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--most", type=int, default=12, help="words in the longest request")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    tune_process()
    bare = resident_megabytes()
    from kokoro_demo.checkpoints.checkpoint import load_checkpoint
    from kokoro_demo.speech import SpeechRequest
    from kokoro_demo.synthesis.synthesizer import Synthesizer

    synthesizer = Synthesizer(load_checkpoint(chosen.checkpoint))
    voice = synthesizer.checkpoint.voices.default
    synthesizer.checkpoint.voices[voice]
    print(f"{machine()}, {chosen.checkpoint}, {synthesizer.checkpoint.model.setting}\n")
    print("| after requests | MB above bare torch |\n|---|---|")
    draw = random.Random(1)
    for number in range(max(MEASURED_AFTER) + 1):
        if number in MEASURED_AFTER:
            print(f"| {number} | {resident_megabytes() - bare:.0f} |", flush=True)
        first = draw.randrange(len(WORDS) - chosen.most)
        text = " ".join(WORDS[first : first + draw.randint(1, chosen.most)])
        synthesizer.speak(SpeechRequest(text, voice, seed=number))


if __name__ == "__main__":
    main()
