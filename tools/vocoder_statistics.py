"""Learns to foretell the statistics of the vocoder's AdaIN, so that utterances can be voiced in pieces.

``python -m tools.vocoder_statistics gather DATA`` speaks phrases in every voice of Kokoro, in the voice's own language
if it can be read here and in English if not, and writes down what was found, one file each. ``learn DATA`` makes
``kokoro_demo/model/forecast.npz`` of them. ``level LEVELS`` then speaks sentences that nothing was learned from, whole
and with what is foretold, and gives each voice in that file the gain that makes both as loud. Gathering and measuring
levels go on where they were stopped; ``--voices`` lets several processes share the work, and ``level`` without it
finishes. The last two print the SHA-256 for ``kokoro_demo/model/forecast.py``. KOKORO_CHECKPOINT names the checkpoint.
`benchmarks.pieces` compares the sound with the exact one.
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
from kokoro_demo.model.adain_statistics import fixed, known_beforehand, measured
from kokoro_demo.model.fast import FastDecoder, FastVocoder
from kokoro_demo.model.forecast import FILE, Forecast, digest_of, style_key
from kokoro_demo.voices.catalogue import catalogue

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# What is learned from; the prose of `benchmarks.pieces` is kept out of it.
ENGLISH = BENCHMARKS / "sentences.txt"
OTHERS = Path(__file__).with_name("sentences_by_language.tsv")
# What English voices are made as loud by, one sentence a line.
LEVELS = Path(__file__).with_name("level_sentences.txt")
SEED = 21
# Most phrases are rather short: the statistics of long ones vary less, and cost more to find.
FEWEST_SYMBOLS, MOST_SYMBOLS = 40, 160
FEWEST_WORDS, MOST_WORDS = 8, 20
MOST_LEVELS = 16
PUNCTUATION = ".,;:!?¿¡।"
# Principal components of the inputs that all voices share, those that each voice has slopes of its own for, the ridge,
# and the components of the outputs.
SHARED, OWN, RIDGE, COMPONENTS = 320, 20, 30.0, 112


class Observation(NamedTuple):
    """What was known of an utterance beforehand, and the statistics that were found in it (`adain_statistics`)."""

    known: NDArray[np.float32]
    statistics: NDArray[np.float32]


def language_of(voice: str) -> str:
    """The language that a voice learns from: its own, or American English if that cannot be read here."""
    language = BY_CODE[catalogue()[voice].language]
    return language.code if language.is_read else "en-us"


@functools.cache
def sentences_of(language: str) -> list[str]:
    """What is spoken in a language."""
    if BY_CODE[language].front_end == "english":
        return ENGLISH.read_text(encoding="utf-8").splitlines()
    rows = (line.split("\t") for line in OTHERS.read_text(encoding="utf-8").splitlines()[1:])
    return [sentence for code, sentence in rows if code == language]


def text_of(draw: random.Random, language: str) -> str:
    """A sentence or two, or their words in any order: every sound in every company, at every length."""
    sentences = sentences_of(language)
    words = [word.strip(PUNCTUATION) for word in " ".join(sentences).lower().split()]
    if draw.random() < 0.4 or BY_CODE[language].script not in ("latin", "devanagari"):
        return " ".join(draw.sample(sentences, draw.randint(1, 2)))
    chosen = draw.sample(words, draw.randint(FEWEST_WORDS, MOST_WORDS))
    marked = [word + draw.choice([","] + [""] * 6) for word in chosen[:-1]]
    return " ".join([*marked, chosen[-1]]).capitalize() + draw.choice(".!?")


def phrases_of(text: str, language: str) -> list[str]:
    """The phrases that would be spoken, as phonemes."""
    phonemes = phonemize(text, language).phonemes
    phrases = [phonemes[start:end] for start, end in split_phrases(phonemes)]
    return [phrase for phrase in phrases if FEWEST_SYMBOLS <= len(phrase) <= MOST_SYMBOLS]


def phrase_of(voice: str, place: int) -> tuple[str, int]:
    """The phrase with this number in a voice, as phonemes, and the seed of its noise."""
    draw = random.Random(f"{voice} {place} {SEED}")
    language, found = language_of(voice), list[str]()
    while not found:
        found = phrases_of(text_of(draw, language), language)
    return draw.choice(found), draw.randrange(2**32)


class Entering(NamedTuple):
    """What enters the vocoder for a phrase, and what is known of it then."""

    vocoder: FastVocoder
    x: torch.Tensor
    source: torch.Tensor
    timbre: torch.Tensor
    known: torch.Tensor


@torch.inference_mode()
def enter_vocoder(checkpoint: Checkpoint, voice: str, phrase: str, seed: int) -> Entering:
    """A phrase, as phonemes, as far as the vocoder."""
    model, decoder = parts_of(checkpoint)
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phrase), 0]])
    style = checkpoint.voices[voice][len(phrase) - 1].reshape(1, -1)
    prosody, timbre = model.prosody(ids, style), style[:, : model.config.style_dim]
    x = decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
    source = decoder.generator.source_rows(prosody.f0, model.draw_noise(prosody.f0, seed))
    known = known_beforehand(decoder.generator, x, source, prosody.f0, prosody.energy)
    return Entering(decoder.generator, x, source, timbre, known)


def parts_of(checkpoint: Checkpoint) -> tuple[Kokoro, FastDecoder]:
    """The model and its decoder, if they are Kokoro's in the fast form."""
    model = checkpoint.model
    if not isinstance(model, Kokoro) or not isinstance(decoder := model.decoder, FastDecoder):
        raise SystemExit(f"{checkpoint.name} is not a Kokoro checkpoint.")
    return model, decoder


@torch.inference_mode()
def observe(checkpoint: Checkpoint, voice: str, phrase: str, seed: int) -> Observation:
    """Speak a phrase the exact way and write down what was found."""
    spoken = enter_vocoder(checkpoint, voice, phrase, seed)
    _, statistics = measured(spoken.vocoder, spoken.x, spoken.source, spoken.timbre)
    return Observation(spoken.known.numpy(), statistics.numpy())


def energy_of(waveform: torch.Tensor) -> float:
    """The sum of the squares of its samples."""
    return float(waveform.double().square().sum())


def gather(checkpoint: Checkpoint, folder: Path, names: Sequence[str], count: int) -> None:
    """`count` phrases of each of these voices, a round of all voices at a time; those that are in `folder` are left
    alone."""
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
        print(f"{place + 1} phrases a voice, {made} made in {time.monotonic() - begun:.0f} s", flush=True)


def write(path: Path, arrays: Mapping[str, Any]) -> None:
    """A file of arrays, which is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with (partial := path.with_suffix(".part")).open("wb") as file:
        np.savez(file, **arrays)
    partial.rename(path)


def learn(folders: Sequence[Path], checkpoint: Checkpoint) -> dict[str, NDArray[Any]]:
    """What a `Forecast` needs, from the observations in `folders`, with gains of 1."""
    names = [name for name in catalogue() if any(files_of(folders, name))]
    seen, owners = list[Observation](), list[int]()
    for number, voice in enumerate(names):
        for path in files_of(folders, voice):
            with np.load(path, allow_pickle=False) as arrays:
                seen.append(Observation(arrays["known"], arrays["statistics"]))
            owners.append(number)
    found = fit(np.stack([one.known for one in seen]), np.stack([one.statistics for one in seen]), np.array(owners))
    _, decoder = parts_of(checkpoint)
    packs = [checkpoint.voices[name] for name in names]
    found["styles"] = np.array([[style_key(row.reshape(1, -1)) for row in pack] for pack in packs], np.uint64)
    found["weights"] = np.array(digest_of(decoder.generator))
    found["gains"] = np.ones(len(names), np.float32)
    return found


def files_of(folders: Sequence[Path], voice: str) -> Iterator[Path]:
    """The observations of a voice."""
    for folder in folders:
        yield from sorted((folder / voice).glob("*.npz"))


@functools.cache
def level_phrases(language: str) -> list[str]:
    """The phrases that levels are measured with, as phonemes."""
    english = BY_CODE[language].front_end == "english"
    texts = LEVELS.read_text(encoding="utf-8").splitlines() if english else sentences_of(language)
    spoken = [phonemize(text, language).phonemes for text in texts]
    return [text[start:end] for text in spoken for start, end in split_phrases(text) if end - start >= FEWEST_SYMBOLS]


def level(
    checkpoint: Checkpoint, arrays: Mapping[str, NDArray[Any]], folder: Path, names: Sequence[str], most: int
) -> dict[str, list[float]]:
    """The natural logarithms of what phrases in these voices have to be multiplied by to be as loud as whole ones.

    arrays: as `learn` returns them; gains are left out of account. folder: levels that were measured with the same
    forecast are read from there, and others are written. most: phrases a voice.
    """
    forecast = Forecast({**arrays, "gains": np.ones(len(arrays["gains"]), np.float32)})
    learned = b"".join(arrays[name].tobytes() for name in sorted(arrays) if name != "gains")
    digest = hashlib.sha256(learned).hexdigest()
    found: dict[str, list[float]] = {name: [] for name in names}
    for place in range(most):
        for voice in names:
            phrases = level_phrases(language_of(voice))
            if place >= len(phrases):
                continue
            path = folder / voice / f"{place:03}.npz"
            if path.exists():
                with np.load(path, allow_pickle=False) as kept:
                    if str(kept["forecast"]) == digest:
                        found[voice].append(float(kept["level"]))
                        continue
            one = level_of(checkpoint, forecast, voice, phrases[place], place)
            write(path, {"level": one, "forecast": digest})
            found[voice].append(one)
        print(f"{place + 1} phrases a voice", flush=True)
    return found


@torch.inference_mode()
def level_of(checkpoint: Checkpoint, forecast: Forecast, voice: str, phrase: str, seed: int) -> float:
    """The natural logarithm of the level of a phrase, voiced whole against voiced with what is foretold."""
    spoken = enter_vocoder(checkpoint, voice, phrase, seed)
    number = forecast.voice_of(checkpoint.voices[voice][len(phrase) - 1].reshape(1, -1))
    if number is None:
        raise SystemExit(f"The forecast does not know {voice}. Gather and learn first.")
    whole, _ = measured(spoken.vocoder, spoken.x, spoken.source, spoken.timbre)
    normalise = fixed(spoken.vocoder, forecast.statistics(spoken.known, number), spoken.timbre)
    foretold = spoken.vocoder.voice(spoken.x, spoken.source, normalise)
    return 0.5 * float((whole.double().square().sum() / foretold.double().square().sum()).log())


def gains(levels: Mapping[str, Sequence[float]]) -> NDArray[np.float32]:
    """The gain of each voice, in order. levels: as `level` returns them."""
    for name, found in levels.items():
        decibels = 20 / np.log(10) * np.array(found)
        error = decibels.std(ddof=1) / np.sqrt(len(found))
        print(f"{name}: {decibels.mean():+.2f} dB, standard error {error:.2f} dB, {len(found)} phrases")
    return np.exp([np.mean(found) for found in levels.values()]).astype(np.float32)


def save(arrays: Mapping[str, NDArray[Any]]) -> None:
    """Write the package's file."""
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # of a flag that no array has the name of
    content = buffer.getvalue()
    FILE.write_bytes(content)
    print(f"{FILE}: {len(content) / 1e6:.2f} MB, SHA-256 {hashlib.sha256(content).hexdigest()}")


def fit(known: NDArray[Any], statistics: NDArray[Any], owners: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """What a `Forecast` needs but for `styles`, `weights` and `gains`.

    known: (observations, I), statistics: (observations, N), owners: (observations,), the number of each one's voice.

    A ridge regression from the principal components of the inputs, within voices: all voices share slopes for the first
    `SHARED`, and each has its own beside them for the first `OWN`. Of what it foretells, `COMPONENTS` are kept.
    """
    voices = int(owners.max()) + 1
    half = statistics.shape[1] // 2
    scale = np.exp(0.5 * statistics[:, half:].mean(axis=0))
    outputs = np.concatenate([statistics[:, :half] / scale, 0.5 * statistics[:, half:]], axis=1).astype(np.float64)
    usual = np.stack([outputs[owners == voice].mean(axis=0) for voice in range(voices)])
    outputs -= usual[owners]
    inputs_mean, known = known.mean(axis=0), known.astype(np.float64)
    own_means = np.stack([known[owners == voice].mean(axis=0) for voice in range(voices)])
    known -= own_means[owners]
    inputs_scale = known.std(axis=0) + 1e-6
    known /= inputs_scale
    _, sizes, directions = np.linalg.svd(known, full_matrices=False)
    shared = min(SHARED, int((sizes > 1e-6 * sizes[0]).sum()))
    own = min(OWN, shared)
    principal = directions[:shared].T / sizes[:shared] * np.sqrt(len(known))
    components = known @ principal
    apart = np.zeros((len(known), voices, own))
    apart[np.arange(len(known)), owners] = components[:, :own]
    design = np.concatenate([components, apart.reshape(len(known), -1)], axis=1)
    ridge = design.T @ design + RIDGE * np.eye(design.shape[1])
    slopes = np.linalg.solve(ridge, design.T @ outputs)
    # Of the foretold outputs, not of the slopes: the design's columns are not alike in size.
    gram = np.linalg.cholesky(design.T @ design + 1e-6 * np.eye(design.shape[1]))
    left, strengths, basis = np.linalg.svd(gram.T @ slopes, full_matrices=False)
    kept = min(COMPONENTS, len(strengths))
    left = np.linalg.solve(gram.T, left[:, :kept] * strengths[:kept])
    basis, basis_scale = quantised(basis[:kept], axis=1)
    usual_mean = usual.mean(axis=0)
    usual_voices, voices_scale = quantised(usual - usual_mean, axis=0)
    weights_shared, weights_own = left[:shared], left[shared:].reshape(voices, own, kept)
    own_inputs = (own_means - inputs_mean) / inputs_scale @ principal
    offsets = -(own_inputs @ weights_shared + np.einsum("vq,vqk->vk", own_inputs[:, :own], weights_own))
    # In float16, where what is small is lost: every component of the size of one.
    sizes = np.abs(weights_shared).max(axis=0)
    weights_shared, weights_own, offsets = weights_shared / sizes, weights_own / sizes, offsets / sizes
    return {
        "inputs_mean": inputs_mean.astype(np.float32),
        "inputs_scale": inputs_scale.astype(np.float32),
        "shared": (principal @ weights_shared).astype(np.float16),
        "principal": principal[:, :own].astype(np.float16),
        "slopes": weights_own.astype(np.float16),
        "offsets": offsets.astype(np.float32),
        "basis": basis,
        "basis_scale": basis_scale[:, 0] * sizes.astype(np.float32),
        "usual": usual_mean.astype(np.float32),
        "voices": usual_voices,
        "voices_scale": voices_scale[0],
        "scale": scale.astype(np.float32),
    }


def quantised(values: NDArray[Any], axis: int) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """The values in eight bits, and the scale of each row (axis 1) or column (axis 0)."""
    scale = np.abs(values).max(axis=axis, keepdims=True) / 127 + 1e-12
    return np.rint(values / scale).astype(np.int8), scale.astype(np.float32)


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m tools.vocoder_statistics", description=__doc__)
    options.add_argument("task", choices=["gather", "learn", "level"])
    options.add_argument("data", type=Path, nargs="+", help="a folder of what was found; learn takes several")
    options.add_argument("--count", type=int, default=32, help="phrases a voice, of which level takes 16 at most")
    options.add_argument("--voices", nargs="*", help="those to gather or to measure; all by default")
    options.add_argument("--threads", type=int, default=1)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    checkpoint, names = load_checkpoint(), chosen.voices or list(catalogue())
    if chosen.task == "gather":
        gather(checkpoint, chosen.data[0], names, chosen.count)
    elif chosen.task == "learn":
        save(learn(chosen.data, checkpoint))
    else:
        with np.load(FILE, allow_pickle=False) as file:
            arrays = dict(file)
        levels = level(checkpoint, arrays, chosen.data[0], names, min(chosen.count, MOST_LEVELS))
        if not chosen.voices:
            save({**arrays, "gains": gains(levels)})


if __name__ == "__main__":
    main()
