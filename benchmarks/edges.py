"""Does trimming silence also trim speech? ``python -m benchmarks.edges`` prints a Markdown table.

Single words with soft consonants at both ends, in six voices of a checkpoint (KOKORO_CHECKPOINT). What is trimmed at
either end is measured by its loudest 5 ms, in dB relative to the loudest 5 ms of the word. The words have more than
three sounds, since shorter ones are spoken after a lead-in, which is cut off too.
"""

from __future__ import annotations

import argparse
import statistics
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.turns import machine
from kokoro_demo.audio import LEVEL_WINDOW, audible_span, levels
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.synthesis.edges import kept_span
from kokoro_demo.synthesis.phrasing import plan_phrases
from kokoro_demo.synthesis.synthesizer import speak_on_this_machine

VOICES = ("af_heart", "af_nicole", "am_michael", "bf_emma", "bm_george", "am_fenrir")
WORDS = (
    "Fluff. Photograph. Sketches. Sauces. Thirteenth. Thrift. Health. Heartfelt. Hopeless. Puppet. Pamphlet. Treetop. "
    "Twentieth. Tunafish."
).split()


class Edges(NamedTuple):
    """The edges of a word: seconds of silence before its first audible sound and after its last, and the level of what
    is cut off at the start and at the end, in dB."""

    before: float
    after: float
    cut_before: float
    cut_after: float


def edges_of(checkpoint: Checkpoint, voice: str, word: str) -> Edges:
    """Speak a word by itself, and measure its edges."""
    pronunciation = phonemize(word, checkpoint.voices.info(voice).language)
    phonemes = pronunciation.phonemes
    (plan,) = plan_phrases(pronunciation, 1.0)
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    style = checkpoint.voices[voice][len(phonemes) - 1].reshape(1, -1)
    utterance = speak_on_this_machine(checkpoint.model, ids, style, 1.0, 0)
    bounds = np.concatenate([[0], np.cumsum(utterance.durations)]) * checkpoint.model.samples_per_frame
    first, last = kept_span(utterance.waveform, SAMPLE_RATE, bounds, phonemes, plan)
    start, end = audible_span(utterance.waveform, SAMPLE_RATE)
    loudest = loudest_of(utterance.waveform)
    cut = (loudest_of(utterance.waveform[: max(0, first)]), loudest_of(utterance.waveform[last:]))
    decibels = (20 * float(np.log10(max(part, 1e-9) / loudest)) for part in cut)
    return Edges((start - first) / SAMPLE_RATE, (last - end) / SAMPLE_RATE, *decibels)


def loudest_of(sound: NDArray[np.float32]) -> float:
    """The level of the loudest 5 ms."""
    return float(levels(sound, round(LEVEL_WINDOW * SAMPLE_RATE)).max(initial=0.0))


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.edges", description=__doc__)
    options.add_argument("--checkpoint", help="see KOKORO_CHECKPOINT")
    options.add_argument("--voices", nargs="*", default=VOICES)
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    checkpoint = load_checkpoint(chosen.checkpoint)
    print(f"{machine()}, {checkpoint.name}, {len(WORDS)} words\n")
    print("| voice | before the first sound, s | after the last, s | loudest cut away at the start | at the end |")
    print("|---|---|---|---|---|")
    for voice in chosen.voices:
        edges = {word: edges_of(checkpoint, voice, word) for word in WORDS}
        cells = []
        for side in ("before", "after"):
            values = [getattr(word_edges, side) for word_edges in edges.values()]
            cells.append(f"{statistics.median(values):.2f} ({min(values):.2f} to {max(values):.2f})")
        for side in ("cut_before", "cut_after"):
            word = max(edges, key=lambda candidate: getattr(edges[candidate], side))
            cells.append(f"{getattr(edges[word], side):.0f} dB ({word})")
        print(f"| {voice} | {' | '.join(cells)} |", flush=True)


if __name__ == "__main__":
    main()
