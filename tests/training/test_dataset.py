"""The training data: sentences made alike each time, and eSpeak NG's timing on every symbol."""

import math
import random

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.g2p.alphabet import PUNCTUATION, SYMBOLS
from training import corpus, features
from training.dataset import SAMPLES_PER_FRAME, utterance, whole_frames, words_stand_apart
from training.train import UNHEARD, VOICES, collate


def test_sentences_follow_from_the_seed():
    assert corpus.sentences(50, seed=3) == corpus.sentences(50, seed=3)
    assert corpus.sentences(50, seed=3) != corpus.sentences(50, seed=4)


def test_sentences_held_back_are_not_among_them():
    texts = corpus.sentences(30, seed=5)
    assert texts[7] not in corpus.sentences(30, seed=5, exclude=corpus.held_back([texts[7].upper()]))


def test_sentences_hold_every_mark_of_punctuation():
    heard = set("".join(corpus.sentences(2000, seed=1)))
    assert set(PUNCTUATION) <= heard


@pytest.mark.parametrize("index", range(len(VOICES)))
def test_every_symbol_owns_a_frame_and_together_they_are_the_audio(index):
    said = utterance("Hello, the old man said: “I am in the garden!”", VOICES[index], index, vary=random.Random(1))
    assert said is not None
    assert len(said.ids) == len(said.durations) == len(said.phonemes) + 2
    assert [SYMBOLS[symbol] for symbol in said.phonemes] == said.ids[1:-1].tolist()
    assert said.durations.min() >= 1
    assert said.durations.sum() * SAMPLES_PER_FRAME == len(said.audio)
    assert len(said.f0) == len(said.energy) == 2 * said.frames
    assert words_stand_apart(said.text, said.phonemes)


def test_the_pause_at_a_comma_belongs_to_the_comma():
    said = utterance("One, two.", VOICES[0], 0)
    comma = said.phonemes.index(",") + 1
    first, last = (said.durations[:end].sum() * SAMPLES_PER_FRAME for end in (comma, comma + 1))
    inside = said.audio[first:last]
    assert said.durations[comma] >= 4
    assert inside.square().mean() < 0.05 * said.audio.square().mean()


def test_words_run_together_are_found():
    assert words_stand_apart("There was one.", "ðɛɹ wʌz wˈʌn.")
    assert not words_stand_apart("There was one.", "ðɛɹwʌz wˈʌn.")


@given(st.lists(st.floats(0, 40), min_size=1, max_size=30), st.integers(0, 20))
def test_durations_are_whole_and_at_least_one_and_fill_the_time(steps, spare):
    starts = np.cumsum([0.0, *steps]).tolist()
    frames = math.ceil(starts[-1]) + 1 + spare
    durations = whole_frames(starts, frames)
    if frames < len(starts):
        assert durations is None
    else:
        assert min(durations) >= 1
        assert sum(durations) == frames
        assert len(durations) == len(starts)


@pytest.mark.parametrize("hertz", [90.0, 155.0, 240.0])
def test_pitch_of_a_buzz_is_its_own(hertz):
    time = torch.arange(24_000) / 24_000
    buzz = sum(torch.sin(2 * math.pi * hertz * number * time) / number for number in range(1, 12)) * 0.1
    measured = features.pitch(buzz)[5:-5]
    assert (measured > 0).all()
    assert measured.median().item() == pytest.approx(hertz, rel=0.02)


def test_noise_and_silence_have_no_pitch():
    torch.manual_seed(0)
    assert (features.pitch(0.1 * torch.randn(24_000)) > 0).float().mean() < 0.1
    assert (features.pitch(torch.zeros(24_000)) == 0).all()


def test_what_is_short_ends_in_silence_that_its_last_token_voices():
    said = [utterance(text, VOICES[0], 0) for text in ("One.", "One and two and three and four.")]
    batch = collate(said)
    assert (batch.frames.sum(dim=1) * SAMPLES_PER_FRAME == batch.audio.shape[1]).all()
    assert (batch.durations.sum(dim=1) == torch.tensor([item.frames for item in said])).all()


def test_symbols_never_heard_have_a_neighbour_that_is():
    assert set(UNHEARD) <= set(SYMBOLS)
    assert not set(UNHEARD.values()) & set(UNHEARD)
