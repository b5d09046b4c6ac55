"""Reads and validates the files of a checkpoint: config, model and voice packs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import torch

from kokoro_demo.checkpoints.onnx_weights import read_onnx
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import Kokoro, load_weights, make_fast, unfilled
from kokoro_demo.model.claims import NO_TENSORS, check_claims
from kokoro_demo.model.config import ModelConfig
from kokoro_demo.model.pieces import chosen_vocoder, use_chosen_vocoder
from kokoro_demo.model.precision import chosen_precision
from kokoro_demo.synthesis.process_memory import settle_memory
from kokoro_demo.voices.curves import Curve
from kokoro_demo.voices.packs import read_values, shape_fault

# In bytes; the official one has 2,351.
MAX_CONFIG = 1_000_000


def read_config(path: Path) -> dict[str, Any]:
    """Parse a ``config.json``.

    Raises:
        CheckpointError: if it is missing, is not JSON, has no vocabulary, or describes no model (`ModelConfig`).
    """
    try:
        with path.open("rb") as file:
            text = file.read(MAX_CONFIG + 1)
        if len(text) > MAX_CONFIG:
            raise CheckpointError(f"{path} is not a Kokoro config: it has more than {MAX_CONFIG / 1e6:g} MB.")
        config = json.loads(text.decode("utf-8"))
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error
    except RecursionError as error:
        raise CheckpointError(f"{path} is not a Kokoro config: it is nested too deeply.") from error
    except ValueError as error:
        raise CheckpointError(f"{path} is not JSON: {error}. Fetch it again.") from error
    vocabulary = config.get("vocab") if isinstance(config, dict) else None
    if not isinstance(vocabulary, dict) or not vocabulary:
        raise CheckpointError(f"{path} is not a Kokoro config: it has no 'vocab'.")
    tokens = config.get("n_token")
    for symbol, number in vocabulary.items():
        if len(symbol) != 1 or type(number) is not int or not 0 < number < (tokens if type(tokens) is int else 0):
            shown = number if isinstance(number, str | int) and len(repr(number)) < 20 else type(number).__name__
            raise CheckpointError(f"{path} is not a Kokoro config: its vocab gives {symbol[:20]!r} the id {shown!r}.")
    ModelConfig.from_dict(config, str(path))
    return config


def read_model(config: dict[str, Any], weights: Path) -> Kokoro:
    """Build the model that `config` describes, with the weights in a file.

    Raises:
        CheckpointError: naming the file, if it is damaged, is not a Kokoro checkpoint, or does not fit the config.
    """
    precision = chosen_precision()
    chosen_vocoder()  # so that an invalid KOKORO_VOCODER is refused before the weights are read
    try:
        with unfilled():
            model = Kokoro(config)
    except CheckpointError:
        raise
    except Exception as error:  # incompatible sizes may raise anything in any layer
        raise CheckpointError(f"config.json describes a model that cannot be built: {error}") from error
    state = read_tensors(weights)
    try:
        load_weights(model, state)
    except CheckpointError as error:
        raise CheckpointError(f"{weights}: {error}") from error
    make_fast(model, precision)
    use_chosen_vocoder(model)
    settle_memory()
    return model.eval()


def read_pack(path: Path, style_dim: int) -> torch.Tensor:
    """Read a voice pack, (rows, 1, 2 * style_dim) float32.

    Raises:
        CheckpointError: if it is damaged, has another shape, or values that no style has.
    """
    pack = read_tensors(path)
    if isinstance(pack, dict):  # of a compact checkpoint: see `kokoro_demo.voices.curves`
        try:
            pack = torch.from_numpy(Curve.from_tensors(pack, 2 * style_dim).pack()).unsqueeze(1)
        except ValueError as error:
            raise CheckpointError(f"{path} is not a voice pack: {error}") from error
    return checked_pack(pack, style_dim, str(path))


def checked_pack(pack: Any, style_dim: int, described: str) -> torch.Tensor:
    """Validate a voice pack; for the result and the errors see `read_pack`.

    described: its description for error messages.
    """
    if not isinstance(pack, torch.Tensor):
        raise CheckpointError(f"{described} is not a voice pack: it must hold one tensor of floating point.")
    if fault := shape_fault(pack.shape, style_dim):
        raise CheckpointError(
            f"{described} does not fit this model: it {fault}. A voice belongs to one version of the model."
        )
    try:
        return read_values(pack)
    except ValueError as error:
        raise CheckpointError(f"{described} is damaged or not a voice pack: it {error}. Fetch it again.") from error


def read_tensors(path: Path) -> Any:
    """Read a PyTorch file that contains only tensors, or the weights of an ONNX file.

    Raises:
        CheckpointError: if it is damaged, or contains anything else.
    """
    if path.suffix == ".onnx":
        return read_onnx(path)
    try:
        check_claims(path)
        return torch.load(path, map_location="cpu", weights_only=True)
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror or error}.") from error
    except ValueError as fault:
        raise CheckpointError(f"{path} {fault}. Fetch it again.") from fault
    except Exception as error:  # an untrusted file may make the unpickler raise anything
        raise CheckpointError(f"{path} {NO_TENSORS}. Fetch it again.") from error
