"""How soon is something heard? ``python -m benchmarks.first_sound`` prints two Markdown tables.

The first: from the request to the first chunk of a text of 150 words, ours against the reference's first chunk, which
is as many whole clauses as fit its 510 phonemes. The second: what the size of our first phrase costs and gains.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from itertools import islice
from pathlib import Path

import torch

from benchmarks import peers, rule_checkpoint
from benchmarks.turns import Work, in_turns, machine, ratio, spread
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import split_phrases
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis import synthesizer as corridor
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.model import reference

TEXT = (
    "When the last train had gone, the station grew so quiet that one could hear the clock above the door. "
    "A porter swept the platform from one end to the other, slowly, as if the night would wait for him. "
    "There were two people left: a woman with a blue suitcase, and a boy who counted the lamps. "
    "He counted them twice, because the first time there had been eleven, and the second time there were twelve. "
    "“Perhaps one of them was asleep,” said the woman, and the boy thought about this for a while. "
    "Then the wind came down from the hills with a smell of rain and cut grass, and all of the lamps trembled. "
    "Somewhere beyond the bridge a dog began to bark. Nobody answered it. "
    "The porter leaned his broom against the wall, looked up at the sky, and told them that the morning train "
    "would come at six, that the waiting room was warm, and that there was tea."
)
SIZES = (20, 40, 60, 100, 160)


def fresh(checkpoint: Checkpoint) -> Synthesizer:
    """A synthesizer that remembers nothing."""
    return Synthesizer(checkpoint, made=PhraseCache(kept_bytes=0))


def first_chunk(checkpoint: Checkpoint) -> Work:
    """From the text to the first chunk; a call counts as one."""

    def work() -> float:
        return float(len(list(islice(fresh(checkpoint).stream(request_of(checkpoint)), 1))))

    return work


def reference_first_chunk(checkpoint: Checkpoint) -> Work:
    """The same phonemes, as many as the reference puts into its first chunk; its own reading of the text not timed."""
    phonemes = fresh(checkpoint).pronounce(request_of(checkpoint)).phonemes
    start, end = split_phrases(phonemes, (), limit=510)[0]
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes[start:end]), 0]])
    speak = peers.reference_work(reference.load_reference(), ids)
    return lambda: float(speak() > 0)


def request_of(checkpoint: Checkpoint) -> SpeechRequest:
    """The text in the checkpoint's voice."""
    return SpeechRequest(TEXT, checkpoint.voices.default)


def print_trade_off(checkpoint: Checkpoint) -> None:
    """For each size of the first phrase: when it is heard, and whether the second is there when it ends."""
    print("\n| first phrase aims at | heard after | it lasts | phrases in all | whole text |\n|---|---|---|---|---|")
    usual = corridor.FIRST_PHRASE
    for size in SIZES:
        corridor.FIRST_PHRASE = size
        begun, times, lengths = time.perf_counter(), [], []
        for chunk in fresh(checkpoint).stream(request_of(checkpoint)):
            times.append(time.perf_counter() - begun)
            lengths.append(len(chunk.audio) / peers.SAMPLE_RATE)
        print(
            f"| {size} symbols | {times[0]:.2f} s | {lengths[0]:.1f} s | {len(times)} | {times[-1]:.1f} s |", flush=True
        )
    corridor.FIRST_PHRASE = usual


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.first_sound", description=__doc__)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    with tempfile.TemporaryDirectory() as folder:
        checkpoint = load_checkpoint(rule_checkpoint.write(Path(folder)))
        checkpoint.voices[checkpoint.voices.default]
    contestants = {
        f"this package, {checkpoint.model.precision}": first_chunk(checkpoint),
        "this package, built-in voice": first_chunk(load_checkpoint("builtin")),
    }
    if reference.installed():
        contestants[peers.REFERENCE] = reference_first_chunk(checkpoint)
    found = in_turns(contestants, chosen.rounds)
    print(f"{machine()}, {len(TEXT.split())} words\n")
    print("| | seconds to the first chunk | against the reference |\n|---|---|---|")
    for name, values in found.items():
        against = f"{ratio(values, found[peers.REFERENCE]):.2f}" if peers.REFERENCE in found else "not installed"
        print(f"| {name} | {spread(values)} | {against} |")
    print_trade_off(checkpoint)
    print(f"\nReading the text takes {reading_seconds(checkpoint):.3f} s of it.")


def reading_seconds(checkpoint: Checkpoint) -> float:
    """The median of five readings of the text."""
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        fresh(checkpoint).pronounce(request_of(checkpoint))
        times.append(time.perf_counter() - begun)
    return statistics.median(times)


if __name__ == "__main__":
    main()
