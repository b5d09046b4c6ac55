"""What a client receives if a speaker is lost during a response, and what a front refuses."""

import asyncio

import pytest

from tests.cluster.conftest import ray
from tests.own_thread import in_own_thread

HEAD = {"type": "http.response.start", "status": 200, "headers": []}


def body(data, more=True):
    return {"type": "http.response.body", "body": data, "more_body": more}


class Answer:
    """A response, which breaks off with an error if it has one."""

    def __init__(self, *messages):
        self.messages = messages
        self.cancelled = False

    def cancel(self):
        self.cancelled = True

    async def __aiter__(self):
        for message in self.messages:
            await asyncio.sleep(0)
            if isinstance(message, Exception):
                raise message
            yield message


class Speakers:
    """Returns one response after another."""

    def __init__(self, *answers):
        self.left = list(answers)
        self.answer = self

    def options(self, **_):
        return self

    def remote(self, scope, body):
        return self.left.pop(0)


def talk(*answers, sent=b"{}"):
    """The messages that a client receives."""
    from kokoro_demo.cluster.front import Front

    got = []

    async def run():
        arriving = [{"type": "http.request", "body": sent, "more_body": False}]

        async def receive():
            if not arriving:
                await asyncio.Event().wait()
            return arriving.pop()

        async def send(message):
            got.append(message)

        scope = {"type": "http", "method": "POST", "path": "/v1/audio/speech", "headers": [], "query_string": b""}
        await Front(Speakers(*answers)).answer(scope, receive, send)

    in_own_thread(asyncio.run, run())
    return got


def whole(got):
    return b"".join(message.get("body", b"") for message in got)


def lost():
    return ray.exceptions.RayActorError()


def test_another_speaker_continues_if_the_first_is_lost():
    got = talk(
        Answer(HEAD, body(b"abc"), body(b"de"), lost()), Answer(HEAD, body(b"abcd"), body(b"ef"), body(b"", False))
    )
    assert whole(got) == b"abcdef"
    assert [message["type"] for message in got].count("http.response.start") == 1
    assert got[-1]["more_body"] is False


def test_an_answer_that_continues_with_other_bytes_is_aborted():
    with pytest.raises(ConnectionError, match="same bytes"):
        talk(Answer(HEAD, body(b"abc"), lost()), Answer(HEAD, body(b"abX"), body(b"d", False)))


def test_a_full_queue_is_429_with_a_time_to_wait():
    from ray.serve.exceptions import BackPressureError

    got = talk(Answer(BackPressureError(num_queued_requests=1, max_queued_requests=1)))
    assert got[0]["status"] == 429
    assert int(dict(got[0]["headers"])[b"retry-after"]) > 0
    assert b"overloaded" in whole(got)


def test_no_speaker_is_503(monkeypatch):
    monkeypatch.setattr("kokoro_demo.cluster.front.MAX_ATTEMPTS", 2)
    assert talk(Answer(lost()), Answer(lost()))[0]["status"] == 503


def test_a_large_body_is_refused_without_a_speaker():
    assert talk(sent=b"x" * (2**20 + 1))[0]["status"] == 413
