"""Listening to each row, with a fake recogniser."""

import base64
import csv
import io
import json
from types import SimpleNamespace

import gradio as gr
import pytest

from kokoro_demo.checklist.heard import Heard, compare_heard
from kokoro_demo.ui.check_list import listening as module
from kokoro_demo.ui.check_list.list_events import ListEvents
from kokoro_demo.ui.check_list.listening import ListeningEvents
from kokoro_demo.ui.check_list.results_table import heard_html
from kokoro_demo.ui.fields import RequestFields
from tests.ui.fakes import FakeBackend

VISITOR = SimpleNamespace(session_hash="visitor")
LIST = "text,expected\nred,\nblue <b>,\nhi there,\n"


class Hears:
    """Returns one text after another."""

    def __init__(self, *texts: str) -> None:
        self.texts = [*texts]

    def hear(self, audio, rate, language) -> str:
        assert len(audio)
        assert rate == 24_000
        assert language == "en-us"
        return self.texts.pop(0)


@pytest.fixture
def checking():
    return ListEvents(FakeBackend(), hears=True)


def check(checking, pasted=LIST):
    return list(checking.check(pasted, VISITOR, *RequestFields(voice="af_heart")))[-1]


def listen(checking, recogniser, on=True):
    """Returns every step of every turn."""
    events = ListeningEvents(checking.backend, checking.jobs, lambda: recogniser)
    turn, begun = events.begin(on, 0, VISITOR), None
    steps = []
    if not on:
        assert turn == gr.skip()
        return [*events.turn(0, VISITOR)]
    while turn != begun:
        begun = turn
        for step in events.turn(begun, VISITOR):
            steps.append(step)
            turn = step[1] if isinstance(step[1], int) else turn
    return steps


def download(checking, kind):
    job = checking.jobs.of("visitor")
    return base64.b64decode(checking.download({"job": job.id, "kind": kind, "part": 0}))


def test_every_row_is_heard_and_what_differs_is_marked_and_exported(checking):
    _, results = check(checking)
    assert results.count('class="checked-heard"') == 4
    *_, (status, _, heard) = listen(checking, Hears("Read.", "blue b", "hi there"))
    assert "3 rows heard, 1 differs from what was spoken." in status
    assert heard["job"] == checking.jobs.of("visitor").id
    assert "<ins>read</ins>" in heard["cells"]["1"]
    assert "“red” heard as “read”" in heard["cells"]["1"]
    assert "data-differs" not in heard["cells"]["3"]
    rows = list(csv.DictReader(io.StringIO(download(checking, "csv").decode("utf-8-sig"))))
    assert [row["heard"] for row in rows] == ["Read.", "blue b", "hi there"]
    assert [row["heard_difference"] for row in rows] == ["[red → read]", "", ""]
    assert json.loads(download(checking, "json"))["rows"][0]["heard"] == "Read."


def test_a_list_that_was_not_heard_has_no_such_columns(checking):
    check(checking)
    assert listen(checking, Hears(), on=False) == []
    assert b"heard" not in download(checking, "csv")
    assert b"heard" not in download(checking, "json")


def test_the_table_of_a_server_without_a_recogniser_has_no_column():
    assert "checked-heard" not in check(ListEvents(FakeBackend()))[1]


def test_listening_stops_at_the_limit_and_says_so(checking, monkeypatch):
    monkeypatch.setattr(module, "MAX_HEARD", 0.1)
    check(checking)
    *_, (status, _, heard) = listen(checking, Hears("red"))
    assert list(heard["cells"]) == ["1"]
    assert "check the rest as another list" in status


def test_listening_continues_in_turns_until_it_is_stopped(checking, monkeypatch):
    monkeypatch.setattr(module, "TURN", -1.0)
    check(checking)
    events = ListeningEvents(checking.backend, checking.jobs, lambda: Hears("red"))
    assert events.begin(True, 3, VISITOR) == 4
    assert [step[1] for step in events.turn(4, VISITOR)] == [5]
    checking.stop(VISITOR)
    *_, (status, following, _) = events.turn(5, VISITOR)
    assert "Stopped." in status
    assert following == gr.skip()
    assert list(events.turn(6, VISITOR)) == []


def test_a_fixed_row_is_heard_again(checking):
    check(checking)
    listen(checking, Hears("red", "blue", "hi there"))
    job = checking.jobs.of("visitor")
    speaker, pronounce = checking.backend.speaker, checking.backend.speaker.pronounce

    def with_fix(request):
        reading = pronounce(request)
        if "red" not in request.lexicon or "red" not in request.text:
            return reading
        word = SimpleNamespace(**{name: getattr(reading.words[0], name) for name in ("text", "spoken", "rule", "span")})
        word.phonemes, word.phoneme_span, word.source = "ɹˈAd", (0, 4), "fix"
        return SimpleNamespace(words=(word,), spoken="red", phonemes="ɹˈAd", warnings=(), language="en-us")

    speaker.pronounce = with_fix
    _, _, lexicon = checking.fix(gr.EventData(None, {"row": 1, "word": 0, "pronunciation": "/ɹˈAd/"}), "", VISITOR)
    assert lexicon == "red = /ɹˈAd/"
    assert sorted(job.heard) == [2, 3]
    *_, (_, _, heard) = listen(checking, Hears("raid"))
    assert "<ins>raid</ins>" in heard["cells"]["1"]


def test_a_missing_recogniser_is_reported(checking):
    check(checking)

    def missing():
        raise module.RequestError("Hearing needs an extra.")

    events = ListeningEvents(checking.backend, checking.jobs, missing)
    events.begin(True, 0, VISITOR)
    assert "Hearing needs an extra." in list(events.turn(0, VISITOR))[-1][0]


def test_what_was_heard_is_escaped():
    assert "<script>" not in heard_html(compare_heard("a", "<script>alert(1)</script>", "en-us"))
    assert "not heard" in heard_html(Heard("", ()))
