"""Who is measured: this package and others, with the same weights on the same phonemes.

The weights of the 82M model follow from a rule, since speed does not depend on them. A peer that is not installed is
left out: see requirements.txt beside this.
"""

from __future__ import annotations

import importlib.util
import os
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import torch

from benchmarks.turns import Work
from kokoro_demo.checkpoints.checkpoint import open_source
from kokoro_demo.checkpoints.layout import layout_of
from kokoro_demo.checkpoints.reading import read_config, read_tensors
from kokoro_demo.g2p.phrases import MAX_SYMBOLS
from kokoro_demo.model import Kokoro, load_weights, make_fast
from kokoro_demo.synthesis.process_memory import tune_process
from tests.model import reference, rule

SAMPLE_RATE = 24_000
REFERENCE, ONNX = "kokoro 0.9.4", "onnxruntime"
OPSET = 17

# oneDNN's own default, before our own bound is set: it would hold for the peers in this process as well.
os.environ.setdefault("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "1024")


def tokens(count: int) -> torch.Tensor:
    """(1, T): the rule's phonemes, again and again up to `count`, with the pads."""
    repeated = rule.PHONEME_IDS * (count // len(rule.PHONEME_IDS) + 1)
    return torch.tensor([[0, *repeated[:count], 0]])


def ours(precision: str) -> Kokoro:
    """This package's 82M model as a checkpoint is loaded."""
    model = rule.rule_model()
    make_fast(model, precision)
    tune_process()
    return model


def our_work(model: Kokoro, ids: torch.Tensor) -> Work:
    """Speaks; a call gives the seconds of audio it made."""
    style = rule.style()
    return lambda: len(model(ids, style).waveform) / SAMPLE_RATE


def plain_model(source: str | Path) -> Kokoro:
    """The model of a checkpoint as the reference has it, before it is made fast."""
    files = open_source(source)
    model = Kokoro(read_config(files.fetch("config.json")))
    load_weights(model, read_tensors(files.fetch(layout_of(files).weights)))
    return model.eval()


def reference_chunk_end(phonemes: str) -> int:
    """Where the reference ends its first chunk: at the last sentence end of as much as its 510 symbols hold, else at a
    colon or semicolon, else at a comma or dash (`KPipeline.waterfall_last` of kokoro 0.9.4)."""
    if len(phonemes) <= MAX_SYMBOLS:
        return len(phonemes)
    for marks in ("!.?…", ":;", ",—"):
        ends = [place for place in range(MAX_SYMBOLS) if phonemes[place] in marks]
        if ends:
            return ends[-1] + 1
    return MAX_SYMBOLS


def reference_work(model: Any, ids: torch.Tensor, style: torch.Tensor | None = None) -> Work:
    """The same for the reference; in the rule's style if None."""
    style = rule.style() if style is None else style
    return lambda: model.forward_with_tokens(ids, style, 1.0)[0].shape[-1] / SAMPLE_RATE


def onnx_installed() -> bool:
    """Whether the exported model can be made and run."""
    return reference.installed() and all(importlib.util.find_spec(name) for name in ("onnx", "onnxruntime"))


class Exported:
    """The reference's model for ONNX, exported as its authors do it, in onnxruntime."""

    def __init__(self, threads: int) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "kokoro.onnx"
            export(path)
            self._session = onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])

    def work(self, ids: torch.Tensor) -> Work:
        """As `our_work`."""
        given = {"input_ids": ids.numpy(), "style": rule.style().numpy(), "speed": np.array([1], np.int32)}
        return lambda: self._session.run(["waveform"], given)[0].shape[-1] / SAMPLE_RATE


def export(path: Path) -> None:
    """Write the reference with the rule's weights as ONNX; its own transform without complex numbers takes part."""
    model = reference.load_reference()
    from kokoro.custom_stft import CustomSTFT
    from kokoro.model import KModelForONNX

    generator = model.decoder.generator
    transform = generator.stft
    generator.stft = CustomSTFT(transform.filter_length, transform.hop_length, transform.win_length)
    with torch.no_grad():
        torch.onnx.export(
            KModelForONNX(model).eval(),
            (tokens(len(rule.PHONEME_IDS)), rule.style(), torch.tensor([1], dtype=torch.int32)),
            str(path),
            input_names=["input_ids", "style", "speed"],
            output_names=["waveform", "duration"],
            dynamic_axes={"input_ids": {1: "tokens"}, "waveform": {0: "samples"}},
            opset_version=OPSET,
            dynamo=False,
        )
