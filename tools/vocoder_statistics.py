"""Fits the forecast of the vocoder's AdaIN statistics, with which utterances can be generated in pieces.

``python -m tools.vocoder_statistics gather DATA`` speaks phrases in every voice of Kokoro, in the voice's own language,
or in English if that cannot be read here, and writes the measured statistics, one file for each phrase. ``learn DATA``
fits ``kokoro_demo/model/forecast.npz`` to them. ``level LEVELS`` then speaks other sentences, exactly and with
predicted statistics, and ``gain LEVELS`` gives each voice in that file the gain that makes both equally loud. If
``gather`` or ``level`` is interrupted, it can be resumed; ``--voices`` divides the work between processes. ``learn``
and ``gain`` print the SHA-256 for ``kokoro_demo/model/forecast.py``. KOKORO_CHECKPOINT names the checkpoint.
`benchmarks.pieces` compares the result with exact speech.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
import io
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize, split_phrases
from kokoro_demo.languages import BY_CODE
from kokoro_demo.model import Kokoro
from kokoro_demo.model.adain_statistics import fixed_statistics, forecast_inputs, measure_statistics
from kokoro_demo.model.fast import FastDecoder, FastVocoder
from kokoro_demo.model.forecast import FILE, Forecast, digest_of, style_key
from kokoro_demo.voices.catalogue import catalogue
from tools.forecast_fit import fit, shrunk

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# Training sentences, one on each line.
ENGLISH = BENCHMARKS / "sentences.txt"
OTHERS = Path(__file__).with_name("sentences_by_language.tsv")
# English sentences that nothing is learned from, to measure loudness.
LEVELS = Path(__file__).with_name("level_sentences.txt")
SEED = 21
# Mostly short phrases, since the statistics of long ones vary less and take longer to compute.
MIN_SYMBOLS, MAX_SYMBOLS = 40, 160
MIN_WORDS, MAX_WORDS = 8, 20
MAX_LEVELS = 16
PUNCTUATION = ".,;:!?¿¡।"
# Of an amplitude whose natural logarithm is 1.
DECIBELS = 20 / np.log(10)


class Observation(NamedTuple):
    """The inputs of the forecast for one utterance, and its measured statistics (`adain_statistics`)."""

    known: NDArray[np.float32]
    statistics: NDArray[np.float32]


def language_of(voice: str) -> str:
    """Return the language for a voice: its own, or American English if that cannot be read here."""
    language = BY_CODE[catalogue()[voice].language]
    return language.code if language.is_read else "en-us"


@functools.cache
def sentences_of(language: str) -> list[str]:
    """Return the training sentences in a language."""
    if BY_CODE[language].front_end == "english":
        return ENGLISH.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in OTHERS.read_text(encoding="utf-8").splitlines()[1:])
    return [sentence for code, sentence in rows if code == language]


def text_of(draw: random.Random, language: str) -> str:
    """Return one or two sentences, or their words in random order, so that all sounds occur in all contexts."""
    sentences = sentences_of(language)
    words = [word.strip(PUNCTUATION) for word in " ".join(sentences).lower().split()]
    if draw.random() < 0.4 or BY_CODE[language].script not in ("latin", "devanagari"):
        return " ".join(draw.sample(sentences, draw.randint(1, 2)))
    chosen = draw.sample(words, draw.randint(MIN_WORDS, MAX_WORDS))
    marked = [word + draw.choice([","] + [""] * 6) for word in chosen[:-1]]
    return " ".join([*marked, chosen[-1]]).capitalize() + draw.choice(".!?")


def phrases_of(text: str, language: str) -> list[str]:
    """Return the phrases of suitable length in a text, as phonemes."""
    phonemes = phonemize(text, language).phonemes
    phrases = [phonemes[start:end] for start, end in split_phrases(phonemes)]
    return [phrase for phrase in phrases if MIN_SYMBOLS <= len(phrase) <= MAX_SYMBOLS]


def phrase_of(voice: str, place: int) -> tuple[str, int]:
    """Return the phrase with this number for a voice, as phonemes, and the seed of its noise."""
    draw = random.Random(f"{voice} {place} {SEED}")
    language, phrases = language_of(voice), list[str]()
    while not phrases:
        phrases = phrases_of(text_of(draw, language), language)
    return draw.choice(phrases), draw.randrange(2**32)


class VocoderInput(NamedTuple):
    """The vocoder's inputs for a phrase, and those of the forecast."""

    vocoder: FastVocoder
    x: torch.Tensor
    source: torch.Tensor
    timbre: torch.Tensor
    known: torch.Tensor


@torch.inference_mode()
def vocoder_input(checkpoint: Checkpoint, voice: str, phrase: str, seed: int) -> VocoderInput:
    """Compute the vocoder's inputs for a phrase, given as phonemes."""
    model, decoder = parts_of(checkpoint)
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phrase), 0]])
    style = checkpoint.voices[voice][len(phrase) - 1].reshape(1, -1)
    prosody, timbre = model.prosody(ids, style), style[:, : model.config.style_dim]
    x = decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
    source = decoder.generator.source_rows(prosody.f0, model.draw_noise(prosody.f0, seed))
    known = forecast_inputs(decoder.generator, x, source, prosody.f0, prosody.energy)
    return VocoderInput(decoder.generator, x, source, timbre, known)


def parts_of(checkpoint: Checkpoint) -> tuple[Kokoro, FastDecoder]:
    """Return the model and its decoder, which must be Kokoro's in the fast form."""
    model = checkpoint.model
    if not isinstance(model, Kokoro) or not isinstance(decoder := model.decoder, FastDecoder):
        raise SystemExit(f"{checkpoint.name} is not a Kokoro checkpoint.")
    return model, decoder


@torch.inference_mode()
def observe(checkpoint: Checkpoint, voice: str, phrase: str, seed: int) -> Observation:
    """Speak a phrase exactly, and measure its statistics."""
    spoken = vocoder_input(checkpoint, voice, phrase, seed)
    _, statistics = measure_statistics(spoken.vocoder, spoken.x, spoken.source, spoken.timbre)
    return Observation(spoken.known.numpy(), statistics.numpy())


def gather(checkpoint: Checkpoint, folder: Path, names: Sequence[str], count: int) -> None:
    """Measure `count` phrases of each voice, one phrase of every voice at a time; those already in `folder` are
    skipped."""
    begun, made = time.monotonic(), 0
    for place in range(count):
        for voice in names:
            path = folder / voice / f"{place:03}.npz"
            if path.exists():
                continue
            observed = observe(checkpoint, voice, *phrase_of(voice, place))
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, observed._asdict())
            made += 1
        print(f"{place + 1} phrases for each voice, {made} new in {time.monotonic() - begun:.0f} s", flush=True)


def write(path: Path, arrays: Mapping[str, Any]) -> None:
    """Write arrays to a file atomically."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (partial := path.with_suffix(".part")).open("wb") as file:
        np.savez(file, **arrays)
    partial.rename(path)


def learn(folders: Sequence[Path], checkpoint: Checkpoint) -> dict[str, NDArray[Any]]:
    """Fit a `Forecast` to the observations in `folders`; all gains are 1."""
    names = [name for name in catalogue() if any(files_of(folders, name))]
    observations, owners = list[Observation](), list[int]()
    for number, voice in enumerate(names):
        for path in files_of(folders, voice):
            with np.load(path, allow_pickle=False) as file:
                observations.append(Observation(file["known"], file["statistics"]))
            owners.append(number)
    known = np.stack([observation.known for observation in observations])
    statistics = np.stack([observation.statistics for observation in observations])
    arrays = fit(known, statistics, np.array(owners))
    _, decoder = parts_of(checkpoint)
    packs = [checkpoint.voices[name] for name in names]
    arrays["styles"] = np.array([[style_key(row.reshape(1, -1)) for row in pack] for pack in packs], np.uint64)
    arrays["weights"] = np.array(digest_of(decoder.generator))
    arrays["gains"] = np.ones(len(names), np.float32)
    return arrays


def files_of(folders: Sequence[Path], voice: str) -> Iterator[Path]:
    """Yield the files with a voice's observations."""
    for folder in folders:
        yield from sorted((folder / voice).glob("*.npz"))


@functools.cache
def level_phrases(language: str) -> list[str]:
    """Return the phrases by which loudness is measured, as phonemes."""
    english = BY_CODE[language].front_end == "english"
    texts = LEVELS.read_text(encoding="utf-8").splitlines() if english else sentences_of(language)
    spoken = [phonemize(text, language).phonemes for text in texts]
    return [text[start:end] for text in spoken for start, end in split_phrases(text) if end - start >= MIN_SYMBOLS]


def level(
    checkpoint: Checkpoint, arrays: Mapping[str, NDArray[Any]], folder: Path, names: Sequence[str], limit: int
) -> None:
    """Measure the natural logarithm of the gain that would make each phrase of these voices as loud as the exact one.

    arrays: from `learn`; gains are ignored. folder: measurements are written there; those already made with the same
    forecast are kept. limit: of phrases for each voice.
    """
    forecast = Forecast({**arrays, "gains": np.ones(len(arrays["gains"]), np.float32)})
    for place in range(limit):
        for voice in names:
            path, phrases = folder / voice / f"{place:03}.npz", level_phrases(language_of(voice))
            if place < len(phrases) and not np.isfinite(level_in(path, arrays)):
                value = level_of(checkpoint, forecast, voice, phrases[place], place)
                write(path, {"level": value, "forecast": forecast_digest(arrays)})
        print(f"{place + 1} phrases for each voice", flush=True)


def level_in(path: Path, arrays: Mapping[str, NDArray[Any]]) -> float:
    """Return the level in a file; NaN if there is none that was measured with this forecast."""
    if not path.exists():
        return np.nan
    with np.load(path, allow_pickle=False) as kept:
        return float(kept["level"]) if str(kept["forecast"]) == forecast_digest(arrays) else np.nan


def forecast_digest(arrays: Mapping[str, NDArray[Any]]) -> str:
    """Return a digest of a forecast without its gains."""
    return hashlib.sha256(b"".join(arrays[name].tobytes() for name in sorted(arrays) if name != "gains")).hexdigest()


@torch.inference_mode()
def level_of(checkpoint: Checkpoint, forecast: Forecast, voice: str, phrase: str, seed: int) -> float:
    """Return the natural logarithm of the level of an exact phrase relative to that with predicted statistics."""
    spoken = vocoder_input(checkpoint, voice, phrase, seed)
    number = forecast.voice_of(checkpoint.voices[voice][len(phrase) - 1].reshape(1, -1))
    if number is None:
        raise SystemExit(f"The forecast does not know {voice}. Gather and learn first.")
    whole, _ = measure_statistics(spoken.vocoder, spoken.x, spoken.source, spoken.timbre)
    normalise = fixed_statistics(spoken.vocoder, forecast.statistics(spoken.known, number), spoken.timbre)
    predicted = spoken.vocoder.vocode_rows(spoken.x, spoken.source, normalise)
    return 0.5 * float((whole.double().square().sum() / predicted.double().square().sum()).log())


def gains(folder: Path, arrays: Mapping[str, NDArray[Any]], names: Sequence[str]) -> NDArray[np.float32]:
    """Return the gain of each of these voices from the levels in `folder`, (V,)."""
    levels = np.full((len(names), MAX_LEVELS), np.nan)
    for number, name in enumerate(names):
        for place in range(MAX_LEVELS):
            levels[number, place] = level_in(folder / name / f"{place:03}.npz", arrays)
    if not np.isfinite(levels).any():
        raise SystemExit(f"No levels of this forecast are in {folder}. Measure them first with `level`.")
    log_gains = shrunk(levels)
    for name, voice_levels, log_gain in zip(names, levels, log_gains, strict=True):
        measured = DECIBELS * voice_levels[np.isfinite(voice_levels)]
        mean = f"{measured.mean():+.2f} dB" if len(measured) else "not measured"
        print(f"{name}: {mean} in {len(measured)} phrases, gain {DECIBELS * log_gain:+.2f} dB")
    return np.exp(log_gains).astype(np.float32)


def save(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the forecast's file in the package."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # of a flag that no array has the name of
    content = buffer.getvalue()
    FILE.write_bytes(content)
    print(f"{FILE}: {len(content) / 1e6:.2f} MB, SHA-256 {hashlib.sha256(content).hexdigest()}")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tools.vocoder_statistics", description=__doc__)
    options.add_argument("task", choices=["gather", "learn", "level", "gain"])
    options.add_argument("data", type=Path, nargs="+", help="a folder of measurements; learn takes several")
    options.add_argument(
        "--count", type=int, default=32, help=f"phrases a voice, of which level uses {MAX_LEVELS} at most"
    )
    options.add_argument("--voices", nargs="*", help="those to gather or to measure; all by default")
    options.add_argument("--threads", type=int, default=1)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    checkpoint, names = load_checkpoint(), chosen.voices or list(catalogue())
    if chosen.task == "gather":
        gather(checkpoint, chosen.data[0], names, chosen.count)
        return
    if chosen.task == "learn":
        save(learn(chosen.data, checkpoint))
        return
    with np.load(FILE, allow_pickle=False) as file:
        arrays = dict(file)
    if chosen.task == "level":
        level(checkpoint, arrays, chosen.data[0], names, min(chosen.count, MAX_LEVELS))
    else:
        save({**arrays, "gains": gains(chosen.data[0], arrays, list(catalogue()))})


if __name__ == "__main__":
    main()
