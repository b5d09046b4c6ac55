"""The Compare tab without a browser."""

import base64
import threading
from types import SimpleNamespace

import numpy as np
import pytest

from kokoro_demo.g2p.pronunciation import Word
from kokoro_demo.speech import SAMPLE_RATE, Speech, SpeechRequest
from kokoro_demo.ui.compare.compare_events import CompareEvents, cast_note
from kokoro_demo.ui.compare.previews import KEPT, Previews
from kokoro_demo.ui.compare.results import comparison, phonemes_html
from kokoro_demo.ui.fields import RequestFields
from tests.ui.fakes import Brake, FakeBackend, FakeCheckpoint, FakeSynthesizer, voices

VISITOR = SimpleNamespace(session_hash="visitor")
COLUMN = ("", "", 50, 1.0, "", "")
OTHER = ("bf_emma", "am_adam", 25, 0.5, "", "")


def compare(backend, count=2, text="One two. Three.", columns=(COLUMN, OTHER, COLUMN, COLUMN)):
    comparing = CompareEvents(backend)
    values = [value for column in columns for value in column]
    return comparing, comparing.compare(count, VISITOR, *RequestFields(text, "af_heart"), *values)


def test_columns_are_made_with_progress_and_can_be_played():
    comparing, steps = compare(FakeBackend())
    *progress, (message, state) = steps
    assert all("<progress" in step for step, _ in progress)
    assert "Column 2 of 2" in progress[-1][0]
    assert "keys 1 and 2" in message
    sounds = [base64.b64decode(comparing.sound({"run": state["run"], "column": column})) for column in range(2)]
    assert len(sounds[1]) == 2 * len(sounds[0]), "the second one speaks at half the speed"
    assert "Emma 75% + Adam 25%" in state["columns"][1]
    assert [len(marks) for marks in state["marks"]] == [5, 5], "begin, three words, end"
    for wrong in ({}, {"run": state["run"], "column": 2}, {"run": "x", "column": 0}, {"run": 1, "column": "0"}, None):
        assert comparing.sound(wrong) is None
    comparing.leave(VISITOR)
    assert comparing.sound({"run": state["run"], "column": 0}) is None


def test_a_stopped_comparison_keeps_its_complete_columns():
    brake = Brake(free=2)
    backend = FakeBackend(brake=lambda index: brake(backend.speaker.made))
    comparing, steps = compare(backend)
    given = []
    worker = threading.Thread(target=lambda: given.extend(steps))
    worker.start()
    while backend.speaker.made < 2:
        worker.join(0.01)
    comparing.stop(VISITOR)
    brake.release(8)
    worker.join(20)
    message, state = given[-1]
    assert "Stopped after 1 of 2 columns" in message
    assert len(state["columns"]) == 1


@pytest.mark.parametrize(
    ("column", "message"),
    [
        (("af_nobody", "", 50, 1.0, "", ""), "no voice"),
        (("", "af_<b>", 50, 1.0, "", ""), "af_&lt;b&gt;"),
        (("", "", 50, 3.0, "", ""), "Column 1: Speed must be"),
        (("", "", 50, 1.0, "xx", ""), "Column 1: Unknown language"),
    ],
)
def test_errors_are_reported_before_anything_is_made(column, message):
    backend = FakeBackend()
    _, steps = compare(backend, columns=[column] * 4)
    (status, _), *rest = steps
    assert message in status
    assert 'role="alert"' in status
    assert not rest
    assert backend.speaker.made == 0


def test_the_lists_follow_the_search_and_keep_the_chosen_voices():
    comparing = CompareEvents(FakeBackend())
    listed, first, second, *_ = comparing.find("british woman", "am_adam", "", *[""] * 6)
    assert "Emma" in listed
    assert "Heart" not in listed
    assert [value for _, value in first.choices] == ["", "bf_emma", "am_adam"]
    for untouched in (first, second):
        assert "value" not in untouched._constructor_args[0], "what was chosen meanwhile is not undone"
    _, gone, *_ = comparing.find("", "bm_gone", "", *[""] * 6)
    assert gone.value == ""


def test_a_known_voice_that_is_not_loaded_yet_stays_chosen():
    comparing = CompareEvents(FakeBackend(FakeCheckpoint(voices=voices(("af_heart_small",)))))
    _, first, second, *_ = comparing.find("", "af_bella", "", *[""] * 6)
    assert ("Bella · American woman · grade A-", "af_bella") in first.choices
    assert "value" not in first._constructor_args[0]
    assert "af_bella" not in [value for _, value in second.choices]


def test_a_column_is_used_on_the_page():
    comparing = CompareEvents(FakeBackend())
    values = [value for column in (COLUMN, OTHER, COLUMN, ("af_nobody", *COLUMN[1:])) for value in column]
    message, voice, speed = comparing.use(1, *RequestFields("", "af_heart"), *values)
    assert "Emma 75% + Adam 25%" in message
    assert (voice.value, speed) == ("bf_emma(3)+am_adam", 0.5)
    assert voice.value in [name for _, name in voice.choices]
    assert "no voice" in comparing.use(3, *RequestFields("Hi.", "af_heart"), *values)[0]


def test_a_preview_is_made_once_and_forgotten_with_its_model():
    synthesizer, previews = FakeSynthesizer(FakeCheckpoint()), Previews()
    sound = previews.audio(synthesizer, "bf_emma")
    made = synthesizer.made
    assert len(sound) > SAMPLE_RATE / 2
    assert previews.audio(synthesizer, "bf_emma") is sound
    assert synthesizer.made == made
    another = FakeSynthesizer(FakeCheckpoint())
    previews.audio(another, "bf_emma")
    assert another.made == made


def test_the_number_of_cached_previews_is_limited():
    synthesizer, previews = FakeSynthesizer(FakeCheckpoint(voices=voices(["af_heart", "bf_emma"]))), Previews()
    first = previews.audio(synthesizer, "af_heart")
    for weight in range(2, KEPT + 2):
        previews.audio(synthesizer, f"af_heart({weight})+bf_emma")
    assert previews.audio(synthesizer, "af_heart") is not first


def test_a_preview_of_an_unknown_voice_is_refused():
    message, _ = CompareEvents(FakeBackend()).preview(SimpleNamespace(voice="<script>"))
    assert "&lt;script&gt;" in message
    assert CompareEvents(FakeBackend()).preview(SimpleNamespace())[0]


def speech(phonemes, words, seconds=1.0):
    timed = tuple(Word(word, word, word, "dictionary", (0, 1), (0, 1), start, start) for word, start in words)
    audio = np.zeros(round(24_000 * seconds), np.float32)
    return Speech(audio, SpeechRequest("<i>", "af_heart"), phonemes, timed, (), "", ("<b>",), "a checkpoint")


def test_time_marks_match_if_the_words_do():
    first, second = speech("a", [("a", 0.1), ("b", 0.5)]), speech("a", [("a", 0.2), ("b", 1.9)], seconds=1.5)
    assert comparison("run", [first, second], [1, 1])["marks"] == [[0, 0.1, 0.5, 1.0], [0, 0.2, 1.5, 1.5]]
    assert comparison("run", [first, speech("a", [("a", 0.2)])], [1, 1])["marks"] == [[0, 1.0], [0, 1.0]]
    assert "&lt;b&gt;" in comparison("run", [first], [6_100_000])["columns"][0]
    assert "1.0 s · 0.00 s of computing, 6 million parameters" in comparison("run", [first], [6_100_000])["columns"][0]


@pytest.mark.parametrize(
    ("phonemes", "first", "shown"),
    [
        ("tˈAk", "tˈAk", "tˈAk"),
        ("tˈik", "tˈAk", "tˈ<mark>i</mark>k"),
        ("tˈA", "tˈAk", 'tˈA<mark title="without k">·</mark>'),
        ("a<b", "a", "a<mark>&lt;b</mark>"),
    ],
)
def test_differences_are_marked(phonemes, first, shown):
    assert phonemes_html(phonemes, first) == shown


@pytest.mark.parametrize(
    ("speakers", "expected"), [(("", "Tom"), "its own lines"), (("Emma", "Tom"), "do not hear"), (("",), ""), ((), "")]
)
def test_the_effect_of_a_cast_on_a_comparison_is_explained(speakers, expected):
    parts = tuple(SimpleNamespace(speaker=speaker, words=(0, 1)) for speaker in speakers)
    note = cast_note(SimpleNamespace(parts=parts))
    assert expected in note
    assert bool(note) == bool(expected)
