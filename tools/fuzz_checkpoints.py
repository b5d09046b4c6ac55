"""Damages a small checkpoint in 2,000 ways, and looks for one that does not lead to a clear error.

``python -m tools.fuzz_checkpoints`` changes one thing at a time: a key of the config, a tensor of the weights, a voice
pack, bytes of any file; or, if the weights are an ONNX file, one of its constants, nodes or bytes, or a pack in the
archive. The checkpoint must then either load and speak, or raise a `CheckpointError` (for a pack, a `RequestError` is
also allowed) that names the file. Prints every other case, with the seed that reproduces it.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import resource
import shutil
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests import small_onnx
from tests.small_checkpoint import make_folder

WEIGHTS, CONFIG, PACK = "kokoro-v1_0.pth", "config.json", "voices/af_heart.pt"
ONNX, ARCHIVE = "kokoro-v1.0.onnx", "voices-v1.0.bin"
NUMBERS: list[Any] = [0, -1, 1, 2, 3, 5, 7, 8, 16, 21, 40, 512, 513, 100_000, 10**12, 10**40, 0.5, 1e300, float("nan")]
VALUES: list[Any] = [*NUMBERS, None, True, "16", [], {}, [0], [1], [[1]], [10, 6], [6, 10], [2] * 9, "x" * 10_000]
MAX_MEMORY = 2_000_000_000
MAX_SECONDS = 20.0


def damage_config(folder: Path, chance: random.Random) -> str:
    """Give one or two keys of the config another value."""
    config = json.loads((folder / CONFIG).read_text("utf-8"))
    for _ in range(chance.choice((1, 1, 2))):
        parts = [config, *(part for part in config.values() if isinstance(part, dict))]
        part = chance.choice(parts)
        part[chance.choice(sorted(part, key=str))] = copy.deepcopy(chance.choice(VALUES))
    (folder / CONFIG).write_text(json.dumps(config), "utf-8")
    return CONFIG


def changed_tensor(tensor: torch.Tensor, chance: random.Random) -> Any:
    """Change a tensor, or replace it by something else."""
    ways: list[Callable[[], Any]] = [
        lambda: tensor.double() * 1e300,
        lambda: tensor.to(torch.complex64),
        lambda: tensor.to(torch.float32).to_sparse(),
        lambda: tensor.to("meta"),
        lambda: tensor.long(),
        lambda: tensor.half(),
        lambda: tensor.flatten(),
        lambda: tensor[..., :-1].clone(),
        lambda: tensor[None],
        lambda: tensor.flatten()[:1].expand(10_000_000),
        lambda: tensor.flatten()[:1].expand(1000, 2_000_000),
        lambda: tensor * float("nan"),
        lambda: tensor * 1e20,
        lambda: torch.zeros(0),
        lambda: torch.zeros(()),
        lambda: tensor.clone().requires_grad_(),
        lambda: torch.nn.Parameter(tensor.clone()),
        lambda: tensor.bool(),
        lambda: tensor.to(torch.float8_e4m3fn),
        lambda: torch.quantize_per_tensor(tensor.float(), 0.1, 0, torch.qint8),
        lambda: None,
        lambda: "text",
        lambda: [tensor],
        lambda: {"tensor": tensor},
    ]
    return chance.choice(ways)()


def damage_weights(folder: Path, chance: random.Random) -> str:
    """Change, rename, add or remove a tensor of the weights."""
    state = torch.load(folder / WEIGHTS, weights_only=True)
    module = chance.choice(sorted(state))
    name = chance.choice(sorted(state[module]))
    stem = name.removesuffix("weight")
    match chance.randrange(6):
        case 0:
            state[module][chance.choice((7, None, "x.int8", "module.", "", name + ".scale"))] = state[module].pop(name)
        case 1:
            state[module][stem + "weight_v"] = state[module].pop(name)
            state[module][stem + "weight_g"] = changed_tensor(torch.ones(4), chance)
        case 2:
            tensor = state[module].pop(name)
            state[module][name + ".int8"] = chance.choice((tensor.to(torch.int8), tensor))
            state[module][name + ".scale"] = chance.choice((torch.ones(1), changed_tensor(torch.ones(1), chance)))
            low = torch.zeros(-(-tensor.numel() // 2), dtype=torch.uint8)
            forms = (low, low[1:].clone(), low[None], low.view(torch.int8), changed_tensor(low.float(), chance))
            state[module] |= chance.choice(({}, {name + ".low": chance.choice(forms)}))
        case 3:
            state[chance.choice((module, "more", 5))] = changed_tensor(state[module][name], chance)
        case _:
            state[module][name] = changed_tensor(state[module][name], chance)
    torch.save(state, folder / WEIGHTS)
    return WEIGHTS


def damage_pack(folder: Path, chance: random.Random) -> str:
    """Replace a voice pack by something else."""
    pack = torch.load(folder / PACK, weights_only=True)
    torch.save(changed_tensor(pack, chance), folder / PACK)
    return PACK


def damage_bytes(folder: Path, chance: random.Random) -> str:
    """Truncate a file, or change, insert or duplicate some of its bytes."""
    name = chance.choice([name for name in (WEIGHTS, CONFIG, PACK, ONNX, ARCHIVE) if (folder / name).exists()])
    data = bytearray((folder / name).read_bytes())
    place = chance.randrange(len(data))
    match chance.randrange(4):
        case 0:
            del data[place:]
        case 1:
            for _ in range(chance.choice((1, 4, 100))):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case 2:
            data[place:place] = chance.randbytes(chance.choice((1, 8, 1000)))
        case 3:
            data[place : place + 64] = data[:64]
    (folder / name).write_bytes(data)
    return name


def damage_constant(folder: Path, chance: random.Random) -> str:
    """Change the description of a constant in the ONNX file, or its values."""
    model = onnx.load(folder / ONNX, load_external_data=False)
    tensor = chance.choice(model.graph.initializer)
    match chance.randrange(7):
        case 0:
            place = chance.randrange(len(tensor.dims) + 1)
            tensor.dims.insert(place, chance.choice((0, 1, 2, -1, 10**6, 2**40)))
        case 1:
            for place in range(len(tensor.dims)):
                tensor.dims[place] = chance.choice((0, 1, -1, 7, 2**31, tensor.dims[place]))
        case 2:
            tensor.data_type = chance.choice(onnx.TensorProto.DataType.values())
        case 3:
            tensor.raw_data = tensor.raw_data[: chance.randrange(len(tensor.raw_data) + 1)]
        case 4:
            tensor.raw_data = chance.choice((b"\xff\xff\xff\x7f", b"\0\0\x80\x7f")) * (len(tensor.raw_data) // 4)
        case 5:
            tensor.data_location = onnx.TensorProto.EXTERNAL
            tensor.external_data.add(key="location", value=chance.choice(("/etc/passwd", "../config.json", "", "x")))
        case _:
            tensor.name = chance.choice(("", "x", model.graph.initializer[0].name, "kmodel.decoder.", "é" * 10_000))
    (folder / ONNX).write_bytes(model.SerializeToString())
    return ONNX


def damage_node(folder: Path, chance: random.Random) -> str:
    """Remove a node of the ONNX file, or change its type, name, inputs or attributes."""
    model = onnx.load(folder / ONNX, load_external_data=False)
    nodes = model.graph.node
    node = chance.choice(nodes)
    match chance.randrange(6):
        case 0:
            nodes.remove(node)
        case 1:
            node.op_type = chance.choice(("", "Constant", "Transpose", "LSTM", "MatMul", "Identity", "If"))
        case 2:
            node.input[:] = chance.choice(([], [""], list(node.input)[::-1], list(node.input) * 100, list(node.output)))
        case 3:
            del node.attribute[:]
        case 4:
            node.attribute.add().CopyFrom(onnx.helper.make_attribute("perm", [chance.choice((0, 5, -1, 2**40))] * 3))
        case _:
            node.name = chance.choice(("", "/", chance.choice(nodes).name, "/decoder" * 1000))
    (folder / ONNX).write_bytes(model.SerializeToString())
    return ONNX


def damage_archive(folder: Path, chance: random.Random) -> str:
    """Put something else into the archive of voice packs."""
    packs: list[Any] = [
        np.zeros((510, 1, 3), np.float32),
        np.zeros((10**6, 1, 16), np.float32),
        np.full((510, 1, 16), chance.choice((np.nan, np.inf, 1e30, 100.0)), np.float64),
        np.zeros((510, 1, 16), chance.choice((np.int64, np.complex128, np.bool_, "U8", "V4"))),
        np.array([{"a": 1}], dtype=object),
        np.zeros(()),
    ]
    with (folder / ARCHIVE).open("wb") as file:
        np.savez(file, **{"af_heart": chance.choice(packs), chance.choice(("../../x", "af_sky", "é")): packs[0]})
    return ARCHIVE


def make_onnx_folder(folder: Path) -> Path:
    """Make the small checkpoint with an ONNX file and an archive of voice packs."""
    make_folder(folder)
    state = torch.load(folder / WEIGHTS, weights_only=True)
    (folder / ONNX).write_bytes(small_onnx.by_nodes(state, "int8"))
    with (folder / ARCHIVE).open("wb") as file:
        np.savez(file, af_heart=torch.load(folder / PACK, weights_only=True).numpy())
    (folder / WEIGHTS).unlink()
    shutil.rmtree(folder / "voices")
    return folder


WAYS = (damage_config, damage_weights, damage_weights, damage_pack, damage_bytes)
ONNX_WAYS = (damage_config, damage_constant, damage_constant, damage_node, damage_archive, damage_bytes)


def outcome(folder: Path, name: str) -> str:
    """Return "speaks", "refused", or what is wrong with the error."""
    try:
        checkpoint = load_checkpoint(folder)
        Synthesizer(checkpoint).speak(SpeechRequest("Hello.", "af_heart"))
        return "speaks"
    except CheckpointError as error:
        return "refused" if Path(name).name in str(error) or "no sound" in str(error) else f"names no file: {error}"
    except RequestError as error:
        return "refused" if name in (PACK, WEIGHTS, ARCHIVE) else f"a request is blamed: {error}"
    except BaseException as error:
        return f"{type(error).__name__}: {error}"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--count", type=int, default=2000)
    options.add_argument("--seed", type=int, default=0)
    chosen = options.parse_args()
    torch.set_num_threads(1)
    outcomes: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch:
        whole = {WAYS: make_folder(Path(scratch) / "whole"), ONNX_WAYS: make_onnx_folder(Path(scratch) / "onnx")}
        for seed in range(chosen.seed, chosen.seed + chosen.count):
            chance = random.Random(seed)
            ways = chance.choice((WAYS, ONNX_WAYS))
            folder = Path(shutil.copytree(whole[ways], Path(scratch) / "small"))
            name = chance.choice(ways)(folder, chance)
            began = time.perf_counter()
            result = outcome(folder, name)
            seconds = time.perf_counter() - began
            memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
            outcomes[result if result in ("speaks", "refused") else "wrong"] += 1
            if result not in ("speaks", "refused") or seconds > MAX_SECONDS or memory > MAX_MEMORY:
                print(f"seed {seed}, {name}: {result[:300]} ({seconds:.1f} s, {memory / 1e6:.0f} MB)", flush=True)
            shutil.rmtree(folder)
    print(dict(outcomes))


if __name__ == "__main__":
    main()
