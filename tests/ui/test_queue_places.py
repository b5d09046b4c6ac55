from collections import namedtuple
from types import SimpleNamespace

import pytest

from kokoro_demo.ui.events import SPEECH_SLOT
from kokoro_demo.ui.queue_places import QueuePlaces, place_in_words

Waiting = namedtuple("Waiting", "session_hash")


def places(*sessions: str, served: int = 1) -> QueuePlaces:
    slot = SimpleNamespace(queue=[Waiting(session) for session in sessions], current_concurrency=served)
    return QueuePlaces(SimpleNamespace(_queue=SimpleNamespace(event_queue_per_concurrency_id={SPEECH_SLOT: slot})))


@pytest.mark.parametrize(
    ("sessions", "served", "before"),
    [
        (["me"], 1, 1),
        (["me"], 0, 0),
        (["other", "me"], 1, 2),
        (["me", "other", "me"], 1, 3),
        (["other"], 1, None),
        ([], 0, None),
    ],
)
def test_visitors_ahead_are_counted_including_the_one_being_served(sessions, served, before):
    assert places(*sessions, served=served).ahead_of("me") == before


def test_an_unused_queue_has_no_places():
    page = SimpleNamespace(_queue=SimpleNamespace(event_queue_per_concurrency_id={}))
    assert QueuePlaces(page).ahead_of("me") is None


def test_the_place_is_shown_in_words():
    assert "you are next" in place_in_words(1)
    assert "3 ahead of you" in place_in_words(3)
    state = places("other", "me").update(SimpleNamespace(session_hash="me"))
    assert state["state"] == "asked"
    assert "2 ahead of you" in state["message"]
