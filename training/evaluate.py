"""How good is the voice? ``python -m training.evaluate`` prints the tables of training/README.md.

Speech goes the whole way of the product: text, phonemes, predicted durations, sound. Only the spectral distance is
measured with eSpeak NG's own durations, so that frames can be compared one by one. The sentences were never
trained on.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.signal import resample_poly
from torch import Tensor

from kokoro_demo import Speech, generate_audio
from kokoro_demo.audio import audible_span
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.model import Kokoro, Prosody
from training.cleanliness import Span, cleanliness
from training.dataset import LOUDNESS, RATE, Utterance, Voice, utterance
from training.espeak_speech import EspeakSpeech, espeak
from training.features import SAMPLE_RATE, log_mel
from training.recogniser import Recogniser
from training.spectrograms import draw
from training.train import VOICES

SENTENCES = Path(__file__).with_name("sentences.txt")
SPEEDS = (0.5, 0.75, 1.0, 1.5, 2.0)
# At each speed a voice says so many passages of so many sentences, joined by the product.
PASSAGES, SENTENCES_A_PASSAGE = 3, 4
# A pause begins when a word has rung out (eSpeak NG's voices echo a little) and ends before the next one's onset.
RINGING, ONSET = 0.10, 0.03
DRAWN_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class VoiceFigures:
    """What one voice does at speed 1.

    understood, espeak_understood: how many of the sentences the recogniser told right, from us and from eSpeak NG.
    length: ours over eSpeak's, silence trimmed from both, mean over the sentences; length_spread: its standard
        deviation.
    mel, mel_given_prosody: the mean difference of natural-log mel spectra with eSpeak's durations, and with its F0
        and energy too.
    real_time_factor: seconds of computing a second of speech.
    """

    understood: int
    espeak_understood: int
    length: float
    length_spread: float
    mel: float
    mel_given_prosody: float
    real_time_factor: float


def measure_voice(
    checkpoint: Checkpoint, voice: Voice, sentences: Sequence[str], recogniser: Recogniser
) -> VoiceFigures:
    """Speak every sentence, and compare with eSpeak NG."""
    understood, espeak_understood, spent, spoken = 0, 0, 0.0, 0.0
    lengths, mels = [], []
    for text in sentences:
        begun = time.perf_counter()
        ours = generate_audio(text, voice.name, checkpoint=checkpoint)
        spent += time.perf_counter() - begun
        spoken += ours.duration
        theirs = said_by_espeak(text, voice)
        understood += recogniser.hear(ours.audio, ours.sample_rate) == text
        espeak_understood += recogniser.hear(theirs.audio, theirs.sample_rate) == text
        lengths.append(audible_seconds(ours) / audible_seconds(theirs))
        aligned = utterance(text, voice, VOICES.index(voice))
        if aligned is not None:
            mels.append(mel_distances(checkpoint, voice, aligned))
    own, given = zip(*mels, strict=True)
    return VoiceFigures(
        understood=understood,
        espeak_understood=espeak_understood,
        length=statistics.mean(lengths),
        length_spread=statistics.pstdev(lengths),
        mel=statistics.mean(own),
        mel_given_prosody=statistics.mean(given),
        real_time_factor=spent / spoken,
    )


def said_by_espeak(text: str, voice: Voice) -> EspeakSpeech:
    """The text in the voice that `voice` learnt from."""
    return espeak().say(text, voice.espeak_voice(voice.language), rate=RATE, pitch=voice.pitch)


def audible_seconds(speech: Speech | EspeakSpeech) -> float:
    """The length between the first and the last sound."""
    first, last = audible_span(speech.audio, speech.sample_rate)
    return (last - first) / speech.sample_rate


@torch.inference_mode()
def mel_distances(checkpoint: Checkpoint, voice: Voice, aligned: Utterance) -> tuple[float, float]:
    """The mean differences of natural-log mel spectra with eSpeak's durations, and with its F0 and energy too."""
    model, style = checkpoint.model, checkpoint.voices[voice.name][0]
    assert isinstance(model, Kokoro)
    own = prosody_with_durations(model, aligned.ids[None], style, aligned.durations)
    given = own._replace(f0=aligned.f0[None], energy=aligned.energy[None])
    real = log_mel(aligned.audio[None])
    first, second = ((log_mel(model.vocode(prosody, style)) - real).abs().mean().item() for prosody in (own, given))
    return first, second


def prosody_with_durations(model: Kokoro, ids: Tensor, style: Tensor, durations: Tensor) -> Prosody:
    """`Kokoro.prosody` with the durations given: F0 and energy are the model's own. Shapes as there."""
    manner = style[:, model.config.style_dim :]
    features = model.predictor.text_encoder(model.bert_encoder(model.bert(ids)), manner)
    f0, energy = model.predictor.curves(features.repeat_interleave(durations, dim=1), manner)
    return Prosody(durations, f0, energy, model.text_encoder(ids).repeat_interleave(durations, dim=2))


@dataclass(frozen=True, slots=True)
class SpeedFigures:
    """The worst of all voices at one speed; the first four as in `cleanliness.Cleanliness`.

    seconds: of speech in all.
    """

    offset: float
    peak: float
    click: float
    pauses: float
    seconds: float


def measure_speed(checkpoint: Checkpoint, speed: float, passages: Sequence[str]) -> SpeedFigures:
    """Speak the passages in every voice, and look for faults."""
    measured, seconds = [], 0.0
    for voice in VOICES:
        for text in passages:
            speech = generate_audio(text, voice.name, speed, checkpoint=checkpoint)
            measured.append(cleanliness(speech.audio, speech.sample_rate, pauses(speech)))
            seconds += speech.duration
    return SpeedFigures(
        offset=max(figures.offset for figures in measured),
        peak=max(figures.peak for figures in measured),
        click=max(figures.click for figures in measured),
        pauses=max((figures.pauses for figures in measured if not math.isnan(figures.pauses)), default=math.nan),
        seconds=seconds,
    )


def pauses(speech: Speech) -> list[Span]:
    """The samples before, between and after the words where nothing should be heard."""
    said = [(word.start, word.end) for word in speech.words if word.start is not None and word.end is not None]
    said = [(start, end) for start, end in said if end > start]
    gaps = [
        (-RINGING, said[0][0]),
        *((before[1], after[0]) for before, after in pairwise(said)),
        (said[-1][1], speech.duration + ONSET),
    ]
    return [
        (round((start + RINGING) * speech.sample_rate), round((end - ONSET) * speech.sample_rate))
        for start, end in gaps
        if end - start > RINGING + ONSET
    ]


def passages_of(sentences: Sequence[str]) -> list[str]:
    """Texts long enough that the product speaks them in several phrases."""
    starts = range(0, min(len(sentences), PASSAGES * SENTENCES_A_PASSAGE), SENTENCES_A_PASSAGE)
    return [" ".join(sentences[start : start + SENTENCES_A_PASSAGE]) for start in starts]


def print_tables(checkpoint: Checkpoint, sentences: Sequence[str], recogniser: Recogniser) -> None:
    """Both tables, in Markdown."""
    generate_audio(sentences[0], VOICES[0].name, checkpoint=checkpoint)  # the first speech loads the front end too
    print("| voice | learnt from | understood | eSpeak NG itself | length | log-mel L1 | with its F0, energy | RTF |")
    print("|---|---|---|---|---|---|---|---|")
    for voice in VOICES:
        found = measure_voice(checkpoint, voice, sentences, recogniser)
        print(
            f"| {voice.name} | {voice.espeak_voice(voice.language)} | {found.understood} of {len(sentences)} "
            f"| {found.espeak_understood} | {found.length:.3f} ± {found.length_spread:.3f} | {found.mel:.3f} "
            f"| {found.mel_given_prosody:.3f} | {found.real_time_factor:.3f} |",
            flush=True,
        )
    print("\n| speed | length | mean sample | peak | largest click | pauses |\n|---|---|---|---|---|---|")
    measured = {speed: measure_speed(checkpoint, speed, passages_of(sentences)) for speed in SPEEDS}
    for speed, worst in measured.items():
        print(
            f"| {speed:g} | {worst.seconds * speed / measured[1.0].seconds:.3f} | {worst.offset:.4f} "
            f"| {worst.peak:.2f} | {worst.click:.1f} | {worst.pauses:.0f} dB |"
        )


def draw_spectrograms(checkpoint: Checkpoint, sentences: Sequence[str], folder: Path) -> None:
    """A picture a voice and sentence, the voice above eSpeak NG."""
    for voice in VOICES:
        for number, text in enumerate(sentences[:DRAWN_SENTENCES], start=1):
            theirs = said_by_espeak(text, voice)
            sounds = [
                (f"{voice.name}: {text}", trimmed(generate_audio(text, voice.name, checkpoint=checkpoint).audio)),
                ("eSpeak NG", trimmed(LOUDNESS * resample_poly(theirs.audio, 160, 147).astype(np.float32))),
            ]
            draw(folder / f"{voice.name}-{number}.png", sounds)


def trimmed(audio: NDArray[np.float32]) -> NDArray[np.float32]:
    """(samples,) at 24 kHz from the first to the last sound."""
    first, last = audible_span(audio, SAMPLE_RATE)
    return audio[first:last]


def chosen_sentences(limit: int | None) -> tuple[list[str], Recogniser]:
    """At most `limit` sentences, evenly from the list, and a recogniser that knows the whole list."""
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()
    recogniser = Recogniser(sentences)
    count = min(limit or len(sentences), len(sentences))
    return [sentences[index * len(sentences) // count] for index in range(count)], recogniser


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m training.evaluate", description=__doc__)
    options.add_argument("--checkpoint", default="builtin", help="a checkpoint folder, or builtin")
    options.add_argument("--limit", type=int, help="only so many of the sentences")
    options.add_argument("--draw", type=Path, metavar="FOLDER", help="draw spectrograms there instead")
    chosen = options.parse_args()
    checkpoint = load_checkpoint(chosen.checkpoint)
    sentences, recogniser = chosen_sentences(chosen.limit)
    if chosen.draw:
        draw_spectrograms(checkpoint, sentences, chosen.draw)
    else:
        print_tables(checkpoint, sentences, recogniser)


if __name__ == "__main__":
    main()
