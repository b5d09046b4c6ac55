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
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize, split_phrases
from kokoro_demo.model import Kokoro
from kokoro_demo.model.pieces import pieces_of
from kokoro_demo.synthesis.synthesizer import speak_on_this_machine
from kokoro_demo.voices.catalogue import catalogue

PROSE = Path(__file__).with_name("running_text.txt")
BANDS, WINDOW, HOP, FLOOR_DB = 80, 1024, 240, 60.0
FEWEST_WORDS, MOST_WORDS = 12, 28
# One sentence in so many is judged by DNSMOS; what is heard otherwise in pieces is heard again with so many seeds.
JUDGED, OTHER_SEEDS = 5, 4
# (samples,)
Sound = NDArray[np.float32]


class Difference(NamedTuple):
    """Of a sentence, in dB. level: of the pieces against the whole."""

    distance: float
    level: float


def sentences() -> list[str]:
    """Those of ordinary length."""
    text = " ".join(PROSE.read_text(encoding="utf-8").replace("“", "").replace("”", "").replace('"', "").split())
    found = [part.strip() + "." for part in text.split(".")]
    return [one for one in found if FEWEST_WORDS <= len(one.split()) <= MOST_WORDS]


def difference(whole: Sound, pieces: Sound, rate: int) -> Difference:
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


def spoken(checkpoint: Checkpoint, text: str, voice: str, speed: float, seed: int) -> Sound:
    """A text as the model gives its phrases, with all of their silence: as long in pieces as whole."""
    phonemes = phonemize(text, checkpoint.voices.info(voice).language).phonemes
    parts = []
    for start, end in split_phrases(phonemes):
        ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes[start:end]), 0]])
        style = checkpoint.voices[voice][end - start - 1].reshape(1, -1)
        parts.append(speak_on_this_machine(checkpoint.model, ids, style, speed, seed).waveform)
    return np.concatenate(parts)


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

    def say(voice: str, text: str, seed: int) -> list[Sound]:
        sounds = []
        for voicing in (None, pieces):
            model.pieces = voicing
            sounds.append(spoken(checkpoint, text, voice, chosen.speed, seed))
        return sounds

    heard = Judged(chosen.whisper, chosen.threads, say, model.sample_rate) if chosen.whisper else None
    found = list[Difference]()
    for voice in chosen.voices:
        own = list[Difference]()
        for text in random.Random(voice).sample(sentences(), chosen.sentences):
            sounds = say(voice, text, 0)
            own.append(difference(sounds[0], sounds[1], model.sample_rate))
            if heard:
                heard.add(voice, text, sounds)
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
    """What Whisper and DNSMOS find in sounds made both ways.

    say: the two sounds of a text in a voice, with a seed of the noise: the whole one, and that in pieces.
    """

    def __init__(self, whisper: str, threads: int, say: Callable[[str, str, int], list[Sound]], rate: int) -> None:
        from benchmarks.ear import Ear, Heard

        self._ear, self._say, self._rate = Ear(whisper, threads), say, rate
        self._heard: tuple[list[Heard], list[Heard]] = [], []
        self._quality: tuple[list[tuple[float, float]], list[tuple[float, float]]] = [], []
        self._otherwise: list[tuple[str, str]] = []

    def add(self, voice: str, text: str, sounds: Sequence[Sound]) -> None:
        """sounds: the whole one, and that in pieces."""
        from benchmarks.ear import quality

        for heard, judged, sound in zip(self._heard, self._quality, sounds, strict=True):
            heard.append(self._ear.hear(text, sound, self._rate))
            if len(heard) % JUDGED == 1:
                judged.append(quality(sound, self._rate))
        whole, pieces = (heard[-1] for heard in self._heard)
        if whole.errors != pieces.errors:
            self._otherwise.append((voice, text))
            print(f"{voice}: {text}\n  whole, {whole.errors} wrong: {whole.text}", flush=True)
            print(f"  in pieces, {pieces.errors} wrong: {pieces.text}", flush=True)

    def report(self) -> None:
        """Print the means, and whether sentences that were heard otherwise are so with other noise too."""
        from benchmarks.ear import word_error_rate

        print("\n| | word error rate | wrong words | DNSMOS overall | P.808 |\n|---|---|---|---|---|")
        for name, heard, judged in zip(("whole", "in pieces"), self._heard, self._quality, strict=True):
            overall, p808 = np.mean(judged, axis=0)
            wrong, words = sum(one.errors for one in heard), sum(one.words for one in heard)
            print(f"| {name} | {100 * word_error_rate(heard):.2f}% | {wrong} of {words} | {overall:.2f} | {p808:.2f} |")
        errors = [(whole.errors, pieces.errors) for whole, pieces in zip(*self._heard, strict=True)]
        better, worse = sum(one < other for one, other in errors), sum(one > other for one, other in errors)
        print(f"\nOf {len(errors)} sentences {better} were heard better whole, and {worse} better in pieces.")
        again = np.zeros(2, int)
        for voice, text in self._otherwise:
            for seed in range(1, 1 + OTHER_SEEDS):
                sounds = self._say(voice, text, seed)
                again += [self._ear.hear(text, sound, self._rate).errors for sound in sounds]
        print(f"With {OTHER_SEEDS} other seeds those have {again[0]} wrong words whole and {again[1]} in pieces.")


if __name__ == "__main__":
    main()
