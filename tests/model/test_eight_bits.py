import torch
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.model.eight_bits import SMALLEST, from_8_bits, in_8_bits


@given(st.integers(0, 2**32 - 1), st.floats(1e-6, 1e3), st.sampled_from([(256, 256), (64, 64, 16), (2, 40_000)]))
def test_a_large_tensor_comes_back_to_half_a_step_of_each_channel(seed, size, shape):
    tensor = torch.randn(shape, generator=torch.Generator().manual_seed(seed)) * size
    stored = in_8_bits({"a.weight": tensor})
    assert stored["a.weight.int8"].dtype == torch.int8
    back = from_8_bits(stored)
    assert set(back) == {"a.weight"}
    step = tensor.flatten(1).abs().amax(dim=1) / 127
    assert ((back["a.weight"] - tensor).flatten(1).abs().amax(dim=1) <= 0.501 * step).all()


def test_silent_channels_stay_silent():
    tensor = torch.zeros(256, 256)
    assert torch.equal(from_8_bits(in_8_bits({"w": tensor}))["w"], tensor)


def test_small_tensors_and_whole_numbers_are_left_alone():
    tensors = {"bias": torch.randn(SMALLEST - 1), "ids": torch.arange(SMALLEST)}
    assert all(stored is tensors[name] for name, stored in in_8_bits(tensors).items())
    assert from_8_bits(tensors) == tensors
