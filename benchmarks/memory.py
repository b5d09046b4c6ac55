"""How much memory? ``python -m benchmarks.memory`` prints a Markdown table of a process that speaks 200 requests.

Pieces of a running text, of varied length, with the real weights, all in one process. What is counted is what the
process holds (resident, not shared with files) above a bare interpreter that has imported torch.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from benchmarks.turns import machine
from kokoro_demo.synthesis.process_memory import tune_process

WORDS = Path(__file__).with_name("running_text.txt").read_text(encoding="utf-8").split()
LOOKED_AT = (0, 10, 50, 100, 150, 200)


def held() -> float:
    """Anonymous resident memory of this process in MB."""
    for line in Path("/proc/self/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("RssAnon:"):
            return int(line.split()[1]) / 1000
    raise SystemExit("This benchmark reads /proc/self/status: run it on Linux.")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.memory", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="as KOKORO_CHECKPOINT")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--most", type=int, default=12, help="words in the longest request")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    tune_process()
    bare = held()
    from kokoro_demo.checkpoints.checkpoint import load_checkpoint
    from kokoro_demo.speech import SpeechRequest
    from kokoro_demo.synthesis.synthesizer import Synthesizer

    synthesizer = Synthesizer(load_checkpoint(chosen.checkpoint))
    voice = synthesizer.checkpoint.voices.default
    synthesizer.checkpoint.voices[voice]
    print(f"{machine()}, {chosen.checkpoint}, {synthesizer.checkpoint.model.setting}\n")
    print("| after requests | MB above bare torch |\n|---|---|")
    draw = random.Random(1)
    for number in range(max(LOOKED_AT) + 1):
        if number in LOOKED_AT:
            print(f"| {number} | {held() - bare:.0f} |", flush=True)
        first = draw.randrange(len(WORDS) - chosen.most)
        text = " ".join(WORDS[first : first + draw.randint(1, chosen.most)])
        synthesizer.speak(SpeechRequest(text, voice, seed=number))


if __name__ == "__main__":
    main()
