"""Several machines: the API on Ray Serve (``serve run kokoro_demo.cluster:app``), and batches on a Ray cluster.

Ray is imported only when it is used; install it on every machine with ``pip install -r requirements-cluster.txt``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def app(options: Mapping[str, str]) -> Any:
    """Build the application for ``serve run kokoro_demo.cluster:app cores=2 replicas=8``; see `serving.Options`."""
    from kokoro_demo.cluster.serving import build

    return build(options)
