"""A very short text is spoken after a sentence that is then cut off."""

import numpy as np
import pytest

from kokoro_demo import SpeechRequest
from kokoro_demo.audio import levels
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.first import FirstVoice
from kokoro_demo.model import Utterance
from kokoro_demo.synthesis.lead_in import MAX_SOUNDS, SENTENCE, lead_in
from kokoro_demo.synthesis.phrasing import LEAD, TAIL
from kokoro_demo.synthesis.synthesizer import Synthesizer

RATE = 24_000


@pytest.fixture(scope="module")
def checkpoint(small_folder):
    return load_checkpoint(small_folder)


@pytest.fixture
def speaker(checkpoint):
    """Each symbol lasts 75 ms, at the pitch of its id; punctuation and spaces are silent."""
    asked = []

    def pitched(model, ids, style, speed, seed, untouched=False):
        asked.append(ids.shape[1] - 2)
        silent = [0, *(checkpoint.config["vocab"][symbol] for symbol in " .,!?")]
        symbols = ids[0].numpy()
        durations = np.full(len(symbols), 3)
        loud = np.repeat(~np.isin(symbols, silent), 3 * 600)
        sound = (0.3 * loud * np.sin(np.arange(len(loud)) / 9)).astype(np.float32)
        return Utterance(sound, durations, np.repeat(symbols, 6).astype(np.float32), {})

    made = Synthesizer(checkpoint, pitched)
    made.asked = asked
    return made


@pytest.mark.parametrize("phonemes", ["ˈA", "ˈA.", "nˈO!", "ˈɛks.", "hˈI"])
@pytest.mark.parametrize("voice", ["af_heart", "bm_george"])
def test_only_the_text_is_heard_with_its_own_times(speaker, phonemes, voice):
    speech = speaker.speak(SpeechRequest("any", voice, phonemes=phonemes))
    assert speaker.asked == [len(SENTENCE) + len(phonemes)], "the model says the sentence too"
    assert speech.phonemes == phonemes
    assert len(speech.timings) == len(phonemes)
    (chunk,) = speech.chunks
    assert len(chunk.durations) == len(phonemes) + 2
    ids = {speaker.checkpoint.config["vocab"][symbol] for symbol in phonemes}
    assert set(speech.f0[speech.f0 > 0]) <= ids | {speaker.checkpoint.config["vocab"][symbol] for symbol in ". "}
    heard = np.flatnonzero(levels(speech.audio, 24) > 1e-3) / 1000
    sounds = sum(symbol not in ".!" for symbol in phonemes)
    assert heard[0] == pytest.approx(LEAD, abs=0.01)
    assert heard[-1] - heard[0] == pytest.approx(0.075 * sounds, abs=0.01)
    assert speech.duration - heard[-1] == pytest.approx(TAIL, abs=0.01)
    assert 0 <= speech.timings[0][0] <= heard[0] <= speech.timings[0][1]


def test_streamed_and_saved_sound_are_equal(speaker):
    request = SpeechRequest("any", phonemes="ˈA.")
    streamed = np.concatenate([chunk.audio for chunk in speaker.stream(request)])
    np.testing.assert_array_equal(streamed, speaker.speak(request).audio)
    assert speaker.speak(request).fingerprint == speaker.speak(request).fingerprint


@pytest.mark.parametrize(
    "fields",
    [{"untouched": True}, {"voice": "ef_dora"}, {"phonemes": "stˈɑp."}, {"phonemes": "ðə ˈɛnd."}],
    ids=["untouched", "another language", "four sounds", "two words"],
)
def test_other_texts_have_no_lead_in(speaker, fields):
    request = SpeechRequest("any", **({"phonemes": "nˈO."} | fields))
    speaker.speak(request)
    assert speaker.asked == [len(request.phonemes)]


def test_symbols_are_not_sounds(checkpoint):
    model, vocabulary = checkpoint.model, checkpoint.config["vocab"]
    assert lead_in("ˈɑː.", "en-gb", model, vocabulary) == lead_in("ˈɑbc", "en-us", model, vocabulary) == SENTENCE
    assert not lead_in("ˈɑbcd"[: MAX_SOUNDS + 2], "en-us", model, vocabulary)
    assert not lead_in("...", "en-us", model, vocabulary)
    assert not lead_in("ˈɑbc", "en-us", FirstVoice(), vocabulary), "it was not heard with a sentence before"


def test_a_model_without_the_sounds_of_the_sentence_speaks_without_it(checkpoint):
    assert not lead_in("ˈɑ.", "en-us", checkpoint.model, set(checkpoint.config["vocab"]) - {"ɹ"})
