import numpy as np
import pytest

from training.espeak_speech import espeak
from training.recogniser import Recogniser

SENTENCES = (
    "The weather was cold and the river had frozen.",
    "Could you tell me where the station is?",
    "Birds were singing in the trees behind the school.",
    "Don't forget to close the door!",
)


@pytest.fixture(scope="module")
def recogniser():
    return Recogniser(SENTENCES)


def said(text):
    speech = espeak().say(text, "en-us+f2")
    return speech.audio, speech.sample_rate


@pytest.mark.parametrize("sentence", SENTENCES)
def test_tells_which_sentence_was_said(recogniser, sentence):
    assert recogniser.hear(*said(sentence)) == sentence


def test_loudness_does_not_matter(recogniser):
    audio, rate = said(SENTENCES[0])
    assert recogniser.hear(0.01 * audio, rate) == recogniser.hear(audio, rate) == SENTENCES[0]


def test_what_was_never_said_is_not_heard(recogniser):
    noise = np.random.default_rng(0).standard_normal(30_000).astype(np.float32)
    assert recogniser.hear(np.zeros(24_000, np.float32), 24_000) is None
    assert recogniser.hear(noise, 24_000) is None
    assert recogniser.hear(*said("Yes.")) is None


def test_what_was_heard_before_does_not_matter():
    audio, rate = said(SENTENCES[1])
    half = audio[: len(audio) * 2 // 3]
    fresh, tired = Recogniser(SENTENCES), Recogniser(SENTENCES)
    for _ in range(3):
        tired.hear(np.random.default_rng(1).standard_normal(20_000).astype(np.float32), rate)
    assert fresh.hear(half, rate) == tired.hear(half, rate)
    assert fresh.hear(audio, rate) == tired.hear(audio, rate) == SENTENCES[1]


def test_a_word_that_it_cannot_know_is_named():
    with pytest.raises(ValueError, match="brimblet"):
        Recogniser(["The brimblet sang."])
