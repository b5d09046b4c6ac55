"""A Ray cluster of two nodes on this machine; skipped if Ray is not installed (requirements-cluster.txt)."""

import os
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install -r requirements-cluster.txt")

ROOT = Path(__file__).parents[2]


@pytest.fixture
def two_nodes(small_folder, monkeypatch):
    """The cluster and its second node. Each has one core; the first has the head."""
    from ray.cluster_utils import Cluster

    monkeypatch.setenv("RAY_USAGE_STATS_ENABLED", "0")
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(small_folder))
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]))
    sizes = {"num_cpus": 1, "object_store_memory": 150 * 2**20}
    cluster = Cluster(initialize_head=True, head_node_args={**sizes, "include_dashboard": False})
    second = cluster.add_node(**sizes)
    cluster.wait_for_nodes()
    yield cluster, second
    ray.shutdown()
    cluster.shutdown()
