import numpy as np
import pytest

from training.espeak_speech import espeak
from training.evaluate import SENTENCES as SENTENCES_FILE
from training.recogniser import Recogniser

SENTENCES = (
    "The weather was cold and the river had frozen.",
    "Could you tell me where the station is?",
    "Birds were singing in the trees behind the school.",
    "Don't forget to close the door!",
)
MANY = SENTENCES_FILE.read_text(encoding="utf-8").splitlines()[:15]


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
    draw = np.random.default_rng(0)
    tired = Recogniser(MANY)
    heard = []
    for sentence in MANY[:3]:
        audio, rate = said(sentence)
        noisy = audio + (0.04 * draw.standard_normal(len(audio))).astype(np.float32)
        tired.hear(draw.standard_normal(rate // 3).astype(np.float32), rate)
        heard.append((Recogniser(MANY).hear(noisy, rate), tired.hear(noisy, rate)))
    assert all(first == second for first, second in heard)


def test_a_word_that_it_cannot_know_is_named():
    with pytest.raises(ValueError, match="brimblet"):
        Recogniser(["The brimblet sang."])
