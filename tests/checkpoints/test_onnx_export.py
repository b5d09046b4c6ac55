"""Reads the float32 export of the reference; needs the packages of benchmarks/requirements.txt, and kokoro."""

import pytest
import torch

from benchmarks import peers
from kokoro_demo.checkpoints.kokoro_82m import official_config
from kokoro_demo.checkpoints.onnx_weights import read_onnx
from kokoro_demo.checkpoints.reading import read_model
from tests.model import rule

pytestmark = pytest.mark.skipif(
    not peers.onnx_installed(), reason="the reference is not installed: see benchmarks/requirements.txt"
)


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    path = tmp_path_factory.mktemp("export") / "kokoro.onnx"
    peers.export(path)
    return path


def test_every_weight_of_a_real_export_is_the_one_that_was_exported(exported):
    read = {
        f"{module}.{name}": tensor
        for module, tensors in read_onnx(exported).items()
        for name, tensor in tensors.items()
    }
    for name, expected in rule.rule_model().state_dict().items():
        if name in read:
            torch.testing.assert_close(
                read[name], expected, atol=1e-5, rtol=1e-4, msg=lambda text, name=name: f"{name}: {text}"
            )


def test_a_real_export_speaks_like_the_exported_model(exported, monkeypatch):
    monkeypatch.setenv("KOKORO_PRECISION", "f32")
    model, expected = read_model(official_config(), exported), rule.rule_model()
    prosody, known = (each.prosody(rule.input_ids(), rule.style()) for each in (model, expected))
    assert prosody.durations.tolist() == known.durations.tolist()
    torch.testing.assert_close(prosody.f0, known.f0, atol=1e-2, rtol=1e-4)
    spectrum = rule.source_spectrum(int(known.durations.sum()))
    sounds = [each(rule.input_ids(), rule.style(), source_spectrum=spectrum).waveform for each in (model, expected)]
    assert (sounds[0] - sounds[1]).abs().max() < 1e-3 * sounds[1].abs().max()
