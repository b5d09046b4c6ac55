"""Weights that all processes of a machine share."""

import shutil
import subprocess
import sys

import pytest

from kokoro_demo.checkpoints import checkpoint as checkpoints
from kokoro_demo.checkpoints import shared
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import pieces
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.small_checkpoint import make_folder


@pytest.fixture(autouse=True)
def temporary(tmp_path, monkeypatch):
    """The system's temporary folder."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return folder


@pytest.fixture
def reads(monkeypatch):
    """The names of the files of weights that were read."""
    read_paths = []
    read = checkpoints.read_model
    monkeypatch.setattr(checkpoints, "read_model", lambda config, path: read_paths.append(path) or read(config, path))
    return read_paths


def sound(checkpoint):
    request = SpeechRequest("The old man looked at the sea.", "af_heart")
    speech = Synthesizer(checkpoint).speak(request)
    return speech.audio.tobytes(), speech.fingerprint


@pytest.mark.parametrize("precision", ["f32", "bf16"])
def test_weights_are_read_once_and_sound_the_same(small_folder, reads, monkeypatch, precision):
    monkeypatch.setenv("KOKORO_PRECISION", precision)
    first, second = shared.load_shared(small_folder), shared.load_shared(small_folder)
    assert len(reads) == 1
    assert sound(first) == sound(second) == sound(load_checkpoint(small_folder))
    assert first.model.setting == second.model.setting
    assert first.model.parameter_count == second.model.parameter_count


@pytest.mark.parametrize("chosen", ["exact", "pieces"])
def test_the_chosen_vocoder_speaks_in_every_process(small_folder, reads, monkeypatch, chosen):
    monkeypatch.setenv("KOKORO_VOCODER", chosen)
    monkeypatch.setattr(pieces, "pieces_of", lambda model: "in pieces")
    first, second = shared.load_shared(small_folder), shared.load_shared(small_folder)
    assert len(reads) == 1
    assert first.model.pieces == second.model.pieces == ("in pieces" if chosen == "pieces" else None)


def test_all_weights_are_mapped_from_one_file(small_folder, temporary):
    model = shared.load_shared(small_folder).model
    (path,) = temporary.glob("kokoro-*/*.pt")
    with open("/proc/self/maps", encoding="utf-8") as maps:
        spans = [line.split()[0].split("-") for line in maps if line.rstrip().endswith(str(path))]
    for tensor in (*model.parameters(), *model.buffers()):
        assert any(int(begin, 16) <= tensor.data_ptr() < int(end, 16) for begin, end in spans)


def test_processes_that_start_at_once_read_once(small_folder, temporary):
    code = (
        "import sys; from kokoro_demo.checkpoints import checkpoint, shared; read = checkpoint.read_model\n"
        "checkpoint.read_model = lambda *given: print('read') or read(*given)\n"
        "shared.load_shared(sys.argv[1])"
    )
    command = [sys.executable, "-c", code, str(small_folder)]
    environment = {**shared.os.environ, "TMPDIR": str(temporary)}
    running = [subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = [process.communicate(timeout=120)[0] for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert sorted(printed) == ["", "read\n"]


def test_other_weights_are_read_and_the_old_file_is_removed(tmp_path, reads, temporary):
    folder = make_folder(tmp_path / "small")
    first = sound(shared.load_shared(folder))
    shutil.rmtree(folder)
    make_folder(folder, seed=1)
    assert sound(shared.load_shared(folder)) != first
    assert len(reads) == 2
    assert len(list(temporary.glob("kokoro-*/*.pt"))) == 1


def test_a_folder_of_somebody_else_is_not_trusted(small_folder, temporary, caplog):
    folder = temporary / f"kokoro-{shared.os.getuid()}"
    folder.mkdir(mode=0o777)
    folder.chmod(0o777)
    assert sound(shared.load_shared(small_folder)) == sound(load_checkpoint(small_folder))
    assert "not shared" in caplog.text
    assert not list(folder.iterdir())


def test_errors_are_those_of_loading(tmp_path):
    folder = make_folder(tmp_path / "small")
    next(folder.glob("*.pth")).write_bytes(b"no weights")
    with pytest.raises(CheckpointError):
        shared.load_shared(folder)
    with pytest.raises(CheckpointError, match="no folder"):
        shared.load_shared(tmp_path / "nothing")


def test_the_first_voice_needs_no_file(temporary):
    assert shared.load_shared("builtin").model is load_checkpoint("builtin").model
    assert not list(temporary.glob("kokoro-*/*.pt"))
