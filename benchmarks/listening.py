"""Is it understood, and does it sound well? ``python -m benchmarks.listening`` prints Markdown tables.

A recogniser, Whisper, writes down what it hears, and the words that differ are counted (word error rate, after
Whisper's own normalisation of English text). DNSMOS P.835 and P.808, which foretell what people would answer from 1 to
5, judge the sound. The contestants: the first voice, the best voice of a checkpoint, and eSpeak NG.

``--checkpoint`` names the checkpoint, as KOKORO_CHECKPOINT does; without one, the first voice and eSpeak NG are heard
alone. ``--whisper`` names a model or a folder, as faster-whisper takes it.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks.espeak_ng import Espeak
from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer, speak_on_this_machine

HEARD_RATE = 16_000
SENTENCES = Path(__file__).with_name("sentences.txt")
SPEEDS = (0.5, 0.75, 1.0, 1.5, 2.0)
# Symbols of one utterance.
LENGTHS = (100, 200, 300, 400, 500)
ANSWERS = (
    "Yes. No. Maybe. Thanks. Hello. Goodbye. Please. Never. Always. Sometimes. Tomorrow. Yesterday. Monday. Friday. "
    "October. London. Paris. Coffee. Water. Music. Seven. Eleven. Twenty. Hundred. Perfect. Exactly. Really? Sorry. "
    "Welcome. Finished."
).split()
# (samples,) in [-1, 1], and their rate.
Sound = tuple[NDArray[np.float32], int]
# The sound of a text at a speed.
Say = Callable[[str, float], Sound]


class Ear:
    """Hears English.

    whisper: the name or the folder of a model.
    """

    def __init__(self, whisper: str) -> None:
        from faster_whisper import WhisperModel
        from whisper_normalizer.english import EnglishTextNormalizer

        self._whisper = WhisperModel(whisper, device="cpu", compute_type="float32")
        self._plain = EnglishTextNormalizer()

    def errors(self, text: str, audio: NDArray[np.float32], rate: int) -> tuple[int, int]:
        """How many words of `text` were heard wrong, left out or added, and how many it has."""
        import jiwer

        segments, _ = self._whisper.transcribe(
            at_heard_rate(audio, rate), language="en", beam_size=5, condition_on_previous_text=False
        )
        wanted, heard = self._plain(text), self._plain(" ".join(segment.text for segment in segments))
        found = jiwer.process_words(wanted, heard)
        return found.substitutions + found.deletions + found.insertions, len(wanted.split())


def quality(audio: NDArray[np.float32], rate: int) -> tuple[float, float]:
    """DNSMOS of a sound: overall (P.835) and P.808."""
    from speechmos import dnsmos

    sound = at_heard_rate(audio, rate)
    found: dict[str, Any] = dnsmos.run(sound / max(1.0, float(np.abs(sound).max())), HEARD_RATE)
    return float(found["ovrl_mos"]), float(found["p808_mos"])


def at_heard_rate(audio: NDArray[np.float32], rate: int) -> NDArray[np.float32]:
    """The sound at 16 kHz."""
    from scipy.signal import resample_poly

    common = np.gcd(HEARD_RATE, rate)
    return resample_poly(audio, HEARD_RATE // common, rate // common).astype(np.float32)


def speaker(checkpoint: Checkpoint) -> Say:
    """The best voice of a checkpoint."""
    synthesizer, voice = Synthesizer(checkpoint), checkpoint.voices.default

    def say(text: str, speed: float) -> Sound:
        speech = synthesizer.speak(SpeechRequest(text, voice, speed))
        return speech.audio, speech.sample_rate

    return say


def one_utterance(checkpoint: Checkpoint, text: str) -> Sound:
    """A text that is not parted, however long it is."""
    voice = checkpoint.voices.default
    phonemes = Synthesizer(checkpoint).pronounce(SpeechRequest(text, voice)).phonemes
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    pack = checkpoint.voices[voice]
    style = pack[min(len(phonemes), len(pack)) - 1].reshape(1, -1)
    return speak_on_this_machine(checkpoint.model, ids, style, 1.0, 0).waveform, checkpoint.model.sample_rate


def texts_of(checkpoint: Checkpoint, symbols: int, sentences: Sequence[str]) -> list[str]:
    """The sentences, joined to texts of at most so many symbols."""
    synthesizer, voice = Synthesizer(checkpoint), checkpoint.voices.default
    texts = [""]
    for sentence in sentences:
        longer = f"{texts[-1]} {sentence}".strip()
        if len(synthesizer.pronounce(SpeechRequest(longer, voice)).phonemes) <= symbols:
            texts[-1] = longer
        else:
            texts.append(sentence)
    return texts[:-1]


def share_wrong(ear: Ear, sounds: Iterable[tuple[str, Sound]]) -> float:
    """The word error rate over texts and their sounds."""
    errors, words = np.sum([ear.errors(text, *sound) for text, sound in sounds], axis=0)
    return float(errors / words)


def print_sentences(ear: Ear, contestants: Mapping[str, Say], sentences: Sequence[str]) -> None:
    """Word error rate and DNSMOS of each contestant."""
    print("| | word error rate | DNSMOS overall | DNSMOS P.808 |\n|---|---|---|---|")
    for name, say in contestants.items():
        sounds = [(text, say(text, 1.0)) for text in sentences]
        overall, p808 = np.mean([quality(*sound) for _, sound in sounds], axis=0)
        print(f"| {name} | {share_wrong(ear, sounds):.1%} | {overall:.2f} | {p808:.2f} |", flush=True)


def print_speeds(ear: Ear, contestants: Mapping[str, Say], sentences: Sequence[str]) -> None:
    """Word error rate at each speed."""
    print(f"\n| word error rate at speed | {' | '.join(f'{speed:g}' for speed in SPEEDS)} |")
    print(f"|---{'|---' * len(SPEEDS)}|")
    for name, say in contestants.items():
        cells = [share_wrong(ear, ((text, say(text, speed)) for text in sentences)) for speed in SPEEDS]
        print(f"| {name} | {' | '.join(f'{cell:.1%}' for cell in cells)} |", flush=True)


def print_answers(ear: Ear, contestants: Mapping[str, Say]) -> None:
    """How many answers of one word are heard right."""
    print("\n| | answers of one word heard right | heard wrong |\n|---|---|---|")
    for name, say in contestants.items():
        wrong = [answer for answer in ANSWERS if ear.errors(answer, *say(answer, 1.0))[0]]
        print(f"| {name} | {len(ANSWERS) - len(wrong)} of {len(ANSWERS)} | {' '.join(wrong)} |", flush=True)


def print_lengths(ear: Ear, checkpoints: Mapping[str, Checkpoint], sentences: Sequence[str]) -> None:
    """Word error rate by the length of one utterance."""
    print(f"\n| word error rate of one utterance of up to | {' | '.join(f'{n} symbols' for n in LENGTHS)} |")
    print(f"|---{'|---' * len(LENGTHS)}|")
    for name, checkpoint in checkpoints.items():
        cells = []
        for length in LENGTHS:
            texts = texts_of(checkpoint, length, sentences)
            cells.append(share_wrong(ear, ((text, one_utterance(checkpoint, text)) for text in texts)))
        print(f"| {name} | {' | '.join(f'{cell:.1%}' for cell in cells)} |", flush=True)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.listening", description=__doc__)
    options.add_argument("--checkpoint", help="as KOKORO_CHECKPOINT")
    options.add_argument("--whisper", default="base", help="a model of faster-whisper, or its folder")
    options.add_argument("--sentences", type=int, default=60, help="how many are spoken")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    ear = Ear(chosen.whisper)
    first = load_checkpoint("builtin")
    checkpoints = {first.name: first}
    if chosen.checkpoint:
        checkpoint = load_checkpoint(chosen.checkpoint)
        checkpoints[f"{checkpoint.name}, {checkpoint.voices.default}"] = checkpoint
    sentences = SENTENCES.read_text(encoding="utf-8").splitlines()[: chosen.sentences]
    espeak = Espeak()
    contestants = {name: speaker(checkpoint) for name, checkpoint in checkpoints.items()}
    contestants["eSpeak NG, en-us"] = lambda text, speed: (espeak.say(text, speed), espeak.sample_rate)
    print(f"{machine()}; {len(sentences)} sentences, Whisper {chosen.whisper}\n")
    print_sentences(ear, contestants, sentences)
    print_speeds(ear, contestants, sentences)
    print_answers(ear, contestants)
    print_lengths(ear, checkpoints, sentences)


if __name__ == "__main__":
    main()
