"""The file of the first voice's model, as the package hibari-tts carries it."""

from __future__ import annotations

import hashlib
from importlib import metadata
from pathlib import Path

from kokoro_demo.errors import CheckpointError

PACKAGE, VERSION = "hibari-tts", "0.2.1"
FILE = "hibari/assets/hibari.onnx"
SHA256 = "5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8"
INSTALL = f"Run: pip install --force-reinstall --no-deps {PACKAGE}=={VERSION}"
# The tensor of the durations, which the model computes and does not give.
DURATIONS = "/Clip_output_0"
# Fields of ModelProto, GraphProto and ValueInfoProto in onnx.proto.
_GRAPH, _OUTPUT, _NAME = 7, 12, 1


def model_path() -> Path:
    """Where the file lies. Nothing of the package is imported.

    Raises:
        CheckpointError: if the package is not installed.
    """
    try:
        return Path(str(metadata.distribution(PACKAGE).locate_file(FILE)))
    except metadata.PackageNotFoundError:
        raise CheckpointError(f"The first voice is not installed: there is no package {PACKAGE}. {INSTALL}") from None


def read_model(path: Path) -> bytes:
    """The model, which also gives its durations.

    Raises:
        CheckpointError: if the file is missing, or is not the one that this package was written for.
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
    """What, appended to a model, adds outputs to its graph.

    Two serialized messages of Protocol Buffers one after the other are one message in which repeated fields are joined
    and embedded messages merged (its documentation, "Last One Wins").
    """
    return b"".join(_field(_GRAPH, _field(_OUTPUT, _field(_NAME, name.encode()))) for name in names)


def _field(number: int, content: bytes) -> bytes:
    """A length-delimited field; a length of more than one byte is not needed here."""
    assert len(content) < 128
    return bytes([number << 3 | 2, len(content)]) + content
