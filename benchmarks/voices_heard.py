"""Six voices of a checkpoint with this package and with kokoro 0.9.4: the table ``voices`` of `benchmarks.listening`.

Both speak the same phonemes with the same weights. The reference speaks each sentence with all of the model's silence;
the times of its words follow the rule of its own pipeline.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from benchmarks import peers
from benchmarks.ear import Ear, Heard, quality, word_error_rate
from benchmarks.loudness import loudness
from benchmarks.pauses import PAIRS, pause_at, text_with
from kokoro_demo.audio import audible_span
from kokoro_demo.checkpoints.checkpoint import Checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.phrases import MAX_SYMBOLS
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.model import Kokoro
from kokoro_demo.speech import SAMPLE_RATE, SpeechRequest
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.phrasing import GAPS, plan_phrases
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.voices.loudness import even_gain
from tests.model import reference

VOICES = ("af_heart", "af_nova", "am_michael", "bf_emma", "bf_isabella", "bm_george")
PROSE = Path(__file__).with_name("running_text.txt")
# The number of sentences of the running text whose joins are measured, and the least clauses of a long one.
JOIN_SENTENCES, CLAUSES = 60, 4
MARKS = ".;—,"


class Spoken(NamedTuple):
    """A sentence: (samples,) at 24 kHz, and when each of its words begins, in seconds."""

    audio: NDArray[np.float32]
    starts: list[float]


class Results(NamedTuple):
    """The results of one contestant, one value for each sentence. loudness: in LUFS, one value for each voice."""

    heard: list[Heard]
    judged: list[tuple[float, float]]
    before: list[float]
    after: list[float]
    time_errors: list[float]
    loudness: dict[str, float]


def print_table(ear: Ear, checkpoint: Checkpoint, source: str, sentences: Sequence[str]) -> None:
    """Print one table: this package and, if it is installed, the reference."""
    results = {f"this package, {checkpoint.model.setting}": measured(ear, our_speaker(checkpoint), sentences)}
    if reference.installed():
        results[peers.REFERENCE] = measured(ear, reference_speaker(checkpoint, source), sentences)
    print(f"| {len(VOICES)} voices, {len(sentences)} sentences in turn | {' | '.join(results)} |")
    print(f"|---{'|---' * len(results)}|")
    columns: Mapping[str, Callable[[Results], str]] = {
        "word error rate": lambda result: f"{word_error_rate(result.heard):.1%}",
        "DNSMOS overall": lambda result: f"{np.mean([overall for overall, _ in result.judged]):.2f}",
        "DNSMOS P.808": lambda result: f"{np.mean([p808 for _, p808 in result.judged]):.2f}",
        "silence before the first sound, s: median (range)": lambda result: spread(result.before),
        "silence after the last sound, s": lambda result: spread(result.after),
        "start of a word against the recogniser's, s: median, 95th percentile": lambda result: percentiles(
            result.time_errors
        ),
        "loudness of the voices, LUFS": lambda result: span(list(result.loudness.values())),
    }
    for name, cell in columns.items():
        print(f"| {name} | {' | '.join(cell(result) for result in results.values())} |", flush=True)
    unbroken = [""] * (len(results) - 1)
    ours = next(iter(results.values()))
    even = [value + 20 * np.log10(even_gain(voice)) for voice, value in ours.loudness.items()]
    print_row("the same with `even_loudness`", span(even), *unbroken)
    for what, sentences in (("first", first_sentences()), ("long", long_sentences())):
        ratios = list(stretches(checkpoint, sentences[:JOIN_SENTENCES]))
        count = f"{len(ratios)} joins in {JOIN_SENTENCES} {what} sentences"
        name = f"the word before a join, times its length unbroken ({count})"
        print_row(name, spread(ratios) if ratios else "no joins", *(["1.00"] * len(unbroken)))
    for mark in MARKS:
        pauses = [unbroken_pause(checkpoint, voice, mark) for voice in VOICES]
        print_row(f"pause at `{mark}`, s", f"{GAPS[mark]:.2f}", *([f"{statistics.median(pauses):.2f}"] * len(unbroken)))


def print_row(name: str, *cells: str) -> None:
    """Print a row of the table."""
    print(f"| {name} | {' | '.join(cells)} |", flush=True)


def measured(ear: Ear, say: Callable[[str, str], Spoken], sentences: Sequence[str]) -> Results:
    """Speak and measure the sentences, each in the next voice."""
    results = Results([], [], [], [], [], {})
    sounds: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
    for index, text in enumerate(sentences):
        voice = VOICES[index % len(VOICES)]
        audio, starts = say(text, voice)
        heard = ear.hear(text, audio, SAMPLE_RATE, times=True)
        results.heard.append(heard)
        results.judged.append(quality(audio, SAMPLE_RATE))
        first, last = audible_span(audio, SAMPLE_RATE)
        results.before.append(first / SAMPLE_RATE)
        results.after.append((len(audio) - last) / SAMPLE_RATE)
        if heard.times is not None and len(heard.times) == len(starts):
            results.time_errors.extend(abs(ours - theirs) for ours, theirs in zip(starts, heard.times, strict=True))
        sounds[voice].append(audio)
    results.loudness.update({voice: loudness(np.concatenate(parts)) for voice, parts in sounds.items()})
    return results


def our_speaker(checkpoint: Checkpoint) -> Callable[[str, str], Spoken]:
    """This package, with its defaults."""
    synthesizer = Synthesizer(checkpoint, cache=PhraseCache(kept_bytes=0))

    def say(text: str, voice: str) -> Spoken:
        speech = synthesizer.speak(SpeechRequest(text, voice))
        return Spoken(speech.audio, [word.start or 0.0 for word in speech.words])

    return say


def reference_speaker(checkpoint: Checkpoint, source: str) -> Callable[[str, str], Spoken]:
    """kokoro 0.9.4 with the same weights and phonemes."""
    model = reference.load_reference(peers.plain_model(source))

    def say(text: str, voice: str) -> Spoken:
        pronunciation = phonemize(text, checkpoint.voices.info(voice).language)
        with torch.inference_mode():
            audio, frames = model.forward_with_tokens(*inputs(checkpoint, voice, pronunciation.phonemes), 1.0)
        return Spoken(audio.flatten().numpy(), list(reference_starts(pronunciation, frames.flatten().tolist())))

    return say


def reference_starts(pronunciation: Pronunciation, frames: Sequence[int]) -> Iterator[float]:
    """Yield when each word begins, by the rule of `KPipeline.join_timestamps` in kokoro 0.9.4: in half frames of 12.5
    ms, three frames early, and from the middle of the space before it."""
    for word in pronunciation.words:
        first = word.phoneme_span[0]
        halves = 2 * max(0, frames[0] - 3) + 2 * sum(frames[1 : first + 1])
        if first and pronunciation.phonemes[first - 1] == " ":
            halves -= frames[first]
        yield halves / 80


def inputs(checkpoint: Checkpoint, voice: str, phonemes: str) -> tuple[torch.Tensor, torch.Tensor]:
    """Return the ids with their padding tokens, and the style."""
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    return ids, checkpoint.voices[voice][len(phonemes) - 1].reshape(1, -1)


def unbroken_pause(checkpoint: Checkpoint, voice: str, mark: str) -> float:
    """Return the seconds of silence that the model leaves at a mark within an utterance."""
    pair = PAIRS[(VOICES.index(voice) + MARKS.index(mark)) % len(PAIRS)]
    pronunciation = phonemize(text_with(mark, *pair), checkpoint.voices.info(voice).language)
    return pause_at(checkpoint, voice, pronunciation.phonemes, mark)


def stretches(checkpoint: Checkpoint, sentences: Sequence[str]) -> Iterator[float]:
    """Yield, for each join inside a sentence, the length of the word before it relative to the unbroken sentence. Each
    sentence is spoken in the next voice."""
    for voice, sentence in zip(itertools.cycle(VOICES), sentences):
        pronunciation = phonemize(sentence, checkpoint.voices.info(voice).language)
        *parted, _ = plan_phrases(pronunciation, 1.0)
        if not parted or len(pronunciation.phonemes) > MAX_SYMBOLS:
            continue
        whole = durations(checkpoint, voice, pronunciation.phonemes)
        for phrase in parted:
            phrase_durations = durations(checkpoint, voice, pronunciation.phonemes[phrase.start : phrase.end])
            start, end = last_word(pronunciation, phrase.end)
            yield phrase_durations[start - phrase.start : end - phrase.start].sum() / whole[start:end].sum()


def last_word(pronunciation: Pronunciation, end: int) -> tuple[int, int]:
    """Return the span of the last word before `end`, in symbols."""
    return next(
        word.phoneme_span
        for word in reversed(pronunciation.words)
        if word.phoneme_span[0] < min(end, word.phoneme_span[1])
    )


def durations(checkpoint: Checkpoint, voice: str, phonemes: str) -> NDArray[Any]:
    """Return the model's durations of the symbols, in frames of 25 ms."""
    model = checkpoint.model
    assert isinstance(model, Kokoro), "only a Kokoro model has a separate prosody"
    with torch.inference_mode():
        frames = model.prosody(*inputs(checkpoint, voice, phonemes)).durations
    return frames.flatten()[1:-1].numpy()


def first_sentences() -> list[str]:
    """Return the sentences of the running text."""
    parts = re.split(r"(?<=[.!?]”) |(?<=[.!?]) |\n+", PROSE.read_text(encoding="utf-8"))
    return [part.strip() for part in parts if part.strip()]


def long_sentences() -> list[str]:
    """Return long sentences: each plain one of the running text, joined with the next ones by "and"."""
    plain = [sentence[:-1] for sentence in first_sentences() if re.fullmatch(r"[^“”.!?]+\.", sentence)]
    places = range(len(plain))
    return [", and ".join(plain[(place + step) % len(plain)] for step in range(CLAUSES)) + "." for place in places]


def spread(values: Sequence[float]) -> str:
    """The median and the range."""
    return f"{np.median(values):.2f} ({min(values):.2f} to {max(values):.2f})"


def span(values: Sequence[float]) -> str:
    """The minimum, the maximum, and their difference."""
    return f"{min(values):.1f} to {max(values):.1f} ({max(values) - min(values):.1f} dB)"


def percentiles(values: Sequence[float]) -> str:
    """The median and the 95th percentile."""
    if not values:
        return "no words"
    return f"{np.median(values):.3f}, {np.percentile(values, 95):.3f} ({len(values)} words)"
