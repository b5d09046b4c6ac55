import numpy as np
import pytest

from benchmarks.loudness import loudness
from kokoro_demo import SpeechRequest
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.voices.catalogue import catalogue
from kokoro_demo.voices.loudness import EVEN_LOUDNESS, even_gain, without_loudness


def in_decibels(voice):
    return 20 * np.log10(even_gain(voice))


@pytest.mark.parametrize("voice", catalogue())
def test_every_voice_in_the_catalogue_is_brought_to_the_same_loudness(voice):
    assert catalogue()[voice].loudness + in_decibels(voice) == pytest.approx(EVEN_LOUDNESS)
    assert not without_loudness(voice)


def test_a_blend_has_the_gain_of_its_voices_by_their_shares():
    expected = (3 * in_decibels("af_nova") + in_decibels("bf_emma")) / 4
    assert in_decibels("af_nova(3)+bf_emma") == pytest.approx(expected)


def test_an_unknown_voice_is_left_unchanged_with_a_warning():
    assert even_gain("yours_1") == 1.0
    assert without_loudness("af_heart+yours_1") == ["yours_1"]


def test_the_gain_is_the_same_for_every_phrase_and_nothing_else_changes(small_folder):
    synthesizer = Synthesizer(load_checkpoint(small_folder))
    for text in ("Hello there.", "It was late. " * 20):
        plain = synthesizer.speak(SpeechRequest(text, "af_heart"))
        even = synthesizer.speak(SpeechRequest(text, "af_heart", even_loudness=True))
        whole = np.abs(plain.audio) < 1
        np.testing.assert_allclose(even.audio[whole], plain.audio[whole] * even_gain("af_heart"), atol=1e-6)
        assert even.timings == plain.timings


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_loudness_is_measured_as_in_itu_r_bs_1770(rate):
    """BS.1770-4: a full-scale sine of 997 Hz in one channel has -3.01 LUFS; silence beside it is gated."""
    tone = np.sin(2 * np.pi * 997 * np.arange(rate * 3) / rate).astype(np.float32)
    assert loudness(tone, rate) == pytest.approx(-3.01, abs=0.03)
    assert loudness(tone / 10, rate) == pytest.approx(-23.01, abs=0.03)
    padded = np.concatenate([np.zeros(10 * rate, np.float32), tone])
    assert loudness(padded, rate) == pytest.approx(-3.01, abs=0.6)
    assert loudness(np.zeros(rate, np.float32), rate) == -np.inf
