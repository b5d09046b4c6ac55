import re
from dataclasses import replace

import numpy as np
import pytest
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.g2p.alphabet import SYMBOLS
from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.speech import Speech, SpeechRequest
from tests.small_checkpoint import make_folder
from training import corpus, features
from training.dataset import Utterance
from training.espeak_speech import EspeakSpeech
from training.evaluate import (
    SENTENCES,
    audible_seconds,
    chosen_sentences,
    mel_distances,
    passages_of,
    pauses,
    print_tables,
    prosody_with_durations,
)
from training.recogniser import words
from training.train import SEED, SENTENCES_A_VOICE, VOICES

ALL = SENTENCES.read_text(encoding="utf-8").splitlines()


@pytest.fixture(scope="module")
def checkpoint(tmp_path_factory):
    folder = make_folder(tmp_path_factory.mktemp("trained") / "small", tuple(voice.name for voice in VOICES))
    return load_checkpoint(folder)


def test_the_sentences_are_a_hundred_unlike_ones():
    assert len({words(sentence) for sentence in ALL}) == len(ALL) == 100
    assert all(5 <= len(words(sentence).split()) <= 12 for sentence in ALL)


@pytest.mark.parametrize("index", range(len(VOICES)))
def test_no_sentence_was_trained_on(index):
    trained = set()
    for text in corpus.sentences(SENTENCES_A_VOICE, SEED * 100 + index, corpus.held_back(ALL)):
        trained |= {words(part) for part in [text, *re.split(r"[.!?…]", text)]}
    assert len(trained) > SENTENCES_A_VOICE
    assert trained.isdisjoint(words(sentence) for sentence in ALL)


def test_fewer_sentences_come_from_all_of_the_list():
    chosen, recogniser = chosen_sentences(10)
    assert chosen == ALL[::10]
    assert recogniser.hear(np.zeros(24_000, np.float32), 24_000) is None
    assert chosen_sentences(None)[0] == ALL


def test_passages_hold_each_sentence_once():
    assert passages_of(ALL[:5]) == [" ".join(ALL[:4]), ALL[4]]
    assert len(passages_of(ALL)) == 3


def test_silence_at_the_edges_has_no_length():
    sound = np.sin(np.arange(22_050) / 10).astype(np.float32)
    padded = np.concatenate([np.zeros(5000, np.float32), sound, np.zeros(9000, np.float32)])
    assert audible_seconds(EspeakSpeech(padded, 22_050, ())) == pytest.approx(1.0, abs=0.02)


def a_speech(*times, seconds):
    """Words heard at `times`, in 24 kHz audio that sounds while a word lasts."""
    audio = np.zeros(round(seconds * 24_000), np.float32)
    for start, end in times:
        audio[round(start * 24_000) : round(end * 24_000)] = 0.5
    said = tuple(Word("a", "a", "ɐ", "dictionary", (0, 1), (0, 1), start, end) for start, end in times)
    return Speech(audio, SpeechRequest("a"), "ɐ", said, (), "a", (), "small")


def test_pauses_are_where_no_word_is():
    speech = a_speech((0.2, 0.5), (0.55, 0.9), (1.4, 1.6), seconds=2.0)
    found = pauses(speech)
    assert len(found) == 3
    assert all(not speech.audio[first:last].any() for first, last in found)
    lengths = [(last - first) / speech.sample_rate for first, last in found]
    assert lengths == pytest.approx([0.17, 0.37, 0.3], abs=1e-3)


def test_words_that_are_not_said_make_no_pause():
    speech = a_speech((0.2, 0.5), (0.5, 1.9), seconds=2.0)
    silent = replace(speech.words[0], phonemes="", start=1.0, end=1.0)
    unheard = replace(silent, start=None, end=None)
    assert pauses(replace(speech, words=(*speech.words[:1], silent, unheard, *speech.words[1:]))) == pauses(speech)


@pytest.fixture(scope="module")
def own_speech(checkpoint):
    """An utterance just as the small model itself says it."""
    ids = torch.tensor([0, *(SYMBOLS[symbol] for symbol in "həlˈO ðɛɹ"), 0])
    style = checkpoint.voices[VOICES[0].name][0]
    prosody = checkpoint.model.prosody(ids[None], style)
    audio = checkpoint.model.vocode(prosody, style)[0]
    return Utterance(0, "", "", ids, prosody.durations, audio, prosody.f0[0], prosody.energy[0])


def test_given_its_own_durations_the_model_says_the_same(checkpoint, own_speech):
    style = checkpoint.voices[VOICES[0].name][0]
    given = prosody_with_durations(checkpoint.model, own_speech.ids[None], style, own_speech.durations)
    for ours, models in zip(given, checkpoint.model.prosody(own_speech.ids[None], style), strict=True):
        torch.testing.assert_close(ours, models)


def test_the_distance_to_itself_is_nothing(checkpoint, own_speech):
    assert mel_distances(checkpoint, VOICES[0], own_speech) == pytest.approx((0, 0), abs=1e-5)


def test_the_distance_is_in_nepers(checkpoint, own_speech):
    louder = replace(own_speech, audio=own_speech.audio * np.e)
    floor = features.FLOOR * 100
    assert features.log_mel(own_speech.audio[None]).exp().min() > floor
    assert mel_distances(checkpoint, VOICES[0], louder) == pytest.approx((1, 1), abs=0.01)


def test_the_tables_have_a_row_for_every_voice_and_speed(checkpoint, capsys):
    sentences, recogniser = chosen_sentences(1)
    print_tables(checkpoint, sentences, recogniser)
    first, second = capsys.readouterr().out.split("\n\n")
    rows = [line.strip("| ").split(" | ") for line in first.splitlines()[2:]]
    assert [row[0] for row in rows] == [voice.name for voice in VOICES]
    assert {row[2] for row in rows} == {"0 of 1"}  # untrained weights say nothing that anyone understands
    assert {row[3] for row in rows} <= {"0", "1"}
    assert [line.split()[1] for line in second.splitlines()[2:]] == ["0.5", "0.75", "1", "1.5", "2"]
    for table in (first, second):
        assert len({line.count("|") for line in table.splitlines()}) == 1
