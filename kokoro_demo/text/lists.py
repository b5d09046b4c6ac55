"""Word lists, written as running text."""

from __future__ import annotations


def listed(*lines: str) -> frozenset[str]:
    """The words of `lines`."""
    return frozenset(" ".join(lines).split())
