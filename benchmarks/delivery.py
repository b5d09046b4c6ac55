"""How is a text delivered? ``python -m benchmarks.delivery`` prints one Markdown table.

Silence before the first sound and after the last, in one-word answers; the words before joins inside a sentence,
against what the model gives them in the unbroken sentence; the loudness of voices; with ``--whisper FOLDER`` also how
far the times of words are from those of a recogniser. Needs real weights (KOKORO_CHECKPOINT).
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch

from benchmarks.loudness import loudness
from kokoro_demo.audio import audible_span
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize
from kokoro_demo.g2p.pronunciation import Pronunciation
from kokoro_demo.model import Kokoro
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.phrasing import plan_phrases
from kokoro_demo.synthesis.synthesizer import Synthesizer

VOICES = ("af_heart", "af_nova", "am_michael", "bf_emma", "bf_isabella", "bm_george")
# They begin and end with the sounds that a threshold loses first.
ANSWERS = ("Fish.", "Half.", "Stop.", "Think.", "House.", "Please.", "Time.")
TEXTS = (
    "The river had been rising since early morning, and by noon the water stood within a foot of the bridge.",
    "She opened the window and looked out. The garden was full of birds, and nobody had fed them.",
)
PROSE = Path(__file__).with_name("running_text.txt")
HEARD_RATE = 16_000
# Symbols that one utterance of the model can hold.
WHOLE = 510


def edges(synthesizer: Synthesizer, voice: str, untouched: bool) -> Iterator[tuple[float, float]]:
    """The seconds of silence before and after each answer."""
    for answer in ANSWERS:
        speech = synthesizer.speak(SpeechRequest(answer, voice, untouched=untouched))
        first, last = audible_span(speech.audio, speech.sample_rate)
        yield first / speech.sample_rate, (len(speech.audio) - last) / speech.sample_rate


def stretches(checkpoint: Checkpoint, voice: str, sentences: list[str]) -> Iterator[float]:
    """For each join inside a sentence, how many times as long the word before it is as in the unbroken sentence."""
    for sentence in sentences:
        reading = phonemize(sentence, checkpoint.voices.info(voice).language)
        if len(reading.phonemes) > WHOLE:
            continue
        whole = durations(checkpoint, voice, reading.phonemes)
        for phrase in plan_phrases(reading, 1.0)[:-1]:
            parted = durations(checkpoint, voice, reading.phonemes[phrase.start : phrase.end])
            start, end = last_word(reading, phrase.end)
            yield parted[start - phrase.start : end - phrase.start].sum() / whole[start:end].sum()


def last_word(reading: Pronunciation, end: int) -> tuple[int, int]:
    """The symbols of the last word before `end`."""
    return next(
        word.phoneme_span for word in reversed(reading.words) if word.phoneme_span[0] < min(end, word.phoneme_span[1])
    )


def durations(checkpoint: Checkpoint, voice: str, phonemes: str) -> np.ndarray:
    """What the model gives each symbol, in frames."""
    model = checkpoint.model
    assert isinstance(model, Kokoro), "prosody alone is a Kokoro model's"
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phonemes), 0]])
    with torch.inference_mode():
        found = model.prosody(ids, checkpoint.voices[voice][len(phonemes) - 1].reshape(1, -1)).durations
    return found.flatten()[1:-1].numpy()


def first_sentences() -> list[str]:
    """The sentences of the running text."""
    parts = re.split(r"(?<=[.!?]”) |(?<=[.!?]) |\n+", PROSE.read_text(encoding="utf-8"))
    return [part.strip() for part in parts if part.strip()]


def word_time_errors(synthesizer: Synthesizer, voice: str, whisper: str) -> Iterator[float]:
    """By how many seconds the start of each word differs from what the recogniser finds."""
    from faster_whisper import WhisperModel
    from scipy.signal import resample_poly

    ear = WhisperModel(whisper, device="cpu", compute_type="int8", cpu_threads=2)
    for text in TEXTS:
        speech = synthesizer.speak(SpeechRequest(text, voice))
        sound = resample_poly(speech.audio, HEARD_RATE, speech.sample_rate).astype(np.float32)
        segments, _ = ear.transcribe(sound, language="en", word_timestamps=True)
        heard = [word for segment in segments for word in segment.words or ()]
        spoken = [(word.text, word.start) for word in speech.words]
        if [plain(word.word) for word in heard] == [plain(word) for word, _ in spoken]:
            yield from (abs(word.start - start) for word, (_, start) in zip(heard, spoken, strict=True))


def plain(word: str) -> str:
    """A word by its letters alone."""
    return re.sub(r"[^a-z]", "", word.lower())


def spread(values: np.ndarray) -> str:
    """Median and range."""
    return f"{np.median(values):.2f} ({values.min():.2f} to {values.max():.2f})"


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.delivery", description=__doc__)
    options.add_argument("--whisper", help="the folder of a model for faster-whisper")
    options.add_argument("--sentences", type=int, default=60)
    options.add_argument("--voices", nargs="*", default=list(VOICES))
    chosen = options.parse_args()
    checkpoint = load_checkpoint()
    synthesizer = Synthesizer(checkpoint, made=PhraseCache(kept_bytes=200_000_000))
    print(f"{len(chosen.voices)} voices: {', '.join(chosen.voices)}\n")
    print("| | as the model gives it | as it is spoken |\n|---|---|---|")
    found = [
        np.array([pair for voice in chosen.voices for pair in edges(synthesizer, voice, untouched)])
        for untouched in (True, False)
    ]
    for column, name in enumerate(("silence before the first sound, s", "silence after the last sound, s")):
        print(f"| {name} | {' | '.join(spread(pairs[:, column]) for pairs in found)} |", flush=True)
    levels = [
        np.array(
            [
                loudness(synthesizer.speak(SpeechRequest(TEXTS[0], voice, even_loudness=even)).audio)
                for voice in chosen.voices
            ]
        )
        for even in (False, True)
    ]
    print(f"| loudness of the voices, LUFS; second column: even | {' | '.join(map(spread, levels))} |", flush=True)
    sentences = first_sentences()[: chosen.sentences]
    ratios = np.array(list(stretches(checkpoint, chosen.voices[0], sentences)))
    joins = f"{len(ratios)} joins in {len(sentences)} sentences"
    print(f"| the word before a join: {joins} | 1.00 | {spread(ratios) if len(ratios) else '1.00'} |", flush=True)
    if chosen.whisper:
        errors = np.array(
            [error for voice in chosen.voices for error in word_time_errors(synthesizer, voice, chosen.whisper)]
        )
        message = f"{np.median(errors):.3f}, 95% below {np.percentile(errors, 95):.3f}"
        print(f"| error of the times of {len(errors)} words, s: median | | {message} |")


if __name__ == "__main__":
    main()
