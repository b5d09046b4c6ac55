"""How near are utterances voiced in pieces to the exact ones? ``python -m benchmarks.pieces --checkpoint FOLDER``
prints a table of the English voices.

Sentences of `running_text.txt`, from which nothing was learned, are spoken both ways with the same prosody and noise.
The distance is the mean absolute difference of log-mel spectra (80 bands, every 10 ms, down to 60 dB below the
loudest). With ``--whisper`` both are heard too.
"""

from __future__ import annotations

import argparse
import random
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.model import Kokoro
from kokoro_demo.model.pieces import pieces_of
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.voices.catalogue import catalogue

PROSE = Path(__file__).with_name("running_text.txt")
BANDS, WINDOW, HOP, FLOOR_DB = 80, 1024, 240, 60.0
FEWEST_WORDS, MOST_WORDS = 12, 28


class Difference(NamedTuple):
    """Of a sentence, in dB. level: of the pieces against the whole."""

    distance: float
    level: float


def sentences() -> list[str]:
    """Those of ordinary length."""
    text = " ".join(PROSE.read_text(encoding="utf-8").replace("“", "").replace("”", "").replace('"', "").split())
    found = [part.strip() + "." for part in text.split(".")]
    return [one for one in found if FEWEST_WORDS <= len(one.split()) <= MOST_WORDS]


def difference(whole: NDArray[np.float32], pieces: NDArray[np.float32], rate: int) -> Difference:
    """Of two sounds of equal length."""
    one, other = (log_mel(torch.from_numpy(sound), rate) for sound in (whole, pieces))
    floor = one.max() - FLOOR_DB
    distance = (one.clamp(min=floor) - other.clamp(min=floor)).abs().mean().item()
    energy, other_energy = (float(np.square(sound, dtype=np.float64).sum()) for sound in (whole, pieces))
    return Difference(distance, 10 * float(np.log10(other_energy / energy)))


def log_mel(sound: torch.Tensor, rate: int) -> torch.Tensor:
    """(bands, hops) in dB; triangular bands, evenly spaced by O'Shaughnessy's formula."""
    power = torch.stft(sound, WINDOW, HOP, window=torch.hann_window(WINDOW), return_complex=True).abs().square()
    mel = np.linspace(0, 2595 * np.log10(1 + rate / 2 / 700), BANDS + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    places = np.linspace(0, rate / 2, WINDOW // 2 + 1)
    rising = (places - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - places) / np.diff(edges)[1:, None]
    bands = torch.from_numpy(np.minimum(rising, falling).clip(min=0)).float()
    return 10 * (bands @ power).clamp(min=1e-12).log10()


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.pieces", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="as KOKORO_CHECKPOINT")
    options.add_argument("--sentences", type=int, default=4, help="in each voice")
    options.add_argument("--speed", type=float, default=1.0)
    options.add_argument("--voices", nargs="*", default=[name for name in catalogue() if name[0] in "ab"])
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--whisper", help="the name or the folder of a model: both are heard, and judged by DNSMOS")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    checkpoint = load_checkpoint(chosen.checkpoint)
    if not isinstance(model := checkpoint.model, Kokoro) or (pieces := pieces_of(model)) is None:
        raise SystemExit(f"Nothing is foretold for the weights of {chosen.checkpoint}.")
    print(f"{machine()}, {model.precision}, speed {chosen.speed:g}, {chosen.sentences} sentences a voice\n")
    print("| voice | distance: mean (most) | level: mean (range) |\n|---|---|---|")
    heard = Judged(chosen.whisper, chosen.threads) if chosen.whisper else None
    found = list[Difference]()
    for voice in chosen.voices:
        own = list[Difference]()
        for text in random.Random(voice).sample(sentences(), chosen.sentences):
            request = SpeechRequest(text, voice, chosen.speed, untouched=True)
            sounds = []
            for voicing in (None, pieces):
                model.pieces = voicing
                synthesizer = Synthesizer(checkpoint, made=PhraseCache(kept_bytes=0))
                sounds.append(synthesizer.speak(request).audio)
            own.append(difference(sounds[0], sounds[1], model.sample_rate))
            if heard:
                heard.add(voice, text, sounds, model.sample_rate)
        print(row(voice, own), flush=True)
        found += own
    print(row("all", found))
    if heard:
        heard.report()


def row(name: str, found: Sequence[Difference]) -> str:
    """A line of the table."""
    distances, levels = zip(*found, strict=True)
    return (
        f"| {name} | {statistics.mean(distances):.2f} ({max(distances):.2f}) dB | {statistics.mean(levels):+.2f} "
        f"({min(levels):+.2f} to {max(levels):+.2f}) dB |"
    )


class Judged:
    """What Whisper and DNSMOS find in sounds made both ways."""

    def __init__(self, whisper: str, threads: int) -> None:
        from benchmarks.ear import Ear, Heard

        self._ear = Ear(whisper, threads)
        self._heard: tuple[list[Heard], list[Heard]] = [], []
        self._quality: tuple[list[tuple[float, float]], list[tuple[float, float]]] = [], []
        self._otherwise = list[str]()

    def add(self, voice: str, text: str, sounds: Sequence[NDArray[np.float32]], rate: int) -> None:
        """sounds: the whole one, and that in pieces."""
        from benchmarks.ear import quality

        for heard, judged, sound in zip(self._heard, self._quality, sounds, strict=True):
            heard.append(self._ear.hear(text, sound, rate))
            judged.append(quality(sound, rate))
        whole, pieces = (heard[-1].errors for heard in self._heard)
        if whole != pieces:
            self._otherwise.append(f"{voice}, {whole} errors whole and {pieces} in pieces: {text}")

    def report(self) -> None:
        """Print the means."""
        from benchmarks.ear import word_error_rate

        print("\n| | word error rate | DNSMOS overall | P.808 |\n|---|---|---|---|")
        for name, heard, judged in zip(("whole", "in pieces"), self._heard, self._quality, strict=True):
            overall, p808 = np.mean(judged, axis=0)
            print(f"| {name} | {100 * word_error_rate(heard):.2f}% | {overall:.2f} | {p808:.2f} |")
        print("\nHeard otherwise:", *(self._otherwise or ["nothing"]), sep="\n- ")


if __name__ == "__main__":
    main()
