"""The fast form compared with the plain one, which the parity tests compare with the reference."""

import copy

import pytest
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import fast, make_fast, precision, tiled_convolution
from tests.model import rule


@pytest.fixture(scope="module")
def plain():
    return rule.rule_model()


@pytest.fixture(scope="module", params=["f32", "bf16"])
def model(request, plain):
    made = copy.deepcopy(plain)
    make_fast(made, request.param)
    return made


def signal_to_noise(made, expected):
    return (10 * torch.log10(expected.square().mean() / (made - expected).square().mean())).item()


@pytest.mark.parametrize("speed", rule.SPEEDS)
def test_the_fast_form_agrees_with_the_plain_one(plain, model, speed):
    prosody = plain.prosody(rule.input_ids(), rule.style(), speed)
    spectrum = rule.source_spectrum(int(prosody.durations.sum()))
    expected = plain(rule.input_ids(), rule.style(), speed, source_spectrum=spectrum)
    output = model(rule.input_ids(), rule.style(), speed, source_spectrum=spectrum)
    assert torch.equal(output.durations, expected.durations)
    torch.testing.assert_close(output.f0, expected.f0, atol=1e-3, rtol=0)
    torch.testing.assert_close(
        model.prosody(rule.input_ids(), rule.style(), speed).energy, prosody.energy, atol=1e-3, rtol=0
    )
    assert signal_to_noise(output.waveform, expected.waveform) > {"f32": 90, "bf16": 35}[model.precision]


def test_reduced_precision_changes_no_prosody(plain):
    made = {name: copy.deepcopy(plain) for name in ("f32", "bf16")}
    for name, model in made.items():
        make_fast(model, name)
    one, other = (model.prosody(rule.input_ids(), rule.style()) for model in made.values())
    assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))


def test_reduced_precision_is_nearer_than_another_seed(plain):
    reduced, whole = copy.deepcopy(plain), copy.deepcopy(plain)
    make_fast(reduced, "bf16")
    make_fast(whole, "f32")
    ids, style = rule.input_ids(), rule.style()
    first, second = (whole(ids, style, seed=seed).waveform.numpy() for seed in (1, 2))
    distance = rule.log_spectrum_distance(reduced(ids, style, seed=1).waveform.numpy(), first)
    assert distance < 0.5 * rule.log_spectrum_distance(second, first)


def test_blocks_make_no_audible_difference(plain, monkeypatch):
    ids, style = rule.input_ids(), rule.style()
    model = copy.deepcopy(plain)
    make_fast(model)
    spectrum = rule.source_spectrum(int(model.prosody(ids, style).durations.sum()))
    whole = model(ids, style, source_spectrum=spectrum).waveform
    monkeypatch.setattr(tiled_convolution, "ROWS", 300)
    assert signal_to_noise(model(ids, style, source_spectrum=spectrum).waveform, whole) > 90


def test_moments_are_exact_for_a_large_mean():
    """With Kokoro's weights, a mean can be 114 times the standard deviation."""
    for length in (1, 3000, 50_000):
        rows = torch.randn(length, 40, generator=torch.Generator().manual_seed(1)) + 150
        mean, variance = fast.moments(rows)
        torch.testing.assert_close(mean, rows.double().mean(0).float(), rtol=0, atol=2e-3)
        torch.testing.assert_close(variance, rows.double().var(0, correction=0).float(), rtol=1e-3, atol=1e-6)


@pytest.mark.parametrize("asked", ["f32", "bf16"])
def test_a_checkpoint_is_loaded_in_the_requested_precision(monkeypatch, small_folder, asked):
    monkeypatch.setenv("KOKORO_PRECISION", asked.upper())
    assert load_checkpoint(small_folder).model.precision == asked


@pytest.mark.parametrize(
    ("has_amx", "multiplies", "made_by_amd", "expected"),
    [
        (True, True, False, "bf16"),
        (False, True, True, "bf16"),
        (False, True, False, "f32"),
        (False, False, True, "f32"),
    ],
)
def test_auto_is_the_faster_precision_on_this_cpu(monkeypatch, has_amx, multiplies, made_by_amd, expected):
    monkeypatch.delenv("KOKORO_PRECISION", raising=False)
    monkeypatch.setattr(torch.cpu, "_is_amx_tile_supported", lambda: has_amx, raising=False)
    monkeypatch.setattr(torch.cpu, "_is_avx512_bf16_supported", lambda: multiplies, raising=False)
    monkeypatch.setattr(precision, "_is_amd", lambda: made_by_amd)
    assert precision.chosen_precision() == expected


def test_auto_is_float32_if_torch_knows_no_such_instructions(monkeypatch):
    monkeypatch.delenv("KOKORO_PRECISION", raising=False)
    for check in ("_is_amx_tile_supported", "_is_avx512_bf16_supported"):
        monkeypatch.delattr(torch.cpu, check, raising=False)
    assert precision.chosen_precision() == "f32"


def test_another_precision_is_refused(monkeypatch, small_folder):
    monkeypatch.setenv("KOKORO_PRECISION", "int4")
    with pytest.raises(CheckpointError, match="auto, f32 or bf16"):
        load_checkpoint(small_folder)
