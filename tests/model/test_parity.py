"""Our model compared with the reference, with the same weights: with its committed results, and live if installed."""

import numpy as np
import pytest
import torch

from tests.model import reference, rule


@pytest.fixture(scope="module")
def model():
    return rule.rule_model()


@pytest.fixture(scope="module", params=["committed", "live"])
def results(request):
    if request.param == "committed":
        with np.load(reference.RESULTS) as stored:
            everything = dict(stored)
    elif reference.installed():
        everything = reference.results(reference.load_reference())
    else:
        pytest.skip("the reference is not installed: pip install --no-deps kokoro==0.9.4, transformers, loguru, attrs")
    return {name: reference.unpacked(value) if value.size > 10_000 else value for name, value in everything.items()}


@pytest.mark.parametrize("speed", rule.SPEEDS)
def test_durations_are_identical_and_f0_and_energy_agree(model, results, speed):
    prosody = model.prosody(rule.input_ids(), rule.style(), speed)
    assert prosody.durations.tolist() == results[f"durations@{speed}"].tolist()
    assert len(set(prosody.durations.tolist())) > 3, "a rule whose durations are all alike would prove nothing"
    np.testing.assert_allclose(prosody.f0.numpy(), results[f"f0@{speed}"], atol=1e-3)
    np.testing.assert_allclose(prosody.energy.numpy(), results[f"energy@{speed}"], atol=1e-3)


@pytest.mark.parametrize("speed", rule.SPEEDS)
def test_waveform_agrees_given_the_same_source_spectrum(model, results, speed):
    expected = results[f"waveform@{speed}"]
    spectrum = rule.source_spectrum(len(expected) // 600)
    output = model(rule.input_ids(), rule.style(), speed, source_spectrum=spectrum)
    assert output.waveform.shape == expected.shape
    np.testing.assert_allclose(output.waveform.numpy(), expected, atol=1e-4 * np.abs(expected).max())


def test_end_to_end_it_is_as_close_as_two_runs_of_the_reference(model, results):
    own_distance = rule.log_spectrum_distance(results["noise 1"], results["noise 2"])
    samples = len(results["noise 1"])
    for seed in (1, 2):
        output = model(rule.input_ids(), rule.style(), noise=rule.source_noise(samples, seed))
        assert rule.log_spectrum_distance(output.waveform.numpy(), results[f"noise {seed}"]) <= own_distance
    drawn = model(rule.input_ids(), rule.style(), seed=7).waveform.numpy()
    assert rule.log_spectrum_distance(drawn, results["noise 1"]) <= 1.1 * own_distance


def test_below_speed_1_only_the_phonemes_are_stretched(model):
    normal = model.prosody(rule.input_ids(), rule.style(), 1.0).durations
    slow = model.prosody(rule.input_ids(), rule.style(), 0.5).durations
    assert slow[[0, -1]].tolist() == normal[[0, -1]].tolist()
    ratio = (slow[1:-1].sum() / normal[1:-1].sum()).item()
    assert ratio == pytest.approx(2.0, abs=0.1)


def test_every_frame_is_600_samples(model):
    output = model(rule.input_ids(), rule.style())
    assert len(output.waveform) == 600 * output.durations.sum()
    assert output.waveform.dtype == torch.float32
