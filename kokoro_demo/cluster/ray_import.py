"""Imports Ray on first use, since the package works without it."""

from __future__ import annotations

from typing import Any

from kokoro_demo.errors import KokoroError


class ClusterError(KokoroError, RuntimeError):
    """Ray is missing or unreachable, or no machine of the cluster is large enough."""


def ray_module() -> Any:
    """Import and return Ray.

    Raises:
        ClusterError: if it is not installed.
    """
    try:
        import ray
    except ImportError as error:
        raise ClusterError(f"Ray cannot be loaded ({error}). Run: pip install -r requirements-cluster.txt") from error
    return ray
