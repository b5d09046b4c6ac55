"""More than one machine: the API on Ray Serve (``serve run kokoro_demo.cluster:app``), and batches on a Ray cluster.

Ray is imported when it is used; ``pip install -r requirements-cluster.txt`` on every machine brings it.
"""

from __future__ import annotations

from collections.abc import Mapping
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


def app(options: Mapping[str, str]) -> Any:
    """What ``serve run kokoro_demo.cluster:app cores=2 replicas=8`` runs; `serving.Options` has the options."""
    from kokoro_demo.cluster.serving import build

    return build(options)
