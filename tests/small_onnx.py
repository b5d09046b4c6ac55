"""The tiny model of `tests.small_checkpoint` as an ONNX file, in the forms in which Kokoro has been exported."""

import re

import numpy as np
import torch
from onnx import TensorProto, helper, numpy_helper

PAST_PREDICTOR = re.compile(r"predictor\.(F0|N|shared)\b|predictor\.(F0|N)_proj")
LSTM_ORDER = (0, 3, 1, 2)  # torch's gates i, f, c, o as ONNX's i, o, f, c


def by_names(state: dict[str, dict[str, torch.Tensor]]) -> bytes:
    """Every parameter as a constant with its own name, as in an export without folding."""
    constants = [
        numpy_helper.from_array(tensor.numpy(), f"kmodel.{module}.{name}")
        for module, tensors in state.items()
        for name, tensor in tensors.items()
    ]
    return written([], constants)


def by_nodes(state: dict[str, dict[str, torch.Tensor]], kind: str = "f32") -> bytes:
    """Weights as an exporter leaves them: transposed, with both directions in one, and a number for a name.

    kind: "f32", "f16" or "int8"; the last as onnxruntime's dynamic quantisation writes it.
    """
    return _Export(state, kind).data()


class _Export:
    def __init__(self, state, kind):
        self.kind, self.nodes, self.constants = kind, [], []
        for module, tensors in state.items():
            for name, tensor in tensors.items():
                self.parameter(f"{module}.{name}", tensors, name, tensor.detach().numpy())

    def data(self):
        return written(self.nodes, self.constants)

    def parameter(self, full, tensors, name, values):
        owner, _, leaf = full.rpartition(".")
        if "_l0" in leaf:
            if leaf == "weight_ih_l0":
                stem = name.removesuffix("weight_ih_l0")
                self.lstm(owner, {key.removeprefix(stem): tensors[key] for key in tensors if key.startswith(stem)})
        elif leaf == "weight" and "embeddings" in owner and values.ndim == 2:
            self.embedding(owner, values)
        elif leaf == "weight" and values.ndim == 2 and "embedding" not in owner:
            self.product(owner, values)
        elif leaf == "weight" and values.ndim == 3:
            self.convolution(owner, values)
        else:
            self.constants.append(numpy_helper.from_array(self.plain(values), self.wrapped(full)))

    def plain(self, values):
        return np.ascontiguousarray(values, np.float16 if self.kind == "f16" else np.float32)

    @staticmethod
    def wrapped(full):
        return ("decoder." if full.startswith("decoder.") else "encoder.") + full

    def path(self, owner):
        """The path of a node. A module that is called directly lacks its parent; an item of a list in a list is named
        twice."""
        steps = []
        for part in owner.removeprefix("predictor.").split(".") if PAST_PREDICTOR.match(owner) else owner.split("."):
            if part.isdigit() and "." in steps[-1]:
                steps.append(f"{steps[-1]}.{part}")
            elif part.isdigit():
                steps[-1] += f".{part}"
            else:
                steps.append(part)
        return "/".join(["", "decoder" if owner.startswith("decoder") else "encoder", *steps])

    def constant(self, values):
        name = f"onnx::Constant_{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def quantised(self, values, axes):
        """Quantise to 0 to 255, with a scale and a zero point for each index of the axes that are not in `axes`."""
        low = np.minimum(values.min(axis=axes, keepdims=True), 0)
        high = np.maximum(values.max(axis=axes, keepdims=True), 0)
        scale = np.maximum((high - low) / 255, 1e-12).astype(np.float32)
        zero = np.round(-low / scale)
        return np.clip(np.round(values / scale) + zero, 0, 255).astype(np.uint8), scale, zero.astype(np.uint8)

    def whole(self, op, path, values, scale, zero):
        weight, scale, zero = (self.constant(part) for part in (values, scale, zero))
        out = f"{path}/out"
        self.nodes += [
            helper.make_node(op, [f"{path}/x", weight, f"{path}/x_zero", zero], [out], name=f"{path}/{op}_quant"),
            helper.make_node("Cast", [out], [out + "_cast"], to=TensorProto.FLOAT),
            helper.make_node("Mul", [f"{path}/x_scale", scale], [f"{path}/scales"]),
            helper.make_node("Mul", [out + "_cast", f"{path}/scales"], [f"{path}/scaled"]),
        ]

    def product(self, owner, values):
        if self.kind == "int8":
            values, scale, zero = self.quantised(values, (1,))
            self.whole("MatMulInteger", self.path(owner), values.T, scale.reshape(-1), zero.reshape(-1))
            return
        name = self.constant(self.plain(values).T)
        self.nodes.append(
            helper.make_node("MatMul", [f"{owner}/x", name], [f"{owner}/y"], name=self.path(owner) + "/MatMul")
        )

    def convolution(self, owner, values):
        transposed = "ups." in owner or "pool" in owner
        if self.kind == "int8" and not transposed:
            values, scale, zero = self.quantised(values, (0, 1, 2))
            self.whole("ConvInteger", self.path(owner), values, scale.reshape(()), zero.reshape(()))
            return
        op = "ConvTranspose" if transposed else "Conv"
        name = self.constant(self.plain(values))
        self.nodes.append(helper.make_node(op, [f"{owner}/x", name], [f"{owner}/y"], name=f"{self.path(owner)}/{op}"))

    def embedding(self, owner, values):
        if self.kind != "int8":
            self.constants.append(numpy_helper.from_array(self.plain(values), self.wrapped(owner + ".weight")))
            return
        values, scale, zero = self.quantised(values, (0, 1))
        table, scale, zero = (self.constant(part) for part in (values, scale.reshape(()), zero.reshape(())))
        path = self.path(owner)
        self.nodes += [
            helper.make_node("Gather", [table, f"{path}/ids"], [f"{path}/rows"], name=f"{path}/Gather_quant"),
            helper.make_node("DequantizeLinear", [f"{path}/rows", scale, zero], [f"{path}/values"]),
        ]

    def lstm(self, owner, tensors):
        def both(kind):
            return np.stack([self.ours(tensors[f"{kind}_l0{suffix}"].numpy()) for suffix in ("", "_reverse")])

        weights = [both("weight_ih"), both("weight_hh")]
        bias = self.constant(self.plain(np.concatenate([both("bias_ih"), both("bias_hh")], axis=1)))
        path = self.path(owner)
        if self.kind != "int8":
            inputs = [f"{path}/x", *(self.constant(self.plain(part)) for part in weights), bias]
            self.nodes.append(helper.make_node("LSTM", inputs, [f"{path}/y"], name=f"{path}/LSTM"))
            return
        parts = [self.quantised(part, (1, 2)) for part in weights]
        values = [self.constant(part.transpose(0, 2, 1)) for part, _, _ in parts]
        scales = [self.constant(part.reshape(-1)) for _, scale, zero in parts for part in (scale, zero)]
        inputs = [f"{path}/x", *values, bias, "", "", "", "", *scales]
        self.nodes.append(helper.make_node("DynamicQuantizeLSTM", inputs, [f"{path}/y"], name=f"{path}/LSTM_quant"))

    @staticmethod
    def ours(values):
        gates = np.split(values, 4)
        return np.concatenate([gates[gate] for gate in LSTM_ORDER])


def written(nodes, constants) -> bytes:
    """Return an ONNX file with these nodes and constants."""
    graph = helper.make_graph(nodes, "main_graph", [], [], initializer=constants)
    return helper.make_model(graph).SerializeToString()
