"""A batch on two nodes, one of which is killed in the middle."""

import json

from kokoro_demo.__main__ import main
from kokoro_demo.batch.run import Batch


def test_a_node_that_is_killed_loses_and_doubles_nothing(two_nodes, tmp_path, monkeypatch):
    cluster, second = two_nodes
    rows = "".join(f"The old man looked at river {n}.\n" for n in range(60))
    (tmp_path / "lines.txt").write_text(rows, encoding="utf-8")
    book = "\n\n".join(f"Chapter {n}\n\nThe old man looked at the sea {n} times." for n in (1, 2, 3))
    (tmp_path / "book.txt").write_text(book, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    take, taken = Batch._take, []

    def kill_in_the_middle(self, *arguments):
        taken.append(arguments[0].key)
        take(self, *arguments)
        if len(taken) == 15:
            cluster.remove_node(second, allow_graceful=False)

    monkeypatch.setattr(Batch, "_take", kill_in_the_middle)
    on_ray = ["--ray", cluster.address, "--cores", "1"]
    assert main(["batch", "lines.txt", "--lines", "--to", "many", *on_ray]) == 0
    assert len(taken) == len(set(taken)) == 60
    monkeypatch.setattr(Batch, "_take", take)
    assert main(["batch", "book.txt", "--to", "many-book", *on_ray]) == 0

    assert main(["batch", "lines.txt", "--lines", "--to", "one"]) == 0
    assert main(["batch", "book.txt", "--to", "one-book"]) == 0
    for many, one in (("many", "one"), ("many-book", "one-book")):
        names = sorted(path.name for path in (tmp_path / one).iterdir())
        assert sorted(path.name for path in (tmp_path / many).iterdir()) == names
        for name in names:
            if name.endswith(".wav"):
                assert (tmp_path / many / name).read_bytes() == (tmp_path / one / name).read_bytes(), name
        entries = [json.loads(line) for line in (tmp_path / many / "manifest.jsonl").read_text("utf-8").splitlines()]
        assert len({entry["file"] for entry in entries}) == len(entries) == len(names) - 1
