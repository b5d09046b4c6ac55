"""The Check a list tab without a browser."""

import base64
import io
import json
import logging
import re
import zipfile
from types import SimpleNamespace

import gradio as gr
import pytest

from kokoro_demo import phonemize
from kokoro_demo.checklist import read_list
from kokoro_demo.errors import CheckpointError
from kokoro_demo.ui.check_list import list_events as module
from kokoro_demo.ui.check_list.list_events import ListEvents
from kokoro_demo.ui.fields import RequestFields
from tests.ui.fakes import FakeBackend, clip_samples

VISITOR = SimpleNamespace(session_hash="visitor")
FIELDS = RequestFields(voice="af_heart")
LIST = "text,expected,voice\nread,read,\nlead,led,\nhi,,bf_emma\nhi,,af_nobody\n"
SKIPPED = gr.skip()


@pytest.fixture
def backend():
    return FakeBackend()


@pytest.fixture
def checking(backend):
    return ListEvents(backend)


def check(checking, pasted=LIST, fields=FIELDS):
    """Returns the last status and results."""
    return list(checking.check(pasted, VISITOR, *fields))[-1]


def play(checking, **data):
    return list(checking.play(gr.EventData(None, data), VISITOR))


def speak_all(checking, turn=0):
    """Returns every step of every turn, starting new turns as the page does."""
    steps, begun = [checking.begin_zip(VISITOR)], None
    while turn != begun:
        begun = turn
        for status, following in checking.speak_turn(begun, VISITOR):
            steps.append(status)
            turn = following if isinstance(following, int) else turn
    return steps


def download(checking, kind):
    job, parts = checking.jobs.of("visitor"), []
    while not parts or parts[-1]:
        parts.append(base64.b64decode(checking.download({"job": job.id, "kind": kind, "part": len(parts)})))
    return b"".join(parts)


def test_a_list_is_checked_row_by_row(checking):
    status, results = check(checking)
    assert "4 rows checked." in status
    assert "4 rows: 1 differs, 1 cannot be checked, 1 not compared, 1 matches." in results
    assert "af_nobody" in results
    assert [row["result"] for row in json.loads(download(checking, "json"))["rows"]] == [
        "matches",
        "differs",
        "read",
        "error",
    ]
    assert [row.text for row in read_list(download(checking, "csv")).rows] == ["read", "lead", "hi", "hi"]


def test_rows_without_a_voice_and_speed_use_the_pages(checking):
    check(checking, fields=FIELDS._replace(voice="am_adam", speed=1.5))
    job = checking.jobs.of("visitor")
    assert (job.defaults.voice, job.defaults.speed) == ("am_adam", 1.5)


def test_cancel_keeps_the_rows_checked_so_far(checking, backend, monkeypatch):
    pronounce = backend.speaker.pronounce

    def stop_at_two(request):
        if request.text == "two":
            checking.stop(VISITOR)
        return pronounce(request)

    monkeypatch.setattr(backend.speaker, "pronounce", stop_at_two)
    status, results = check(checking, "one\ntwo\nthree\nfour")
    assert "Stopped after 2 of 4 rows." in status
    assert "2 more were not checked" in results
    assert len(json.loads(download(checking, "json"))["rows"]) == 2


def test_progress_is_reported(checking, monkeypatch):
    monkeypatch.setattr(module, "UPDATE_INTERVAL", 0)
    steps = list(checking.check("one\ntwo\nthree", VISITOR, *FIELDS))
    assert len(steps) == 4
    assert '<progress max="3" value="2"' in steps[2][0]
    assert "Checking: row 3 of 3" in steps[2][0]


@pytest.mark.parametrize(
    ("pasted", "message"),
    [("", "list is empty"), (None, "list is empty"), ("a\n" * 501, "501 rows"), ("a\0", "NUL")],
)
def test_an_invalid_list_is_reported_and_keeps_the_last_results(checking, pasted, message):
    check(checking)
    status, results = check(checking, pasted)
    assert message in status
    assert 'role="alert"' in status
    assert results == SKIPPED
    assert checking.jobs.of("visitor") is not None


def test_a_file_is_put_into_the_box_or_refused_with_a_message(checking):
    assert checking.open("\ufefftext\nnaïve".encode()) == ("text\nnaïve", "")
    assert checking.open("text".encode("utf-16")) == ("text", "")
    box, status = checking.open(b"PK\3\4\0\0")
    assert box == SKIPPED
    assert "not a text file" in status
    assert checking.open(None) == (SKIPPED, "")


def test_a_row_is_played(checking):
    check(checking)
    steps = play(checking, row=3)
    assert "Speaking row 3." in steps[0][0]
    sound = steps[-1][1]
    assert sound["key"] == "row-3"
    audio = clip_samples(sound)
    assert len(audio) > 2_400
    assert play(checking, row=3)[-1][1] != sound, "or Gradio would not play it a second time"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"row": 99}, "no such row"),
        ({"row": 0}, "no such row"),
        ({"row": True}, "no such row"),
        ({"row": "1; rm"}, "no such row"),
        ({}, "no such row"),
        ({"row": 4}, "af_nobody"),
    ],
)
def test_a_missing_row_is_reported(checking, data, message):
    check(checking)
    assert message in play(checking, **data)[-1][0]


def test_without_a_list_nothing_is_played_or_zipped(checking):
    assert "Check it again" in play(checking, row=1)[-1][0]
    assert "Check it again" in speak_all(checking)[0]
    assert list(checking.speak_turn(3, VISITOR)) == []
    assert checking.download({"job": "guess", "kind": "csv", "part": 0}) is None


@pytest.mark.parametrize("part", [None, -1, "0", 1.5])
def test_a_malformed_download_request_gets_none(checking, part):
    check(checking)
    job = checking.jobs.of("visitor").id
    assert checking.download({"job": job, "kind": "csv", "part": part}) is None
    assert checking.download({"job": job, "kind": "passwd", "part": 0}) is None
    assert checking.download([job]) is None


def test_the_zip_holds_every_row_that_can_be_spoken(checking):
    check(checking)
    steps = speak_all(checking)
    assert "3 rows spoken" in steps[-1]
    assert "Speaking: row 2 of 4" in steps[2]
    archive = zipfile.ZipFile(io.BytesIO(download(checking, "zip")))
    assert archive.namelist() == ["001-read.wav", "002-lead.wav", "003-hi.wav", "results.csv"]
    assert archive.testzip() is None


def test_other_visitors_have_their_turn_between_rows(checking, monkeypatch):
    monkeypatch.setattr(module, "TURN", -1)
    check(checking, "one\ntwo")
    checking.begin_zip(VISITOR)
    assert list(checking.speak_turn(7, VISITOR)) == [(SKIPPED, 8)]


def test_a_zip_made_in_many_turns_is_complete(checking, monkeypatch):
    clock = iter(range(10_000))
    monkeypatch.setattr(module, "TURN", 2)
    monkeypatch.setattr(module.time, "monotonic", lambda: next(clock))
    check(checking, "one\ntwo\nthree\nfour\nfive")
    assert "5 rows spoken" in speak_all(checking)[-1]


def test_a_stopped_zip_keeps_the_rows_spoken_so_far(checking, backend):
    check(checking, "One. Two.\nThree. Four.")

    def stop_in_the_second_row(index):
        if backend.speaker.made == 3:
            checking.stop(VISITOR)

    backend.speaker.brake = stop_in_the_second_row
    assert "Stopped after 1 of 2 rows. 1 row spoken" in speak_all(checking)[-1]
    names = zipfile.ZipFile(io.BytesIO(download(checking, "zip"))).namelist()
    assert names == ["001-one-two.wav", "results.csv"]
    backend.speaker.brake = lambda index: None
    assert "2 rows spoken" in speak_all(checking)[-1]


def test_a_full_zip_says_so(checking, monkeypatch):
    monkeypatch.setattr("kokoro_demo.checklist.audio_zip.MAX_SOUND", 100)
    check(checking, "one\ntwo")
    assert "The ZIP is full after 1 of 2 rows. 1 row spoken" in speak_all(checking)[-1]


def test_a_new_list_ends_the_zip_of_the_last(checking):
    check(checking, "one\ntwo")
    checking.begin_zip(VISITOR)
    steps = checking.speak_turn(0, VISITOR)
    next(steps)
    check(checking, "three")
    assert list(steps) == []


def test_a_failure_is_reported_without_the_list(checking, backend, caplog):
    def fail(index):
        raise ValueError("Zebra-Seven")

    check(checking, "Zebra-Seven")
    backend.speaker.brake = fail
    with caplog.at_level(logging.INFO):
        assert "Something went wrong" in speak_all(checking)[-1]
        assert "Something went wrong" in play(checking, row=1)[-1][0]
    assert "Zebra" not in caplog.text
    assert zipfile.ZipFile(io.BytesIO(download(checking, "zip"))).namelist() == ["results.csv"]


def test_a_page_that_cannot_speak_says_so(checking, backend, monkeypatch):
    def refuse():
        raise CheckpointError("No model is here.")

    monkeypatch.setattr(backend, "synthesizer", refuse)
    assert "No model is here." in check(checking)[0]


def test_leaving_forgets_the_list(checking):
    results = check(checking)[1]
    job = re.search('data-job="([^"]+)"', results).group(1)
    checking.leave(VISITOR)
    assert checking.download({"job": job, "kind": "csv", "part": 0}) is None


@pytest.fixture
def reading(backend, monkeypatch):
    """Uses the real pronunciation, with fixes."""
    monkeypatch.setattr(
        backend.speaker, "pronounce", lambda asked: phonemize(asked.text, asked.language or "en-us", asked.lexicon)
    )


def fix(checking, lexicon="", **data):
    return checking.fix(gr.EventData(None, data), lexicon, VISITOR)


def test_a_fix_for_a_word_in_its_row_applies_to_every_row(checking, reading):
    check(checking, "text,expected\nNguyen said so.,\nNguyen,wˈɪn\n")
    status, results, lexicon = fix(checking, "tea = coffee", row=1, word=0, pronunciation="win")
    assert "Saved in My fixes: Nguyen = win" in status
    assert lexicon == "tea = coffee\nNguyen = win"
    job = checking.jobs.of("visitor")
    assert [row.words[0].source for row in job.rows] == ["fix", "fix"]
    assert job.rows[1].result == "matches"
    assert "your fix" in results
    assert job.defaults.lexicon == lexicon
    assert fix(checking, lexicon, row=2, word=0, pronunciation="/nˈujən/")[2] == "tea = coffee\nNguyen = /nˈujən/"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"row": 1, "word": 0, "pronunciation": "/%%/"}, "no such symbol"),
        ({"row": 1, "word": 0, "pronunciation": "  "}, "Type how it sounds"),
        ({"row": 1, "word": 0, "pronunciation": "a" * 500}, "at most"),
        ({"row": 1, "word": 0, "pronunciation": None}, "no such word"),
        ({"row": 1, "word": 7, "pronunciation": "win"}, "no such word"),
        ({"row": 1, "word": True, "pronunciation": 5}, "no such word"),
        ({"row": 9, "word": 0, "pronunciation": "win"}, "no such row"),
        ({}, "no such row"),
    ],
)
def test_an_invalid_fix_changes_nothing(checking, reading, data, message):
    check(checking, "Nguyen\n")
    status, results, lexicon = fix(checking, **data)
    assert message in status
    assert 'role="alert"' in status
    assert (results, lexicon) == (SKIPPED, SKIPPED)
    assert checking.jobs.of("visitor").defaults.lexicon == ""


def test_a_fix_can_be_tried_before_it_is_saved(checking, reading, backend, monkeypatch):
    heard = []
    stream = backend.speaker.stream
    monkeypatch.setattr(backend.speaker, "stream", lambda asked, *rest: heard.append(asked) or stream(asked, *rest))
    check(checking, "Nguyen\n")
    assert play(checking, row=1, word=0, pronunciation="win")[-1][1]["key"] == "try-1-0"
    assert heard[-1].lexicon == "Nguyen = win"
    assert checking.jobs.of("visitor").defaults.lexicon == ""


def test_marks_are_a_column_of_the_results(checking):
    check(checking)
    job = checking.jobs.of("visitor").id

    def downloaded(kind, marks):
        return base64.b64decode(checking.download({"job": job, "kind": kind, "part": 0, "marks": marks}))

    assert [row["extra"] for row in json.loads(downloaded("json", ".rw"))["rows"]] == [
        {"mark": ""},
        {"mark": "right"},
        {"mark": "wrong"},
        {"mark": ""},
    ]
    again = read_list(downloaded("csv", "wx<"))
    assert [row.extra for row in again.rows] == [("wrong",), ("",), ("",), ("",)]
    for nothing in ("", "....", None, 5, ["r"]):
        assert b"mark" not in downloaded("csv", nothing).splitlines()[0]
