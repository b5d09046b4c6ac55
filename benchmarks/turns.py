"""Fair measurements on a machine that has other work: peers take turns, and the median of the ratios counts."""

from __future__ import annotations

import platform
import statistics
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import torch

Work = Callable[[], float]


def in_turns(peers: Mapping[str, Work], rounds: int) -> dict[str, list[float]]:
    """Return the seconds for each unit of a peer's work, in each round, after one call to warm up. A call returns the
    number of units."""
    times: dict[str, list[float]] = {name: [] for name in peers}
    for work in peers.values():
        work()
    for _ in range(rounds):
        for name, work in peers.items():
            begun = time.perf_counter()
            units = work()
            times[name].append((time.perf_counter() - begun) / units)
    return times


def ratio(values: Sequence[float], others: Sequence[float]) -> float:
    """Return the median of the ratios within each round."""
    return statistics.median(value / other for value, other in zip(values, others, strict=True))


def spread(values: Sequence[float]) -> str:
    """Return the median, the minimum and the maximum, as text."""
    return f"{statistics.median(values):.3f} ({min(values):.3f} to {max(values):.3f})"


def machine() -> str:
    """Describe the machine and the software in one line."""
    names = [
        line.partition(":")[2].strip() for line in _lines_of(Path("/proc/cpuinfo")) if line.startswith("model name")
    ]
    processor = names[0] if names else platform.processor() or platform.machine()
    return (
        f"{processor}, {torch.get_num_threads()} threads, Python {platform.python_version()}, torch {torch.__version__}"
    )


def _lines_of(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
