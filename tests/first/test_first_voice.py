"""The first voice as a model: shapes, reproducibility, threads, and what happens without its file."""

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from kokoro_demo.errors import CheckpointError
from kokoro_demo.first import VOCABULARY, FirstVoice
from kokoro_demo.first.model_file import model_path
from kokoro_demo.model.interruption import Interrupted, ShuttingDown, interruptible, shut_down

PHONEMES = "ðə kwˈɪk bɹˈWn fˈɑks."
STYLE = torch.zeros(1, 0)


@pytest.fixture(scope="module")
def voice():
    return FirstVoice()


def ids(phonemes=PHONEMES):
    return torch.tensor([[0, *(VOCABULARY[symbol] for symbol in phonemes), 0]])


def test_waveform_durations_and_f0_fit_together(voice):
    spoken = voice.speak(ids(), STYLE, 1.0, 0)
    assert len(spoken.durations) == len(PHONEMES) + 2
    assert spoken.durations.dtype == np.int64
    assert spoken.durations.min() >= 0
    assert len(spoken.waveform) == voice.samples_per_frame * spoken.durations.sum()
    assert len(spoken.f0) * voice.samples_per_f0 == len(spoken.waveform)
    assert spoken.waveform.dtype == spoken.f0.dtype == np.float32
    assert 0.1 < np.abs(spoken.waveform).max() <= 1.5
    voiced = spoken.f0[spoken.f0 > 0]
    assert 100 < np.median(voiced) < 350, "a woman's voice"


def test_it_begins_and_ends_in_silence_and_has_no_pitch_there(voice):
    spoken = voice.speak(ids(), STYLE, 1.0, 0)
    silent = np.sqrt(np.mean(spoken.waveform[-4000:] ** 2))
    assert silent < 0.02 * np.sqrt(np.mean(spoken.waveform**2))
    assert not spoken.f0[:12].any()
    assert not spoken.f0[-12:].any()
    assert spoken.f0.min() == 0.0, "unvoiced is 0, and never less"


def test_the_same_request_gives_the_same_sound_and_another_seed_does_not(voice):
    first, again, other = (voice.speak(ids(), STYLE, 1.0, seed) for seed in (5, 5, 6))
    assert np.array_equal(first.waveform, again.waveform)
    assert np.array_equal(first.durations, other.durations)
    assert not np.array_equal(first.waveform, other.waveform)


def test_any_number_of_threads_may_speak(voice):
    alone = [voice.speak(ids(), STYLE, 1.0, seed).waveform for seed in range(4)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda seed: voice.speak(ids(), STYLE, 1.0, seed).waveform, range(4)))
    assert all(np.array_equal(one, other) for one, other in zip(alone, together, strict=True))


@pytest.mark.parametrize("speed", [0.5, 2.0])
def test_speed_changes_the_length(voice, speed):
    usual, other = (voice.speak(ids(), STYLE, at, 0).durations.sum() for at in (1.0, speed))
    assert (other > 1.4 * usual) if speed < 1 else (other < 0.75 * usual)


def test_a_high_speed_is_exact_and_keeps_the_pitch(voice):
    """The network by itself shortens a sentence by less than the speed says, and slurs it."""
    usual, fast = (voice.speak(ids(), STYLE, at, 0) for at in (1.0, 2.0))
    assert len(fast.waveform) == voice.samples_per_frame * fast.durations.sum()
    assert len(fast.f0) * voice.samples_per_f0 == len(fast.waveform)
    slower = voice.speak(ids(), STYLE, 1.25, 0)
    assert ((fast.durations > 0) == (slower.durations > 0)).all(), "no sound is without a place in time"
    assert fast.durations.sum() == pytest.approx(usual.durations.sum() / 2, rel=0.15)
    pitches = [np.median(spoken.f0[spoken.f0 > 0]) for spoken in (usual, fast)]
    assert pitches[1] == pytest.approx(pitches[0], rel=0.1)
    levels = [np.sqrt(np.mean(spoken.waveform**2)) for spoken in (usual, fast)]
    assert levels[1] == pytest.approx(levels[0], rel=0.3)


def test_its_parameters_are_those_of_its_file(voice):
    import onnx

    graph = onnx.load(model_path()).graph
    assert voice.parameter_count == sum(int(np.prod(tensor.dims)) for tensor in graph.initializer)


def test_a_missing_file_is_reported(tmp_path):
    with pytest.raises(CheckpointError, match=r"nothing\.onnx cannot be read.*pip install"):
        FirstVoice(tmp_path / "nothing.onnx")


def test_a_damaged_file_is_reported(tmp_path):
    damaged = tmp_path / "damaged.onnx"
    content = bytearray(model_path().read_bytes())
    content[1000] ^= 1
    damaged.write_bytes(content)
    with pytest.raises(CheckpointError, match=r"damaged\.onnx is damaged, or of another version.*pip install"):
        FirstVoice(damaged)


def test_a_missing_package_is_reported(monkeypatch):
    monkeypatch.setattr("kokoro_demo.first.model_file.PACKAGE", "no-such-package")
    with pytest.raises(CheckpointError, match="there is no package no-such-package"):
        FirstVoice()


def test_missing_onnxruntime_is_reported(monkeypatch, voice):
    monkeypatch.setitem(sys.modules, "onnxruntime", None)
    other = FirstVoice()
    with pytest.raises(CheckpointError, match="needs onnxruntime"):
        other.prepare()


def test_only_the_file_of_the_package_is_used():
    script = (
        "import sys; from kokoro_demo.first import FirstVoice; FirstVoice().prepare()\nprint('hibari' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


def test_it_is_cancelled_if_the_result_is_no_longer_wanted(voice):
    asked = []

    def should_stop():
        asked.append(1)
        return len(asked) == 3

    with interruptible(should_stop), pytest.raises(Interrupted):
        voice.speak(ids(PHONEMES * 10), STYLE, 1.0, 0)


def test_nothing_is_started_while_the_process_shuts_down(voice, monkeypatch):
    monkeypatch.setattr("kokoro_demo.model.interruption._shutting_down", threading.Event())
    shut_down()
    with pytest.raises(ShuttingDown):
        voice.speak(ids(), STYLE, 1.0, 0)
