"""Utterances generated in pieces, compared with the same utterances generated whole."""

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import CheckpointError
from kokoro_demo.model import forecast
from kokoro_demo.model.adain_statistics import forecast_inputs, measure_statistics
from kokoro_demo.model.pieces import (
    FIRST,
    LONGEST,
    MAX_SPEED,
    SHORTEST,
    Pieces,
    chosen_vocoder,
    piece_ends,
    pieces_of,
    prefer_pieces,
)

IDS = torch.tensor([[0, *range(40, 160), 0]])


class FakeForecast:
    """A forecast that is exact."""

    def __init__(self, statistics, styles):
        self._statistics, self._styles = statistics, styles

    def voice_of(self, style):
        return 0 if any(torch.equal(style, known) for known in self._styles) else None

    def gain(self, voice):
        return 1.0

    def statistics(self, known, voice):
        return self._statistics


@pytest.fixture(scope="module")
def model(small_folder):
    """In float32, since bfloat16 rounds a value differently at different positions in a tile."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KOKORO_PRECISION", "f32")
        return load_checkpoint(small_folder).model


@pytest.fixture(scope="module")
def style():
    return 0.1 * torch.randn(1, 16, generator=torch.Generator().manual_seed(3))


@pytest.fixture(scope="module")
@torch.inference_mode()
def pieces(model, style):
    prosody, timbre = model.prosody(IDS, style), style[:, :8]
    vocoder = model.decoder.generator
    x = model.decoder.features(prosody.text, prosody.f0, prosody.energy, timbre)
    source = vocoder.source_rows(prosody.f0, model.draw_noise(prosody.f0, 0))
    assert forecast_inputs(vocoder, x, source, prosody.f0, prosody.energy).isfinite().all()
    return Pieces(model.decoder, FakeForecast(measure_statistics(vocoder, x, source, timbre)[1], [style]))


def spoken(model, monkeypatch, pieces, style, speed=1.0, ids=IDS):
    monkeypatch.setattr(model, "pieces", pieces, raising=False)
    return model.speak(ids, style, speed, 0)


def test_with_measured_statistics_the_pieces_equal_the_whole(model, pieces, style, monkeypatch):
    whole = spoken(model, monkeypatch, None, style)
    made = spoken(model, monkeypatch, pieces, style)
    assert whole.first_piece is None
    assert 0 < made.first_piece < len(made.waveform)
    assert np.abs(made.waveform - whole.waveform).max() < 1e-4 * np.abs(whole.waveform).max()
    assert np.array_equal(made.durations, whole.durations)
    assert np.array_equal(made.f0, whole.f0)
    assert set(made.seconds) == {"prosody", "sound"}


def test_the_pieces_of_an_utterance_add_up_to_what_speak_returns(model, pieces, style, monkeypatch):
    made = spoken(model, monkeypatch, pieces, style)
    steps = list(model.speak_in_pieces(IDS, style, 1.0, 0))
    assert [whole for _, whole in steps] == [False] * (len(steps) - 1) + [True]
    assert len(steps) > 2
    for utterance, _ in steps:
        assert np.array_equal(utterance.waveform, made.waveform[: len(utterance.waveform)])
        assert np.array_equal(utterance.durations, made.durations)
    assert len(steps[-1][0].waveform) == len(made.waveform)


def test_unknown_short_or_fast_utterances_are_generated_whole(model, pieces, style, monkeypatch):
    for other, speed, ids in (
        (style + 0.01, 1.0, IDS),
        (style, MAX_SPEED + 0.01, IDS),
        (style, 1.0, IDS[:, [*range(20), -1]]),
    ):
        exact = spoken(model, monkeypatch, None, other, speed, ids)
        made = spoken(model, monkeypatch, pieces, other, speed, ids)
        assert np.array_equal(made.waveform, exact.waveform)
        assert made.first_piece is None


@given(st.integers(SHORTEST, 20_000), st.integers(0, 400))
def test_pieces_cover_an_utterance(length, silent):
    ends = piece_ends(length, silent)
    sizes = np.diff([0, *ends])
    assert ends[-1] == length
    assert sizes[-1] >= min(FIRST, length)
    assert (sizes[1:] <= LONGEST + FIRST).all()
    assert len(ends) == 1 or sizes[0] == silent + FIRST


def test_pieces_are_as_loud_as_the_forecast_says(model, pieces, style, monkeypatch):
    made = spoken(model, monkeypatch, pieces, style)
    monkeypatch.setattr(pieces._forecast, "gain", lambda voice: 0.5)
    assert np.allclose(spoken(model, monkeypatch, pieces, style).waveform, 0.5 * made.waveform)


def test_untouched_is_what_the_model_gives(model, pieces, style, monkeypatch):
    whole = spoken(model, monkeypatch, None, style)
    monkeypatch.setattr(model, "pieces", pieces)
    assert np.array_equal(model.speak(IDS, style, 1.0, 0, untouched=True).waveform, whole.waveform)


def test_the_setting_names_the_pieces(model, pieces, monkeypatch):
    monkeypatch.setattr(model, "pieces", None)
    exact = model.setting
    monkeypatch.setattr(model, "pieces", pieces)
    assert model.setting == f"{exact}, in pieces"


def test_the_vocoder_is_chosen_by_the_environment(monkeypatch):
    monkeypatch.delenv("KOKORO_VOCODER", raising=False)
    usual = chosen_vocoder()
    for name in ("exact", "pieces"):
        monkeypatch.setenv("KOKORO_VOCODER", f" {name.upper()} ")
        assert chosen_vocoder() == name
    monkeypatch.setenv("KOKORO_VOCODER", "")
    assert chosen_vocoder() == usual
    monkeypatch.setenv("KOKORO_VOCODER", "fast")
    with pytest.raises(CheckpointError, match="exact or pieces"):
        chosen_vocoder()


@pytest.mark.parametrize(("asked", "chosen"), [(None, "pieces"), (" ", "pieces"), ("exact", "exact")])
def test_the_page_prefers_pieces(monkeypatch, asked, chosen):
    monkeypatch.setenv("KOKORO_VOCODER", asked or "")
    if asked is None:
        monkeypatch.delenv("KOKORO_VOCODER")
    prefer_pieces()
    assert chosen_vocoder() == chosen


def test_other_weights_have_no_forecast(small_folder, monkeypatch):
    monkeypatch.setenv("KOKORO_VOCODER", "pieces")
    model = load_checkpoint(small_folder).model
    assert pieces_of(model) is None
    assert "pieces" not in model.setting


def test_the_file_is_small_and_intact():
    assert forecast.FILE.stat().st_size <= 4_000_000
    known = forecast.read_forecast(forecast.FILE.read_bytes())
    inputs = len(known._arrays["inputs_mean"])
    for voice in (0, 53):
        statistics = known.statistics(torch.from_numpy(known._arrays["inputs_mean"]), voice)
        assert inputs > 2000
        assert statistics.shape == (2 * 9216,)
        assert statistics.isfinite().all()
        assert 0.9 < known.gain(voice) < 1.1


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 and something else"])
def test_a_damaged_file_is_reported(model, tmp_path, monkeypatch, content):
    path = tmp_path / "forecast.npz"
    if content is not None:
        path.write_bytes(content)
    monkeypatch.setattr(forecast, "FILE", path)
    forecast._read.cache_clear()
    with pytest.raises(CheckpointError, match="Install the package again"):
        forecast.forecast_for(model.decoder.generator)
    forecast._read.cache_clear()
