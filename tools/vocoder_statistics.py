"""Learns to foretell the statistics of the vocoder's AdaIN, so that utterances can be voiced in pieces.

``python -m tools.vocoder_statistics gather DATA`` speaks sentences in every English voice and writes down what was
found, one file each; it goes on where it was stopped. ``learn DATA`` makes ``kokoro_demo/model/forecast.npz`` of them
and prints its SHA-256 for ``kokoro_demo/model/forecast.py``. KOKORO_CHECKPOINT names the checkpoint.
`benchmarks.pieces` compares the sound with the exact one.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import random
import re
import time
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray

from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint
from kokoro_demo.g2p import phonemize, split_phrases
from kokoro_demo.model import Kokoro
from kokoro_demo.model.adain_statistics import known_beforehand, measured
from kokoro_demo.model.fast import FastDecoder
from kokoro_demo.model.forecast import FILE, digest_of, style_key
from kokoro_demo.voices.catalogue import catalogue

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
# What is learned from; the prose of `benchmarks.pieces` is kept out of it.
TAUGHT = BENCHMARKS / "sentences.txt"
SEED = 21
FEWEST_SYMBOLS, MOST_SYMBOLS = 25, 260
# Principal components of the inputs that all voices share, those that each voice has slopes of its own for, the ridge,
# and the components of the outputs.
SHARED, OWN, RIDGE, COMPONENTS = 320, 20, 30.0, 112


class Observation(NamedTuple):
    """What was known of an utterance beforehand, and the statistics that were found in it (`adain_statistics`)."""

    known: NDArray[np.float32]
    statistics: NDArray[np.float32]


def voices() -> list[str]:
    """The English ones."""
    return [name for name in catalogue() if name[0] in "ab"]


def phrases_of(text: str, language: str) -> list[str]:
    """The phrases that would be spoken, as phonemes."""
    parts = [part.strip() for part in re.split(r"(?<=[.!?]”) |(?<=[.!?]) |\n+", text)]
    found = list[str]()
    for part in filter(None, parts):
        phonemes = phonemize(part, language).phonemes
        found += [phonemes[start:end] for start, end in split_phrases(phonemes)]
    return [phrase for phrase in found if FEWEST_SYMBOLS <= len(phrase) <= MOST_SYMBOLS]


def language_of(voice: str) -> str:
    """British for the voices that begin with b."""
    return "en-gb" if voice.startswith("b") else "en-us"


@torch.inference_mode()
def observe(checkpoint: Checkpoint, voice: str, phrase: str, seed: int) -> Observation:
    """Speak a phrase the exact way and write down what was found."""
    model, decoder = parts_of(checkpoint)
    prosody, style = prosody_of(checkpoint, voice, phrase)
    timbre = style[:, : model.config.style_dim]
    x = decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
    source = decoder.generator.source_rows(prosody.f0, model.draw_noise(prosody.f0, seed))
    known = known_beforehand(decoder.generator, x, source, prosody.f0, prosody.energy)
    _, statistics = measured(decoder.generator, x, source, timbre)
    return Observation(known.numpy(), statistics.numpy())


def parts_of(checkpoint: Checkpoint) -> tuple[Kokoro, FastDecoder]:
    """The model and its decoder, if they are Kokoro's in the fast form."""
    model = checkpoint.model
    if not isinstance(model, Kokoro) or not isinstance(decoder := model.decoder, FastDecoder):
        raise SystemExit(f"{checkpoint.name} is not a Kokoro checkpoint.")
    return model, decoder


def prosody_of(checkpoint: Checkpoint, voice: str, phrase: str) -> tuple[Any, torch.Tensor]:
    """How a phrase is said, and the row of the voice's pack."""
    model, _ = parts_of(checkpoint)
    ids = torch.tensor([[0, *(checkpoint.config["vocab"][symbol] for symbol in phrase), 0]])
    style = checkpoint.voices[voice][len(phrase) - 1].reshape(1, -1)
    return model.prosody(ids, style), style


def gather(checkpoint: Checkpoint, folder: Path, count: int) -> None:
    """`count` phrases of each voice, a round of all voices at a time; those that are in `folder` are left alone."""
    begun, made = time.monotonic(), 0
    for place in range(count):
        for voice in voices():
            path = folder / voice / f"{place:03}.npz"
            if path.exists():
                continue
            draw = random.Random(f"{voice} {place} {SEED}")
            found = list[str]()
            while not found:
                found = phrases_of(text_of(draw), language_of(voice))
            observed = observe(checkpoint, voice, draw.choice(found), seed=draw.randrange(2**32))
            path.parent.mkdir(parents=True, exist_ok=True)
            with (partial := path.with_suffix(".part")).open("wb") as file:
                np.savez(file, known=observed.known, statistics=observed.statistics)
            partial.rename(path)
            made += 1
        print(f"{place + 1} phrases a voice, {made} made in {time.monotonic() - begun:.0f} s", flush=True)


def text_of(draw: random.Random) -> str:
    """Two or three sentences, or their words in any order: every sound in every company, at every length."""
    sentences = TAUGHT.read_text(encoding="utf-8").splitlines()
    if draw.random() < 0.3:
        return " ".join(draw.sample(sentences, draw.randint(1, 3)))
    words = draw.sample(re.findall(r"[a-z']+", " ".join(sentences)), draw.randint(6, 40))
    marked = [word + draw.choice([","] + [""] * 6) for word in words[:-1]]
    return " ".join([*marked, words[-1]]).capitalize() + draw.choice(".!?")


def learn(folder: Path, checkpoint: Checkpoint) -> bytes:
    """The file, from the observations in `folder`."""
    names = [voice for voice in voices() if any((folder / voice).glob("*.npz"))]
    seen, owners = list[Observation](), list[int]()
    for number, voice in enumerate(names):
        for path in sorted((folder / voice).glob("*.npz")):
            with np.load(path, allow_pickle=False) as arrays:
                seen.append(Observation(arrays["known"], arrays["statistics"]))
            owners.append(number)
    arrays = fit(np.stack([one.known for one in seen]), np.stack([one.statistics for one in seen]), np.array(owners))
    _, decoder = parts_of(checkpoint)
    packs = [checkpoint.voices[name] for name in names]
    arrays["styles"] = np.array([[style_key(row.reshape(1, -1)) for row in pack] for pack in packs], np.uint64)
    arrays["weights"] = np.array(digest_of(decoder.generator))
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]  # of a flag that no array has the name of
    return buffer.getvalue()


def fit(known: NDArray[Any], statistics: NDArray[Any], owners: NDArray[Any]) -> dict[str, NDArray[Any]]:
    """What a `Forecast` needs but for `styles` and `weights`.

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
    return {
        "inputs_mean": inputs_mean.astype(np.float32),
        "inputs_scale": inputs_scale.astype(np.float32),
        "shared": (principal @ weights_shared).astype(np.float32),
        "principal": principal[:, :own].astype(np.float32),
        "slopes": weights_own.astype(np.float32),
        "offsets": offsets.astype(np.float32),
        "basis": basis,
        "basis_scale": basis_scale[:, 0],
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
    options.add_argument("task", choices=["gather", "learn"])
    options.add_argument("data", type=Path, help="the folder of the observations")
    options.add_argument("--count", type=int, default=70, help="phrases a voice")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    checkpoint = load_checkpoint()
    if chosen.task == "gather":
        gather(checkpoint, chosen.data, chosen.count)
        return
    content = learn(chosen.data, checkpoint)
    FILE.write_bytes(content)
    print(f"{FILE}: {len(content) / 1e6:.2f} MB, SHA-256 {hashlib.sha256(content).hexdigest()}")


if __name__ == "__main__":
    main()
