"""ZeroGPU without a GPU: the calls to `spaces`, and the fallback if it refuses."""

from types import SimpleNamespace

import gradio as gr
import numpy as np
import pytest
from torch import nn

from kokoro_demo.model import Utterance
from kokoro_demo.ui.zerogpu import GpuFirst, on_zerogpu, seconds_needed


class Model(nn.Module):
    uses_openmp = True
    device = "cpu"

    def to(self, device):
        self.device = device
        return self

    def speak(self, ids, style, speed, seed, untouched=False):
        return Utterance(np.array([len(self.device), speed, seed]), np.array([1]), np.zeros(2), {})


class ModelOfAnotherKind:
    """Not a PyTorch module, so it cannot be moved to a GPU."""

    uses_openmp = False
    device = "cpu"
    speak = Model.speak


ARGUMENTS = (np.zeros((1, 100)), np.zeros((1, 256)), 1.0, 7)
CUDA, CPU = len("cuda"), len("cpu")


def gpu_first(refuse=lambda call: False, model=None):
    calls = []
    model = model or Model()

    def decorate(duration):
        def wrap(run):
            def borrowed(*args):
                calls.append(duration(*args))
                if refuse(len(calls)):
                    raise gr.Error("You have exceeded your GPU quota")
                return run(*args)

            return borrowed

        return wrap

    return GpuFirst(SimpleNamespace(model=model), decorate), model, calls


def device_of(infer, model):
    return infer(model, *ARGUMENTS).waveform[0]


def test_a_phrase_is_made_on_the_borrowed_gpu():
    gpu, model, calls = gpu_first()
    waveform, durations, *_ = gpu.for_one_speech()(model, *ARGUMENTS)
    assert list(waveform) == [CUDA, 1.0, 7]
    assert list(durations) == [1]
    assert calls == [seconds_needed(*ARGUMENTS)]


def test_without_quota_the_cpu_speaks():
    gpu, model, _ = gpu_first(refuse=lambda call: True)
    assert device_of(gpu.for_one_speech(), model) == CPU


def test_a_model_that_cannot_be_moved_speaks_on_the_cpu():
    gpu, model, calls = gpu_first(model=ModelOfAnotherKind())
    assert device_of(gpu.for_one_speech(), model) == CPU
    assert not calls


def test_another_model_does_not_use_the_gpu():
    gpu, model, calls = gpu_first()
    infer = gpu.for_one_speech()
    assert device_of(infer, ModelOfAnotherKind()) == CPU
    assert not calls
    assert device_of(infer, model) == CUDA


def test_after_a_refusal_the_speech_stays_on_the_cpu_and_the_next_tries_the_gpu():
    gpu, model, calls = gpu_first(refuse=lambda call: call == 2)
    infer = gpu.for_one_speech()
    assert [device_of(infer, model) for _ in range(4)] == [CUDA, CPU, CPU, CPU]
    assert len(calls) == 2
    assert device_of(gpu.for_one_speech(), model) == CUDA


def test_other_errors_are_raised():
    def decorate(duration):
        def wrap(run):
            def broken(*args):
                raise RuntimeError("out of memory")

            return broken

        return wrap

    model = Model()
    with pytest.raises(RuntimeError):
        device_of(GpuFirst(SimpleNamespace(model=model), decorate).for_one_speech(), model)


@pytest.mark.parametrize(("value", "answer"), [("true", True), ("1", True), ("", False), ("false", False)])
def test_zerogpu_is_detected_by_the_environment(monkeypatch, value, answer):
    monkeypatch.setenv("SPACES_ZERO_GPU", value)
    assert on_zerogpu() is answer
