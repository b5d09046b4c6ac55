"""Writes tensors to files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import torch

from kokoro_demo.files import replacing


def save_tensors(content: Any, path: Path) -> None:
    """Write tensors to a file atomically.

    content: what `torch.save` accepts.

    Raises:
        OSError: if the file cannot be written, for instance because the disk is full. (`torch.save` itself would then
            raise a RuntimeError about its archive.)
    """
    with replacing(path) as file:
        try:
            torch.save(content, file)
        except RuntimeError as error:
            if isinstance(error.__context__, OSError):
                raise error.__context__ from None
            raise
