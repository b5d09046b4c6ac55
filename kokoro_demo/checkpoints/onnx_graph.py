"""The constants of an ONNX file, and which node uses which: read, bounded and checked, and nothing of it run."""

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

# Kokoro-82M has 330 MB in float32.
MAX_BYTES = 1 << 30
MAX_DIMENSIONS = 8
# Between a constant and the node that uses it: Identity, Cast, Transpose, DequantizeLinear.
MAX_STEPS = 8


class Values(NamedTuple):
    """A constant: plain values, or whole numbers that stand for ``(values - zero) * scale``.

    scale, zero: broadcast to `values`; None for plain values.
    """

    values: NDArray[Any]
    scale: NDArray[Any] | None = None
    zero: NDArray[Any] | None = None

    def rearranged(self, *axes: int) -> Values:
        """With its dimensions in another order."""
        return self.each(lambda part: part if part.ndim == 0 else part.transpose(axes))

    def equals(self, other: Values) -> bool:
        """Whether they stand for the same numbers in the same form."""
        pairs = zip(self, other, strict=True)
        return all(
            mine is its or (mine is not None and its is not None and np.array_equal(mine, its)) for mine, its in pairs
        )

    def each(self, change: Callable[[NDArray[Any]], NDArray[Any]]) -> Values:
        """With every part changed in the same way."""
        scale, zero = (None if part is None else change(part) for part in (self.scale, self.zero))
        return Values(change(self.values), scale, zero)


class Graph:
    """The nodes of an ONNX file in order, and its constants by name.

    Raises:
        CheckpointError: if it is no ONNX file.
    """

    def __init__(self, data: bytes, name: str) -> None:
        """name: of the file, for messages."""
        self._file = name
        graph = _parse(data, name).graph
        self.nodes: list[NodeProto] = list(graph.node)
        self._stored: dict[str, TensorProto] = {tensor.name: tensor for tensor in graph.initializer}
        self._makers: dict[str, NodeProto] = {}
        self._users: dict[str, list[NodeProto]] = {}
        for node in self.nodes:
            self._makers |= dict.fromkeys(node.output, node)
            for name in node.input:
                self._users.setdefault(name, []).append(node)

    def fail(self, name: str, fault: str) -> CheckpointError:
        """The error for a fault of the tensor or node `name`."""
        return CheckpointError(f"{self._file} is not an ONNX file of Kokoro that can be read: {name[:120]} {fault}.")

    def names(self) -> Iterator[str]:
        """The names of all constants; one that is stored under another name too, under both."""
        yield from self._stored
        for node in self.nodes:
            if node.op_type == "Identity" and self.is_constant(node.output[0]):
                yield node.output[0]

    def is_constant(self, name: str) -> bool:
        """Whether `name` is stored in the file, or follows from what is by a change of form alone."""
        for _ in range(MAX_STEPS):
            if name in self._stored:
                return True
            maker = self._makers.get(name)
            if maker is None or maker.op_type not in ("Identity", "Cast", "Transpose", "DequantizeLinear", "Constant"):
                return False
            if maker.op_type == "Constant":
                return True
            name = maker.input[0]
        return False

    def values(self, name: str) -> Values:
        """The constant `name`.

        Raises:
            CheckpointError: if it is computed or missing, its data lie elsewhere, or do not fit its shape and type.
        """
        if not self.is_constant(name):
            raise self.fail(name, "should be a constant of the file and is not")
        if name in self._stored:
            return Values(self._array(self._stored[name]))
        maker = self._makers[name]
        if maker.op_type == "Constant":
            return Values(self._array(attribute(maker, "value")))
        found = self.values(maker.input[0])
        if maker.op_type == "Transpose":
            order = attribute(maker, "perm") or range(found.values.ndim)[::-1]
            if sorted(order) != list(range(found.values.ndim)):
                raise self.fail(maker.name, "turns its dimensions in no order that there is")
            return found.rearranged(*order)
        if maker.op_type == "DequantizeLinear":
            scale, *zeros = (self.values(part).values for part in maker.input[1:] if part)
            axis = int(attribute(maker, "axis", 1))
            return self.quantised(found.values, scale, zeros[0] if zeros else None, axis, maker.name)
        return found

    def users(self, name: str) -> list[NodeProto]:
        """The nodes that take `name` as an input."""
        return self._users.get(name, [])

    def quantised(
        self, values: NDArray[Any], scale: NDArray[Any], zero: NDArray[Any] | None, axis: int, name: str
    ) -> Values:
        """Whole numbers with their scale and zero, one for all or one for each step along `axis`.

        Raises:
            CheckpointError: if they do not fit together.
        """
        if values.dtype not in (np.int8, np.uint8):
            raise self.fail(name, f"has weights of the type {values.dtype} where 8 bits are expected")

        def fitted(part: NDArray[Any], what: str) -> NDArray[Any]:
            if part.size == 1:
                return part.reshape((1,) * values.ndim)
            if not -values.ndim <= axis < values.ndim or part.shape != (values.shape[axis],):
                raise self.fail(name, f"has a {what} of the shape {part.shape} for weights of {values.shape}")
            return part.reshape([-1 if place == axis % values.ndim else 1 for place in range(values.ndim)])

        return Values(values, fitted(scale, "scale"), None if zero is None else fitted(zero, "zero point"))

    def scale_after(self, node: NodeProto) -> NDArray[Any]:
        """The scale of a whole-number node's weights, by which what it computes is multiplied later.

        Raises:
            CheckpointError: if it is multiplied by no constant.
        """
        output = node.output[0]
        for _ in range(MAX_STEPS):
            users = self.users(output)
            if len(users) != 1:
                break
            if users[0].op_type == "Mul":
                (other,) = [name for name in users[0].input if name != output] or [""]
                factors = [other, *self._makers[other].input] if other in self._makers else [other]
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
            raise self.fail(tensor.name, "lies in another file, which is not opened")
        if tensor.data_type not in sizes or tensor.HasField("segment"):
            raise self.fail(tensor.name, "has a type that Kokoro does not have")
        if len(tensor.dims) > MAX_DIMENSIONS or any(length < 0 for length in tensor.dims):
            raise self.fail(tensor.name, f"has the shape {list(tensor.dims)[:MAX_DIMENSIONS]}")
        stored = len(tensor.raw_data) // sizes[tensor.data_type] if tensor.raw_data else _counted(tensor)
        if math.prod(tensor.dims) != stored:
            raise self.fail(tensor.name, f"has the shape {list(tensor.dims)} and holds {stored} values")
        try:
            return numpy_helper.to_array(tensor)
        except Exception as error:  # whatever a file from outside makes the library raise
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
        raise CheckpointError(f"{name} is damaged, or is no ONNX file. Fetch it again.") from error
