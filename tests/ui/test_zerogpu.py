"""ZeroGPU without a GPU: what is asked of `spaces`, and what happens when it refuses."""

from types import SimpleNamespace

import gradio as gr
import numpy as np
import pytest

from kokoro_demo.model import Output
from kokoro_demo.ui.zerogpu import GpuFirst, on_zerogpu, seconds_needed


class Tensor:
    """An array that knows which device it is on."""

    def __init__(self, values, device="cpu"):
        self.values, self.device = np.asarray(values), device
        self.shape = self.values.shape

    def to(self, device):
        return Tensor(self.values, device)

    def cpu(self):
        return self.to("cpu")

    def numpy(self):
        assert self.device == "cpu", "what leaves the GPU's process must be on the CPU"
        return self.values


class Model:
    def __init__(self):
        self.device = "cpu"

    def to(self, device):
        self.device = device
        return self

    def __call__(self, input_ids, style, speed, *, seed):
        assert input_ids.device == style.device == self.device
        said = Tensor([len(self.device), speed, seed], self.device)
        return Output(said, Tensor([1], self.device), Tensor([0, 0], self.device), {})


ARGUMENTS = (Tensor(np.zeros((1, 100))), Tensor(np.zeros((1, 256))), 1.0, 7)
CUDA, CPU = len("cuda"), len("cpu")


def gpu_first(refuse=lambda call: False):
    calls = []

    def decorate(duration):
        def wrap(run):
            def borrowed(*args):
                calls.append(duration(*args))
                if refuse(len(calls)):
                    raise gr.Error("You have exceeded your GPU quota")
                return run(*args)

            return borrowed

        return wrap

    return GpuFirst(SimpleNamespace(model=Model()), decorate), calls


def device_of(infer):
    return infer(*ARGUMENTS)[0][0]


def test_a_phrase_is_made_on_the_borrowed_gpu():
    gpu, calls = gpu_first()
    waveform, durations, _, _ = gpu.for_one_speech()(*ARGUMENTS)
    assert list(waveform) == [CUDA, 1.0, 7]
    assert list(durations) == [1]
    assert calls == [seconds_needed(*ARGUMENTS)]


def test_without_quota_the_cpu_speaks():
    gpu, _ = gpu_first(refuse=lambda call: True)
    assert device_of(gpu.for_one_speech()) == CPU


def test_a_speech_that_was_refused_stays_on_the_cpu_and_the_next_asks_again():
    gpu, calls = gpu_first(refuse=lambda call: call == 2)
    infer = gpu.for_one_speech()
    assert [device_of(infer) for _ in range(4)] == [CUDA, CPU, CPU, CPU]
    assert len(calls) == 2
    assert device_of(gpu.for_one_speech()) == CUDA


def test_another_fault_is_not_hidden():
    def decorate(duration):
        def wrap(run):
            def broken(*args):
                raise RuntimeError("out of memory")

            return broken

        return wrap

    with pytest.raises(RuntimeError):
        device_of(GpuFirst(SimpleNamespace(model=Model()), decorate).for_one_speech())


@pytest.mark.parametrize(("value", "answer"), [("true", True), ("1", True), ("", False), ("false", False)])
def test_zerogpu_is_told_by_the_environment(monkeypatch, value, answer):
    monkeypatch.setenv("SPACES_ZERO_GPU", value)
    assert on_zerogpu() is answer
