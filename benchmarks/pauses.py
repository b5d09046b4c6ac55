"""How long are the pauses? ``python -m benchmarks.pauses`` prints a Markdown table for each punctuation mark.

First the audible silence that the model itself leaves between two clauses or sentences of one utterance; then the
silence that this package leaves at speed 1 if a phrase ends there. Needs real weights (KOKORO_CHECKPOINT).
"""

from __future__ import annotations

import argparse
import statistics
from collections import defaultdict
from collections.abc import Iterator

import numpy as np
import torch
from numpy.typing import NDArray

from kokoro_demo.audio import SILENCE_DB, levels
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.speech import SAMPLE_RATE, SAMPLES_PER_FRAME
from kokoro_demo.synthesis.phrasing import GAPS

VOICES = ("af_heart", "af_bella", "am_michael", "bf_emma", "bm_george", "am_fenrir")
PAIRS = (
    ("The bridge held through the night", "In the morning everybody came to look at it"),
    ("She opened the window and looked out", "The garden was full of birds"),
    ("Nobody had seen the letter before", "It lay under the lamp on the kitchen table"),
    ("We waited at the station for an hour", "The train to the coast was late again"),
    ("He closed the book and stood up", "There was nothing more to say about it"),
)
MARKS = (".", "!", "?", "…", ";", ":", "—", ",", ")")
WINDOW = 0.005
# A pause is searched for from this many seconds before the mark to as many after it, since alignments are not exact.
MARGIN = 0.15


def unbroken_pauses(checkpoint: Checkpoint, voice: str) -> Iterator[tuple[str, float]]:
    """Yield each mark with the seconds of silence that the model leaves at it within an utterance."""
    language = checkpoint.voices.info(voice).language
    for mark in MARKS:
        for pair in PAIRS:
            phonemes = phonemize(text_with(mark, *pair), language)
            yield mark, pause_at(checkpoint, voice, phonemes.phonemes, mark)


def text_with(mark: str, first: str, second: str) -> str:
    """Return two clauses joined by the mark."""
    following = second if mark in ".!?…" else second[0].lower() + second[1:]
    if mark == ")":
        start, _, end = first.partition(" ")
        return f"{start} ({end}) {following}."
    return f"{first}{' ' if mark == '—' else ''}{mark} {following}."


def pause_at(checkpoint: Checkpoint, voice: str, phonemes: str, mark: str) -> float:
    """Return the seconds of silence at the first `mark` of an utterance."""
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    utterance = checkpoint.model.speak(ids, checkpoint.voices[voice][len(phonemes) - 1].reshape(1, -1), 1.0, 0)
    edges = np.concatenate([[0], np.cumsum(utterance.durations)]) * SAMPLES_PER_FRAME
    place = phonemes.index(mark)
    return longest_silence(utterance.waveform, int(edges[1 + place]), int(edges[3 + place]))


def longest_silence(audio: NDArray[np.float32], start: int, end: int) -> float:
    """Return the longest silence in seconds, below `SILENCE_DB` relative to the loudest window, near the samples from
    `start` to `end`."""
    size = round(WINDOW * SAMPLE_RATE)
    level = levels(audio, size)
    silent = level < level.max() * 10 ** (SILENCE_DB / 20)
    first, last = max(0, round(start / size - MARGIN / WINDOW)), round(end / size + MARGIN / WINDOW)
    longest = run = 0
    for quiet in silent[first:last]:
        run = run + 1 if quiet else 0
        longest = max(longest, run)
    return longest * WINDOW


def main() -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.pauses", description=__doc__).parse_args()
    checkpoint = load_checkpoint()
    pauses: dict[str, list[float]] = defaultdict(list)
    for voice in VOICES:
        for mark, seconds in unbroken_pauses(checkpoint, voice):
            pauses[mark].append(seconds)
    print("| mark | the model's own pause: median (range) | between phrases |\n|---|---|---|")
    for mark, values in pauses.items():
        median = statistics.median(values)
        print(f"| `{mark}` | {median:.2f} s ({min(values):.2f} to {max(values):.2f}) | {GAPS[mark]:.2f} s |")


if __name__ == "__main__":
    main()
