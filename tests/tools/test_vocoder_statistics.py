import io

import numpy as np
import pytest
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.languages import BY_CODE
from kokoro_demo.model.forecast import read_forecast, style_key
from kokoro_demo.voices.catalogue import catalogue
from tools import vocoder_statistics as tool
from tools.forecast_fit import fit, shrunk
from tools.vocoder_statistics import (
    MAX_SYMBOLS,
    MIN_SYMBOLS,
    files_of,
    gains,
    gather,
    language_of,
    learn,
    level,
    level_phrases,
    phrase_of,
    sentences_of,
)

VOICES, INPUTS, OUTPUTS, EACH = 3, 12, 20, 60


def observations(seed):
    """Outputs that depend on the inputs, differently for each voice."""
    draw = np.random.default_rng(seed)
    fixed = np.random.default_rng(0)
    slopes = fixed.normal(size=(VOICES, INPUTS, OUTPUTS)) * 0.02 + fixed.normal(size=(INPUTS, OUTPUTS)) * 0.1
    usual = fixed.normal(size=(VOICES, OUTPUTS))
    owners = np.repeat(np.arange(VOICES), EACH)
    known = draw.normal(size=(len(owners), INPUTS)) + fixed.normal(size=(VOICES, INPUTS))[owners]
    return known, usual[owners] + np.einsum("ni,nio->no", known, slopes[owners]), owners


def file_of(known, statistics, owners):
    styles = np.array([[style_key(torch.full((1, 4), float(voice)))] for voice in range(VOICES)], np.uint64)
    buffer = io.BytesIO()
    gains = np.array([1.0, 1.5, 0.5])
    np.savez_compressed(buffer, **fit(known, statistics, owners), styles=styles, weights=np.array("some"), gains=gains)
    return read_forecast(buffer.getvalue())


def test_the_fit_predicts_unseen_observations():
    forecast = file_of(*observations(1))
    known, statistics, owners = observations(2)
    inputs = torch.from_numpy(known).float()
    made = np.stack(
        [forecast.statistics(known_of_one, owner).numpy() for known_of_one, owner in zip(inputs, owners, strict=True)]
    )
    means = np.stack([statistics[owners == voice].mean(axis=0) for voice in range(VOICES)])[owners]
    unexplained = np.square(made - statistics).sum() / np.square(statistics - means).sum()
    assert unexplained < 0.1


def test_a_voice_is_recognised_by_the_styles_of_its_pack():
    forecast = file_of(*observations(1))
    assert [forecast.voice_of(torch.full((1, 4), float(voice))) for voice in range(VOICES)] == [0, 1, 2]
    assert forecast.voice_of(torch.full((1, 4), 0.5)) is None


def test_a_gain_belongs_to_a_voice():
    forecast = file_of(*observations(1))
    assert [forecast.gain(voice) for voice in range(VOICES)] == [1.0, 1.5, 0.5]


def test_every_voice_is_learned_in_its_own_language_if_that_is_read():
    languages = {voice: language_of(voice) for voice in catalogue()}
    assert len(languages) == 54
    assert languages["bf_emma"] == "en-gb"
    assert languages["ef_dora"] == "es"
    japanese = BY_CODE["ja"].is_read
    assert languages["jf_alpha"] == ("ja" if japanese else "en-us")


@pytest.mark.parametrize("voice", ["af_heart", "bm_lewis", "ef_dora", "ff_siwis", "hf_alpha", "im_nicola", "pf_dora"])
def test_it_learns_from_phrases_of_many_lengths(voice):
    sizes = [len(phrase_of(voice, place)[0]) for place in range(16)]
    assert MIN_SYMBOLS <= min(sizes) < 75
    assert 95 < max(sizes) <= MAX_SYMBOLS


def test_phrases_are_determined_by_their_number():
    phrases = [phrase_of("af_heart", place) for place in range(8)]
    assert phrases == [phrase_of("af_heart", place) for place in range(8)]
    assert len(set(phrases)) == 8
    assert phrases[0] != phrase_of("af_bella", 0)


def test_every_language_has_sentences():
    assert all(len(sentences_of(language)) >= 12 for language in BY_CODE)


def test_levels_are_measured_with_sentences_that_nothing_is_learned_from():
    assert not set(tool.LEVELS.read_text(encoding="utf-8").splitlines()) & set(sentences_of("en-us"))
    sizes = [len(phrase) for phrase in level_phrases("en-gb")]
    assert len(sizes) >= 16
    assert min(sizes) < 90
    assert max(sizes) > 150
    assert len(level_phrases("fr-fr")) >= 12


@pytest.fixture
def gathered(small_folder, tmp_path, monkeypatch):
    """A checkpoint, two of its voices, and a folder with two phrases of each."""
    checkpoint = load_checkpoint(small_folder)
    monkeypatch.setattr(tool, "phrase_of", lambda voice, place: ("hˈɛloʊ " * (4 + place), place))
    monkeypatch.setattr(tool, "level_phrases", lambda language: ["wˈɜːld hˈɛloʊ " * 3, "hˈɛloʊ wˈɜːld " * 4])
    names = checkpoint.voices.names()[:2]
    gather(checkpoint, tmp_path / "data", names, 2)
    return checkpoint, names, tmp_path


def test_gathering_is_resumed(gathered):
    checkpoint, names, folder = gathered
    first = folder / "data" / names[0] / "000.npz"
    begun = first.stat().st_mtime_ns
    gather(checkpoint, folder / "data", names, 3)
    assert first.stat().st_mtime_ns == begun
    assert len(list(files_of([folder / "data"], names[1]))) == 3
    with np.load(first) as arrays:
        assert arrays["known"].ndim == arrays["statistics"].ndim == 1


def levels_in(folder, name):
    return [float(np.load(path)["level"]) for path in files_of([folder / "levels"], name)]


def test_gains_make_pieces_as_loud_as_the_whole(gathered):
    checkpoint, names, folder = gathered
    arrays = learn([folder / "data"], checkpoint)
    assert arrays["gains"].tolist() == [1, 1]
    level(checkpoint, arrays, folder / "levels", names, 2)
    levels_of_voices = [levels_in(folder, name) for name in names]
    assert [len(levels) for levels in levels_of_voices] == [2, 2]
    made = gains(folder / "levels", arrays, names)
    assert np.allclose(np.log(made), shrunk(np.array(levels_of_voices)), atol=1e-6)
    written = [path.stat().st_mtime_ns for path in files_of([folder / "levels"], names[0])]
    level(checkpoint, {**arrays, "gains": made}, folder / "levels", names, 2)
    assert [path.stat().st_mtime_ns for path in files_of([folder / "levels"], names[0])] == written


def test_levels_of_another_forecast_are_measured_again(gathered):
    checkpoint, names, folder = gathered
    arrays = learn([folder / "data"], checkpoint)
    level(checkpoint, arrays, folder / "levels", names, 1)
    first_levels = levels_in(folder, names[0])
    level(checkpoint, {**arrays, "usual": arrays["usual"] - 0.5}, folder / "levels", names, 1)
    assert levels_in(folder, names[0]) != first_levels
    with pytest.raises(SystemExit, match="Measure them first"):
        gains(folder / "levels", arrays, names[:1])


def test_uncertain_means_are_drawn_together():
    draw = np.random.default_rng(4)
    true = 0.5 + 0.1 * draw.normal(size=60)
    values = true[:, None] + 0.1 * draw.normal(size=(60, 4))
    values[:30, 2:] = np.nan
    means, made = np.nanmean(values, axis=1), shrunk(values)
    assert np.square(made - true).mean() < 0.9 * np.square(means - true).mean()
    assert np.corrcoef(made, means)[0, 1] > 0.95
    certain = np.repeat(true[:, None], 4, axis=1)
    assert np.allclose(shrunk(certain), true)
    values[0] = np.nan
    assert shrunk(values)[0] == pytest.approx(true.mean(), abs=0.03)
