import pytest
import torch

from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import Kokoro, load_weights, official_state, unfilled
from tests.small_checkpoint import CONFIG

IDS = torch.tensor([[0, 50, 83, 54, 0]])
STYLE = torch.linspace(-1, 1, 16)[None]


@pytest.fixture
def model():
    torch.manual_seed(3)
    return Kokoro(CONFIG).eval()


def spoken(state) -> torch.Tensor:
    torch.manual_seed(4)
    other = Kokoro(CONFIG).eval()
    load_weights(other, state)
    return other(IDS, STYLE).waveform


def test_written_weights_can_be_read_again(model):
    assert torch.equal(spoken(official_state(model)), model(IDS, STYLE).waveform)


def test_the_prefix_of_data_parallel_is_removed(model):
    state = {
        part: {f"module.{name}": w for name, w in tensors.items()} for part, tensors in official_state(model).items()
    }
    assert torch.equal(spoken(state), model(IDS, STYLE).waveform)


@pytest.mark.parametrize(
    ("length", "direction"),
    [("weight_g", "weight_v"), ("parametrizations.weight.original0", "parametrizations.weight.original1")],
)
def test_weight_norm_is_folded(model, length, direction):
    state = official_state(model)
    for name in [name for name in state["decoder"] if name.endswith("conv1.weight") or "convs1" in name]:
        if not name.endswith(".weight"):
            continue
        weight = state["decoder"].pop(name)
        stem = name.removesuffix("weight")
        state["decoder"][stem + direction] = 3 * weight
        state["decoder"][stem + length] = weight.flatten(1).norm(dim=1).reshape(-1, 1, 1)
    torch.testing.assert_close(spoken(state), model(IDS, STYLE).waveform, atol=1e-4, rtol=1e-4)


def test_an_affine_pair_of_the_instance_norm_is_folded(model):
    """(1 + scale) (w x + b) + shift, computed by hand for one norm."""
    state = official_state(model)
    norm = model.decoder.encode.norm1
    channels = norm.fc.out_features // 2
    scale, shift = torch.rand(channels) + 0.5, torch.rand(channels)
    state["decoder"]["encode.norm1.norm.weight"], state["decoder"]["encode.norm1.norm.bias"] = scale, shift
    other = Kokoro(CONFIG)
    load_weights(other, state)
    x, style = torch.randn(1, channels, 20), torch.randn(1, CONFIG["style_dim"])
    gamma, beta = norm.fc(style)[:, :, None].chunk(2, dim=1)
    normed = torch.nn.functional.instance_norm(x)
    expected = (1 + gamma) * (scale[:, None] * normed + shift[:, None]) + beta
    torch.testing.assert_close(other.decoder.encode.norm1(x, style), expected)


def test_half_precision_is_read_as_single(model):
    state = {part: {name: w.half() for name, w in tensors.items()} for part, tensors in official_state(model).items()}
    assert spoken(state).dtype == torch.float32


def test_the_unused_pooler_is_ignored(model):
    state = official_state(model)
    state["bert"]["pooler.weight"] = torch.zeros(16, 16)
    state["bert"]["embeddings.position_ids"] = torch.zeros(1, 512)
    assert torch.equal(spoken(state), model(IDS, STYLE).waveform)


def test_all_errors_are_reported_at_once(model):
    state = official_state(model)
    del state["bert_encoder"]["bias"]
    state["decoder"]["extra.weight"] = torch.zeros(1)
    state["text_encoder"]["embedding.weight"] = torch.zeros(2, 2)
    with pytest.raises(CheckpointError) as error:
        spoken(state)
    for name in (
        "missing: bert_encoder.bias",
        "unexpected: decoder.extra.weight",
        "text_encoder.embedding.weight (2x2",
    ):
        assert name in str(error.value)


@pytest.mark.parametrize("state", [[], {"bert": 3}, {"bert": {"a": "b"}}, 7])
def test_other_files_are_refused(state):
    with pytest.raises(CheckpointError, match="not a Kokoro checkpoint"):
        load_weights(Kokoro(CONFIG), state)


@pytest.mark.parametrize(
    "change", [{"n_token": None}, {"hidden_dim": "16"}, {"plbert": 3}, {"istftnet": {"upsample_rates": 5}}]
)
def test_a_config_that_is_not_kokoros_is_refused(change):
    with pytest.raises(CheckpointError, match=r"config\.json"):
        Kokoro({**CONFIG, **change})


@pytest.mark.parametrize(("ids", "style"), [(IDS[0], STYLE), (torch.zeros(1, 513).long(), STYLE), (IDS, STYLE[:, :5])])
def test_wrong_shapes_are_refused(model, ids, style):
    with pytest.raises(ValueError, match="must be"):
        model(ids, style)


def test_an_unfilled_model_is_equal_once_loaded_and_other_models_are_initialised_as_usual():
    drawn = Kokoro(CONFIG)
    with unfilled():
        model = Kokoro(CONFIG)
    load_weights(model, official_state(drawn))
    assert all(torch.equal(one, other) for one, other in zip(model.parameters(), drawn.parameters(), strict=True))
    assert torch.nn.Linear(50, 50).weight.std() > 0.01
