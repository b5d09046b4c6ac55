"""Loads checkpoint weights into the model, and saves them: tensor names, weight norm, affine norms, 8-bit weights."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor
from torch.overrides import TorchFunctionMode

from kokoro_demo.errors import CheckpointError
from kokoro_demo.model.few_bits import from_few_bits
from kokoro_demo.model.kokoro import Kokoro

MODULES = ("bert", "bert_encoder", "predictor", "text_encoder", "decoder")
UNUSED = ("pooler.", "embeddings.position_ids")


class unfilled(TorchFunctionMode):
    """A context in which models are created without initialising their weights, on this thread: drawing 82 million
    random numbers takes half a second. (Torch's meta device would import its compiler, which takes even longer.)
    """

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if getattr(func, "__module__", None) == "torch.nn.init":
            return args[0] if args else kwargs["tensor"]
        return func(*args, **(kwargs or {}))


def load_weights(model: Kokoro, state: Mapping[str, Mapping[str, Tensor]]) -> None:
    """Load the weights of `model` from a dict of five modules, each a dict of tensors.

    Names may begin with ``module.``. Weight norm, as ``weight_g`` and ``weight_v`` or as parametrizations, is folded
    into plain weights; the affine parameters of instance norms, if present, are folded into the style's scale and
    shift. Tensors of any floating type become float32, and so do those in few bits (`few_bits`).

    Raises:
        CheckpointError: naming every tensor that is missing, unexpected, of the wrong shape or type, or not finite.
    """
    if not isinstance(state, Mapping) or not all(isinstance(part, Mapping) for part in state.values()):
        raise CheckpointError("The weights file is not a Kokoro checkpoint: it must hold a dict of five modules.")
    plain: dict[str, Tensor] = {}
    for module, tensors in state.items():
        plain |= {f"{module}.{name}": tensor for name, tensor in plain_weights(tensors).items()}
    expected = model.state_dict()
    faults = [
        *_listed("missing", [name for name in expected if name not in plain]),
        *_listed("unexpected", [name for name in plain if name not in expected]),
        *_listed(
            "wrongly shaped",
            [
                f"{name} ({'x'.join(map(str, plain[name].shape))} for {'x'.join(map(str, tensor.shape))})"
                for name, tensor in expected.items()
                if name in plain and plain[name].shape != tensor.shape
            ],
        ),
        *_listed(
            "not of real numbers", [name for name in expected if name in plain and not plain[name].is_floating_point()]
        ),
        *_listed("not finite", [name for name in expected if name in plain and not _is_finite(plain[name])]),
    ]
    if faults:
        raise CheckpointError("The weights do not fit config.json: " + "; ".join(faults) + ".")
    model.load_state_dict(plain, assign=True)


def plain_weights(tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Return the tensors of one module in float32, without ``module.``, weight norm, affine norms and few bits.

    Raises:
        CheckpointError: if a value is not a plain tensor, or a name is not a string.
    """
    named = {}
    for name, tensor in tensors.items():
        if not isinstance(name, str):
            raise CheckpointError(f"The weights file is not a Kokoro checkpoint: it names a tensor {str(name)[:40]}.")
        name = name.removeprefix("module.")
        if not name.startswith(UNUSED):
            if not isinstance(tensor, Tensor):
                raise CheckpointError(f"The weights file is not a Kokoro checkpoint: {name} is not a tensor.")
            if tensor.layout != torch.strided or tensor.is_meta or tensor.is_quantized:
                raise CheckpointError(f"The weights file is not a Kokoro checkpoint: {name} is not a plain tensor.")
            named[name] = tensor.detach().float() if tensor.is_floating_point() else tensor.detach()
    return _fold_affine(_fold_weight_norm(from_few_bits(named)))


def _fold_weight_norm(named: dict[str, Tensor]) -> dict[str, Tensor]:
    """Fold weight norm (Salimans and Kingma 2016): w = g v / ‖v‖, with the norm over all but the first dimension."""
    forms = ((".weight_g", ".weight_v"), (".parametrizations.weight.original0", ".parametrizations.weight.original1"))
    for length_suffix, direction_suffix in forms:
        for name in [name for name in named if name.endswith(length_suffix)]:
            stem = name.removesuffix(length_suffix)
            direction = named.get(stem + direction_suffix)
            if direction is None or direction.ndim < 2 or named[name].numel() != len(direction):
                continue
            length = named.pop(name).reshape(-1, *[1] * (direction.ndim - 1))
            del named[stem + direction_suffix]
            norm = direction.flatten(1).norm(dim=1).reshape(-1, *[1] * (direction.ndim - 1))
            # A row of zeros, which quantisation can produce, has no direction; it stays zero.
            named[stem + ".weight"] = direction * (length / norm.clamp(min=torch.finfo(torch.float32).tiny))
    return named


def _fold_affine(named: dict[str, Tensor]) -> dict[str, Tensor]:
    """Fold affine norms: weight w and bias b followed by (1 + γ) x + β are the same as (w + wγ - 1, β + b + bγ)."""
    for name in [name for name in named if name.endswith(".norm.weight")]:
        stem = name.removesuffix(".norm.weight")
        parts = [stem + suffix for suffix in (".norm.bias", ".fc.weight", ".fc.bias")]
        if not all(part in named for part in parts):
            continue
        shapes = [tuple(named[part].shape) for part in (name, *parts)]
        channels = shapes[0]
        if len(channels) != 1 or len(shapes[2]) != 2 or shapes[2][0] != 2 * channels[0]:
            continue
        if shapes[1] != channels or shapes[3] != (2 * channels[0],):
            continue
        scale, shift = named.pop(name), named.pop(parts[0])
        weight_scale, weight_shift = named[parts[1]].chunk(2)
        bias_scale, bias_shift = named[parts[2]].chunk(2)
        named[parts[1]] = torch.cat([scale[:, None] * weight_scale, weight_shift + shift[:, None] * weight_scale])
        named[parts[2]] = torch.cat([scale * bias_scale + scale - 1, bias_shift + shift * bias_scale + shift])
    return named


def official_state(model: Kokoro) -> dict[str, dict[str, Tensor]]:
    """Return the weights in the form of a checkpoint: a dict of five modules."""
    state: dict[str, dict[str, Tensor]] = {module: {} for module in MODULES}
    for name, tensor in model.state_dict().items():
        module, rest = name.split(".", 1)
        state[module][rest] = tensor
    return state


def _is_finite(tensor: Tensor) -> bool:
    if not tensor.is_floating_point() or not tensor.numel():
        return True
    return all(math.isfinite(value.item()) for value in torch.aminmax(tensor))


def _listed(fault: str, names: list[str], shown: int = 8) -> list[str]:
    if not names:
        return []
    more = f" and {len(names) - shown} more" if len(names) > shown else ""
    return [f"{fault}: {', '.join(names[:shown])}{more}"]
