"""How close are utterances generated in pieces to the exact ones? ``python -m benchmarks.pieces --checkpoint FOLDER``
prints a table for the English voices.

Sentences of `running_text.txt`, to which the forecast was not fitted, are spoken both ways with the same prosody and
noise. The distance is the mean absolute difference of log-mel spectra (80 bands, every 10 ms, down to 60 dB below the
loudest). With ``--whisper`` both are also transcribed.
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
MIN_WORDS, MAX_WORDS = 12, 28
# DNSMOS rates one in so many sentences. Sentences whose transcripts differ are repeated with so many other seeds.
JUDGED, OTHER_SEEDS = 5, 4
# (samples,)
Sound = NDArray[np.float32]


class Difference(NamedTuple):
    """The difference of a sentence in pieces from the exact one: the distance and the level, in dB."""

    distance: float
    level: float


def sentences() -> list[str]:
    """Return the sentences of ordinary length."""
    text = " ".join(PROSE.read_text(encoding="utf-8").replace("“", "").replace("”", "").replace('"', "").split())
    parts = [part.strip() + "." for part in text.split(".")]
    return [sentence for sentence in parts if MIN_WORDS <= len(sentence.split()) <= MAX_WORDS]


def difference(whole: Sound, pieces: Sound, rate: int) -> Difference:
    """Return the difference of two waveforms of equal length, (samples,)."""
    whole_mel, pieces_mel = (log_mel(torch.from_numpy(sound), rate) for sound in (whole, pieces))
    floor = whole_mel.max() - FLOOR_DB
    distance = (whole_mel.clamp(min=floor) - pieces_mel.clamp(min=floor)).abs().mean().item()
    energy, other_energy = (float(np.square(sound, dtype=np.float64).sum()) for sound in (whole, pieces))
    return Difference(distance, 10 * float(np.log10(other_energy / energy)))


def log_mel(sound: torch.Tensor, rate: int) -> torch.Tensor:
    """Return a spectrum of (bands, hops) in dB; the triangular bands are evenly spaced by O'Shaughnessy's mel
    formula."""
    power = torch.stft(sound, WINDOW, HOP, window=torch.hann_window(WINDOW), return_complex=True).abs().square()
    mel = np.linspace(0, 2595 * np.log10(1 + rate / 2 / 700), BANDS + 2)
    edges = 700 * (10 ** (mel / 2595) - 1)
    places = np.linspace(0, rate / 2, WINDOW // 2 + 1)
    rising = (places - edges[:-2, None]) / np.diff(edges)[:-1, None]
    falling = (edges[2:, None] - places) / np.diff(edges)[1:, None]
    bands = torch.from_numpy(np.minimum(rising, falling).clip(min=0)).float()
    return 10 * (bands @ power).clamp(min=1e-12).log10()


def spoken(checkpoint: Checkpoint, text: str, voice: str, speed: float, seed: int) -> Sound:
    """Speak a text phrase by phrase with all of the model's silence, so that both forms have the same length."""
    phonemes = phonemize(text, checkpoint.voices.info(voice).language).phonemes
    parts = []
    for start, end in split_phrases(phonemes):
        ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes[start:end]), 0]])
        style = checkpoint.voices[voice][end - start - 1].reshape(1, -1)
        parts.append(speak_on_this_machine(checkpoint.model, ids, style, speed, seed).waveform)
    return np.concatenate(parts)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.pieces", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="see KOKORO_CHECKPOINT")
    options.add_argument("--sentences", type=int, default=4, help="in each voice")
    options.add_argument("--speed", type=float, default=1.0)
    options.add_argument("--voices", nargs="*", default=[name for name in catalogue() if name[0] in "ab"])
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--whisper", help="the name or the folder of a model: both are heard, and judged by DNSMOS")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    checkpoint = load_checkpoint(chosen.checkpoint)
    if not isinstance(model := checkpoint.model, Kokoro) or (pieces := pieces_of(model)) is None:
        raise SystemExit(f"There is no forecast for the weights of {chosen.checkpoint}.")
    print(f"{machine()}, {model.precision}, speed {chosen.speed:g}, {chosen.sentences} sentences a voice\n")
    print("| voice | distance: mean (most) | level: mean (range) |\n|---|---|---|")

    def say(voice: str, text: str, seed: int) -> list[Sound]:
        sounds = []
        for vocoder in (None, pieces):
            model.pieces = vocoder
            sounds.append(spoken(checkpoint, text, voice, chosen.speed, seed))
        return sounds

    heard = Judged(chosen.whisper, chosen.threads, say, model.sample_rate) if chosen.whisper else None
    differences = list[Difference]()
    for voice in chosen.voices:
        voice_differences = list[Difference]()
        for text in random.Random(voice).sample(sentences(), chosen.sentences):
            sounds = say(voice, text, 0)
            voice_differences.append(difference(sounds[0], sounds[1], model.sample_rate))
            if heard:
                heard.add(voice, text, sounds)
        print(row(voice, voice_differences), flush=True)
        differences += voice_differences
    print(row("all", differences))
    if heard:
        heard.report()


def row(name: str, differences: Sequence[Difference]) -> str:
    """Return a row of the table."""
    distances, levels = zip(*differences, strict=True)
    return (
        f"| {name} | {statistics.mean(distances):.2f} ({max(distances):.2f}) dB | {statistics.mean(levels):+.2f} "
        f"({min(levels):+.2f} to {max(levels):+.2f}) dB |"
    )


class Judged:
    """What Whisper and DNSMOS find in both forms.

    say: speaks a text in a voice, with a seed for the noise; returns the exact form, and that in pieces.
    """

    def __init__(self, whisper: str, threads: int, say: Callable[[str, str, int], list[Sound]], rate: int) -> None:
        from benchmarks.ear import Ear, Heard

        self._ear, self._say, self._rate = Ear(whisper, threads), say, rate
        self._heard: tuple[list[Heard], list[Heard]] = [], []
        self._quality: tuple[list[tuple[float, float]], list[tuple[float, float]]] = [], []
        self._differing: list[tuple[str, str]] = []

    def add(self, voice: str, text: str, sounds: Sequence[Sound]) -> None:
        """Judge both forms of a text. sounds: the exact one, and that in pieces."""
        from benchmarks.ear import quality

        for heard, judged, sound in zip(self._heard, self._quality, sounds, strict=True):
            heard.append(self._ear.hear(text, sound, self._rate))
            if len(heard) % JUDGED == 1:
                judged.append(quality(sound, self._rate))
        whole, pieces = (heard[-1] for heard in self._heard)
        if whole.errors != pieces.errors:
            self._differing.append((voice, text))
            print(f"{voice}: {text}\n  whole, {whole.errors} wrong: {whole.text}", flush=True)
            print(f"  in pieces, {pieces.errors} wrong: {pieces.text}", flush=True)

    def report(self) -> None:
        """Print the means, and whether sentences whose transcripts differ also do so with other noise."""
        from benchmarks.ear import word_error_rate

        print("\n| | word error rate | wrong words | DNSMOS overall | P.808 |\n|---|---|---|---|---|")
        for name, heard, judged in zip(("whole", "in pieces"), self._heard, self._quality, strict=True):
            overall, p808 = np.mean(judged, axis=0)
            wrong, words = sum(sentence.errors for sentence in heard), sum(sentence.words for sentence in heard)
            print(f"| {name} | {100 * word_error_rate(heard):.2f}% | {wrong} of {words} | {overall:.2f} | {p808:.2f} |")
        errors = [(whole.errors, pieces.errors) for whole, pieces in zip(*self._heard, strict=True)]
        better = sum(whole < pieces for whole, pieces in errors)
        worse = sum(whole > pieces for whole, pieces in errors)
        print(f"\nOf {len(errors)} sentences {better} were heard better whole, and {worse} better in pieces.")
        again = np.zeros(2, int)
        for voice, text in self._differing:
            for seed in range(1, 1 + OTHER_SEEDS):
                sounds = self._say(voice, text, seed)
                again += [self._ear.hear(text, sound, self._rate).errors for sound in sounds]
        print(f"With {OTHER_SEEDS} other seeds those have {again[0]} wrong words whole and {again[1]} in pieces.")


if __name__ == "__main__":
    main()
