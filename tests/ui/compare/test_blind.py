"""Blind tests without a browser: hidden names, the order, and links."""

import base64
import json
from types import SimpleNamespace
from urllib.parse import parse_qs

import pytest

from kokoro_demo.errors import RequestError
from kokoro_demo.share import request_from_link
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.compare.blind import blind_link, columns_in_link, shuffled
from kokoro_demo.ui.compare.columns import Column
from kokoro_demo.ui.compare.compare_events import CompareEvents
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.voices.catalogue import UPLOADED
from tests.ui.fakes import FakeBackend

VISITOR = SimpleNamespace(session_hash="visitor")
HEART, EMMA = Column("af_heart", "", 50, 1.0, "", ""), Column("bf_emma", "", 50, 0.5, "", "")
NAMES = ("af_heart", "bf_emma", "am_adam")


def compared(seed, blind=True):
    events = CompareEvents(FakeBackend())
    values = [value for column in (HEART, EMMA, HEART, HEART) for value in column]
    fields = RequestFields("One two.", "af_heart", seed=seed)
    *_, (_, state) = events.compare(2, VISITOR, *fields, *values, blind)
    return events, state


def test_the_order_depends_only_on_the_seed():
    orders = {tuple(shuffled(4, seed)) for seed in range(40)}
    assert len(orders) > 10
    assert shuffled(3, 7) == shuffled(3, 7)
    assert {tuple(shuffled(2, seed)) for seed in range(20)} == {(0, 1), (1, 0)}


@pytest.mark.parametrize("seed", range(4))
def test_a_blind_test_shows_no_names_until_one_is_picked(seed):
    events, state = compared(seed)
    assert not any(name in column for column in state["columns"] for name in ("Heart", "Emma", "speed", "computing"))
    assert state["order"] == shuffled(2, seed)
    sounds = [base64.b64decode(events.sound({"run": state["run"], "column": at})) for at in range(2)]
    slow = state["order"].index(1)
    assert len(sounds[slow]) > len(sounds[1 - slow]), "each sound is that of the column that it is said to be"
    assert "Emma" in state["names"][slow]
    assert "Emma" in state["revealed"][slow]


def test_without_blind_nothing_changes():
    _, state = compared(1, blind=False)
    assert set(state) == {"run", "marks", "columns"}
    assert "Heart" in state["columns"][0]


def test_a_link_holds_the_same_test_and_no_server_sees_it():
    page = SpeechRequest("Hello & hello?", "am_adam", 1.5, 7, lexicon="a = b")
    link = blind_link(page, [HEART, EMMA], "https://example.org/tts/?x=1#y")
    assert "?" not in link.partition("#")[0]
    assert request_from_link(link) == page
    held = parse_qs(link.partition("#")[2])["compare"][0]
    assert columns_in_link(held, NAMES) == [HEART, EMMA]


def test_uploaded_packs_are_refused_in_links():
    with pytest.raises(RequestError, match="your own voice packs"):
        blind_link(SpeechRequest("Hi."), [HEART, HEART._replace(voice=f"{UPLOADED}x")], "https://example.org/")


def test_a_hostile_link_is_checked_value_by_value():
    assert (
        columns_in_link(json.dumps([{"voice": "<b>", "speed": 1e9, "share": "x", "language": "xx"}, {}]), NAMES)
        == [Column("", "", 50, 1.0, "", "")] * 2
    )
    for held in (
        "",
        "x",
        "[" * 50_000,
        "[]",
        "[{}]",
        "{}",
        "[1, 2]",
        json.dumps([{}] * 5),
        "[" + "{}," * 99_999 + "{}]",
    ):
        assert columns_in_link(held, NAMES) == []
    assert columns_in_link('[{"speed": NaN, "share": true}, {"phonemes": 8}]', NAMES)[0].speed == 1.0


def test_the_events_of_a_link():
    events = CompareEvents(FakeBackend())
    values = [value for column in (HEART, EMMA, HEART, HEART) for value in column]
    link, status = events.test_link(2, "https://example.org/", *RequestFields("Hi.", "af_heart"), *values)
    assert "compare=" in link
    assert "&amp;compare=" in status
    held = parse_qs(link.partition("#")[2])["compare"][0]
    opened = events.open_test(held)
    assert opened[:12] == values[:12]
    assert opened[24:26] == [True, 2]
    assert all(isinstance(update, dict) for update in events.open_test("")), "nothing changes"
    assert events.test_link(2, "no address", *RequestFields("Hi.", "af_heart"), *values)[0] == ""
