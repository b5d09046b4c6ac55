"""When is a sound heard, relative to its token? ``python -m benchmarks.onsets`` prints a Markdown table.

For words after a silence, at the start of an utterance or after a comma: the seconds from the start of the first token
to the first audible sound, negative if the sound comes first. Four voices of the checkpoint (KOKORO_CHECKPOINT), and
the first voice.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import numpy as np
import torch

from benchmarks.pauses import WINDOW
from kokoro_demo.audio import levels
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.speech import SAMPLE_RATE, SAMPLES_PER_FRAME

VOICES = ("af_heart", "am_michael", "bf_emma", "bm_george")
TEXTS = (
    "Tim came, Ken left.",
    "Apples fell, every one broke.",
    "Queens sang, actors danced.",
    "Oranges, elephants, artists.",
    "Zoe, she, Thomas, Ike.",
)
SPEEDS = (0.5, 1.0, 1.25, 2.0)
# A sound is audible above this level, in dB relative to the loudest; a silence is at least this long, in seconds.
AUDIBLE_DB, SILENCE = -40.0, 0.04
# An onset is searched for from this many seconds before its token to this many after it.
BEFORE, AFTER = 0.3, 0.2


def onsets(checkpoint: Checkpoint, voice: str, text: str, speed: float) -> Iterator[float]:
    """Yield the seconds from the token of each word after a silence to its first audible sound."""
    phonemes = phonemize(text, checkpoint.voices.info(voice).language).phonemes
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    pack = checkpoint.voices[voice]
    style = pack[min(len(phonemes), len(pack)) - 1].reshape(1, -1)
    utterance = checkpoint.model.speak(ids, style, speed, 0)
    starts = np.concatenate([[0], np.cumsum(utterance.durations)]) * SAMPLES_PER_FRAME / SAMPLE_RATE
    level = levels(utterance.waveform, round(WINDOW * SAMPLE_RATE))
    silent = level < level.max() * 10 ** (AUDIBLE_DB / 20)
    for place in [0, *(index + 2 for index, symbol in enumerate(phonemes[:-2]) if symbol == ",")]:
        token = starts[1 + place]
        begin = max(0, round((token - BEFORE) / WINDOW))
        silent_windows = np.flatnonzero(silent[begin : round((token + AFTER) / WINDOW)])
        runs = np.split(silent_windows, np.flatnonzero(np.diff(silent_windows) > 1) + 1)
        longest = max(runs, key=len)
        if len(longest) >= SILENCE / WINDOW:
            yield float((begin + longest[-1] + 1) * WINDOW - token)


def main() -> None:
    argparse.ArgumentParser(prog="python -m benchmarks.onsets", description=__doc__).parse_args()
    first = load_checkpoint("builtin")
    voices = [(load_checkpoint(), VOICES), (first, (first.voices.default,))]
    print("| | speed | onsets | earlier than the token, s: median (quartiles) |\n|---|---|---|---|")
    for checkpoint, names in voices:
        for speed in SPEEDS:
            onset_times = [
                -onset for name in names for text in TEXTS for onset in onsets(checkpoint, name, text, speed)
            ]
            low, middle, high = np.percentile(onset_times, [25, 50, 75])
            spread = f"{middle:.3f} ({low:.3f} to {high:.3f})"
            print(f"| {checkpoint.name} | {speed:g} | {len(onset_times)} | {spread} |", flush=True)


if __name__ == "__main__":
    main()
