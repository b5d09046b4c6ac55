import io
import random

import numpy as np
import torch

from kokoro_demo.model.forecast import read_forecast, style_key
from tools.vocoder_statistics import FEWEST_SYMBOLS, MOST_SYMBOLS, fit, phrases_of, text_of, voices

VOICES, INPUTS, OUTPUTS, EACH = 3, 12, 20, 60


def observations(seed):
    """Outputs that follow from the inputs, otherwise in each voice."""
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
    np.savez_compressed(buffer, **fit(known, statistics, owners), styles=styles, weights=np.array("some"))
    return read_forecast(buffer.getvalue())


def test_what_is_learned_foretells_what_was_not_seen():
    forecast = file_of(*observations(1))
    known, statistics, owners = observations(2)
    inputs = torch.from_numpy(known).float()
    made = np.stack([forecast.statistics(one, owner).numpy() for one, owner in zip(inputs, owners, strict=True)])
    means = np.stack([statistics[owners == voice].mean(axis=0) for voice in range(VOICES)])[owners]
    unexplained = np.square(made - statistics).sum() / np.square(statistics - means).sum()
    assert unexplained < 0.1


def test_a_voice_is_known_by_the_styles_of_its_pack():
    forecast = file_of(*observations(1))
    assert [forecast.voice_of(torch.full((1, 4), float(voice))) for voice in range(VOICES)] == [0, 1, 2]
    assert forecast.voice_of(torch.full((1, 4), 0.5)) is None


def test_it_learns_the_english_voices():
    assert len(voices()) == 28
    assert {name[0] for name in voices()} == {"a", "b"}


def test_it_learns_from_phrases_of_many_lengths():
    found = [phrase for seed in range(30) for phrase in phrases_of(text_of(random.Random(seed)), "en-us")]
    sizes = [len(phrase) for phrase in found]
    assert FEWEST_SYMBOLS <= min(sizes) < 60
    assert 150 < max(sizes) <= MOST_SYMBOLS
