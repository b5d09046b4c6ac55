"""Every file format that a speech can be saved in."""

import json

import numpy as np
import pytest
import soundfile

from kokoro_demo import audio
from kokoro_demo.errors import RequestError
from kokoro_demo.formats import CAPTIONS, FORMATS, SOUNDS, format_of
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.speech import Speech, SpeechRequest


@pytest.fixture
def speech():
    sound = (0.3 * np.sin(np.arange(24_000) / 20)).astype(np.float32)
    words = (Word("Hi", "Hi", "hˈI", "dictionary", (1, 3), (0, 3), 0.0, 0.3),)
    timings = ((0.0, 0.1), (0.1, 0.2), (0.2, 0.3), (0.3, 0.4))
    return Speech(sound, SpeechRequest("<Hi>."), "hˈI.", words, timings, "Hi.", ("one",), "a checkpoint")


def test_every_kind_of_sound_is_in_the_one_table():
    assert set(SOUNDS) == set(audio.FORMATS)
    assert {*SOUNDS, *CAPTIONS} == set(FORMATS)


@pytest.mark.parametrize("suffix", FORMATS)
@pytest.mark.parametrize("spelling", [str, str.upper, str.lower])
def test_a_speech_is_saved_as_its_suffix_says(speech, tmp_path, suffix, spelling):
    path = speech.save(tmp_path / f"a.{spelling(suffix)}")
    if suffix in SOUNDS:
        assert soundfile.info(path).samplerate == 24_000
    else:
        assert path.read_text("utf-8").strip()


def test_json_contains_everything_but_the_sound(speech, tmp_path):
    held = json.loads(speech.save(tmp_path / "a.json").read_text("utf-8"))
    assert held["text"] == "<Hi>."
    assert held["duration"] == 1.0
    assert held["warnings"] == ["one"]
    assert {"words", "sounds", "captions", "phrases", "seconds", "fingerprint"} <= set(held)


@pytest.mark.parametrize("name", ["a.doc", "a", ".wav", "wav", "a.wav.txt"])
def test_another_suffix_is_refused_with_its_name(speech, tmp_path, name):
    with pytest.raises(RequestError, match=r"\.wav.*\.TextGrid"):
        speech.save(tmp_path / name)
    assert not list(tmp_path.iterdir())


def test_a_choice_of_kinds_refuses_the_others():
    assert format_of("A.SRT", CAPTIONS) is FORMATS["srt"]
    with pytest.raises(RequestError, match=r"\.srt, \.vtt"):
        format_of("a.wav", CAPTIONS)
