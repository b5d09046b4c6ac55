"""Recognises Kokoro-82M by its weights: in any file and precision, it can speak with the voices of this package."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import torch

from kokoro_demo.model import Kokoro
from kokoro_demo.model.config import KOKORO_V1

# A byte-for-byte copy of the official config.json (hexgrad/Kokoro-82M, Apache-2.0).
CONFIG_FILE = Path(__file__).with_name("kokoro_82m.json")
# The first values of a few small tensors, which 8-bit files keep in full precision.
SIGNATURE = {
    "bert.embeddings.LayerNorm.weight": (0.7675, 0.44241, 0.87144, 0.69132, 0.71916, 0.73455),
    "bert_encoder.bias": (0.00618, 0.00145, -0.04277, -0.03317, -0.00211, -0.00576),
    "predictor.duration_proj.linear_layer.bias": (0.63582, 0.17707, -0.43996, -0.34695, -0.26808, -0.20823),
    "text_encoder.cnn.0.1.gamma": (0.89033, 0.93332, 0.8553, 0.84514, 0.9726, 0.88708),
}
# Relative to the largest value; bfloat16 rounds by 0.4%.
TOLERANCE = 0.01


def is_kokoro_82m(config: Mapping[str, Any], model: Kokoro) -> bool:
    """Whether a model is Kokoro-82M, up to rounding, with the official vocabulary."""
    if model.config != KOKORO_V1 or config.get("vocab") != official_config()["vocab"]:
        return False
    for name, values in SIGNATURE.items():
        known = torch.tensor(values)
        parameter = model.get_parameter(name).detach()[: len(values)].float().cpu()
        if (parameter - known).abs().max() > TOLERANCE * known.abs().max():
            return False
    return True


@functools.lru_cache(maxsize=1)
def official_config() -> dict[str, Any]:
    """Return the parsed config.json of Kokoro-82M."""
    return json.loads(CONFIG_FILE.read_text(encoding="utf-8"))
