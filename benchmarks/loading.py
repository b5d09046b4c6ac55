"""How soon is it ready? ``python -m benchmarks.loading`` prints a Markdown table.

Each time in a new process with real weights, from after the imports to a model and a voice that can speak. This package
also hashes the weights. All files are in the system's cache. This package and kokoro 0.9.4 read the same file, in the
form of the official one: float32, with weight norm.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import torch

from benchmarks.peers import plain_model
from benchmarks.turns import machine, ratio, spread
from kokoro_demo.checkpoints.checkpoint import load_checkpoint, open_source
from kokoro_demo.checkpoints.layout import CONFIG
from kokoro_demo.model import official_state
from kokoro_demo.model.weights import MODULES
from tests.model import reference

VOICE = "af_heart"
REFERENCE = "kokoro 0.9.4"
OURS = f"""
import sys, time
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
begun = time.perf_counter()
load_checkpoint(sys.argv[1]).voices["{VOICE}"]
print(time.perf_counter() - begun)
"""
THEIRS = f"""
import sys, time
from tests.model.reference import import_model
KModel = import_model()
import torch
begun = time.perf_counter()
KModel(repo_id="hexgrad/Kokoro-82M", config=sys.argv[1] + "/config.json", model=sys.argv[1] + "/kokoro.pth").eval()
torch.load(sys.argv[1] + "/voices/{VOICE}.pt", weights_only=True)
print(time.perf_counter() - begun)
"""
ONNX = """
import time, onnxruntime
from benchmarks.speaking_peer import onnx_session
begun = time.perf_counter()
onnx_session(2)
print(time.perf_counter() - begun)
"""


def write_official(source: str, folder: Path) -> Path:
    """Write the checkpoint at `source` with one voice, and its weights in the form of the official file, if the
    reference, which can make that form, is installed."""
    (folder / "voices").mkdir(parents=True, exist_ok=True)
    (folder / CONFIG).write_bytes(open_source(source).fetch(CONFIG).read_bytes())
    model = plain_model(source)
    state = official_state(model)
    if reference.installed():
        theirs = reference.load_reference(model)
        state = {
            part: {f"module.{name}": tensor for name, tensor in getattr(theirs, part).state_dict().items()}
            for part in MODULES
        }
    torch.save(state, folder / "kokoro.pth")
    torch.save(load_checkpoint(source).voices[VOICE].clone(), folder / "voices" / f"{VOICE}.pt")
    return folder


def seconds(program: str, source: str) -> float:
    """Run a program in a new process; returns the seconds that it prints."""
    done = subprocess.run([sys.executable, "-W", "ignore", "-c", program, source], capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(done.stderr)
    return float(done.stdout.split()[-1])


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.loading", description=__doc__)
    options.add_argument("--checkpoint", default="packaged", help="the checkpoint to measure")
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as made:
        official = str(write_official(chosen.checkpoint, Path(made)))
        programs = {
            "this package": (OURS, official),
            "this package, the 8-bit weights that pip brings": (OURS, "packaged"),
            "onnxruntime, kokoro-onnx's int8 file": (ONNX, ""),
        }
        if reference.installed():
            programs[REFERENCE] = (THEIRS, official)
        for program, source in programs.values():
            seconds(program, source)
        for _ in range(chosen.rounds):
            for name, (program, source) in programs.items():
                times.setdefault(name, []).append(seconds(program, source))
    print(f"{machine()}\n\n| | seconds | against {REFERENCE} |\n|---|---|---|")
    for name, values in times.items():
        against = f"{ratio(values, times[REFERENCE]):.2f}" if REFERENCE in times else "not installed"
        print(f"| {name} | {spread(values)} | {against} |")


if __name__ == "__main__":
    main()
