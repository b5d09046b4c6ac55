"""Is it understood, and does it sound good? ``python -m benchmarks.listening PART`` prints Markdown tables.

Whisper transcribes the speech, and the words that differ from the text are counted (word error rate). DNSMOS P.835 and
P.808, which predict how listeners would rate it from 1 to 5, judge the quality.

``voices``: six voices of a checkpoint, compared with kokoro 0.9.4 with the same weights and phonemes, in one table.
``first``: the first voice, the checkpoint's best voice and eSpeak NG. ``speeds``, ``answers`` of one word, ``short``
texts, ``lengths`` of one utterance, and ``texts`` of 1 to 20,000 characters: the first voice and the checkpoint's best
one. ``--checkpoint`` names the checkpoint, as KOKORO_CHECKPOINT does; without it, only the first voice and eSpeak NG
are tested.
"""

from __future__ import annotations

import argparse
import itertools
import re
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks import voices_heard
from benchmarks.ear import Ear, quality, word_error_rate
from benchmarks.espeak_ng import Espeak
from benchmarks.turns import machine
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.synthesizer import Synthesizer, speak_on_this_machine

HERE = Path(__file__).parent
SPEEDS = (0.5, 0.75, 1.0, 1.25, 1.5, 2.0)
# Symbols of one utterance.
LENGTHS = (100, 200, 300, 400, 500)
# Characters of a text. There are enough of the short ones to have MIN_CHARACTERS together, but at most MAX_TEXTS.
TEXTS = (1, 10, 100, 1_000, 5_000, 20_000)
MIN_CHARACTERS, MAX_TEXTS = 1_000, 40
ANSWERS = (
    "Yes. No. Maybe. Thanks. Hello. Goodbye. Please. Never. Always. Sometimes. Tomorrow. Yesterday. Monday. Friday. "
    "October. London. Paris. Coffee. Water. Music. Seven. Eleven. Twenty. Hundred. Perfect. Exactly. Really? Sorry. "
    "Welcome. Finished."
).split()
# Very short texts, each with the other ways to write what is heard.
SHORT = {
    "Yes.": (), "No.": ("know",), "Hi!": ("high",), "Go!": (), "OK.": ("okay",), "Oh!": ("o", "owe"), "Why?": ("y",),
    "Who?": (), "Stop.": (), "Up.": (), "Ten.": (), "Wait.": ("weight",), "A": ("eh", "ay"), "B": ("be", "bee"),
    "C": ("see", "sea"), "E": (), "I": ("eye", "aye"), "M": ("em",), "R": ("are",), "X": ("ex",), "3": (), "7": (),
    "8": ("ate",), "10": (), "42": (),
}  # fmt: skip
# (samples,) in [-1, 1], and their rate.
Sound = tuple[NDArray[np.float32], int]
# The sound of a text at a speed.
Say = Callable[[str, float], Sound]


def speaker(checkpoint: Checkpoint, voice: str = "", untouched: bool = False) -> Say:
    """Speak with a voice of a checkpoint; by default with its best one."""
    synthesizer, voice = Synthesizer(checkpoint, cache=PhraseCache(kept_bytes=0)), voice or checkpoint.voices.default

    def say(text: str, speed: float) -> Sound:
        speech = synthesizer.speak(SpeechRequest(text, voice, speed, untouched=untouched))
        return speech.audio, speech.sample_rate

    return say


def one_utterance(checkpoint: Checkpoint, text: str) -> tuple[Sound, int]:
    """Speak a text of any length as one utterance; also returns the number of frames of its letters."""
    voice = checkpoint.voices.default
    phonemes = Synthesizer(checkpoint).pronounce(SpeechRequest(text, voice)).phonemes
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    pack = checkpoint.voices[voice]
    style = pack[min(len(phonemes), len(pack)) - 1].reshape(1, -1)
    utterance = speak_on_this_machine(checkpoint.model, ids, style, 1.0, 0)
    letters = sum(
        frames for symbol, frames in zip(phonemes, utterance.durations[1:-1], strict=True) if symbol.isalpha()
    )
    return (utterance.waveform, checkpoint.model.sample_rate), int(letters)


def texts_of(checkpoint: Checkpoint, symbols: int, sentences: Sequence[str]) -> list[str]:
    """Join the sentences to texts of at most this many symbols."""
    synthesizer, voice = Synthesizer(checkpoint), checkpoint.voices.default
    texts = [""]
    for sentence in sentences:
        longer = f"{texts[-1]} {sentence}".strip()
        if len(synthesizer.pronounce(SpeechRequest(longer, voice)).phonemes) <= symbols:
            texts[-1] = longer
        else:
            texts.append(sentence)
    return texts[:-1] or texts


def texts_of_length(characters: int) -> list[str]:
    """Return texts of at most this many characters, in whole words, that begin at sentences of the running text, which
    is repeated if it is too short."""
    if characters == 1:
        return [text for text in SHORT if len(text) == 1]
    prose = " ".join((HERE / "running_text.txt").read_text(encoding="utf-8").split()) + " "
    count = min(-(-MIN_CHARACTERS // characters), MAX_TEXTS)
    starts = [0, *(match.end() for match in re.finditer(r"[.!?] (?=[A-Z])", prose))]
    prose *= characters // len(prose) + 2
    texts = (prose[start : start + characters + 1].rpartition(" ")[0] for start in starts)
    return list(itertools.islice(filter(None, texts), count))


def print_first(ear: Ear, contestants: Mapping[str, Say], sentences: Sequence[str]) -> None:
    """Print the word error rate, DNSMOS and speed of each contestant."""
    print("| | word error rate | DNSMOS overall | DNSMOS P.808 | computing for a second of speech |")
    print("|---|---|---|---|---|")
    for name, say in contestants.items():
        heard, judged, rates = [], [], []
        say(sentences[0], 1.0)
        for text in sentences:
            begun = time.perf_counter()
            audio, rate = say(text, 1.0)
            rates.append((time.perf_counter() - begun) / (len(audio) / rate))
            heard.append(ear.hear(text, audio, rate))
            judged.append(quality(audio, rate))
        overall, p808 = np.mean(judged, axis=0)
        wrong = word_error_rate(heard)
        print(f"| {name} | {wrong:.1%} | {overall:.2f} | {p808:.2f} | {np.median(rates):.3f} s |", flush=True)


def print_speeds(ear: Ear, contestants: Mapping[str, Say], sentences: Sequence[str]) -> None:
    """Print the word error rate at each speed."""
    print(f"\n| word error rate at speed | {' | '.join(f'{speed:g}' for speed in SPEEDS)} |")
    print(f"|---{'|---' * len(SPEEDS)}|")
    for name, say in contestants.items():
        cells = (word_error_rate([ear.hear(text, *say(text, speed)) for text in sentences]) for speed in SPEEDS)
        print_row(name, (f"{cell:.1%}" for cell in cells))


def print_answers(ear: Ear, contestants: Mapping[str, Say], what: str, answers: Mapping[str, Sequence[str]]) -> None:
    """Print how many very short texts are recognised correctly."""
    print(f"\n| | {what} heard right | heard wrong |\n|---|---|---|")
    for name, say in contestants.items():
        wrong = [text for text, others in answers.items() if ear.hear(text, *say(text, 1.0), spellings=others).errors]
        print(f"| {name} | {len(answers) - len(wrong)} of {len(answers)} | {' '.join(wrong)} |", flush=True)


def print_lengths(ear: Ear, checkpoints: Mapping[str, Checkpoint], sentences: Sequence[str]) -> None:
    """Print the word error rate, DNSMOS and duration for each length of an utterance."""
    print(f"\n| one utterance of up to | {' | '.join(f'{n} symbols' for n in LENGTHS)} |")
    print(f"|---{'|---' * len(LENGTHS)}|")
    for name, checkpoint in checkpoints.items():
        alone = {sentence: one_utterance(checkpoint, sentence)[1] for sentence in sentences}
        wrong, overall, pace = [], [], []
        for length in LENGTHS:
            texts = texts_of(checkpoint, length, sentences)
            spoken_texts = [one_utterance(checkpoint, text) for text in texts]
            heard = [ear.hear(text, *sound) for text, (sound, _) in zip(texts, spoken_texts, strict=True)]
            wrong.append(f"{word_error_rate(heard):.1%}")
            overall.append(f"{np.mean([quality(*sound)[0] for sound, _ in spoken_texts]):.2f}")
            spoken = " ".join(texts)
            apart = sum(frames for sentence, frames in alone.items() if sentence in spoken)
            pace.append(f"{sum(frames for _, frames in spoken_texts) / apart:.3f}")
        print_row(f"{name}: word error rate", wrong)
        print_row(f"{name}: DNSMOS overall", overall)
        print_row(f"{name}: how long it lasts, against its sentences one by one", pace)


def print_row(name: str, cells: Iterable[str]) -> None:
    """Print a row of a table, each cell as soon as it is known."""
    print(f"| {name} |", end="", flush=True)
    for cell in cells:
        print(f" {cell} |", end="", flush=True)
    print()


def print_texts(ear: Ear, contestants: Mapping[str, Say], longest: int) -> None:
    """Print the word error rate for each length of a whole text, and the number of texts."""
    texts = {length: texts_of_length(length) for length in TEXTS if length <= longest}
    heads = (f"{length:,} characters ({len(group)})" for length, group in texts.items())
    print()
    print_row("word error rate of texts of", heads)
    print(f"|---{'|---' * len(texts)}|")
    for name, say in contestants.items():
        rates = (
            word_error_rate([ear.hear(text, *say(text, 1.0), spellings=SHORT.get(text, ())) for text in group])
            for group in texts.values()
        )
        print_row(name, (f"{rate:.1%}" for rate in rates))


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.listening", description=__doc__)
    parts = ("voices", "first", "speeds", "answers", "short", "lengths", "texts")
    options.add_argument("parts", nargs="*", choices=[*parts, []], default=list(parts), help="all of them by default")
    options.add_argument("--checkpoint", help="see KOKORO_CHECKPOINT")
    options.add_argument("--whisper", default="base", help="a model of faster-whisper, or its folder")
    options.add_argument("--sentences", type=int, default=60, help="how many are spoken")
    options.add_argument("--longest", type=int, default=max(TEXTS), help="characters of the longest text")
    options.add_argument("--threads", type=int, default=2)
    options.add_argument("--voices", nargs="*", default=[], help="of the checkpoint, instead of its best one")
    options.add_argument("--untouched", action="store_true", help="the models' own output, untrimmed")
    options.add_argument("--without", nargs="*", default=[], help="contestants to leave out: first, kokoro, espeak")
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    ear = Ear(chosen.whisper, chosen.threads)
    sentences = (HERE / "sentences.txt").read_text(encoding="utf-8").splitlines()[: chosen.sentences]
    print(f"{machine()}; {len(sentences)} sentences, Whisper {Path(chosen.whisper).name}\n")
    checkpoints, contestants = {}, {}
    if "first" not in chosen.without:
        first = load_checkpoint("builtin")
        checkpoints[first.name] = first
    if chosen.checkpoint and "kokoro" not in chosen.without:
        checkpoint = load_checkpoint(chosen.checkpoint)
        checkpoints[f"{checkpoint.name}, {checkpoint.voices.default}, {checkpoint.model.setting}"] = checkpoint
        if "voices" in chosen.parts:
            voices_heard.print_table(ear, checkpoint, chosen.checkpoint, sentences)
    contestants = {
        f"{name}, {voice}" if voice else name: speaker(checkpoint, voice, chosen.untouched)
        for name, checkpoint in checkpoints.items()
        for voice in (chosen.voices if chosen.voices and len(checkpoint.voices.names()) > 1 else [""])
    }
    if "first" in chosen.parts:
        extra = {} if "espeak" in chosen.without else {"eSpeak NG, en-us": espeak_speaker()}
        print_first(ear, contestants | extra, sentences)
    if "speeds" in chosen.parts:
        print_speeds(ear, contestants, sentences)
    if "answers" in chosen.parts:
        print_answers(ear, contestants, "answers of one word", dict.fromkeys(ANSWERS, ()))
    if "short" in chosen.parts:
        print_answers(ear, contestants, "very short texts", SHORT)
    if "lengths" in chosen.parts:
        print_lengths(ear, checkpoints, sentences)
    if "texts" in chosen.parts:
        print_texts(ear, contestants, chosen.longest)


def espeak_speaker() -> Say:
    """Speak with eSpeak NG's American English."""
    espeak = Espeak()
    return lambda text, speed: (espeak.say(text, speed), espeak.sample_rate)


if __name__ == "__main__":
    main()
