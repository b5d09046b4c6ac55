import errno
import json

import numpy as np
import pytest
import torch

from kokoro_demo import generate_audio
from kokoro_demo.__main__ import main
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.checkpoints.layout import Folder
from kokoro_demo.commands.compact import compact
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import plain_weights
from kokoro_demo.model.few_bits import LOW, VALUES
from tests.model.rule import log_spectrum_distance
from tests.small_checkpoint import CONFIG, MIDDLING, STYLE_DIM, make_folder


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    return make_folder(tmp_path_factory.mktemp("compact") / "original", config=MIDDLING)


@pytest.fixture(scope="module")
def folder(original):
    folder = original.parent / "made" / "here"
    before, after = compact(Folder(original, "original"), folder)
    assert after < 0.65 * before
    return folder


@pytest.mark.slow
def test_it_speaks_nearly_as_before(folder, original):
    text = "The quick brown fox jumps over the lazy dog."
    before, again = (generate_audio(text, checkpoint=name) for name in (original, folder))
    assert again.request.voice == before.request.voice
    assert abs(again.duration - before.duration) < 0.1
    if len(again.audio) == len(before.audio):
        assert log_spectrum_distance(again.audio, before.audio) < 3  # dB


def test_all_voices_are_kept(folder, original):
    assert load_checkpoint(folder).voices.names() == load_checkpoint(original).voices.names()


def weights_of(folder):
    return torch.load(next(folder.glob("*.pth")), weights_only=True)


def test_plbert_is_kept_in_12_bits_and_the_rest_in_8(folder, original):
    kept, expected = weights_of(folder), weights_of(original)
    in_few = {
        module: {stem: stem + LOW in part for name in part if (stem := name.removesuffix(VALUES)) != name}
        for module, part in kept.items()
    }
    assert len(in_few["bert"]) > 3
    assert in_few["decoder"]
    assert {module for module, part in in_few.items() if any(part.values())} == {"bert"}
    assert all(in_few["bert"].values())
    back, before = plain_weights(kept["bert"]), plain_weights(expected["bert"])
    for name in in_few["bert"]:
        step = before[name].abs().amax(dim=1, keepdim=True) / 2047
        assert ((back[name] - before[name]).abs() <= 0.51 * step).all()


@pytest.mark.slow
def test_it_can_be_made_compact_again_without_loss(folder, tmp_path):
    compact(Folder(folder, "compact"), tmp_path / "again")
    for module, part in weights_of(folder).items():
        again = weights_of(tmp_path / "again")[module]
        assert part.keys() == again.keys()
        assert all(torch.equal(part[name], again[name]) for name in part if name.endswith((VALUES, LOW)))
    first, second = (generate_audio("Hello there.", checkpoint=path).audio for path in (folder, tmp_path / "again"))
    assert len(first) == len(second)
    assert np.abs(first - second).max() < 0.05


def test_a_folder_with_something_in_it_is_refused(small_folder, tmp_path, capsys):
    (tmp_path / "mine.txt").write_text("mine")
    assert main(["compact", "--checkpoint", str(small_folder), "--to", str(tmp_path)]) == 1
    assert "not empty" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_weights_of_something_else_are_refused(tmp_path):
    source = tmp_path / "source"
    (source / "voices").mkdir(parents=True)
    (source / "config.json").write_text(json.dumps(CONFIG), "utf-8")
    torch.save([1, 2], source / "weights.pth")
    torch.save(torch.zeros(510, 1, 2 * STYLE_DIM), source / "voices" / "af_a.pt")
    with pytest.raises(CheckpointError, match="five modules"):
        compact(Folder(source, "mine"), tmp_path / "to")
    assert not list((tmp_path / "to").rglob("*.pth"))


@pytest.mark.parametrize("existed", [True, False])
def test_a_folder_that_could_not_be_filled_can_be_used_again(original, tmp_path, monkeypatch, existed):
    folder = tmp_path / "small"
    if existed:
        folder.mkdir()

    def full(content, path):
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("kokoro_demo.commands.compact.save_tensors", full)
        with pytest.raises(OSError, match="No space left"):
            compact(Folder(original, "original"), folder)
    assert folder.exists() == existed
    assert compact(Folder(original, "original"), folder)[1] > 0
