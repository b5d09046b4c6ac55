"""The events of Speak and Stop, without a browser."""

import base64
import logging
from dataclasses import replace
from types import SimpleNamespace

import gradio as gr
import numpy as np
import pytest

from kokoro_demo.audio import to_int16
from kokoro_demo.errors import CheckpointError
from kokoro_demo.speech import MAX_CHARACTERS
from kokoro_demo.ui.backend import ModelStatus
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.speech_events import SpeechEvents, file_name
from tests.ui.fakes import FakeBackend, FakeCheckpoint, FakeSynthesizer, SpeechRequest

VISITOR = SimpleNamespace(session_hash="visitor")
TEXT = "One thing. Another thing! A third?"


@pytest.fixture
def backend():
    return FakeBackend()


@pytest.fixture
def speaking(backend):
    return SpeechEvents(backend, Runs())


def speak(speaking, text=TEXT, voice="af_heart", speed=1.0):
    return list(speaking.speak(VISITOR, *RequestFields(text, voice, speed)))


def sound(speaking, state):
    """The whole audio of a run, fetched as the player does."""
    fetched = [speaking.phrase({"run": state["run"], "index": index}) for index in range(state["ready"])]
    return np.frombuffer(b"".join(base64.b64decode(part) for part in fetched), "<i2")


def test_a_speech_goes_through_reading_speaking_and_done(speaking):
    states = [step[0] for step in speak(speaking)]
    assert [(state["state"], state["ready"]) for state in states] == [
        ("reading", 0),
        ("speaking", 1),
        ("speaking", 2),
        ("speaking", 3),
        ("done", 3),
    ]
    assert states[-1]["share"] == 1.0
    assert states[-1]["total"] == 3


def test_the_player_gets_the_exact_samples(speaking, backend):
    quiet = SpeechRequest(text=TEXT, voice="af_heart")
    wanted = np.concatenate([to_int16(chunk.audio) for chunk in backend.speaker.stream(quiet)])
    heard = sound(speaking, speak(speaking)[-1][0])
    np.testing.assert_array_equal(heard, wanted)
    assert 0 < np.abs(heard).max() < 7000, "a quiet voice stays quiet"


def test_phonemes_spoken_text_and_warnings_come_before_the_audio(speaking):
    _, reading, phonemes, count, spoken, warnings = speak(speaking, "Tick ™ tock.")[0]
    assert [item["text"] for item in reading["items"]] == ["Tick", "tock"]
    assert phonemes == "tick  tock."
    assert "11 symbols" in count
    assert spoken == "Tick ™ tock."
    assert "™" in warnings


def test_what_it_is_at_before_the_first_sound_is_said(speaking):
    messages = [step[0]["message"] for step in speak(speaking, "One thing. " * 300)[:3]]
    assert messages == ["Reading the text.", "Making the first sound.", "Speaking: phrase 1 of 300."]
    assert speak(speaking)[0][0]["message"] == "Making the first sound."


def test_stop_ends_the_computing(speaking, backend):
    steps = speaking.speak(VISITOR, *RequestFields(TEXT, "af_heart"))
    next(steps)
    assert next(steps)[0]["ready"] == 1
    result = speaking.stop(VISITOR)
    assert result["state"] == "stopped"
    assert "1 of 3" in result["message"]
    assert [step[0]["state"] for step in steps] == ["stopped"]
    assert backend.speaker.made == 1
    assert len(sound(speaking, result)) > 0, "what was made can still be heard"


@pytest.mark.parametrize(("pieces", "reached"), [(1, "in the first of 3"), (2, "after 1 of 3"), (3, "after 1 of 3")])
def test_a_phrase_stopped_in_the_middle_is_not_counted(speaking, backend, monkeypatch, pieces, reached):
    whole = backend.speaker.stream

    def in_halves(*arguments, **options):
        for chunk in whole(*arguments, **options):
            half = len(chunk.audio) // 2
            yield replace(chunk, audio=chunk.audio[:half], phrase_continues=True)
            yield replace(chunk, audio=chunk.audio[half:])

    monkeypatch.setattr(backend.speaker, "stream", in_halves)
    steps = speaking.speak(VISITOR, *RequestFields(TEXT, "af_heart"))
    for _ in range(1 + pieces):
        state = next(steps)[0]
    assert state["ready"] == pieces
    assert speaking.stop(VISITOR)["message"].startswith(f"Stopped {reached} phrases;")


def test_stop_without_a_speech_says_so(speaking):
    assert speaking.stop(VISITOR)["state"] == "stopped"


def test_leaving_stops_the_computing(speaking, backend):
    steps = speaking.speak(VISITOR, *RequestFields(TEXT, "af_heart"))
    next(steps)
    speaking.leave(VISITOR)
    list(steps)
    assert backend.speaker.made == 0


def test_an_invalid_request_gets_a_message(speaking):
    (step,) = speak(speaking, voice="af_nobody")
    assert step[0]["state"] == "failed"
    assert "af_nobody" in step[0]["message"]


@pytest.mark.parametrize("speed", [float("nan"), float("inf"), 0.1, 3.0, "fast", None, True])
def test_an_invalid_speed_gets_a_message(speaking, speed):
    assert "Speed" in speak(speaking, speed=speed)[0][0]["message"]


def test_an_error_in_the_middle_keeps_the_phrases_made_and_names_no_file(backend, caplog):
    def brake(index):
        if index == 1:
            raise CheckpointError("voices/af_heart.pt is damaged. Fetch it again.")

    speaking = SpeechEvents(FakeBackend(brake=brake), Runs())
    last = speak(speaking)[-1][0]
    assert last["state"] == "failed"
    assert last["message"] == "This voice cannot speak now. Choose another one, or press Speak again in a moment."
    assert "voices/af_heart.pt is damaged" in caplog.text
    assert last["ready"] == 1


def test_an_unexpected_error_neither_shows_nor_logs_the_text(caplog):
    def brake(index):
        raise ValueError(f"cannot speak {TEXT}")

    with caplog.at_level(logging.DEBUG):
        last = speak(SpeechEvents(FakeBackend(brake=brake), Runs()))[-1][0]
    assert last["state"] == "failed"
    assert "Another" not in last["message"]
    assert "ValueError at" in caplog.text
    assert "test_speech_events.py" in caplog.text
    assert "Another" not in caplog.text


@pytest.mark.parametrize(
    ("fetching", "message"),
    [(True, "No voice is available yet. Your text is kept: press"), (False, "No voice is available now. Your text is")],
)
def test_without_a_model_the_message_says_what_to_do(backend, monkeypatch, fetching, message):
    def broken():
        raise CheckpointError("The first voice is damaged.")

    monkeypatch.setattr(backend, "synthesizer", broken)
    backend.state = ModelStatus("", fetching=fetching)
    (step,) = speak(SpeechEvents(backend, Runs()))
    assert step[0]["state"] == "failed"
    assert step[0]["message"].startswith(message)


def test_a_speech_keeps_its_model_when_another_arrives(speaking, backend):
    first = backend.speaker
    steps = speaking.speak(VISITOR, *RequestFields(TEXT, "af_heart"))
    next(steps)
    backend.speaker = FakeSynthesizer(FakeCheckpoint("Another"))
    assert [step[0]["state"] for step in steps][-1] == "done"
    assert first.made == 3


@pytest.mark.parametrize("text", ["", "  \n\t", None])
def test_an_empty_text_is_refused_at_its_field(speaking, text):
    result = speaking.check(*RequestFields(text))
    assert result[0] == {"__type__": "validate", "is_valid": False, "message": "Type some text first."}
    assert all(field["is_valid"] for field in result[1:])


def test_a_too_long_text_is_refused_with_its_length_and_the_limit(speaking):
    assert speaking.check(*RequestFields("a" * MAX_CHARACTERS))[0]["is_valid"]
    result = speaking.check(*RequestFields("a" * (MAX_CHARACTERS + 1)))[0]
    assert not result["is_valid"]
    assert "20,001" in result["message"]
    assert "20,000" in result["message"]


def test_edited_phonemes_are_spoken_and_stay_in_their_box(speaking):
    fields = RequestFields(TEXT, edited="həˈləʊ ʘ", edited_for=TEXT)
    _, reading, phonemes, count, _, warnings = next(speaking.speak(VISITOR, *fields))
    assert phonemes == gr.skip()
    assert [item.get("text", item.get("dropped")) for item in reading["items"]] == ["həˈləʊ", "ʘ"]
    assert "5 symbols" in count
    assert "ʘ" in warnings
    _, _, phonemes, *_ = next(speaking.speak(VISITOR, *fields._replace(text="Another text.")))
    assert phonemes == "another text.", "the phonemes belong to the text they were edited for"


def test_phonemes_can_be_spoken_without_a_text(speaking):
    assert speaking.check(*RequestFields(edited="hˈI", edited_for=""))[0]["is_valid"]
    assert not speaking.check(*RequestFields(edited="hˈI", edited_for=None))[0]["is_valid"]
    assert not speaking.check(*RequestFields(edited=" ", edited_for=""))[0]["is_valid"]


@pytest.mark.parametrize("wanted", [None, 7, [], {}, {"run": 1, "index": 0}, {"run": "x", "index": "0"}, {"run": "x"}])
def test_a_malformed_request_for_a_phrase_gets_none(speaking, wanted):
    assert speaking.phrase(wanted) is None


def test_a_download_has_a_recognisable_name():
    request = SpeechRequest(text='The "quick" brown/../fox?\njumps over a dog', voice="af_heart")
    assert file_name(request) == "kokoro-af_heart-the-quick-brown-fox-jumps-over.wav"
    assert file_name(SpeechRequest(text="...", voice="af_heart")) == "kokoro-af_heart.wav"
    blend = SpeechRequest(text="Hi", voice="bm_george(7)+af_heart(3)")
    assert file_name(blend) == "kokoro-bm_george-7-af_heart-3-hi.wav"
    assert file_name(SpeechRequest(text="心 は", voice="a/../b")) == "kokoro-a-b-心-は.wav"
