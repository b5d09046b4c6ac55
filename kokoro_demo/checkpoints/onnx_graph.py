"""Reads the constants of an ONNX file, with limits and checks, and which node uses which. Nothing in the file is
run."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from kokoro_demo.errors import CheckpointError

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnx import NodeProto, TensorProto

# Kokoro-82M takes 330 MB in float32.
MAX_BYTES = 1 << 30
MAX_DIMENSIONS = 8
# Nodes between a constant and its user: Identity, Cast, Transpose, DequantizeLinear.
MAX_STEPS = 8


class Values(NamedTuple):
    """A constant: plain values, or integers that represent ``(values - zero) * scale``.

    scale, zero: broadcast to `values`; None for plain values.
    """

    values: NDArray[Any]
    scale: NDArray[Any] | None = None
    zero: NDArray[Any] | None = None

    def rearranged(self, *axes: int) -> Values:
        """Return a copy with its dimensions in another order."""
        return self.each(lambda part: part if part.ndim == 0 else part.transpose(axes))

    def equals(self, other: Values) -> bool:
        """Whether both represent the same numbers in the same form."""
        pairs = zip(self, other, strict=True)
        return all(
            ours is theirs or (ours is not None and theirs is not None and np.array_equal(ours, theirs))
            for ours, theirs in pairs
        )

    def each(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Values:
        """Return a copy with `change` applied to every part."""
        scale, zero = (None if part is None else change(part) for part in (self.scale, self.zero))
        return Values(change(self.values), scale, zero)


class Graph:
    """The nodes of an ONNX file in order, and its constants by name.

    Raises:
        CheckpointError: if it is not an ONNX file.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """name: of the file, for error messages."""
        self._file = name
        graph = _parse(data, name).graph
        self.nodes: list[NodeProto] = list(graph.node)
        self._stored: dict[str, TensorProto] = {tensor.name: tensor for tensor in graph.initializer}
        self._producers: dict[str, NodeProto] = {}
        self._users: dict[str, list[NodeProto]] = {}
        for node in self.nodes:
            self._producers |= dict.fromkeys(node.output, node)
            for name in node.input:
                self._users.setdefault(name, []).append(node)

    def fail(self, name: str, fault: str) -> CheckpointError:
        """Return an error about the tensor or node `name`."""
        return CheckpointError(f"{self._file} is not an ONNX file of Kokoro that can be read: {name[:120]} {fault}.")

    def names(self) -> Iterator[str]:
        """Yield the names of all constants, including additional names for the same one."""
        yield from self._stored
        for node in self.nodes:
            if node.op_type == "Identity" and self.is_constant(node.output[0]):
                yield node.output[0]

    def is_constant(self, name: str) -> bool:
        """Whether `name` is stored in the file, or differs from what is stored only in its form."""
        for _ in range(MAX_STEPS):
            if name in self._stored:
                return True
            producer = self._producers.get(name)
            if producer is None or producer.op_type not in (
                "Identity",
                "Cast",
                "Transpose",
                "DequantizeLinear",
                "Constant",
            ):
                return False
            if producer.op_type == "Constant":
                return True
            name = producer.input[0]
        return False

    def values(self, name: str) -> Values:
        """Return the constant `name`.

        Raises:
            CheckpointError: if it is computed or missing, or its data are in another file or do not fit its shape and
                type.
        """
        if not self.is_constant(name):
            raise self.fail(name, "should be a constant of the file and is not")
        if name in self._stored:
            return Values(self._array(self._stored[name]))
        producer = self._producers[name]
        if producer.op_type == "Constant":
            return Values(self._array(attribute(producer, "value")))
        source = self.values(producer.input[0])
        if producer.op_type == "Transpose":
            order = attribute(producer, "perm") or range(source.values.ndim)[::-1]
            if sorted(order) != list(range(source.values.ndim)):
                shown = list(order)[:MAX_DIMENSIONS]
                raise self.fail(producer.name, f"transposes its {source.values.ndim} dimensions in the order {shown}")
            return source.rearranged(*order)
        if producer.op_type == "DequantizeLinear":
            scale, *zeros = (self.values(part).values for part in producer.input[1:] if part)
            axis = int(attribute(producer, "axis", 1))
            return self.quantised(source.values, scale, zeros[0] if zeros else None, axis, producer.name)
        return source

    def users(self, name: str) -> list[NodeProto]:
        """Return the nodes that have `name` as an input."""
        return self._users.get(name, [])

    def quantised(
        self, values: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any] | None, axis: int, name: str
    ) -> Values:
        """Return integers with their scale and zero point: one for all, or one for each index of `axis`.

        Raises:
            CheckpointError: if they do not fit together.
        """
        if values.dtype not in (np.int8, np.uint8):
            raise self.fail(name, f"has weights of the type {values.dtype} instead of 8 bits")

        def fitted(part: NDArray[Any], what: str) -> NDArray[Any]:
            if part.size == 1:
                return part.reshape((1,) * values.ndim)
            if not -values.ndim <= axis < values.ndim or part.shape != (values.shape[axis],):
                raise self.fail(name, f"has a {what} of the shape {part.shape} for weights of {values.shape}")
            return part.reshape([-1 if place == axis % values.ndim else 1 for place in range(values.ndim)])

        return Values(values, fitted(scale, "scale"), None if zero is None else fitted(zero, "zero point"))

    def scale_after(self, node: NodeProto) -> NDArray[Any]:
        """Return the scale of an integer node's weights, which multiplies its output in a later node.

        Raises:
            CheckpointError: if no constant multiplies it.
        """
        output = node.output[0]
        for _ in range(MAX_STEPS):
            users = self.users(output)
            if len(users) != 1:
                break
            if users[0].op_type == "Mul":
                (other,) = [name for name in users[0].input if name != output] or [""]
                factors = [other, *self._producers[other].input] if other in self._producers else [other]
                for factor in factors:
                    if self.is_constant(factor):
                        return self.values(factor).values
                break
            output = users[0].output[0]
        raise self.fail(node.name, "has weights without a scale")

    def _array(self, tensor: TensorProto | None) -> NDArray[Any]:
        from onnx import TensorProto, numpy_helper

        if tensor is None:
            raise self.fail("a constant", "holds no tensor")
        sizes: dict[int, int] = {
            TensorProto.FLOAT: 4,
            TensorProto.FLOAT16: 2,
            TensorProto.DOUBLE: 8,
            TensorProto.INT8: 1,
            TensorProto.UINT8: 1,
            TensorProto.INT32: 4,
            TensorProto.INT64: 8,
        }
        if tensor.data_location == TensorProto.EXTERNAL or tensor.external_data:
            raise self.fail(tensor.name, "has its data in another file, which is not opened")
        if tensor.data_type not in sizes or tensor.HasField("segment"):
            raise self.fail(tensor.name, "has a type that Kokoro does not have")
        if len(tensor.dims) > MAX_DIMENSIONS or any(length < 0 for length in tensor.dims):
            raise self.fail(tensor.name, f"has the shape {list(tensor.dims)[:MAX_DIMENSIONS]}")
        stored = len(tensor.raw_data) // sizes[tensor.data_type] if tensor.raw_data else _counted(tensor)
        if math.prod(tensor.dims) != stored:
            raise self.fail(tensor.name, f"has the shape {list(tensor.dims)} and holds {stored} values")
        try:
            return numpy_helper.to_array(tensor)
        except Exception as error:  # an untrusted file may make the library raise anything
            raise self.fail(tensor.name, "is damaged") from error


def attribute(node: NodeProto, name: str, default: Any = None) -> Any:
    """The value of a node's attribute."""
    from onnx import helper

    return next((helper.get_attribute_value(item) for item in node.attribute if item.name == name), default)


def _counted(tensor: TensorProto) -> int:
    return sum(map(len, (tensor.float_data, tensor.int32_data, tensor.int64_data, tensor.double_data)))


def read_bytes(path: Path) -> bytes:
    """What an ONNX file holds.

    Raises:
        CheckpointError: if it cannot be read, or is larger than any Kokoro.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise CheckpointError(f"{path} has {size / 1e9:.1f} GB: more than any ONNX file of Kokoro.")
        return path.read_bytes()
    except OSError as error:
        raise CheckpointError(f"{path} cannot be read: {error.strerror}.") from error


def _parse(data: bytes, name: str) -> Any:
    try:
        import onnx
    except ImportError as error:
        raise CheckpointError(f"{name} is an ONNX file, which needs the package onnx. Run: pip install onnx") from error
    try:
        return onnx.load_model_from_string(data)
    except Exception as error:  # the parser's own errors belong to no public class
        raise CheckpointError(f"{name} is damaged, or not an ONNX file. Fetch it again.") from error
