"""A model whose weights are computed from each tensor's name and shape, so that parity tests need no large file."""

import hashlib

import numpy as np
import torch

from kokoro_demo.checkpoints.kokoro_82m import official_config
from kokoro_demo.model import Kokoro, SourceSpectrum

CONFIG = official_config()
PHONEME_IDS = [50, 83, 54, 156, 31, 3, 16, 65, 156, 87, 123, 54, 46, 5]
SPEEDS = (1.0, 1.3)


def uniform(name: str, *shape: int) -> torch.Tensor:
    """Standard normal numbers that depend on `name` alone; the stream of RandomState is the same in all versions."""
    seed = int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "little")
    draws = np.random.RandomState(seed).random_sample(shape)
    return torch.from_numpy(((draws - 0.5) * 12**0.5).astype(np.float32))


def tensor(name: str, shape: torch.Size) -> torch.Tensor:
    """The weights of the tensor `name`, scaled so that signals neither vanish nor explode, and F0 is like speech."""
    draws = uniform(name, *shape)
    if name.endswith("duration_proj.linear_layer.bias"):
        return draws - 32.0
    if name.endswith("duration_proj.linear_layer.weight"):
        return draws * 120.0 / shape[1] ** 0.5
    if name.endswith("conv_post.weight"):
        return draws * 0.3 / (shape[1] * shape[2]) ** 0.5
    if name.endswith("F0_proj.bias"):
        return draws * 0 + 30.0
    if name.endswith("F0_proj.weight"):
        return draws * 25.0 / shape[1] ** 0.5
    if "alpha" in name or name.endswith((".gamma", "LayerNorm.weight", "layer_norm.weight")):
        return 1.0 + 0.1 * draws
    if draws.ndim < 2:
        return 0.1 * draws
    gain = 0.2 if name.endswith("fc.weight") else 1.0
    return gain * draws / (draws[0].numel()) ** 0.5


def rule_model() -> Kokoro:
    """The 82M model of the official config, with these weights."""
    with torch.device("meta"):
        model = Kokoro(CONFIG)
    filled = {name: tensor(name, weights.shape) for name, weights in model.state_dict().items()}
    model.load_state_dict(filled, assign=True)
    return model.eval()


def input_ids() -> torch.Tensor:
    return torch.tensor([[0, *PHONEME_IDS, 0]])


def style() -> torch.Tensor:
    return 0.3 * uniform("style", 1, 256)


def source_noise(samples: int, seed: int) -> torch.Tensor:
    return uniform(f"noise {seed}", 1, samples, 9)


def source_spectrum(frames: int) -> SourceSpectrum:
    """A source for this many frames of durations, with 120 columns for each and one more."""
    columns = 120 * frames + 1
    return SourceSpectrum(
        uniform("magnitude", 1, 11, columns).abs() * 0.1, uniform("phase", 1, 11, columns) / 3**0.5 * np.pi
    )


def log_spectrum_distance(one: np.ndarray, other: np.ndarray) -> float:
    """The median over frames of the root-mean-square difference of log spectra, in dB."""
    spectra = [
        20
        * torch.stft(
            torch.as_tensor(wave, dtype=torch.float32), 1024, 256, window=torch.hann_window(1024), return_complex=True
        )
        .abs()
        .clamp(min=1e-5)
        .log10()
        for wave in (one, other)
    ]
    return (spectra[0] - spectra[1]).square().mean(dim=0).sqrt().median().item()
