"""Kokoro v1's voice packs as curves: 54 voices in a file of 280 KB, so exact that no duration changes.

A pack has a style for each number of phonemes, and neighbouring rows are nearly equal. So each pack is stored as its
mean, its first principal components, and the coefficients of those at certain rows (knots), between which they are
interpolated linearly. Rows differ most at small numbers, so the knots are evenly spaced in the logarithm of the row.
The packs are hexgrad's (Kokoro-82M, Apache-2.0); `tools/voice_curves.py` makes the file from a folder of them.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import torch

FILE = Path(__file__).with_name("curves.npz")
ROWS = 510
COMPONENTS = 6
KNOTS = 128

Floats = NDArray[np.float32]


class Curve(NamedTuple):
    """One pack, (rows, width).

    mean: (width,).
    components: (COMPONENTS, width), orthonormal.
    amounts: (KNOTS, COMPONENTS), the coefficient of each component at each knot.
    """

    mean: Floats
    components: Floats
    amounts: Floats

    @classmethod
    def from_tensors(cls, parts: Mapping[Any, Any], width: int) -> Curve:
        """Read what `tensors` returns from an untrusted file.

        Raises:
            ValueError: if a part is missing or has another shape or type, or a value is not finite.
        """
        import torch

        if set(parts) != set(cls._fields):
            raise ValueError("it must hold one tensor of floating point, or the three parts of a curve.")
        shapes = {"mean": (width,), "components": (COMPONENTS, width), "amounts": (KNOTS, COMPONENTS)}
        for name, shape in shapes.items():
            part = parts.get(name)
            if not isinstance(part, torch.Tensor) or part.dtype != torch.float16 or part.layout != torch.strided:
                raise ValueError(f"{name!r} must be a tensor of float16.")
            if tuple(part.shape) != shape:
                raise ValueError(f"{name!r} must be {'x'.join(map(str, shape))}, not {'x'.join(map(str, part.shape))}.")
            if not torch.isfinite(part).all():
                raise ValueError(f"{name!r} holds values that are not finite.")
        return cls(*(parts[name].float().numpy() for name in shapes))

    def tensors(self) -> dict[str, torch.Tensor]:
        """Return the parts in float16, for a PyTorch file."""
        import torch

        return {name: torch.from_numpy(part.astype(np.float16)) for name, part in self._asdict().items()}

    def pack(self, rows: int = ROWS) -> Floats:
        """Return the styles, (rows, width) float32."""
        return (self.mean + _interpolation_weights(rows) @ self.amounts @ self.components).astype(np.float32)


def fit(pack: Floats) -> Curve:
    """Return the curve closest to a pack, (rows, width), by least squares, rounded to float16.

    The components come from a principal component analysis, the coefficients at the knots from a linear least-squares
    fit.
    """
    mean = pack.mean(axis=0)
    components = np.linalg.svd(pack - mean, full_matrices=False)[2][:COMPONENTS]
    amounts = np.linalg.lstsq(_interpolation_weights(len(pack)), (pack - mean) @ components.T, rcond=None)[0]
    return Curve(*(part.astype(np.float16).astype(np.float32) for part in (mean, components, amounts)))


def write(curves: dict[str, Curve], path: Path) -> None:
    """Write curves, keyed by voice, to an .npz file for `read`."""
    mean, components, amounts = (np.stack(parts).astype(np.float16) for parts in zip(*curves.values(), strict=True))
    np.savez(path, names=np.array(list(curves)), mean=mean, components=components, amounts=amounts)


@functools.lru_cache(maxsize=1)
def read() -> dict[str, Curve]:
    """Return the curves that this package includes, keyed by voice."""
    with np.load(FILE, allow_pickle=False) as file:
        parts = [file[part].astype(np.float32) for part in Curve._fields]
        return {str(name): Curve(*arrays) for name, *arrays in zip(file["names"], *parts, strict=True)}


def curve_pack(name: str) -> torch.Tensor:
    """Return a voice of the catalogue as a voice pack, (510, 1, 256) float32.

    Raises:
        KeyError: if it is not in the catalogue.
    """
    import torch

    return torch.from_numpy(read()[name].pack()).unsqueeze(1)


@functools.lru_cache(maxsize=4)
def _interpolation_weights(rows: int) -> Floats:
    """Return the weight of each knot in each row, (rows, KNOTS) float32."""
    places = np.log(np.arange(1, rows + 1))
    knots = np.linspace(0.0, places[-1], KNOTS)
    shares = np.stack([np.interp(places, knots, unit) for unit in np.eye(KNOTS)], axis=1)
    return shares.astype(np.float32)
