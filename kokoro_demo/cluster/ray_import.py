"""Ray, imported when it is used: the package works without it."""

from __future__ import annotations

from typing import Any

from kokoro_demo.errors import KokoroError


class ClusterError(KokoroError, RuntimeError):
    """Ray is missing, cannot be reached, or has no machine that is large enough."""


def ray_module() -> Any:
    """Ray.

    Raises:
        ClusterError: if it is not installed.
    """
    try:
        import ray
    except ImportError as error:
        raise ClusterError(f"Ray cannot be loaded ({error}). Run: pip install -r requirements-cluster.txt") from error
    return ray
