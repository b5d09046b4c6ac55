"""Reads Kokoro's weights from an ONNX file, under the names that a checkpoint gives them.

An exporter keeps the name of a parameter if a node uses it unchanged. A parameter that it changed (transposed, folded,
quantised) gets a number for a name; then the name of the node, which is the path of its module, identifies it.
Supported are float32 and float16 exports, and those after onnxruntime's dynamic quantisation, such as the files of
kokoro-onnx (https://github.com/thewh1teagle/kokoro-onnx); 8-bit weights stay in 8 bits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import torch

from kokoro_demo.checkpoints.onnx_graph import Graph, Values, attribute, read_bytes
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model.few_bits import SCALE, VALUES, ZERO
from kokoro_demo.model.weights import MODULES

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import NodeProto

# Modules in which exports wrap the model.
WRAPPERS = ("encoder", "decoder", "kmodel", "model", "module")
# Exports contain the Fourier transforms as convolutions; this package computes them instead.
COMPUTED = ("stft", "istft")
QUANTISED_PARTS = ("_quantized", "_scale", "_zero_point")
# ONNX keeps an LSTM's gates as input, output, forget, cell; torch as input, forget, cell, output.
GATES = (0, 2, 3, 1)
DIRECTIONS = ("", "_reverse")


def read_onnx(file: Path | bytes, name: str = "") -> dict[str, dict[str, torch.Tensor]]:
    """Return the weights of an ONNX file in the form of a checkpoint: a dict of five modules, with 8-bit weights if the
    file has them.

    file: its path, or its content; in that case `name` is used in error messages.

    Raises:
        CheckpointError: naming what differs from an export of Kokoro.
    """
    data, name = file if isinstance(file, bytes) else read_bytes(file), name or str(file)
    try:
        return _Weights(Graph(data, name)).state
    except (LookupError, TypeError, ValueError, AttributeError) as error:
        # A damaged graph may have any number of inputs, attributes of any type, and names that are not text.
        raise CheckpointError(
            f"{name} is not an ONNX file of Kokoro that can be read: its graph is damaged."
        ) from error


class _Weights:
    def __init__(self, graph: Graph) -> None:
        self.state: dict[str, dict[str, torch.Tensor]] = {module: {} for module in MODULES}
        self._graph = graph
        self._sources: dict[str, str] = {}
        self._kept: dict[str, Values] = {}
        for name in graph.names():
            self._read_named(name)
        for node in graph.nodes:
            read = _READERS.get(node.op_type)
            if read is not None and len(node.input) > 1:
                read(self, node)

    def _read_named(self, name: str) -> None:
        """Keep a constant that has the name of a parameter."""
        parts = name.split(".")
        if (
            len(parts) < 2
            or set(parts) & set(COMPUTED)
            or "/" in name
            or "::" in name
            or name.endswith(QUANTISED_PARTS)
        ):
            return
        key = _module_name(parts)
        if key.split(".", 1)[0] in MODULES:
            tensor = self._graph.values(name)
            if tensor.scale is not None or tensor.values.dtype.kind == "f":
                self._keep(key, tensor, name)

    def _layer(self, node: NodeProto) -> None:
        """Keep the weight of a convolution or matrix product in floating point."""
        name = node.input[1]
        if _computed(node) or set(name.split(".")) & set(COMPUTED):
            return
        if not self._graph.is_constant(name) or self._is_parameter(name):
            return
        tensor = self._graph.values(name)
        if tensor.values.ndim < 2:
            return
        transposed = node.op_type == "MatMul" or (node.op_type == "Gemm" and not attribute(node, "transB"))
        self._keep(_owner(node) + ".weight", self._transposed(tensor, node) if transposed else tensor, name)

    def _whole_number_layer(self, node: NodeProto) -> None:
        """Keep the weight of a convolution or matrix product in 8 bits, whose scale is in a later node."""
        name = node.input[1]
        if _computed(node) or not self._graph.is_constant(name):
            return
        values = self._graph.values(name).values
        zero = self._graph.values(node.input[3]).values if len(node.input) > 3 and node.input[3] else None
        product = node.op_type == "MatMulInteger"
        axis = values.ndim - 1 if product else 0
        weight = self._graph.quantised(values, self._graph.scale_after(node).reshape(-1), zero, axis, node.name)
        self._keep(_owner(node) + ".weight", self._transposed(weight, node) if product else weight, name)

    def _embedding(self, node: NodeProto) -> None:
        """Keep an 8-bit embedding, whose rows are dequantised after the lookup."""
        name = node.input[0]
        users = self._graph.users(node.output[0])
        if not self._graph.is_constant(name) or not users or users[0].op_type != "DequantizeLinear":
            return
        scale, *zeros = (self._graph.values(part).values for part in users[0].input[1:] if part)
        weight = self._graph.quantised(
            self._graph.values(name).values, scale, zeros[0] if zeros else None, 0, node.name
        )
        self._keep(_owner(node) + ".weight", weight, name)

    def _lstm(self, node: NodeProto) -> None:
        """Keep the weights of an LSTM's two directions, in floating point or 8 bits."""
        inputs, owner = [*node.input, *[""] * 12], _owner(node)
        for place, kind in ((1, "ih"), (2, "hh")):
            weights = self._constant(inputs[place], node)
            if node.op_type == "DynamicQuantizeLSTM":
                scale, zero = (self._constant(inputs[2 * place + part], node).values for part in (6, 7))
                weights = self._both_directions(weights.values, scale, zero, node)
            if weights.values.ndim != 3 or weights.values.shape[0] != 2 or weights.values.shape[1] % 4:
                raise self._graph.fail(node.name, f"has weights of the shape {weights.values.shape}")
            for direction, suffix in enumerate(DIRECTIONS):
                weight = weights.each(lambda part, direction=direction: part[direction])  # type: ignore[misc]
                self._keep(f"{owner}.weight_{kind}_l0{suffix}", _in_torch_order(weight), inputs[place])
        biases = self._constant(inputs[3], node).values
        if biases.ndim != 2 or biases.shape[0] != 2 or biases.shape[1] % 8:
            raise self._graph.fail(node.name, f"has biases of the shape {biases.shape}")
        for both, suffix in zip(biases, DIRECTIONS, strict=True):
            for bias, kind in zip(np.split(both, 2), ("ih", "hh"), strict=True):
                self._keep(f"{owner}.bias_{kind}_l0{suffix}", _in_torch_order(Values(bias)), inputs[3])

    def _both_directions(
        self, values: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any], node: NodeProto
    ) -> Values:
        """Return the weights as (2, 4 * hidden, in). values: (2, in, 4 * hidden) in 8 bits; scale, zero: (2,) or
        (2, 4 * hidden)."""
        for part in (scale, zero):
            if values.ndim != 3 or part.shape not in ((values.shape[0],), (values.shape[0], values.shape[2])):
                raise self._graph.fail(node.name, f"has weights of {values.shape} and scales of {part.shape}")
        if values.dtype not in (np.int8, np.uint8):
            raise self._graph.fail(node.name, f"has weights of the type {values.dtype}, not of 8 bits")
        return Values(
            values.transpose(0, 2, 1), *(part.reshape(len(values), -1, 1).astype(np.float32) for part in (scale, zero))
        )

    def _constant(self, name: str, node: NodeProto) -> Values:
        if not self._graph.is_constant(name):
            raise self._graph.fail(node.name, f"computes what should be a constant ({name[:80]})")
        return self._graph.values(name)

    def _transposed(self, matrix: Values, node: NodeProto) -> Values:
        """The transpose of a matrix."""
        if matrix.values.ndim != 2:
            raise self._graph.fail(node.name, f"has weights of the shape {matrix.values.shape}, which is not a matrix")
        return matrix.rearranged(1, 0)

    def _is_parameter(self, name: str) -> bool:
        return name in self._sources.values()

    def _keep(self, key: str, tensor: Values, source: str) -> None:
        """Add a parameter to its module. A layer that is applied repeatedly has it repeatedly, perhaps as a copy."""
        before = self._sources.setdefault(key, source)
        if before != source and not tensor.equals(self._kept[key]):
            raise self._graph.fail(key, f"has two values, {before[:80]} and {source[:80]}")
        self._kept[key] = tensor
        module, _, name = key.partition(".")
        kept = self.state.setdefault(module, {})
        if tensor.scale is None:
            kept[name] = _tensor(tensor.values, np.float32)
            return
        values, zero = tensor.values, np.float32(0) if tensor.zero is None else tensor.zero.astype(np.float32)
        if values.dtype == np.uint8:
            values, zero = (values.astype(np.int16) - 128).astype(np.int8), zero - 128
        kept[name + VALUES] = _tensor(values, np.int8)
        kept[name + SCALE] = _tensor(tensor.scale, np.float32)
        if np.any(zero):
            kept[name + ZERO] = _tensor(zero, np.float32)


_READERS = {
    "Conv": _Weights._layer,
    "ConvTranspose": _Weights._layer,
    "MatMul": _Weights._layer,
    "Gemm": _Weights._layer,
    "ConvInteger": _Weights._whole_number_layer,
    "MatMulInteger": _Weights._whole_number_layer,
    "Gather": _Weights._embedding,
    "LSTM": _Weights._lstm,
    "DynamicQuantizeLSTM": _Weights._lstm,
}


def _tensor(values: Any, kind: Any) -> torch.Tensor:
    return torch.from_numpy(np.array(values, dtype=kind, order="C"))


def _in_torch_order(weights: Values) -> Values:
    """Reorder the rows of an LSTM's four gates from ONNX's order to torch's."""

    def reordered(part: NDArray[Any]) -> NDArray[Any]:
        if part.shape[0] == 1:
            return part
        gates = np.split(part, 4)
        return np.concatenate([gates[gate] for gate in GATES])

    return weights.each(reordered)


def _computed(node: NodeProto) -> bool:
    return any(part in COMPUTED for part in _path(node))


def _path(node: NodeProto) -> list[str]:
    """The modules that contain a node, outermost first: the parts of its name."""
    parts = (node.name or next(iter(node.output), "")).strip("/").split("/")[:-1]
    # A layer that is applied repeatedly has a counter at the end of its name.
    return [re.sub(r"_\d+$", "", part) for part in parts]


def _owner(node: NodeProto) -> str:
    """The name of the module that contains a node, in the form of a checkpoint."""
    parts: list[str] = []
    for part in _path(node):
        if parts and part.startswith(parts[-1] + "."):  # a list and an item of it, "cnn.0" and "cnn.0.1"
            parts.pop()
        parts.append(part)
    return _module_name(".".join(parts).split("."))


def _module_name(parts: Iterable[str]) -> str:
    """A dotted name without the wrapper modules of an export. A name that lacks its outermost module belongs to the
    predictor, whose layers are called directly."""
    parts = list(parts)
    while len(parts) > 1 and parts[0] in WRAPPERS and (parts[0] not in MODULES or parts[1] in MODULES):
        parts.pop(0)
    # The predictor has a text encoder too, which is the only one with a list of LSTMs.
    known = parts[0] in MODULES and parts[:2] != ["text_encoder", "lstms"]
    return ".".join(parts if known else ["predictor", *parts])
