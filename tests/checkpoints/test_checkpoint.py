import json
import os
import pickle
import shutil
import zipfile
from pathlib import Path

import pytest
import torch

from kokoro_demo import generate_audio
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
    assert checkpoint.model.languages is None
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
    steps = []
    load_checkpoint(made, lambda fraction, sentence: steps.append((fraction, sentence)))
    fractions = [fraction for fraction, _ in steps]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0
    assert all(sentence for _, sentence in steps)


def test_the_checkpoint_can_be_chosen_in_several_ways(made, monkeypatch):
    monkeypatch.delenv("KOKORO_CHECKPOINT", raising=False)
    assert open_source(None) == HubRepository()
    assert open_source("owner/name@v1") == HubRepository("owner/name", "v1")
    with pytest.raises(CheckpointError, match="no files of a checkpoint"):
        open_source("builtin")
    assert open_source(str(made)).path == made
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(made))
    assert open_source(None).path == made
    assert open_source("owner/name") == HubRepository("owner/name", "main"), "what is asked for goes before"


@pytest.mark.parametrize("source", ["nothing-here", "/nothing/here", Path("nothing/here")])
def test_a_name_that_is_not_a_checkpoint_is_refused(source):
    with pytest.raises(CheckpointError, match="There is no"):
        load_checkpoint(source)


@pytest.mark.parametrize("as_path", [str, Path])
@pytest.mark.parametrize("name", ["missing.onnx", "no/such/folder/missing.onnx", "missing.int8.onnx"])
def test_a_missing_onnx_file_is_not_taken_for_a_repository(as_path, name):
    with pytest.raises(CheckpointError, match=r"There is no file '.*missing") as caught:
        open_source(as_path(name))
    assert "folder" not in str(caught.value).replace(name, "")


@pytest.mark.parametrize("as_path", [str, Path])
def test_a_file_inside_a_checkpoint_is_refused(made, as_path):
    with pytest.raises(CheckpointError, match=r"is a file\. Give the folder that holds it and config\.json"):
        open_source(as_path(made / WEIGHTS))


def test_a_folder_precedes_a_repository_of_the_same_name(made, monkeypatch):
    monkeypatch.chdir(made.parent.parent)
    assert open_source(f"{made.parent.name}/small").path.resolve() == made


def test_the_fingerprint_distinguishes_weights(made, folder, tmp_path):
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


def test_no_weights_or_several_are_refused(folder):
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
def test_an_invalid_config_is_refused(folder, text, says):
    (folder / "config.json").write_text(text, encoding="utf-8")
    assert says in failure_of(folder)


def test_a_config_that_is_not_text_is_refused(folder):
    (folder / "config.json").write_bytes(b"\xff\xfe\x00")
    assert "is not JSON" in failure_of(folder)


def test_weights_of_another_size(folder):
    change(folder / "config.json", hidden_dim=32)
    assert "do not fit config.json" in failure_of(folder)


def section(name, **changes):
    return {name: {**CONFIG.get(name, {}), **changes}}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        (section("istftnet", upsample_rates=[0, 6]), "istftnet.upsample_rates[0] is 0"),
        (section("istftnet", upsample_rates=[10]), "istftnet.upsample_kernel_sizes"),
        (section("istftnet", upsample_rates=[10, 6.0]), "istftnet.upsample_rates[1] is 6.0"),
        (section("istftnet", upsample_rates=[12, 5], upsample_kernel_sizes=[20, 12]), "upsample_kernel_sizes has 12"),
        (section("istftnet", upsample_rates=[5, 6]), "upsample_kernel_sizes has 20"),
        (section("istftnet", upsample_rates=[4, 6]), "frames of 240 samples, and only 600"),
        (section("istftnet", upsample_rates=6), "istftnet.upsample_rates is 6 and must be a list"),
        (section("istftnet", upsample_rates=[10] * 100), "istftnet.upsample_rates is a list and must be"),
        (section("istftnet", upsample_initial_channel=10), "upsample_initial_channel is 10"),
        (section("istftnet", resblock_kernel_sizes=[4]), "istftnet.resblock_kernel_sizes has 4"),
        (section("istftnet", resblock_dilation_sizes=[[1], [1]]), "resblock_dilation_sizes"),
        (section("istftnet", resblock_dilation_sizes=[1]), "istftnet.resblock_dilation_sizes[0] is 1"),
        (section("istftnet", gen_istft_n_fft=21), "gen_istft_n_fft is 21 and must be even"),
        (section("istftnet", gen_istft_hop_size=0), "gen_istft_hop_size is 0"),
        (section("istftnet", gen_istft_hop_size=15), "at most half of istftnet.gen_istft_n_fft"),
        (section("plbert", num_attention_heads=0), "plbert.num_attention_heads is 0"),
        (section("plbert", num_attention_heads=7), "multiple of plbert.num_attention_heads, 7"),
        (section("plbert", hidden_size=-3), "plbert.hidden_size is -3"),
        (section("plbert", max_position_embeddings=513), "plbert.max_position_embeddings is 513"),
        (section("plbert", num_hidden_layers=10**6), "plbert.num_hidden_layers is 1000000"),
        (section("source", sample_rate=44_100), "source.sample_rate is 44100, and only 24000"),
        (section("source", sample_rate=True), "source.sample_rate is True"),
        (section("source", noise_std=float("nan")), "source.noise_std is nan"),
        (section("source", noise_std="0.1"), "source.noise_std is '0.1'"),
        ({"n_layer": 100_000}, "n_layer is 100000"),
        ({"n_layer": 10**5000}, "is not JSON"),
        ({"n_layer": 10**500}, "n_layer is a huge number"),
        ({"hidden_dim": 17}, "hidden_dim is 17 and must be even"),
        ({"text_encoder_kernel_size": 4}, "text_encoder_kernel_size has 4"),
        ({"max_dur": None}, "max_dur is missing"),
        ({"decoder": [1]}, "decoder is a list"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_an_impossible_size_is_reported_with_its_file(folder, changes, names):
    path = folder / "config.json"
    text = json.dumps({key: value for key, value in {**CONFIG, **changes}.items() if value != 10**5000})
    path.write_text(text[:-1] + ', "n_layer": 1' + "0" * 5000 + "}" if changes == {"n_layer": 10**5000} else text)
    failure = failure_of(folder)
    assert names in failure
    assert str(path) in failure


def test_a_shorter_context_is_served(folder):
    change(folder / "config.json", **section("plbert", max_position_embeddings=40))
    state = torch.load(folder / WEIGHTS, weights_only=True)
    positions = state["bert"]["embeddings.position_embeddings.weight"]
    state["bert"]["embeddings.position_embeddings.weight"] = positions[:40].clone()
    torch.save(state, folder / WEIGHTS)
    speech = generate_audio("A sentence that is longer than the forty symbols, and so is cut.", checkpoint=folder)
    assert len(speech.chunks) > 1
    assert all(len(chunk.durations) <= 40 for chunk in speech.chunks)


def test_a_config_nested_without_end(folder):
    (folder / "config.json").write_text("[" * 50_000 + "]" * 50_000, encoding="utf-8")
    assert "nested too deeply" in failure_of(folder)
    (folder / "config.json").write_text(" " * 1_000_001, encoding="utf-8")
    assert "more than 1 MB" in failure_of(folder)


def spoilt(folder, module, name, tensor):
    state = torch.load(folder / WEIGHTS, weights_only=True)
    state[module][name] = tensor
    torch.save(state, folder / WEIGHTS)
    failure = failure_of(folder)
    assert str(folder / WEIGHTS) in failure
    return failure


@pytest.mark.parametrize(
    ("tensor", "says"),
    [
        (torch.ones(16, 16).to_sparse(), "sparse"),
        (torch.ones(16, 16, device="meta"), "bert_encoder.weight is torch._utils._rebuild_meta"),
        (torch.ones(16, 16, dtype=torch.complex64), "bert_encoder.weight as torch.ComplexFloatStorage"),
        (torch.ones(16, 16, dtype=torch.int64), "not of real numbers: bert_encoder.weight"),
        (torch.full((16, 16), 1e300, dtype=torch.float64), "not finite: bert_encoder.weight"),
        (torch.full((16, 16), float("nan")), "not finite: bert_encoder.weight"),
        (torch.ones(1, 1).expand(16, 100_000_000), "400 million"),
        (torch.ones(1).expand(16), "wrongly shaped: bert_encoder.weight (16 for 16x16)"),
        ("text", "weight is not a tensor"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_tensor_that_kokoro_does_not_have_is_reported_with_its_file(folder, tensor, says):
    assert says in spoilt(folder, "bert_encoder", "weight", tensor)


def test_a_tensor_with_a_number_for_a_name_is_refused(folder):
    assert "names a tensor 7" in spoilt(folder, "bert_encoder", 7, torch.ones(1))


def test_eight_bit_weights_with_a_scale_of_another_shape_are_refused(folder):
    state = torch.load(folder / WEIGHTS, weights_only=True)
    weight = state["bert_encoder"].pop("weight")
    parts = {"weight.int8": weight.to(torch.int8), "weight.scale": torch.ones(1, 1).expand(1_000_000, 1)}
    state["bert_encoder"] |= parts
    torch.save(state, folder / WEIGHTS)
    assert "unexpected: bert_encoder.weight.int8" in failure_of(folder)


@pytest.mark.parametrize("form", ["weight_g", "parametrizations.weight.original0"])
def test_weight_norm_of_another_shape(folder, form):
    direction = {"weight_g": "weight_v"}.get(form, "parametrizations.weight.original1")
    state = torch.load(folder / WEIGHTS, weights_only=True)
    weight = state["decoder"].pop("asr_res.0.weight")
    state["decoder"] |= {f"asr_res.0.{direction}": weight, f"asr_res.0.{form}": torch.ones(3)}
    torch.save(state, folder / WEIGHTS)
    assert "missing: decoder.asr_res.0.weight" in failure_of(folder)


def test_parameters_with_gradients_speak(folder):
    state = torch.load(folder / WEIGHTS, weights_only=True)
    grown = {
        module: {name: torch.nn.Parameter(tensor) for name, tensor in tensors.items()}
        for module, tensors in state.items()
    }
    torch.save(grown, folder / WEIGHTS)
    torch.save(torch.zeros(510, 1, 16, requires_grad=True), folder / "voices" / "af_heart.pt")
    assert len(generate_audio("Hello.", checkpoint=folder).audio) > 0


def test_a_file_compressed_a_thousandfold_is_not_unpacked(folder):
    original = folder / WEIGHTS
    with zipfile.ZipFile(original) as parts, zipfile.ZipFile(folder / "packed", "w", zipfile.ZIP_DEFLATED) as packed:
        for part in parts.namelist():
            packed.writestr(part, parts.read(part))
    (folder / "packed").replace(original)
    assert "not loaded" in failure_of(folder)


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
def test_truncated_weights_are_refused(folder, kept):
    whole = (folder / WEIGHTS).read_bytes()
    (folder / WEIGHTS).write_bytes(whole[:kept])
    assert "is damaged" in failure_of(folder)


@pytest.mark.parametrize("state", [[], {"bert": 1}, {"bert": {"x": 1}}, torch.zeros(3)])
def test_weights_of_something_else_are_refused(folder, state):
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
def test_an_invalid_voice_is_refused_when_it_is_used(folder, pack, says):
    torch.save(pack, folder / "voices" / "af_heart.pt")
    voices = load_checkpoint(folder).voices
    with pytest.raises(CheckpointError, match=says):
        voices["af_heart"]
    assert voices["bm_george"].dtype == torch.float32


def test_half_precision_packs_become_float32(folder):
    torch.save(torch.zeros(510, 1, 16, dtype=torch.float16), folder / "voices" / "af_heart.pt")
    assert load_checkpoint(folder).voices["af_heart"].dtype == torch.float32


def test_files_that_are_not_voices_are_not_listed(folder):
    for name in (".hidden.pt", "af_heart.txt", "af(1)+bf.pt", "a b.pt"):
        (folder / "voices" / name).write_bytes(b"")
    (folder / "voices" / "folder.pt").mkdir()
    assert load_checkpoint(folder).voices.names() == ("af_heart", "bm_george")


class Hostile:
    """A source whose listing tries to lead outside."""

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
