"""The Python API, as someone who has just installed the package would use it."""

import subprocess
import sys

import numpy as np
import pytest

from kokoro_demo import CheckpointError, SpeechRequest, generate_audio, generate_audio_stream, phonemize
from tests.small_checkpoint import make_folder


def test_generate_audio_speaks(small_folder, tmp_path):
    speech = generate_audio("Hello there.", checkpoint=small_folder)
    assert speech.sample_rate == 24_000
    assert speech.save(tmp_path / "hello.wav").stat().st_size > 1000
    assert speech.request == SpeechRequest("Hello there.")


def test_streaming_twin_gives_the_same_sound(small_folder):
    text = "One sentence comes after another. " * 8
    whole = generate_audio(text, "bm_george", 1.5, seed=2, checkpoint=small_folder)
    chunks = [chunk.audio for chunk in generate_audio_stream(text, "bm_george", 1.5, seed=2, checkpoint=small_folder)]
    np.testing.assert_array_equal(np.concatenate(chunks), whole.audio)


def test_a_known_voice_that_is_not_there_is_replaced_with_a_warning(tmp_path):
    folder = make_folder(tmp_path, voices=("am_adam",))
    speech = generate_audio("Hello.", voice="bf_emma", checkpoint=folder)
    assert speech.warnings == ("The voice bf_emma is not available now; am_adam speaks instead.",)


def test_language_defaults_to_the_voices_own(small_folder):
    assert (
        generate_audio("zebra", "bm_george", checkpoint=small_folder).phonemes == phonemize("zebra", "en-gb").phonemes
    )
    american = generate_audio("zebra", "bm_george", language="en-us", checkpoint=small_folder)
    assert american.phonemes == phonemize("zebra", "en-us").phonemes


def test_without_the_hub_the_builtin_voice_speaks_and_says_so(tmp_path):
    script = (
        "from kokoro_demo import generate_audio\n"
        "speech = generate_audio('Hello.')\n"
        "print(len(speech.audio) > 5000, speech.warnings)\n"
    )
    environment = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"}
    done = subprocess.run([sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.startswith("True")
    assert "built-in" in done.stdout


def test_a_chosen_checkpoint_that_is_not_there_is_an_error(tmp_path):
    with pytest.raises(CheckpointError):
        generate_audio("Hello.", checkpoint=tmp_path / "nothing")


def test_phonemizing_needs_no_torch():
    script = "import sys; from kokoro_demo import phonemize; phonemize('Hello.'); print('torch' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
