import json
import os
import pickle
import shutil
from pathlib import Path

import pytest
import torch

from kokoro_demo import generate_audio
from kokoro_demo.checkpoints import checkpoint as checkpoint_module
from kokoro_demo.checkpoints.checkpoint import Checkpoint, load_checkpoint, load_from, open_source
from kokoro_demo.checkpoints.hub import HubRepository
from kokoro_demo.errors import CheckpointError, RequestError
from tests.small_checkpoint import CONFIG, STYLE_DIM, make_folder

IDS = torch.tensor([[0, 50, 83, 54, 5, 0]])
WEIGHTS = "kokoro-v1_0.pth"


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    return make_folder(tmp_path_factory.mktemp("made") / "small")


@pytest.fixture
def folder(made, tmp_path):
    return Path(shutil.copytree(made, tmp_path / "small"))


def change(path, **changes):
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, **changes}), encoding="utf-8")


def test_a_folder_speaks(made):
    checkpoint = load_checkpoint(made)
    assert checkpoint.name == "small"
    assert not checkpoint.builtin
    assert checkpoint.voices.names() == ("af_heart", "bm_george")
    assert checkpoint.voices.info("bm_george").language == "en-gb"
    assert checkpoint.config == CONFIG
    pack = checkpoint.voices["af_heart"]
    assert pack.shape == (510, 1, 2 * STYLE_DIM)
    output = checkpoint.model(IDS, pack[2])
    assert len(output.waveform) == 600 * output.durations.sum()
    assert not checkpoint.model.training


def test_text_to_speech_with_a_folder(made):
    speech = generate_audio("Hello.", voice="bm_george", checkpoint=made)
    assert len(speech.audio) > 0
    assert speech.checkpoint == "small"
    with pytest.raises(RequestError, match="af_heart"):
        generate_audio("Hello.", voice="af_hart", checkpoint=made)


def test_progress_rises_to_one(made):
    told = []
    load_checkpoint(made, lambda fraction, sentence: told.append((fraction, sentence)))
    fractions = [fraction for fraction, _ in told]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert all(sentence for _, sentence in told)


def test_what_chooses_the_checkpoint(made, monkeypatch):
    monkeypatch.delenv("KOKORO_CHECKPOINT", raising=False)
    assert open_source(None) == HubRepository()
    assert open_source("owner/name@v1") == HubRepository("owner/name", "v1")
    assert open_source("builtin").path == Path(checkpoint_module.__file__).parents[1] / "builtin"
    assert open_source(str(made)).path == made
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(made))
    assert open_source(None).path == made
    assert open_source("owner/name") == HubRepository("owner/name", "main"), "what is asked for goes before"


@pytest.mark.parametrize("source", ["nothing-here", "/nothing/here", Path("nothing/here")])
def test_a_source_that_names_nothing(source):
    with pytest.raises(CheckpointError, match="There is no"):
        load_checkpoint(source)


def test_a_folder_goes_before_a_repository_of_the_same_name(made, monkeypatch):
    monkeypatch.chdir(made.parent.parent)
    assert open_source(f"{made.parent.name}/small").path.resolve() == made


def test_the_fingerprint_tells_weights_apart(made, folder, tmp_path):
    fingerprint = load_checkpoint(made).fingerprint
    assert load_checkpoint(folder).fingerprint == fingerprint
    other = make_folder(tmp_path / "other", seed=1)
    assert load_checkpoint(other).fingerprint != fingerprint
    change(folder / "config.json", note="changed")
    assert load_checkpoint(folder).fingerprint != fingerprint


def failure_of(folder):
    with pytest.raises(CheckpointError) as caught:
        load_checkpoint(folder)
    return str(caught.value)


def test_no_weights_and_too_many(folder):
    (folder / WEIGHTS).rename(folder / "one.pth")
    load_checkpoint(folder)
    shutil.copy(folder / "one.pth", folder / "two.pth")
    assert "one.pth, two.pth" in failure_of(folder)
    for path in folder.glob("*.pth"):
        path.unlink()
    assert "no weights" in failure_of(folder)


def test_no_voices(folder):
    shutil.rmtree(folder / "voices")
    assert "no voices" in failure_of(folder)


def test_no_config(folder):
    (folder / "config.json").unlink()
    assert "config.json cannot be read" in failure_of(folder)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is not JSON"),
        ("[]", "no 'vocab'"),
        ("{}", "no 'vocab'"),
        ('{"vocab": {"a": 1}}', "the id 1"),
        ('{"vocab": {"a": 1}, "n_token": 178}', "hidden_dim"),
        ('{"vocab": {"ab": 1}, "n_token": 178}', "'ab'"),
        ('{"vocab": {"a": 178}, "n_token": 178}', "the id 178"),
        ('{"vocab": {"a": "1"}, "n_token": 178}', "the id '1'"),
        ("\ufffe", "is not"),
    ],
)
def test_a_config_that_is_none(folder, text, says):
    (folder / "config.json").write_text(text, encoding="utf-8")
    assert says in failure_of(folder)


def test_a_config_that_is_no_text(folder):
    (folder / "config.json").write_bytes(b"\xff\xfe\x00")
    assert "is not JSON" in failure_of(folder)


def test_weights_of_another_size(folder):
    change(folder / "config.json", hidden_dim=32)
    assert "do not fit config.json" in failure_of(folder)


def test_a_config_whose_sizes_do_not_go_together(folder):
    change(folder / "config.json", istftnet={**CONFIG["istftnet"], "upsample_rates": [0, 0]})
    assert "config.json" in failure_of(folder)
    change(folder / "config.json", plbert={**CONFIG["plbert"], "hidden_size": -3})
    assert "config.json" in failure_of(folder)


def test_weights_in_half_precision(folder, monkeypatch):
    monkeypatch.setenv("KOKORO_PRECISION", "f32")
    state = torch.load(folder / WEIGHTS, weights_only=True)
    halves = {module: {name: tensor.half() for name, tensor in tensors.items()} for module, tensors in state.items()}
    torch.save(halves, folder / WEIGHTS)
    checkpoint = load_checkpoint(folder)
    assert {parameter.dtype for parameter in checkpoint.model.parameters()} == {torch.float32}
    assert torch.isfinite(checkpoint.model(IDS, checkpoint.voices["af_heart"][2]).waveform).all()


class Bomb:
    def __reduce__(self):
        return os.mkdir, ("exploded",)


def test_code_in_the_weights_is_never_run(folder, monkeypatch):
    monkeypatch.chdir(folder)
    torch.save({"bert": {"weight": Bomb()}}, folder / WEIGHTS)
    assert "not loaded" in failure_of(folder)
    (folder / WEIGHTS).write_bytes(pickle.dumps(Bomb()))
    assert "not loaded" in failure_of(folder)
    assert not (folder / "exploded").exists()


@pytest.mark.parametrize("kept", [0, 1, 100, 5000, -1])
def test_cut_weights(folder, kept):
    whole = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(whole[:kept])
    assert "is damaged" in failure_of(folder)


@pytest.mark.parametrize("state", [[], {"bert": 1}, {"bert": {"x": 1}}, torch.zeros(3)])
def test_weights_that_are_no_checkpoint(folder, state):
    torch.save(state, folder / WEIGHTS)
    assert "not a Kokoro checkpoint" in failure_of(folder)


@pytest.mark.parametrize(
    ("pack", "says"),
    [
        (torch.zeros(510, 1, 256), "510x1x256 and must be 510x1x16"),
        (torch.zeros(510, 16), "510x16"),
        (torch.zeros(0, 1, 16), "0x1x16"),
        (torch.zeros(510, 1, 16, dtype=torch.int64), "floating point"),
        ({"a": torch.zeros(1)}, "one tensor"),
        (torch.full((510, 1, 16), float("nan")), "not finite"),
        (torch.full((510, 1, 16), float("inf")), "not finite"),
    ],
)
def test_a_voice_that_is_none_is_refused_when_it_is_used(folder, pack, says):
    torch.save(pack, folder / "voices" / "af_heart.pt")
    voices = load_checkpoint(folder).voices
    with pytest.raises(CheckpointError, match=says):
        voices["af_heart"]
    assert voices["bm_george"].dtype == torch.float32


def test_half_precision_packs_become_float32(folder):
    torch.save(torch.zeros(510, 1, 16, dtype=torch.float16), folder / "voices" / "af_heart.pt")
    assert load_checkpoint(folder).voices["af_heart"].dtype == torch.float32


def test_files_that_are_no_voices_are_not_listed(folder):
    for name in (".hidden.pt", "af_heart.txt", "af(1)+bf.pt", "a b.pt"):
        (folder / "voices" / name).write_bytes(b"")
    (folder / "voices" / "folder.pt").mkdir()
    assert load_checkpoint(folder).voices.names() == ("af_heart", "bm_george")


class Hostile:
    """A source whose listing tries to lead elsewhere."""

    name = "hostile"

    def __init__(self, folder):
        self.folder = folder
        self.fetched = []

    def listing(self):
        outside = ["../../x.pth", "voices/../../etc.pt", "voices//x.pt", "voices/a/b.pt", "/voices/x.pt"]
        return [*outside, WEIGHTS, "config.json", "voices/af_heart.pt"]

    def fetch(self, path, progress=None):
        self.fetched.append(path)
        return self.folder / path


def test_a_listing_cannot_lead_out_of_the_checkpoint(made):
    source = Hostile(made)
    checkpoint = load_from(source)
    assert isinstance(checkpoint, Checkpoint)
    assert checkpoint.voices.names() == ("af_heart",)
    assert set(source.fetched) == {"config.json", WEIGHTS}
