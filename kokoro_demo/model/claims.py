"""Checks what a PyTorch file claims to contain before any of it is allocated or run.

`torch.load` with ``weights_only`` runs no code, but it decompresses, allocates and builds whatever a file describes:
storages that expand a thousandfold, sparse tensors, tensors of 0 bytes that claim gigabytes. So the file's pickle is
first read as plain values, and may describe nothing but plain tensors for which the file has the bytes.
"""

from __future__ import annotations

import io
import math
import pickle
import pickletools
import zipfile
from collections import OrderedDict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, NamedTuple

MAX_FILE = 2**31
MAX_PICKLE = 8_000_000
MAX_MEMO = 1_000_000
MAX_PARTS = 100_000
# Kokoro-82M has 82 million, or twice as many if every weight is stored in the two parts of weight norm.
MAX_NUMBERS = 400_000_000
BYTES_EACH = {
    "FloatStorage": 4,
    "HalfStorage": 2,
    "BFloat16Storage": 2,
    "DoubleStorage": 8,
    "CharStorage": 1,
    "ByteStorage": 1,
    "BoolStorage": 1,
    "ShortStorage": 2,
    "IntStorage": 4,
    "LongStorage": 8,
}
# The opcodes that PyTorch writes for dicts of tensors, in pickle protocol 2.
OPCODES = frozenset(
    "PROTO GLOBAL BINPUT LONG_BINPUT BINGET LONG_BINGET MARK BINUNICODE SHORT_BINUNICODE TUPLE TUPLE1 TUPLE2 TUPLE3 "
    "EMPTY_TUPLE EMPTY_DICT EMPTY_LIST APPEND APPENDS SETITEM SETITEMS BINPERSID BININT BININT1 BININT2 LONG1 BINFLOAT "
    "NEWFALSE NEWTRUE NONE REDUCE BUILD STOP".split()
)

NO_TENSORS = "is damaged, or holds something other than tensors, which is not loaded"


class Tensor(NamedTuple):
    """The arguments from which PyTorch rebuilds a plain tensor, unchecked."""

    storage: Any
    offset: Any
    size: Any
    stride: Any
    requires_grad: Any = False
    hooks: Any = None
    metadata: Any = None


class Parameter(NamedTuple):
    """A tensor that was saved as a module's parameter."""

    tensor: Any
    requires_grad: Any = False
    hooks: Any = None


class Other:
    """Anything but a plain tensor. Only its name is kept; it is never built."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __call__(self, *arguments: Any) -> Other:
        return self


class _Claims(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        known = {
            ("torch._utils", "_rebuild_tensor_v2"): Tensor,
            ("torch._utils", "_rebuild_parameter"): Parameter,
            ("collections", "OrderedDict"): OrderedDict,
        }
        if module == "torch" and name in BYTES_EACH:
            return name
        return known.get((module, name)) or Other(f"{module}.{name}"[:80])

    def persistent_load(self, storage: Any) -> Any:
        return storage


def check_claims(path: Path) -> None:
    """Check that a PyTorch file contains nothing but plain tensors, alone or in dicts, and all of their bytes.

    Raises:
        OSError: if the file cannot be read.
        ValueError: saying what else it contains; the message is meant to follow the name of the file.
    """
    if path.stat().st_size > MAX_FILE:
        raise ValueError(f"has {path.stat().st_size / 1e9:.1f} GB, more than any Kokoro")
    with path.open("rb") as file:
        _read_claims(file)


def lone_tensor_shape(data: bytes) -> tuple[int, ...]:
    """Return the shape of the single plain tensor that a PyTorch file contains.

    Raises:
        ValueError: if the file contains anything else, or not all of its bytes; see `check_claims`.
    """
    claim = _read_claims(io.BytesIO(data))
    if not isinstance(claim, Tensor):
        raise ValueError("is damaged, or holds something other than one tensor")
    shape: tuple[int, ...] = claim.size
    return shape


def _read_claims(file: IO[bytes]) -> Any:
    """Return the file's pickle as plain values, all of them checked."""
    try:
        pickled, sizes = _parts(file)
        for opcode, argument, _ in pickletools.genops(pickled):
            if opcode.name not in OPCODES or (opcode.name == "LONG_BINPUT" and int(argument or 0) > MAX_MEMO):
                raise ValueError(NO_TENSORS)
        claims = _Claims(io.BytesIO(pickled)).load()
    except (OSError, ValueError):
        raise
    except Exception as error:  # a malicious file may make the readers raise anything
        raise ValueError(NO_TENSORS) from error
    numbers = 0
    for name, claim in _named(claims):
        numbers += _checked(claim, name, sizes)
        if numbers > MAX_NUMBERS:
            raise ValueError(f"claims to hold more than {MAX_NUMBERS / 1e6:g} million numbers, more than any Kokoro")
    return claims


def _parts(file: IO[bytes]) -> tuple[bytes, dict[str, int]]:
    """Return the pickle, and the size of each part of the archive by its name."""
    length = file.seek(0, io.SEEK_END)
    with zipfile.ZipFile(file) as parts:
        entries = parts.infolist()
        folder = entries[0].filename.partition("/")[0] + "/"
        sizes = {entry.filename.removeprefix(folder): entry.file_size for entry in entries}
        plain = all(
            entry.compress_type == zipfile.ZIP_STORED and entry.filename.startswith(folder) for entry in entries
        )
        if not plain or len(sizes) != len(entries) or len(entries) > MAX_PARTS:
            raise ValueError(NO_TENSORS)
        if sum(sizes.values()) > length or sizes.get("data.pkl", MAX_PICKLE + 1) > MAX_PICKLE:
            raise ValueError(NO_TENSORS)
        return parts.read(folder + "data.pkl"), sizes


def _named(claims: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values in nested dicts with their paths, or the value itself if it is not a dict."""
    waiting: list[tuple[str, Any, int]] = [("", claims, 0)]
    while waiting:
        name, claim, depth = waiting.pop()
        if not isinstance(claim, dict):
            yield name, claim
        elif depth > 3:
            raise ValueError(NO_TENSORS)
        else:
            waiting += [(f"{name}.{str(key)[:80]}".lstrip("."), value, depth + 1) for key, value in claim.items()]


def _checked(claim: Any, name: str, sizes: dict[str, int]) -> int:
    """Return how many numbers a tensor has; 0 for any other harmless value.

    Raises:
        ValueError: if it is not harmless, or the file does not have its bytes.
    """
    described = name or "its tensor"
    if isinstance(claim, Parameter):
        claim = claim.tensor
    if isinstance(claim, Other):
        raise ValueError(f"holds something other than plain tensors, which is not loaded: {described} is {claim.name}")
    if not isinstance(claim, Tensor):
        if claim is None or isinstance(claim, str | int | float | bool | list | tuple):
            return 0
        raise ValueError(NO_TENSORS)
    storage = claim.storage
    if not isinstance(storage, tuple) or len(storage) != 5 or storage[0] != "storage":
        raise ValueError(f"is damaged: {described} has no values")
    _, kind, key, _, count = storage
    if isinstance(kind, Other):
        raise ValueError(f"holds {described} as {kind.name}, which is not a type of Kokoro's weights")
    if not isinstance(kind, str) or kind not in BYTES_EACH or not isinstance(key, str):
        raise ValueError(f"is damaged: {described} has no values")
    size, stride = claim.size, claim.stride
    if not isinstance(size, tuple) or not isinstance(stride, tuple) or len(size) != len(stride) or len(size) > 8:
        raise ValueError(f"is damaged: {described} has no shape")
    if any(type(number) is not int or number < 0 for number in (claim.offset, count, *size, *stride)):
        raise ValueError(f"is damaged: {described} has no shape")
    numbers = math.prod(size)
    last = claim.offset + sum((length - 1) * step for length, step in zip(size, stride, strict=True))
    if sizes.get(f"data/{key}") != count * BYTES_EACH[kind] or (numbers and last >= count):
        raise ValueError(f"is damaged: {described} claims to hold more or less than there is")
    return numbers
