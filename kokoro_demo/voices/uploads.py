"""A voice pack from a stranger: nothing of it is believed, run or allocated before it is checked.

`torch.load` with `weights_only` runs nothing, but allocates what a file claims. So its list of claims is read first, as
plain values, and must say exactly what a pack is.
"""

from __future__ import annotations

import hashlib
import io
import pickle
import pickletools
import zipfile
from typing import Any, NamedTuple

import torch

from kokoro_demo.errors import RequestError
from kokoro_demo.voices.catalogue import UPLOADED
from kokoro_demo.voices.packs import read_values, shape_fault

# Kokoro's packs have half a megabyte; the same in float64 has one.
MAX_BYTES = 2_000_000
MAX_FILES = 32
MAX_PICKLE = 4096
MAX_MEMO = 1000
BYTES_EACH = {"FloatStorage": 4, "HalfStorage": 2, "BFloat16Storage": 2, "DoubleStorage": 8}
# What PyTorch writes for one tensor.
OPCODES = frozenset(
    "PROTO GLOBAL BINPUT LONG_BINPUT BINGET LONG_BINGET MARK BINUNICODE TUPLE TUPLE1 TUPLE2 TUPLE3 EMPTY_TUPLE "
    "BINPERSID BININT BININT1 BININT2 NEWFALSE NEWTRUE REDUCE STOP".split()
)
NO_PACK = (
    "This is not a voice pack that can be taken: it must be a .pt file of PyTorch with one tensor of floating point "
    "and nothing else."
)


class _Claim(NamedTuple):
    """The arguments with which PyTorch makes a tensor again."""

    storage: Any
    offset: Any
    size: Any
    stride: Any
    requires_grad: Any
    hooks: Any
    metadata: Any = None


class _Claims(pickle.Unpickler):
    """Gives the claims of a pickle as plain values."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) == ("torch._utils", "_rebuild_tensor_v2"):
            return _Claim
        if (module, name) == ("collections", "OrderedDict"):
            return dict
        if module == "torch" and name in BYTES_EACH:
            return name
        raise pickle.UnpicklingError("something else than a tensor")

    def persistent_load(self, storage: Any) -> Any:
        return storage


def read_upload(data: bytes, style_width: int) -> torch.Tensor:
    """The voice pack in a file that was uploaded, (rows, 1, style_width) float32.

    style_width: of the model that is to speak with it; 0 if that takes no packs.

    Raises:
        RequestError: if that takes none, or the file is too large, anything but one tensor, of another shape, or not
            finite.
    """
    if not style_width:
        raise RequestError("The voice that speaks now takes no voice packs. Try again as soon as Kokoro is there.")
    if len(data) > MAX_BYTES:
        raise RequestError(f"This file is too large for a voice pack: {MAX_BYTES / 1e6:g} MB is the most.")
    try:
        claim, sizes = _claim_of(data)
        kind, key, count = _storage_of(claim)
        numbers = [claim.offset, count, *claim.size, *claim.stride]
        if any(type(number) is not int or number < 0 for number in numbers) or len(claim.size) != len(claim.stride):
            raise RequestError(NO_PACK)
    except RequestError:
        raise
    except Exception:  # what a stranger made up can fail anywhere in the readers
        raise RequestError(NO_PACK) from None
    _check_shape(claim.size, style_width)
    last = claim.offset + sum((length - 1) * step for length, step in zip(claim.size, claim.stride, strict=True))
    if last >= count or sizes.get(f"data/{key}") != count * BYTES_EACH[kind]:
        raise RequestError("This voice pack is damaged: it claims to hold more or less than it does.")
    try:
        tensor = torch.load(io.BytesIO(data), map_location="cpu", weights_only=True)
    except Exception:
        raise RequestError(NO_PACK) from None
    _check_shape(tuple(tensor.shape), style_width)
    try:
        return read_values(tensor)
    except ValueError as error:
        raise RequestError(f"This voice pack cannot speak: it {error}.") from None


def upload_name(pack: torch.Tensor) -> str:
    """The name that we give it: the same for the same values, so that a request still decides the sound."""
    return UPLOADED + hashlib.sha256(pack.numpy().tobytes()).hexdigest()[:8]


def _claim_of(data: bytes) -> tuple[_Claim, dict[str, int]]:
    """What the pickle in the file claims to be, and the sizes of the file's parts by name."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        entries = parts.infolist()
        folder = entries[0].filename.partition("/")[0] + "/"
        sizes = {entry.filename.removeprefix(folder): entry.file_size for entry in entries}
        plain = all(
            entry.compress_type == zipfile.ZIP_STORED and entry.filename.startswith(folder) for entry in entries
        )
        if not plain or len(sizes) != len(entries) or len(entries) > MAX_FILES or sum(sizes.values()) > len(data):
            raise RequestError(NO_PACK)
        if sizes.get("data.pkl", MAX_PICKLE + 1) > MAX_PICKLE:
            raise RequestError(NO_PACK)
        pickled = parts.read(folder + "data.pkl")
    for opcode, argument, _ in pickletools.genops(pickled):
        if opcode.name not in OPCODES or (opcode.name == "LONG_BINPUT" and int(argument or 0) > MAX_MEMO):
            raise RequestError(NO_PACK)
    claim = _Claims(io.BytesIO(pickled)).load()
    if not isinstance(claim, _Claim):
        raise RequestError(NO_PACK)
    return claim, sizes


def _storage_of(claim: _Claim) -> tuple[str, str, int]:
    """Kind, key and number of elements of the storage that it claims."""
    storage, kind, key, _, count = claim.storage
    if storage != "storage" or kind not in BYTES_EACH or not isinstance(key, str):
        raise RequestError(NO_PACK)
    return kind, key, count


def _check_shape(shape: tuple[int, ...], style_width: int) -> None:
    if fault := shape_fault(shape, style_width // 2):
        raise RequestError(f"This voice pack does not fit the model that speaks now: it {fault}.")
