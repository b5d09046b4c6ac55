"""The formula of the waveform, on frames whose waveform is known."""

import numpy as np
import pytest

from kokoro_demo.first.waveform import BINS, HOP, SAMPLE_RATE, Frames, draw_noise, paced, pulse_train, waveform

SILENT = -40.0


def frames(count, f0=0.0, harmonic=SILENT, noise=SILENT, rest=SILENT):
    level = lambda value: np.full((BINS, count), value, np.float32)  # noqa: E731
    return Frames(level(harmonic), level(0.0), level(noise), level(rest), level(0.0), np.full(count, f0, np.float32))


@pytest.mark.parametrize("f0", [80.0, 210.0, 391.3])
def test_pulses_come_once_a_period(f0):
    pulses = pulse_train(np.full(160, f0, np.float32))
    places = np.flatnonzero(pulses > 0.4 * pulses.max())
    apart = np.diff(places)
    periods = apart[apart > 3]  # a pulse may reach over two samples
    assert abs(periods.mean() - SAMPLE_RATE / f0) < 1
    assert np.ptp(periods) <= 2


def test_without_pitch_there_are_no_pulses():
    assert not pulse_train(np.zeros(20, np.float32)).any()
    half = pulse_train(np.repeat(np.array([0.0, 150.0], np.float32), 20))
    assert not half[: 18 * HOP].any()
    assert half[22 * HOP :].any()


def test_a_flat_spectrum_gives_the_pulses_themselves():
    given = frames(100, 120.0, harmonic=0.0)
    made, pulses = waveform(given, draw_noise(100, 0)), pulse_train(given.f0)
    inner = slice(10 * HOP, 90 * HOP)
    assert made.shape == (100 * HOP,)
    scale = np.dot(made[inner], pulses[inner]) / np.dot(pulses[inner], pulses[inner])
    np.testing.assert_allclose(made[inner], scale * pulses[inner], atol=1e-3 * np.abs(made).max())


def test_noise_depends_on_its_seed_and_level():
    quiet, loud = (waveform(frames(50, noise=level), draw_noise(50, 3)) for level in (-3.0, -2.0))
    np.testing.assert_allclose(loud, quiet * np.float32(np.e), rtol=1e-3, atol=1e-5)
    assert not np.allclose(loud, waveform(frames(50, noise=-2.0), draw_noise(50, 4)))
    assert np.array_equal(draw_noise(50, 3), draw_noise(50, 3))


def test_levels_are_limited():
    assert np.array_equal(
        waveform(frames(10, rest=7.0), draw_noise(10, 0)), waveform(frames(10, rest=50.0), draw_noise(10, 0))
    )


@pytest.mark.parametrize("count", [1, 3, 63, 64, 65, 200])
def test_every_length_is_complete_and_finite(count):
    made = waveform(frames(count, 200.0, harmonic=0.0, noise=-4.0), draw_noise(count, 0))
    assert made.shape == (count * HOP,)
    assert np.isfinite(made).all()


def test_paced_frames_follow_the_same_curve_in_another_time():
    rising = np.broadcast_to(np.arange(40, dtype=np.float32), (BINS, 40))
    given = Frames(rising, rising, rising, rising, rising, np.arange(40, dtype=np.float32))
    for count in (10, 25, 80):
        made = paced(given, count)
        expected = np.clip((np.arange(count) + 0.5) * 40 / count - 0.5, 0, 39)
        np.testing.assert_allclose(made.harmonic, np.broadcast_to(expected, (BINS, count)), atol=1e-4)
        assert np.abs(made.phase - made.harmonic).max() <= 0.5, "a phase is one that there was"
        assert set(made.f0.tolist()) <= set(given.f0.tolist())
    assert all(np.array_equal(made, part) for made, part in zip(paced(given, 40), given, strict=True))
