"""Kokoro v1's voice packs as curves: 54 voices in a file of 280 KB, close enough that no duration changes.

A pack holds a style for each number of phonemes, and the styles of neighbouring rows are nearly alike. So each pack is
kept as its mean, its first principal components, and how much of each component it has at some rows (knots); between
two knots the amounts are linear. Rows differ most at low numbers, so the knots are even in the logarithm of the row.
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
    """One pack of (rows, width) styles.

    mean: (width,).
    components: (COMPONENTS, width), orthonormal.
    amounts: (KNOTS, COMPONENTS), of each component at each knot.
    """

    mean: Floats
    components: Floats
    amounts: Floats

    @classmethod
    def from_tensors(cls, parts: Mapping[Any, Any], width: int) -> Curve:
        """Reads what `tensors` returns, from a file that nobody has checked.

        Raises:
            ValueError: if a part is missing or has another shape or kind, or a value is not finite.
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
        """Returns the parts in float16, for a file of PyTorch."""
        import torch

        return {name: torch.from_numpy(part.astype(np.float16)) for name, part in self._asdict().items()}

    def pack(self, rows: int = ROWS) -> Floats:
        """The styles, (rows, width) float32."""
        return (self.mean + _spread(rows) @ self.amounts @ self.components).astype(np.float32)


def fit(pack: Floats) -> Curve:
    """Returns the curve nearest to a pack (rows, width) in the sum of squares, rounded to float16.

    The components are those of a principal component analysis; the amounts at the knots are fitted by least squares.
    """
    mean = pack.mean(axis=0)
    components = np.linalg.svd(pack - mean, full_matrices=False)[2][:COMPONENTS]
    amounts = np.linalg.lstsq(_spread(len(pack)), (pack - mean) @ components.T, rcond=None)[0]
    return Curve(*(part.astype(np.float16).astype(np.float32) for part in (mean, components, amounts)))


def write(curves: dict[str, Curve], path: Path) -> None:
    """Writes curves by the name of their voice to an .npz file that `read` reads."""
    mean, components, amounts = (np.stack(parts).astype(np.float16) for parts in zip(*curves.values(), strict=True))
    np.savez(path, names=np.array(list(curves)), mean=mean, components=components, amounts=amounts)


@functools.lru_cache(maxsize=1)
def read() -> dict[str, Curve]:
    """Returns the curves of the package, by the name of their voice."""
    with np.load(FILE, allow_pickle=False) as file:
        parts = [file[part].astype(np.float32) for part in Curve._fields]
        return {str(name): Curve(*arrays) for name, *arrays in zip(file["names"], *parts, strict=True)}


def curve_pack(name: str) -> torch.Tensor:
    """Returns a voice of the catalogue as a voice pack, (510, 1, 256) float32.

    Raises:
        KeyError: if it is not in the catalogue.
    """
    import torch

    return torch.from_numpy(read()[name].pack()).unsqueeze(1)


@functools.lru_cache(maxsize=4)
def _spread(rows: int) -> Floats:
    """The share of each knot in each row, (rows, KNOTS) float32."""
    places = np.log(np.arange(1, rows + 1))
    knots = np.linspace(0.0, places[-1], KNOTS)
    shares = np.stack([np.interp(places, knots, one) for one in np.eye(KNOTS)], axis=1)
    return shares.astype(np.float32)
