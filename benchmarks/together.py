"""Do eight users at the same time lose time to each other? ``python -m benchmarks.together`` prints a Markdown table.

Eight requests one after another, and eight threads at the same time, to one synthesizer with real weights.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import torch

from benchmarks.turns import in_turns, machine, ratio, spread
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.synthesis.synthesizer import Synthesizer

USERS = 8
SENTENCES = Path(__file__).with_name("sentences.txt").read_text(encoding="utf-8").splitlines()


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.together", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="see KOKORO_CHECKPOINT")
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    tune_process()
    checkpoint = load_checkpoint(chosen.checkpoint)
    synthesizer = Synthesizer(checkpoint, cache=PhraseCache(kept_bytes=0))
    requests = [SpeechRequest(SENTENCES[n], checkpoint.voices.default) for n in range(USERS)]
    synthesizer.speak(requests[0])

    def one_after_another() -> float:
        return sum(synthesizer.speak(request).duration for request in requests)

    def at_once() -> float:
        with ThreadPoolExecutor(USERS) as pool:
            return sum(speech.duration for speech in pool.map(synthesizer.speak, requests))

    times = in_turns({"one after another": one_after_another, "at once": at_once}, chosen.rounds)
    print(f"{machine()}, {chosen.checkpoint}, {checkpoint.model.setting}, {USERS} users\n")
    print("| | seconds for a second of speech | against one after another |\n|---|---|---|")
    for name, values in times.items():
        print(f"| {name} | {spread(values)} | {ratio(values, times['one after another']):.2f} |")


if __name__ == "__main__":
    main()
