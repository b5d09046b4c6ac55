"""A checkpoint folder with a tiny model, made quickly and of the real form."""

import json
from pathlib import Path
from typing import Any

import torch

from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.model import Kokoro, official_state

STYLE_DIM = 8
CONFIG: dict[str, Any] = {
    "n_token": 178,
    "hidden_dim": 16,
    "style_dim": STYLE_DIM,
    "n_layer": 1,
    "max_dur": 4,
    "text_encoder_kernel_size": 3,
    "plbert": {
        "hidden_size": 16,
        "num_attention_heads": 2,
        "intermediate_size": 16,
        "max_position_embeddings": 512,
        "num_hidden_layers": 1,
        "embedding_size": 8,
    },
    "decoder": {"hidden_dim": 16, "residual_dim": 4},
    "istftnet": {
        "upsample_initial_channel": 16,
        "resblock_kernel_sizes": [3],
        "resblock_dilation_sizes": [[1]],
        "noise_res_dilations": [1],
    },
    "vocab": dict(SYMBOLS),
}

# Large enough for the size of its weights to matter, and with styles of Kokoro's width.
MIDDLING: dict[str, Any] = {
    **CONFIG,
    "hidden_dim": 128,
    "style_dim": 128,
    "plbert": {**CONFIG["plbert"], "hidden_size": 96, "intermediate_size": 96},
}


def make_folder(
    folder: Path,
    voices: tuple[str, ...] = ("af_heart", "bm_george"),
    seed: int = 0,
    config: dict[str, Any] = CONFIG,
) -> Path:
    """Write config.json, weights that depend on `seed`, and a pack for each voice."""
    width = 2 * config["style_dim"]
    (folder / "voices").mkdir(parents=True)
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        torch.save(official_state(Kokoro(config)), folder / "kokoro-v1_0.pth")
        for voice in voices:
            torch.save(0.1 * torch.randn(510, 1, width), folder / "voices" / f"{voice}.pt")
    return folder
