"""A Ray cluster of two nodes on this machine; skipped if Ray is not installed (requirements-cluster.txt)."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ray = pytest.importorskip("ray", reason="Ray is not installed: pip install -r requirements-cluster.txt")

ROOT = Path(__file__).parents[2]
NODE = {"num_cpus": 1, "object_store_memory": 150 * 2**20}


@contextmanager
def ray_cluster(**environment: str) -> Iterator[tuple]:
    """A cluster of two nodes with one core each, and its folder. None of its processes survives, whatever happens."""
    from ray.cluster_utils import Cluster

    folder = Path(tempfile.mkdtemp(prefix="ray-"))  # short: the paths of its sockets must not be long
    (folder / "ray").mkdir()
    with pytest.MonkeyPatch.context() as patch:
        for name, value in {
            "RAY_USAGE_STATS_ENABLED": "0",
            "OMP_NUM_THREADS": "1",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
            "TMPDIR": str(folder),
            **environment,
        }.items():
            patch.setenv(name, value)
        try:
            cluster = Cluster(initialize_head=True, head_node_args={**NODE, "include_dashboard": False})
            cluster.add_node(**NODE)
            cluster.wait_for_nodes()
            yield cluster, folder
            ray.shutdown()
            cluster.shutdown()
        finally:
            ray.shutdown()
            for pid in processes(str(folder)):
                os.kill(pid, signal.SIGKILL)
            shutil.rmtree(folder, ignore_errors=True)


def processes(part: str) -> list[int]:
    """The other processes whose command line or environment contains this."""
    result = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) not in (os.getpid(), os.getppid()):
            try:
                about = (entry / "cmdline").read_bytes() + (entry / "environ").read_bytes()
            except OSError:
                continue
            if part.encode() in about:
                result.append(int(entry.name))
    return result


def named(title: str, folder: Path) -> list[int]:
    """The cluster's processes with this title."""
    listed = subprocess.run(["ps", "-eo", "pid,args"], capture_output=True, text=True, check=True).stdout.splitlines()
    ours = set(processes(str(folder)))
    return [pid for line in listed if title in line and (pid := int(line.split()[0])) in ours]


def wait_for(condition, seconds=120):
    """Return once the condition holds."""
    for _ in range(seconds * 4):
        if condition():
            return
        time.sleep(0.25)
    raise AssertionError("It did not come about.")
