from types import SimpleNamespace

import gradio as gr
import pytest

from kokoro_demo.errors import CheckpointError
from kokoro_demo.ui.backend import ModelStatus
from kokoro_demo.ui.model_status import StatusLine, status_html
from kokoro_demo.ui.runs import Runs
from tests.ui.fakes import FIRST_VOICES, FakeBackend, FakeCheckpoint, FakeSynthesizer, voices

VISITOR = SimpleNamespace(session_hash="visitor")
FIRST = FakeCheckpoint("Heart, small", voices(FIRST_VOICES))


@pytest.fixture
def backend():
    backend = FakeBackend(FIRST)
    backend.state = ModelStatus(
        "Heart, small", ("American English",), fetching=True, progress=0.25, message="Fetching."
    )
    return backend


def kokoro_arrives(backend):
    backend.speaker = FakeSynthesizer(FakeCheckpoint())
    backend.state = ModelStatus("Kokoro-82M")


def test_the_limits_of_the_first_voice_are_shown_until_kokoro_is_loaded():
    english = ("American English",)
    assert "Speaks American English only. More voices" in status_html(ModelStatus("Heart, small", english, True, 0.1))
    alone = status_html(ModelStatus("Heart, small", english))
    assert "Speaks American English only." in alone
    assert "Kokoro brings" not in alone, "nothing more is to come"
    assert "only" not in status_html(ModelStatus("Kokoro-82M"))


def test_progress_is_a_bar_with_its_value():
    shown = status_html(ModelStatus("", fetching=True, progress=0.4, message="Fetching the weights."))
    assert 'value="40"' in shown
    assert "Fetching the weights." in shown


def test_the_reason_why_the_full_model_is_missing_is_shown():
    shown = status_html(
        ModelStatus("Heart, small", ("American English",), fetching=True, message="The Hub cannot be reached.")
    )
    assert "<progress" not in shown
    assert (
        "<summary>Why not Kokoro itself?</summary><p>For whoever runs this page: The Hub cannot be reached.</p>"
    ) in shown


@pytest.mark.parametrize(
    ("status", "headline", "sentence"),
    [
        (ModelStatus("Kokoro-82M"), "Kokoro-82M, ready", "<p></p>"),
        (ModelStatus("", (), True, 0.1), "Loading the voice", "Type your text now; you can play it as soon as"),
        (ModelStatus("", (), True, None), "No voice is available yet", "Leave this page open: it will keep trying"),
        (ModelStatus("", (), False, None), "No voice is available<", "Please tell whoever runs this page."),
        (
            ModelStatus("Kokoro-82M in 8 bits", (), True),
            "in 8 bits, ready",
            "The full model takes over once it is loaded.",
        ),
        (ModelStatus("Heart, small", ("Dutch",), True, 0.1, left=150.0), "ready", "About 2 minutes left."),
        (ModelStatus("Heart, small", ("Dutch",), True, 0.1, left=12.0), "ready", "Less than a minute left."),
        (
            ModelStatus("Heart, small", ("Dutch",), True),
            "ready",
            "Kokoro cannot be downloaded now; it will be tried again.",
        ),
    ],
)
def test_each_state_shows_what_comes_next_and_what_to_do(status, headline, sentence):
    shown = status_html(status)
    assert headline in shown
    assert sentence in shown


def test_problems_for_the_operator_are_collapsed():
    why = "The first voice is not installed. Run: pip install something"
    for status in (
        ModelStatus("", (), False, None, "Nothing else came.", problem=why),
        ModelStatus("", (), True, 0.5, "Fetching Kokoro's weights", problem=why),
        ModelStatus("Kokoro-82M in 8 bits", (), True, None, why),
        ModelStatus("Heart, small", ("Dutch",), False, None, why),
    ):
        unfolded, folded = status_html(status).split("<details")
        assert "pip" not in unfolded
        assert "pip install something" in folded


@pytest.mark.parametrize("languages", [("American English",), ()])
def test_the_status_is_escaped(languages):
    assert "<b>" not in status_html(ModelStatus("<b>", languages, message="<b>"))


def test_a_new_visitor_gets_status_and_voices(backend):
    line, shown, *_, timer = StatusLine(backend, Runs()).refresh(None, None, "", VISITOR)
    assert "Heart, small" in line
    assert [name for _, name in shown.choices] == ["af_heart_small"]
    assert shown.value == "af_heart_small"
    assert timer.active


def test_the_full_model_brings_its_voices_and_the_timer_stops(backend):
    status = StatusLine(backend, Runs())
    _, _, seen, *_ = status.refresh(None, None, "", VISITOR)
    kokoro_arrives(backend)
    line, shown, seen, _, timer = status.refresh("af_heart_small", seen, "", VISITOR)
    assert "Kokoro-82M" in line
    assert shown.value == "af_heart"
    assert not timer.active


def test_the_chosen_voice_stays_if_the_new_model_has_it(backend):
    backend.state = ModelStatus("Kokoro-82M in 8 bits", fetching=True)
    status = StatusLine(backend, Runs())
    _, _, seen, *_ = status.refresh(None, None, "", VISITOR)
    kokoro_arrives(backend)
    assert status.refresh("bf_emma", seen, "", VISITOR)[1].value == "bf_emma"


def test_an_awaited_voice_is_chosen_once_it_is_available(backend):
    status = StatusLine(backend, Runs())
    _, _, seen, *_ = status.refresh(None, None, "bf_emma", VISITOR)
    assert status.refresh("af_heart_small", None, "bf_emma", VISITOR)[1].value == "af_heart_small"
    kokoro_arrives(backend)
    _, shown, _, waiting, _ = status.refresh("af_heart_small", seen, "bf_emma", VISITOR)
    assert (shown.value, waiting) == ("bf_emma", "")
    _, shown, _, waiting, _ = status.refresh("af_heart_small", seen, "bf_emma+am_adam", VISITOR)
    assert (shown.value, waiting) == ("bf_emma+am_adam", "")
    assert "bf_emma+am_adam" in [name for _, name in shown.choices]
    _, shown, _, waiting, _ = status.refresh("af_heart", seen, "af_nobody", VISITOR)
    assert (shown.value, waiting) == ("af_heart", gr.skip())


def test_the_voices_do_not_change_during_a_speech(backend):
    runs = Runs()
    status = StatusLine(backend, runs)
    _, _, seen, *_ = status.refresh(None, None, "", VISITOR)
    run = runs.begin("visitor")
    kokoro_arrives(backend)
    _, shown, seen, _, timer = status.refresh("af_heart_small", seen, "", VISITOR)
    assert shown == gr.skip()
    assert timer == gr.skip(), "it must tick on, to bring the voices afterwards"
    run.finish()
    _, shown, seen, _, timer = status.refresh("af_heart_small", seen, "", VISITOR)
    assert shown.value == "af_heart"
    assert not timer.active


def test_a_tick_without_changes_updates_nothing(backend):
    status = StatusLine(backend, Runs())
    _, _, seen, *_ = status.refresh(None, None, "", VISITOR)
    line, shown, *_ = status.refresh("af_heart_small", seen, "", VISITOR)
    assert line == gr.skip()
    assert shown == gr.skip()


def test_without_voices_the_list_is_empty_and_there_is_no_error(backend, monkeypatch):
    def broken():
        raise CheckpointError("The first voice is damaged.")

    monkeypatch.setattr(backend, "synthesizer", broken)
    backend.state = ModelStatus("", problem="The first voice is damaged.")
    line, shown, *_ = StatusLine(backend, Runs()).refresh(None, None, "", VISITOR)
    assert "The first voice is damaged." in line
    assert shown.choices == []


def test_the_first_voice_is_replaced_unless_a_link_named_it(backend):
    for waiting, chosen in (("", "af_heart"), ("af_heart_small", "af_heart_small")):
        backend.speaker, backend.state = (
            FakeSynthesizer(FIRST),
            ModelStatus("Heart, small", ("American English",), True),
        )
        status = StatusLine(backend, Runs())
        _, _, seen, *_ = status.refresh(None, None, "", VISITOR)
        backend.speaker = FakeSynthesizer(FakeCheckpoint(voices=voices(("af_heart", "af_heart_small"))))
        backend.state = ModelStatus("Kokoro-82M")
        _, shown, _, still_waiting, _ = status.refresh("af_heart_small", seen, waiting, VISITOR)
        assert shown.value == chosen
        assert still_waiting == ("" if waiting else gr.skip())
