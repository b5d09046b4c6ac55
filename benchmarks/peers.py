"""What this package is compared with: kokoro 0.9.4, and its ONNX export.

A peer that is not installed is left out; benchmarks/requirements.txt has them.
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any

import torch

from benchmarks.turns import Work
from kokoro_demo.checkpoints.checkpoint import config_file, open_source
from kokoro_demo.checkpoints.layout import layout_of
from kokoro_demo.checkpoints.reading import read_config, read_tensors
from kokoro_demo.g2p.phrases import MAX_SYMBOLS
from kokoro_demo.model import Kokoro, load_weights
from tests.model import reference, rule

SAMPLE_RATE = 24_000
REFERENCE = "kokoro 0.9.4"
OPSET = 17

# oneDNN's own default, set before our smaller limit, which would apply to the peers in this process too.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")
os.environ.setdefault("LRU_CACHE_CAPACITY", "1024")


def plain_model(source: str | Path) -> Kokoro:
    """Return the model of a checkpoint in the plain form of the reference, before `make_fast`."""
    files = open_source(source)
    layout = layout_of(files)
    model = Kokoro(read_config(config_file(files, layout)))
    load_weights(model, read_tensors(files.fetch(layout.weights)))
    return model.eval()


def reference_chunk_end(phonemes: str) -> int:
    """Return the end of the reference's first chunk: after the last end of a sentence within its 510 symbols, or else
    after a colon or semicolon, or else after a comma or dash (`KPipeline.waterfall_last` of kokoro 0.9.4)."""
    if len(phonemes) <= MAX_SYMBOLS:
        return len(phonemes)
    for marks in ("!.?…", ":;", ",—"):
        ends = [place for place in range(MAX_SYMBOLS) if phonemes[place] in marks]
        if ends:
            return ends[-1] + 1
    return MAX_SYMBOLS


def reference_work(model: Any, ids: torch.Tensor, style: torch.Tensor) -> Work:
    """Run the reference; a call returns the seconds of audio."""
    return lambda: model.forward_with_tokens(ids, style, 1.0)[0].shape[-1] / SAMPLE_RATE


def onnx_installed() -> bool:
    """Whether the ONNX export can be made and run."""
    return reference.installed() and all(importlib.util.find_spec(name) for name in ("onnx", "onnxruntime"))


def export(path: Path, ours: Kokoro | None = None) -> None:
    """Export the reference to ONNX in float32, as its authors do, with its Fourier transform without complex numbers.

    ours: a plain model whose weights are exported; defaults to the small model of the tests.
    """
    model = reference.load_reference(ours)
    from kokoro.custom_stft import CustomSTFT
    from kokoro.model import KModelForONNX

    generator = model.decoder.generator
    transform = generator.stft
    generator.stft = CustomSTFT(transform.filter_length, transform.hop_length, transform.win_length)
    with torch.no_grad():
        torch.onnx.export(
            KModelForONNX(model).eval(),
            (rule.input_ids(), rule.style(), torch.tensor([1], dtype=torch.int32)),
            str(path),
            input_names=["input_ids", "style", "speed"],
            output_names=["waveform", "duration"],
            dynamic_axes={"input_ids": {1: "tokens"}, "waveform": {0: "samples"}},
            opset_version=OPSET,
            dynamo=False,
        )
