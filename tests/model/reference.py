"""Runs the reference implementation (kokoro 0.9.4) with the weights of `rule`; its results are committed here.

``pip install --no-deps kokoro==0.9.4`` with torch, transformers and loguru into a separate environment, then
``python -m tests.model.reference`` writes ``reference.npz``. Only its model is imported, since its text side needs
packages that clash with ours.
"""

import importlib.util
import sys
import types
from pathlib import Path

import numpy as np
import torch

from tests.model import rule

RESULTS = Path(__file__).with_name("reference.npz")


def installed() -> bool:
    return all(importlib.util.find_spec(name) for name in ("kokoro", "transformers", "loguru"))


def import_model():
    """Import the reference's KModel, without the rest of its package."""
    if "kokoro" not in sys.modules:
        package = types.ModuleType("kokoro")
        package.__spec__ = importlib.util.find_spec("kokoro")
        package.__path__ = list(package.__spec__.submodule_search_locations)
        sys.modules["kokoro"] = package
    from kokoro.model import KModel

    return KModel


def load_reference(ours=None):
    """Return the reference model with the official config and the weights of a plain model of ours, or of `rule`."""
    KModel = import_model()
    empty = Path("/dev/null")
    load, torch.load = torch.load, lambda *_, **__: {}
    try:
        model = KModel(repo_id="hexgrad/Kokoro-82M", config=dict(rule.CONFIG), model=str(empty))
    finally:
        torch.load = load
    own = model.state_dict()
    for name, weights in (ours or rule.rule_model()).state_dict().items():
        stem = name.removesuffix("weight")
        forms = (("weight_g", "weight_v"), ("parametrizations.weight.original0", "parametrizations.weight.original1"))
        length, direction = next((form for form in forms if stem + form[1] in own), ("", ""))
        if direction:
            norm = weights.flatten(1).norm(dim=1).reshape(-1, *[1] * (weights.ndim - 1))
            own[stem + length].copy_(norm)
            # The reference divides by the length of the direction, so a row of zeros needs some direction (of weight
            # 0).
            own[stem + direction].copy_(torch.where(norm > 0, weights, 1.0))
        else:
            own[name].copy_(weights)
    model.load_state_dict(own)
    return model.eval()


def speak(model, speed: float, noise_seed: int | None = None) -> dict[str, np.ndarray]:
    """Return durations, F0, energy and waveform, with the source spectrum of `rule`, or with its noise."""
    heard: dict[str, np.ndarray] = {}
    curves, transform, randn_like = model.predictor.F0Ntrain, model.decoder.generator.stft.transform, torch.randn_like

    def listening(*arguments):
        f0, energy = curves(*arguments)
        heard.update(f0=f0.numpy(), energy=energy.numpy())
        return f0, energy

    def given(signal):
        return rule.source_spectrum(signal.shape[-1] // 600)

    def drawn(like, **options):
        return rule.source_noise(like.shape[1], noise_seed) if like.shape[-1] == 9 else randn_like(like, **options)

    model.predictor.F0Ntrain = listening
    try:
        if noise_seed is None:
            model.decoder.generator.stft.transform = given
        else:
            torch.randn_like = drawn
        waveform, durations = model.forward_with_tokens(rule.input_ids(), rule.style(), speed)
    finally:
        torch.randn_like = randn_like
        model.predictor.F0Ntrain, model.decoder.generator.stft.transform = curves, transform
    return heard | {"waveform": waveform.numpy(), "durations": durations.numpy()}


def results(model) -> dict[str, np.ndarray]:
    """Return what is committed: all outputs at each speed for a given source, and two waveforms for two noises."""
    everything = {}
    for speed in rule.SPEEDS:
        everything |= {f"{name}@{speed}": value for name, value in speak(model, speed).items()}
    for seed in (1, 2):
        everything[f"noise {seed}"] = speak(model, 1.0, seed)["waveform"]
    return {name: packed(value) if value.size > 10_000 else value for name, value in everything.items()}


def packed(waveform: np.ndarray) -> np.ndarray:
    """Convert (samples,) to (samples + 2,) int16: the peak as a float32 in two values, then the samples relative to
    it."""
    peak = np.abs(waveform).max().astype(np.float32)
    return np.concatenate([peak.reshape(1).view(np.int16), np.rint(waveform / peak * 32767).astype(np.int16)])


def unpacked(packed: np.ndarray) -> np.ndarray:
    """The inverse of `packed`, up to a 65,534th of the peak."""
    return packed[2:].astype(np.float32) / 32767 * packed[:2].view(np.float32)[0]


if __name__ == "__main__":
    np.savez_compressed(RESULTS, **results(load_reference()))
    print(f"{RESULTS.name}: {RESULTS.stat().st_size:,} bytes")
