"""A voice pack from a stranger: nothing of it is believed, run or allocated before `model.claims` has checked it."""

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

# Kokoro's packs have half a megabyte; the same in float64 has one.
MAX_BYTES = 2_000_000
# Letters of the name that its file gives it.
MAX_TITLE = 24


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
    except Exception:  # whatever a file from outside makes the reader raise
        raise RequestError("This is not a voice pack that can be taken: it cannot be read.") from None


def upload_name(pack: torch.Tensor, file_name: str = "") -> str:
    """The name that we give it: "yours_", digits of its values, so that a request still decides the sound, and what its
    file is called, if that says anything.

    file_name: as its owner calls it; only letters and figures of it are used.
    """
    stem = unicodedata.normalize("NFC", PurePath(file_name.replace("\\", "/")).stem[:200])
    title = "-".join(re.findall(r"[^\W_]+", stem))[:MAX_TITLE].strip("-").lower()
    digits = hashlib.sha256(pack.numpy().tobytes()).hexdigest()[:16]
    return f"{UPLOADED}{digits}_{title}" if title else f"{UPLOADED}{digits}"
