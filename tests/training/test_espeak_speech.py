import numpy as np
import pytest

from training.espeak_speech import STEADY_VARIANTS, espeak
from training.features import pitch
from training.train import VOICES


def jitter(variant):
    """How much the pitch of a long vowel departs from a smooth curve, in Hz."""
    from scipy.signal import resample_poly
    from torch import from_numpy

    speech = espeak().say("ah ah ah ah", "en-us+" + variant, rate=80)
    f0 = pitch(from_numpy(resample_poly(speech.audio, 160, 147).astype(np.float32))).numpy()
    voiced = (f0[:-2] > 60) & (f0[1:-1] > 60) & (f0[2:] > 60)
    bends = np.abs(f0[:-2] - 2 * f0[1:-1] + f0[2:])[voiced]
    return np.median(bends)


def test_a_steady_variant_does_not_flutter():
    assert jitter("steady-f2") < 0.7 * jitter("f2")


@pytest.mark.parametrize("voice", VOICES, ids=lambda voice: voice.name)
def test_every_voice_is_learnt_from_a_steady_variant(voice):
    assert voice.variant.removeprefix("+steady-") in STEADY_VARIANTS
    speech = espeak().say("Hello.", voice.espeak_voice(voice.language))
    assert np.abs(speech.audio).max() > 0.05
    assert [event.ipa for event in speech.events if event.ipa]


def test_a_variant_that_is_not_there_is_an_error():
    with pytest.raises(ValueError, match="nobody"):
        espeak().say("Hello.", "xx-nobody")
