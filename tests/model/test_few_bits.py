import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.model.few_bits import SMALLEST, from_few_bits, in_few_bits

SHAPES = [(256, 256), (64, 64, 16), (2, 40_000), (91, 91)]


@pytest.mark.parametrize("bits", [8, 12])
@given(seed=st.integers(0, 2**32 - 1), size=st.floats(1e-6, 1e3), shape=st.sampled_from(SHAPES))
def test_a_large_tensor_is_recovered_to_half_a_step_of_each_channel(bits, seed, size, shape):
    tensor = torch.randn(shape, generator=torch.Generator().manual_seed(seed)) * size
    stored = in_few_bits({"a.weight": tensor}, bits)
    assert stored["a.weight.int8"].dtype == torch.int8
    assert 8 * sum(stored[name].nbytes for name in stored if name != "a.weight.scale") < bits * tensor.numel() + 8
    back = from_few_bits(stored)
    assert set(back) == {"a.weight"}
    step = tensor.flatten(1).abs().amax(dim=1) / (2 ** (bits - 1) - 1)
    assert ((back["a.weight"] - tensor).flatten(1).abs().amax(dim=1) <= 0.51 * step).all()


@pytest.mark.parametrize("bits", [8, 12])
def test_the_largest_of_a_channel_is_kept_with_its_sign(bits):
    tensor = torch.linspace(-1, 1, 2**14).view(2, -1)
    back = from_few_bits(in_few_bits({"w": tensor}, bits))["w"]
    assert back[0, 0].item() == pytest.approx(-1)
    assert back[1, -1].item() == pytest.approx(1)


def test_tensors_in_8_bits_alone_are_still_read():
    values, scale = torch.arange(-128, 128, dtype=torch.int8).view(2, 128), torch.tensor([[0.5], [2.0]])
    back = from_few_bits({"w.int8": values, "w.scale": scale})
    assert torch.equal(back["w"], values.float() * scale)
    zero = torch.full((2, 1), 3.0)
    back = from_few_bits({"w.int8": values, "w.scale": scale, "w.zero": zero})
    assert torch.equal(back["w"], (values.float() - 3) * scale)


@pytest.mark.parametrize(
    "low",
    [
        torch.zeros(2**13, dtype=torch.uint8),
        torch.zeros(2**12 - 1, dtype=torch.uint8),
        torch.zeros(64, 64, dtype=torch.uint8),
        torch.zeros(2**12, dtype=torch.int8),
        torch.zeros(2**12),
        torch.zeros((), dtype=torch.uint8),
    ],
    ids=lambda low: f"{low.dtype} {tuple(low.shape)}",
)
def test_lower_bits_that_do_not_belong_to_the_values_leave_all_parts_as_they_are(low):
    parts = in_few_bits({"w": torch.randn(64, 128)}, 12) | {"w.low": low}
    assert from_few_bits(parts).keys() == parts.keys()


def test_a_tensor_of_one_repeated_byte_is_left_as_it_is():
    parts = {"w.int8": torch.ones(1, 1, dtype=torch.int8).expand(10_000, 10_000), "w.scale": torch.ones(1)}
    assert from_few_bits(parts).keys() == parts.keys()


def test_tensors_in_another_memory_layout_are_read():
    values = torch.arange(-64, 64, dtype=torch.int8).view(8, 16).T
    assert torch.equal(from_few_bits({"w.int8": values, "w.scale": torch.ones(1)})["w"], values.float())


@pytest.mark.parametrize("bits", [8, 12])
def test_silent_channels_stay_silent(bits):
    tensor = torch.zeros(256, 256)
    assert torch.equal(from_few_bits(in_few_bits({"w": tensor}, bits))["w"], tensor)


def test_small_tensors_and_whole_numbers_are_left_alone():
    tensors = {"bias": torch.randn(SMALLEST - 1), "ids": torch.arange(SMALLEST)}
    assert all(stored is tensors[name] for name, stored in in_few_bits(tensors).items())
    assert from_few_bits(tensors) == tensors
