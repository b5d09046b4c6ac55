import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.cleanliness import SILENT_DB, cleanliness, largest_click, pause_level

RATE = 24_000


def voice(seconds: float = 0.5, pitch: float = 140.0) -> np.ndarray:
    """A vowel of sorts: thirty harmonics, fading in and out."""
    time = np.arange(round(seconds * RATE)) / RATE
    sound = sum(np.sin(2 * np.pi * pitch * n * time + n * n) / n for n in range(1, 31))
    return (0.1 * sound * np.hanning(len(time))).astype(np.float32)


def test_a_voice_alone_has_no_click():
    assert largest_click(voice(), RATE) < 8


@pytest.mark.parametrize("place", [6000, 11_000])
def test_a_wrong_sample_in_a_voice_is_a_click(place):
    sound = voice()
    sound[place] += 0.5
    assert largest_click(sound, RATE) > 15


def test_a_small_step_in_silence_is_a_click():
    sound = np.zeros(RATE // 4, np.float32)
    sound[3000:] = 0.03
    assert largest_click(sound, RATE) > 25


@pytest.mark.parametrize("edge", [slice(6000, None), slice(None, 6000)])
def test_a_hard_edge_is_a_click(edge):
    tone = (0.3 * np.cos(2 * np.pi * 100 * np.arange(12_000) / RATE)).astype(np.float32)
    assert largest_click(tone[edge], RATE) > 15


def test_a_step_that_nobody_hears_is_none():
    sound = np.zeros(RATE // 4, np.float32)
    sound[3000] = 5e-4
    assert largest_click(sound, RATE) < 1


def test_noise_that_begins_at_once_is_no_click():
    burst = np.concatenate([np.zeros(3000), 0.2 * np.random.default_rng(0).standard_normal(3000), np.zeros(3000)])
    assert largest_click(burst.astype(np.float32), RATE) < 8


@given(st.floats(-0.2, 0.2))
def test_the_offset_is_found(offset):
    sound = voice(0.1)
    expected = abs(float(sound.mean()) + offset)
    assert cleanliness(sound + np.float32(offset), RATE, []).offset == pytest.approx(expected, abs=1e-5)


def test_the_peak_is_that_of_either_sign():
    assert cleanliness(np.array([0.2, -0.7, 0.1], np.float32), RATE, []).peak == pytest.approx(0.7)


@given(st.floats(-80, -10), st.floats(0.01, 0.5))
def test_noise_in_a_pause_has_its_level(level, loudness):
    draw = np.random.default_rng(1)
    sound = draw.standard_normal(9000) * loudness
    sound[3000:6000] *= 10 ** (level / 20)
    assert pause_level(sound.astype(np.float32), [(3000, 6000)]) == pytest.approx(level, abs=1)


def test_one_noisy_pause_among_still_ones_counts():
    sound = voice(1.0)
    sound[2000:3000], sound[8000:9000] = 0, 0.01
    assert pause_level(sound, [(2000, 3000)]) == SILENT_DB
    assert pause_level(sound, [(2000, 3000), (8000, 9000)]) > -40


@pytest.mark.parametrize("spans", [[], [(0, 2400)]])
def test_without_both_pauses_and_speech_there_is_no_level(spans):
    assert math.isnan(pause_level(voice(0.1), spans))
