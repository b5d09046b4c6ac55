"""A full-size checkpoint folder with weights by rule: ``python -m benchmarks.rule_checkpoint FOLDER``."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import torch

from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.model import official_state
from tests.model import reference, rule

VOICE = "af_rule"


def write(folder: Path) -> Path:
    """Write config.json, the weights and one voice. Where the reference is installed, the weights have its form, with
    weight norm, so that both can load the same file."""
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    (folder / "config.json").write_text(json.dumps(rule.CONFIG | {"vocab": SYMBOLS}), encoding="utf-8")
    torch.save(_official() if reference.installed() else official_state(rule.rule_model()), folder / "kokoro.pth")
    torch.save(rule.style()[None].repeat(510, 1, 1), folder / "voices" / f"{VOICE}.pt")
    return folder


def _official() -> dict[str, dict[str, torch.Tensor]]:
    model = reference.load_reference()
    parts = ("bert", "bert_encoder", "predictor", "text_encoder", "decoder")
    return {part: {f"module.{k}": v for k, v in getattr(model, part).state_dict().items()} for part in parts}


if __name__ == "__main__":
    write(Path(sys.argv[1]))
