"""Speech faster than the network articulates clearly: fewer frames, at the same pitch."""

import copy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.model import make_fast
from kokoro_demo.model.kokoro import MAX_NETWORK_SPEED
from kokoro_demo.model.pace import paced_durations, resampling
from tests.model import rule


@given(st.lists(st.integers(0, 40), min_size=1, max_size=80), st.floats(1.0, 4.0))
def test_durations_are_shorter_by_the_pace_and_none_is_lost(durations, pace):
    given_ = np.array(durations, dtype=np.int64)
    paced = paced_durations(given_, pace)
    assert ((paced > 0) == (given_ > 0)).all()
    assert np.rint(given_.sum() / pace) <= paced.sum() <= given_.sum()
    if given_.min() >= 2 * pace:
        assert paced.sum() == np.rint(given_.sum() / pace)


@given(st.integers(1, 400), st.integers(1, 400))
def test_positions_are_evenly_spaced_from_the_first_frame_to_the_last(count, length):
    result = resampling(count, length)
    at = result.left + result.share
    assert (np.diff(at) >= -1e-3).all()
    assert result.left.min() >= 0
    assert result.right.max() <= length - 1
    assert (np.abs(result.nearest - at) <= 0.5 + 1e-3).all()
    if count == length:
        assert (result.nearest == np.arange(length)).all()
        assert not result.share.any()


@pytest.fixture(scope="module")
def plain():
    return rule.rule_model()


@pytest.fixture(scope="module")
def model(plain):
    made = copy.deepcopy(plain)
    make_fast(made, "f32")
    return made


def spoken(model, speed, **more):
    return model.speak(rule.input_ids(), rule.style(), speed, 3, **more)


def test_speeds_that_the_network_speaks_clearly_are_left_to_it(model):
    expected = model(rule.input_ids(), rule.style(), MAX_NETWORK_SPEED, seed=3)
    assert np.array_equal(spoken(model, MAX_NETWORK_SPEED).waveform, expected.waveform.numpy())


def test_untouched_leaves_every_speed_to_the_network(model):
    expected = model(rule.input_ids(), rule.style(), 2.0, seed=3)
    assert np.array_equal(spoken(model, 2.0, untouched=True).waveform, expected.waveform.numpy())
    assert not np.array_equal(spoken(model, 2.0).durations, expected.durations.numpy())


@pytest.mark.parametrize("speed", [1.3, 2.0])
def test_higher_speeds_are_exact_and_keep_the_pitch(model, speed):
    clear, fast = spoken(model, MAX_NETWORK_SPEED), spoken(model, speed)
    assert fast.durations.dtype == np.int64
    assert len(fast.durations) == len(clear.durations)
    assert fast.durations.min() >= 1
    assert len(fast.waveform) == model.samples_per_frame * fast.durations.sum()
    assert len(fast.f0) * model.samples_per_f0 == len(fast.waveform)
    assert fast.durations.sum() == pytest.approx(
        clear.durations.sum() * MAX_NETWORK_SPEED / speed, abs=len(fast.durations) / 2
    )
    assert set(np.unique(fast.f0)) <= set(np.unique(clear.f0)), "no pitch that the network did not say"
    level = [np.sqrt(np.mean(made.waveform**2)) for made in (clear, fast)]
    assert level[1] == pytest.approx(level[0], rel=0.3)


def test_the_fast_and_plain_form_agree_at_high_speed(plain, model):
    one, other = (spoken(form, 2.0) for form in (plain, model))
    assert np.array_equal(one.durations, other.durations)
    # Rounding turns a phase of the source from pi to -pi here and there, on other places with each kind of CPU.
    another = plain.speak(rule.input_ids(), rule.style(), 2.0, 4)
    distance = rule.log_spectrum_distance(one.waveform, other.waveform)
    assert distance < 0.1 * rule.log_spectrum_distance(one.waveform, another.waveform)


def test_the_same_request_gives_the_same_sound_and_another_seed_does_not(model):
    first = spoken(model, 1.7)
    torch.manual_seed(99)
    assert np.array_equal(first.waveform, spoken(model, 1.7).waveform)
    assert not np.array_equal(first.waveform, model.speak(rule.input_ids(), rule.style(), 1.7, 4).waveform)
