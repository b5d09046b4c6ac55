"""Which voice and language a request is spoken in: with the first voice alone, and with a small Kokoro."""

import pytest

from kokoro_demo import RequestError, SpeechRequest, UnspokenLanguageError, phonemize
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.synthesis.casting import Outlook
from kokoro_demo.synthesis.synthesizer import Synthesizer


@pytest.fixture(scope="module")
def first():
    return Synthesizer(load_checkpoint("builtin"))


@pytest.fixture(scope="module")
def both(small_folder):
    return Synthesizer(load_checkpoint(small_folder).with_first_voice())


def test_british_english_is_pronounced_as_american_with_a_warning_that_names_both(first):
    speech = first.speak(SpeechRequest("A tomato bath.", "bf_emma"))
    assert speech.phonemes == first.pronounce(SpeechRequest("A tomato bath.", "af_heart_small")).phonemes
    assert "The voice bf_emma is not available now; af_heart_small speaks instead." in speech.warnings
    assert any(
        "American English only" in warning and "not as British English" in warning for warning in speech.warnings
    )


@pytest.mark.parametrize(
    ("text", "voice", "language"),
    [("Hola.", "ef_dora", "es"), ("नमस्ते।", "hf_alpha", "hi"), ("Ciao.", "af_heart", "it")],
)
def test_another_language_is_pronounced_but_not_spoken(first, text, voice, language):
    request = SpeechRequest(text, voice, language=language)
    read = first.pronounce(request)
    assert read.phonemes == phonemize(text, language).phonemes
    assert not any("Left out" in warning for warning in read.warnings)
    with pytest.raises(UnspokenLanguageError, match=r"speaks American English only, not .* Kokoro itself speaks it"):
        first.speak(request)


def test_while_another_checkpoint_is_loading_the_error_says_when_to_retry():
    waiting = Synthesizer(load_checkpoint("builtin"), outlook=lambda: Outlook("Kokoro is on its way.", 10))
    with pytest.raises(UnspokenLanguageError, match=r"not Spanish\. Kokoro is on its way\.") as raised:
        waiting.speak(SpeechRequest("Hola.", "ef_dora"))
    assert raised.value.retry_after == 10


def test_an_unknown_phoneme_is_replaced_by_another_with_a_warning(first):
    read = first.pronounce(SpeechRequest("x", phonemes="hyt", voice="af_heart_small"))
    assert read.phonemes == "hyt"
    assert "The voice does not know some of these phonemes, and speaks y as u." in read.warnings
    rounded = first.speak(SpeechRequest("x", phonemes="hyt", voice="af_heart_small")).audio
    assert (rounded == first.speak(SpeechRequest("x", phonemes="hut", voice="af_heart_small")).audio).all()


def test_each_voice_is_spoken_by_its_own_model(both, first):
    small = both.speak(SpeechRequest("Hello.", "af_heart_small"))
    assert (small.audio == first.speak(SpeechRequest("Hello.", "af_heart_small")).audio).all()
    assert small.checkpoint == "Heart, small"
    assert small.fingerprint == first.speak(SpeechRequest("Hello.", "af_heart_small")).fingerprint
    assert both.speak(SpeechRequest("Hello.", "af_heart")).checkpoint == "small"
    assert both.checkpoint.voices.default == "af_heart"


def test_once_kokoro_is_loaded_the_error_suggests_another_voice(both):
    with pytest.raises(UnspokenLanguageError, match=r"not Spanish\. Choose another voice\.") as raised:
        both.speak(SpeechRequest("Hola.", "af_heart_small", language="es"))
    assert raised.value.retry_after is None


def test_the_first_voice_cannot_be_blended(both):
    with pytest.raises(RequestError, match="cannot be blended"):
        both.speak(SpeechRequest("Hello.", "af_heart+af_heart_small"))


@pytest.mark.parametrize(
    ("gone", "nearest"), [("af_wren", "af_heart"), ("bf_lark", "bm_george"), ("bm_rook", "bm_george")]
)
def test_a_retired_voice_is_spoken_by_the_nearest_one(both, gone, nearest):
    speech = both.speak(SpeechRequest("Hello.", gone))
    assert speech.warnings == (f"The voice {gone} is no longer offered; {nearest} speaks instead.",)
