"""Phrases generated in pieces: the stream, the saved speech and the cache have the same audio."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from kokoro_demo import SpeechRequest
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.model.adain_statistics import adaptive_norms
from kokoro_demo.model.pieces import Pieces
from kokoro_demo.synthesis.phrase_cache import PhraseCache
from kokoro_demo.synthesis.phrase_chunks import whole_phrases
from kokoro_demo.synthesis.synthesizer import Synthesizer

TEXT = (
    "The old man looked at the river for a long time, and then, because it was late and the wind had turned cold in "
    "the valley, he walked slowly home along the narrow road; his dog followed him.\n\nShort. He said, “Nobody in the "
    "whole village could ever have told you what the two of them were looking for on that long evening.”"
)


class FakeForecast:
    """A forecast that knows every style."""

    def __init__(self, numbers):
        self._numbers = numbers

    def voice_of(self, style):
        return 0

    def gain(self, voice):
        return 1.0

    def statistics(self, known, voice):
        return torch.zeros(self._numbers)


@pytest.fixture(scope="module")
def checkpoint(small_folder):
    checkpoint = load_checkpoint(small_folder)
    decoder = checkpoint.model.decoder
    numbers = sum(norm.fc.out_features for norm in adaptive_norms(decoder.generator))
    checkpoint.model.pieces = Pieces(decoder, FakeForecast(numbers))
    return checkpoint


def fresh(checkpoint, **options):
    return Synthesizer(checkpoint, cache=PhraseCache(kept_bytes=0), **options)


@pytest.mark.parametrize(
    "asked",
    [{}, {"untouched": True}, {"even_loudness": True, "pause_scale": 2.0}, {"speed": 0.9, "seed": 7}, {"speed": 2.0}],
    ids=str,
)
def test_streamed_saved_and_cached_sound_are_equal(checkpoint, asked):
    request = SpeechRequest(TEXT, "af_heart", **asked)
    synthesizer = Synthesizer(checkpoint)
    streamed = list(synthesizer.stream(request))
    cached = list(synthesizer.stream(request))
    speech = fresh(checkpoint).speak(request)
    assert any(chunk.phrase_continues for chunk in streamed) == (asked.get("speed") != 2.0 and "untouched" not in asked)
    assert not any(chunk.phrase_continues for chunk in cached)
    for chunks in (streamed, cached):
        assert np.array_equal(np.concatenate([chunk.audio for chunk in chunks]), speech.audio)
        assert synthesizer.fingerprint(request, synthesizer.pronounce(request), chunks) == speech.fingerprint
    laid = list(whole_phrases(streamed))
    assert len(laid) == len(cached) == len(speech.chunks)
    for one, other in zip(laid, cached, strict=True):
        assert (one.phonemes, one.durations, one.position) == (other.phonemes, other.durations, other.position)
        assert [word.text for word in one.words] == [word.text for word in other.words]
        assert np.allclose(one.timings, other.timings)
        assert one.start == pytest.approx(other.start)
        assert np.array_equal(one.f0, other.f0)


def test_a_piece_has_the_words_that_were_heard_in_it(checkpoint):
    chunks = list(fresh(checkpoint).stream(SpeechRequest(TEXT, "af_heart")))
    heard = 0.0
    for chunk in chunks:
        assert chunk.start == pytest.approx(heard)
        heard += len(chunk.audio) / 24_000
        for word in chunk.words:
            assert word.end <= heard + 1e-6
    words = [word.text for chunk in chunks for word in chunk.words]
    assert words == [word.text for word in fresh(checkpoint).speak(SpeechRequest(TEXT, "af_heart")).words]


def test_pieces_begin_and_end_without_a_step(checkpoint):
    request = SpeechRequest(TEXT, "af_heart")
    chunks = [chunk for chunk in fresh(checkpoint).stream(request) if chunk.phrase_continues]
    assert len(chunks) > 2
    assert all(len(chunk.audio) >= 6000 - 300 for chunk in chunks[1:])


def test_a_stream_that_is_stopped_in_a_phrase_keeps_nothing(checkpoint):
    synthesizer = Synthesizer(checkpoint)
    request = SpeechRequest(TEXT, "af_heart")
    asked = []
    stream = synthesizer.stream(request, lambda: bool(asked))
    first = next(stream)
    assert first.phrase_continues
    asked.append(True)
    assert list(stream) == []
    again = list(synthesizer.stream(request))
    assert again[0].phrase_continues
    assert np.array_equal(again[0].audio, first.audio)


def test_progress_counts_whole_phrases(checkpoint):
    reached = []
    speech = fresh(checkpoint).speak(SpeechRequest(TEXT, "af_heart"), lambda *made: reached.append(made))
    assert reached == [(number + 1, len(speech.chunks)) for number in range(len(speech.chunks))]


def test_a_model_on_other_hardware_gives_the_same_sound_in_whole_phrases(checkpoint):
    request = SpeechRequest(TEXT, "af_heart")
    elsewhere = fresh(checkpoint, infer=lambda model, *arguments: model.speak(*arguments))
    chunks = list(elsewhere.stream(request))
    assert not any(chunk.phrase_continues for chunk in chunks)
    assert np.array_equal(np.concatenate([chunk.audio for chunk in chunks]), fresh(checkpoint).speak(request).audio)


def test_joined_chunks_equal_the_original(checkpoint):
    chunks = list(fresh(checkpoint).stream(SpeechRequest("Short.", "af_heart")))
    assert list(whole_phrases(chunks)) == chunks
    part = replace(chunks[0], phrase_continues=True)
    assert list(whole_phrases([part])) == [part]
