"""Batches on two nodes, one of which is killed halfway, and the command itself."""

import json
import os
import signal
import subprocess
import sys

import numpy as np
import pytest
import soundfile

from kokoro_demo.__main__ import main
from kokoro_demo.batch.run import Batch
from tests.cluster.conftest import NODE, ROOT, processes, ray_cluster, wait_for

LINES = 30


@pytest.fixture(scope="module")
def cluster(small_folder):
    with ray_cluster(KOKORO_CHECKPOINT=str(small_folder)) as (nodes, _):
        yield nodes


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """The folder for the commands, with a list of 30 lines and a book of three chapters."""
    rows = "".join(f"The old man looked at river {n}.\n" for n in range(LINES))
    (tmp_path / "lines.txt").write_text(rows, encoding="utf-8")
    book = "\n\n".join(f"Chapter {n}\n\nThe old man looked at the sea {n} times." for n in (1, 2, 3))
    (tmp_path / "book.txt").write_text(book, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def accepted(monkeypatch):
    """Record the keys of the results in the order in which they are accepted; `then` is called after each."""
    accept, keys = Batch._accept, AcceptedKeys()

    def recorded(self, result, *arguments):
        keys.append(result.key)
        accept(self, result, *arguments)
        keys.then(keys)

    monkeypatch.setattr(Batch, "_accept", recorded)
    return keys


class AcceptedKeys(list):
    def then(self, keys):
        pass


def entries(folder):
    path = folder / "manifest.jsonl"
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()] if path.exists() else []


def assert_same(many, single):
    names = sorted(path.name for path in single.iterdir())
    assert sorted(path.name for path in many.iterdir()) == names
    for name in names:
        if name.endswith(".wav"):
            # The actors compute with one thread each, and this process with more, which rounds sums differently.
            one, other = (soundfile.read(folder / name, dtype="int16")[0].astype(int) for folder in (many, single))
            assert len(one) == len(other), name
            assert np.abs(one - other).max() <= 2, name
    assert sorted(entry["file"] for entry in entries(many)) == [name for name in names if name.endswith(".wav")]


def test_a_killed_batch_is_resumed_and_speaks_nothing_twice(cluster, folder, accepted):
    given = ["batch", "lines.txt", "--lines", "--to", "many", "--ray", cluster.address, "--cores", "1"]
    many = folder / "many"
    with subprocess.Popen(
        [sys.executable, "-m", "kokoro_demo", *given],
        env={**os.environ, "PYTHONPATH": str(ROOT), "WHO": str(folder)},
    ) as command:
        wait_for(lambda: len(entries(many)) >= 10 or command.poll() is not None)
        command.send_signal(signal.SIGKILL)
    before = {entry["key"]: (many / entry["file"]).stat().st_mtime_ns for entry in entries(many)}
    assert 10 <= len(before) < LINES
    assert main(given) == 0
    assert not set(accepted) & set(before)
    assert len(accepted) == len(set(accepted)) == LINES - len(before)
    after = {entry["key"]: (many / entry["file"]).stat().st_mtime_ns for entry in entries(many)}
    assert {key: after[key] for key in before} == before
    assert main(["batch", "lines.txt", "--lines", "--to", "one"]) == 0
    assert_same(many, folder / "one")
    assert not processes(f"WHO={folder}")


def test_killing_a_node_loses_and_repeats_nothing(cluster, folder, accepted):
    third = cluster.add_node(**NODE)

    def kill_in_the_middle(keys):
        if len(keys) == 10:
            cluster.remove_node(third, allow_graceful=False)

    accepted.then = kill_in_the_middle
    on_ray = ["--ray", cluster.address, "--cores", "1"]
    assert main(["batch", "lines.txt", "--lines", "--to", "many", *on_ray]) == 0
    assert len(accepted) == len(set(accepted)) == LINES
    assert main(["batch", "book.txt", "--to", "many-book", *on_ray]) == 0

    assert main(["batch", "lines.txt", "--lines", "--to", "one"]) == 0
    assert main(["batch", "book.txt", "--to", "one-book"]) == 0
    assert_same(folder / "many", folder / "one")
    assert_same(folder / "many-book", folder / "one-book")
