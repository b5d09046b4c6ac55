"""More than one machine: the API on Ray Serve (``serve run kokoro_demo.cluster:app``), and batches on a Ray cluster.

Ray is imported when it is used; ``pip install -r requirements-cluster.txt`` on every machine brings it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def app(options: Mapping[str, str]) -> Any:
    """What ``serve run kokoro_demo.cluster:app cores=2 replicas=8`` runs; `serving.Options` has the options."""
    from kokoro_demo.cluster.serving import build

    return build(options)
