"""The limits of a request: none makes the model or the memory work more than normal use does."""

import threading
import tracemalloc

import numpy as np
import pytest
import torch

from kokoro_demo import RequestError, SpeechRequest
from kokoro_demo.budget import SILENCE_PIECE
from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.model import Kokoro, make_fast
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.synthesis.synthesizer import Synthesizer
from tests.small_checkpoint import CONFIG, STYLE_DIM


@pytest.fixture(scope="module")
def synthesizer(small_folder):
    return Synthesizer(load_checkpoint(small_folder))


@pytest.mark.parametrize("text", ["a " + "[pause:10s]" * 1_800, "[pause:10s]" * 100 + " a"])
def test_hours_of_silence_are_refused_before_anything_is_made(synthesizer, text):
    tracemalloc.start()
    with pytest.raises(RequestError, match="The pauses in this text add up to"):
        next(synthesizer.stream(SpeechRequest(text)))
    assert tracemalloc.get_traced_memory()[1] < 50e6
    tracemalloc.stop()


@pytest.mark.slow
def test_digits_that_would_become_a_day_of_speech_are_refused(synthesizer):
    with pytest.raises(RequestError, match=r"hours of speech; at most 2 hours"):
        next(synthesizer.stream(SpeechRequest("777777777777777 " * 1_250, speed=0.5)))


def test_a_long_silence_comes_in_pieces_of_the_exact_total_length(synthesizer):
    text = "[pause:10s][pause:10s] One. [pause:10s][pause:9.75s] Two. [pause:10s]"
    chunks = list(synthesizer.stream(SpeechRequest(text)))
    assert max(len(chunk.audio) for chunk in chunks) < (2 * SILENCE_PIECE + 5) * SAMPLE_RATE
    assert [chunk.index for chunk in chunks] == sorted(chunk.index for chunk in chunks)
    ends = np.cumsum([len(chunk.audio) for chunk in chunks]) / SAMPLE_RATE
    assert [chunk.start for chunk in chunks] == pytest.approx([0.0, *ends[:-1]])
    speech = synthesizer.speak(SpeechRequest(text))
    assert speech.audio.tobytes() == b"".join(chunk.audio.tobytes() for chunk in chunks)
    first, second = speech.words
    assert first.start >= 20.0
    silent = np.flatnonzero(speech.audio)
    gap = np.diff(silent).max() / SAMPLE_RATE
    assert gap == pytest.approx(19.75, abs=0.3)
    assert second.start - first.end == pytest.approx(19.75, abs=0.3)
    assert speech.duration - silent[-1] / SAMPLE_RATE == pytest.approx(10.0, abs=0.3)


def test_progress_counts_phrases_and_not_pieces_of_silence(synthesizer):
    seen = []
    synthesizer.speak(SpeechRequest("One. [pause:10s][pause:10s] Two."), lambda done, total: seen.append((done, total)))
    assert {total for _, total in seen} == {2}
    assert [done for done, _ in seen] == sorted(done for done, _ in seen)
    assert seen[-1] == (2, 2)


def test_stop_ends_a_phrase_in_the_middle_of_the_model(synthesizer):
    def steps_until(stopping, seed):
        """How often the model checked for interruption, and how many chunks there were."""
        steps = []

        def should_stop():
            if threading.current_thread().name.startswith("kokoro-engine"):
                steps.append(1)
            return len(steps) > stopping

        request = SpeechRequest("A sentence that nobody has said before this test.", seed=seed)
        return len(list(synthesizer.stream(request, should_stop))), len(steps)

    made, whole = steps_until(1_000, 1)
    assert made == 1
    assert whole > 10
    for stopping in (0, whole // 2, whole - 1):
        assert steps_until(stopping, 2) == (0, stopping + 1)
    assert steps_until(1_000, 2) == (1, whole)


@pytest.mark.parametrize("fast", [False, True])
def test_a_style_that_makes_every_sound_last_for_seconds_is_refused_before_the_sound_is_made(fast, monkeypatch):
    model = Kokoro({**CONFIG, "max_dur": 50}).eval()
    torch.nn.init.constant_(model.predictor.duration_proj.linear_layer.bias, 10.0)
    if fast:
        make_fast(model)
    monkeypatch.setattr(model.predictor, "curves", lambda *given: pytest.fail("the costly part began"))
    ids, style = torch.ones(1, 300, dtype=torch.long), torch.zeros(1, 2 * STYLE_DIM)
    with pytest.raises(RequestError, match=r"This voice would take .* Choose another voice"):
        model(ids, style)
