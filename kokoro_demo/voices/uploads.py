"""Uploaded voice packs. They are untrusted: `model.claims` checks the file before anything in it is allocated or
run."""

from __future__ import annotations

import hashlib
import io
import re
import unicodedata
from pathlib import PurePath

import torch

from kokoro_demo.errors import RequestError
from kokoro_demo.model.claims import lone_tensor_shape
from kokoro_demo.voices.catalogue import UPLOADED
from kokoro_demo.voices.packs import read_values, shape_fault

# Kokoro's packs take half a megabyte, or one in float64.
MAX_BYTES = 2_000_000
# Characters of the file's name that are kept.
MAX_TITLE = 24


def read_upload(data: bytes, style_width: int) -> torch.Tensor:
    """Return the voice pack in an uploaded file, (rows, 1, style_width) float32.

    style_width: of the model that will speak with it; 0 if it takes no packs.

    Raises:
        RequestError: if the model takes no packs, or the file is too large, is not a single tensor, has another shape,
            or has values that no style has.
    """
    if not style_width:
        raise RequestError("The voice that speaks now takes no voice packs. Try again as soon as Kokoro is ready.")
    if len(data) > MAX_BYTES:
        raise RequestError(f"This file is too large for a voice pack: the limit is {MAX_BYTES / 1e6:g} MB.")
    try:
        shape = lone_tensor_shape(data)
    except (OSError, ValueError) as error:
        raise RequestError(f"This is not a voice pack that can be taken: it {error}.") from None
    if fault := shape_fault(shape, style_width // 2):
        raise RequestError(f"This voice pack does not fit the model that speaks now: it {fault}.")
    try:
        return read_values(torch.load(io.BytesIO(data), map_location="cpu", weights_only=True))
    except ValueError as error:
        raise RequestError(f"This voice pack cannot speak: it {error}.") from None
    except Exception:  # an untrusted file may make the reader raise anything
        raise RequestError("This is not a voice pack that can be taken: it cannot be read.") from None


def upload_name(pack: torch.Tensor, file_name: str = "") -> str:
    """Return our name for an uploaded pack: "yours_", a hash of its values, so that the request still determines the
    audio, and the name of its file, if that has any letters or digits.

    file_name: as the visitor named it; only its letters and digits are used.
    """
    stem = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).stem[:200])
    title = "-".join(re.findall(r"[^\W_]+", stem))[:MAX_TITLE].strip("-").lower()
    digits = hashlib.sha256(pack.numpy().tobytes()).hexdigest()[:16]
    return f"{UPLOADED}{digits}_{title}" if title else f"{UPLOADED}{digits}"
