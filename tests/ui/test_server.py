"""Malicious clients, shutdown, and what the server writes to the log."""

import json
import logging
import socket
import threading
import time
from pathlib import Path

import pytest
import requests

from kokoro_demo.errors import CheckpointError, RequestError
from kokoro_demo.model import interruption
from kokoro_demo.ui import build_page, launch, server
from tests.ui.fakes import FakeBackend

SECRET = "xylophonist's secret"


class Spoiled(FakeBackend):
    """Speaks one phrase, and then fails with an error that contains the text."""

    def __init__(self, error):
        super().__init__(brake=self.fail)
        self.error = error

    def fail(self, index):
        if index == 1:
            raise self.error


@pytest.fixture
def serve():
    pages = []

    def open_page(backend=None):
        pages.append(build_page(backend or FakeBackend()))
        return launch(pages[-1], prevent_thread_lock=True, quiet=True)[1]

    yield open_page
    for page in pages:
        page.close(verbose=False)


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="counted as Linux counts")
def test_an_idle_server_hardly_wakes(serve):
    assert requests.get(serve(), timeout=10).ok
    (server,) = (thread for thread in threading.enumerate() if "Server.run" in repr(getattr(thread, "_target", "")))

    def times_slept():
        status = Path(f"/proc/self/task/{server.native_id}/status").read_text()
        return int(status.split("voluntary_ctxt_switches:")[1].split()[0])

    time.sleep(0.5)
    before = times_slept()
    time.sleep(1)
    assert times_slept() - before < 300


@pytest.fixture
def quiet(caplog, capfd):
    """Returns a function that checks that neither the log nor the terminal contains the visitor's text."""
    caplog.set_level(logging.DEBUG, "kokoro_demo")

    def written():
        time.sleep(0.2)
        out = "".join(capfd.readouterr()) + caplog.text
        assert "xylophonist" not in out
        return out

    return written


def test_a_slow_first_answer_does_not_end_the_start(serve, monkeypatch):
    """A busy machine may take seconds for the first page; Gradio's own check would wait three and then give up."""
    monkeypatch.setattr("gradio.networking.url_ok", lambda url: False)
    assert requests.get(serve(), timeout=10).ok


def connect(url):
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    return socket.create_connection((host, int(port)), timeout=10)


def speak(url, **fields):
    return requests.post(f"{url}v1/audio/speech", json={"model": "kokoro", **fields}, timeout=20)


class Mute(FakeBackend):
    """Refuses every phrase."""

    def __init__(self):
        super().__init__(brake=self.refuse)

    def refuse(self, index):
        raise RequestError("There is nothing here that can be spoken.")


@pytest.fixture(scope="module")
def mute():
    page = build_page(Mute())
    yield launch(page, prevent_thread_lock=True, quiet=True)[1]
    page.close(verbose=False)


@pytest.mark.slow
@pytest.mark.parametrize("stream", ["audio", "sse"])
@pytest.mark.parametrize("format", ["wav", "mp3", "flac", "opus", "pcm"])
def test_an_unspeakable_text_is_refused_before_anything_is_sent(mute, quiet, format, stream):
    answer = speak(mute, input=SECRET, response_format=format, stream_format=stream)
    assert answer.status_code == 400
    assert "nothing here that can be spoken" in answer.json()["error"]["message"]
    assert "Error" not in quiet()


ERRORS = [
    ValueError(SECRET),
    CheckpointError("The voice pack is damaged."),
    UnicodeEncodeError("utf-8", SECRET, 0, 1, "x"),
]


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_in_the_middle_aborts_the_connection(serve, quiet, error):
    url = serve(Spoiled(error))
    with pytest.raises(requests.exceptions.ChunkedEncodingError):
        speak(url, input=f"One. {SECRET}.", response_format="wav")
    assert "Traceback" not in quiet()
    assert speak(url, input="One.").status_code == 200


@pytest.mark.parametrize("error", ERRORS, ids=lambda error: type(error).__name__)
def test_an_error_in_the_middle_is_the_last_event(serve, quiet, error):
    answer = speak(serve(Spoiled(error)), input=f"One. {SECRET}.", response_format="pcm", stream_format="sse")
    *_, last = [block for block in answer.text.split("\n\n") if block]
    assert last.startswith("event: error\ndata: ")
    message = json.loads(last.partition("data: ")[2])["error"]["message"]
    assert message
    assert SECRET not in message
    assert "speech.audio.done" not in answer.text
    assert "Traceback" not in quiet()


def call(url, name, values):
    """Calls a Gradio endpoint by its two-step protocol."""
    asked = requests.post(f"{url}gradio_api/call/{name}", json={"data": values}, timeout=20)
    if asked.status_code != 200:
        return asked.text
    return requests.get(f"{url}gradio_api/call/{name}/{asked.json()['event_id']}", timeout=20).text


HALF = f"{SECRET} \ud83d"
REQUEST = [SECRET, "af_heart", 1, 0, "", "", "", 1, False, False, ""]
WRONG = {
    "generate": [HALF, *REQUEST[1:]],
    "phonemize": [HALF, "en-us", HALF],
    "find_voices": [HALF],
    "share_link": ["http://x/", HALF, *REQUEST[1:]],
    "open_link": [f"http://x/?text={HALF}"],
    "check": [HALF, "", "", HALF],
    "compare": [HALF, [{"voice": "af_heart"}], 0, HALF],
}


@pytest.mark.parametrize("name", WRONG)
def test_half_a_character_is_replaced_at_every_endpoint(url, quiet, name):
    answer = call(url, name, WRONG[name])
    assert '"error": null' not in answer
    assert "event: complete" in answer
    assert "\\ud83d" not in answer
    assert "Error" not in quiet()


@pytest.mark.parametrize("name", WRONG)
@pytest.mark.parametrize("value", [{"a": SECRET}, [SECRET, [SECRET]], 5e300, None, True, SECRET], ids=str)
def test_values_of_the_wrong_type_are_not_logged(url, quiet, name, value):
    call(url, name, [value] * len(WRONG[name]))
    call(url, name, [value] * (len(WRONG[name]) - 1))
    call(url, name, value)
    assert len(quiet()) < 2_000
    assert "event: complete" in call(url, "find_voices", ["british"])


def test_a_failing_endpoint_reports_it_and_logs_only_the_location(serve, quiet):
    answer = call(serve(Spoiled(ValueError(SECRET))), "generate", [f"One. {SECRET}", *REQUEST[1:]])
    assert "Something went wrong in the program" in answer
    written = quiet()
    assert "ValueError at" in written
    assert "Traceback" not in written


def test_monitoring_is_off(url, quiet):
    for path in ("monitoring", "monitoring/summary", "monitoring/anything"):
        assert requests.get(url + path, headers={"Host": "evil.example"}, timeout=20).status_code in (403, 404)
    assert "evil" not in quiet()


def test_a_client_that_disconnects_in_the_middle_of_a_body_is_not_an_error(url, quiet):
    for path in ("v1/audio/speech", "gradio_api/call/generate", "gradio_api/upload"):
        with connect(url) as client:
            head = f"POST /{path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
            client.sendall(head.encode() + b'{"input": "xylophonist')
    time.sleep(0.3)
    assert "Error" not in quiet()
    assert speak(url, input="One.").status_code == 200


def test_an_incomplete_request_times_out(serve, monkeypatch):
    monkeypatch.setattr(server, "HEAD_TIMEOUT", 0.4)
    monkeypatch.setattr(server, "PART_TIMEOUT", 0.4)
    url = serve()
    silent, half_a_head, half_a_body = (connect(url) for _ in range(3))
    half_a_head.sendall(b"GET / HTTP/1.1\r\nHost: x\r\nX-Half: ")
    head = "POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n"
    half_a_body.sendall(head.encode() + b"{")
    for client in (silent, half_a_head):
        assert client.recv(1_000) == b""
    assert b"HTTP/1.1 200" not in half_a_body.recv(1_000)
    for client in (silent, half_a_head, half_a_body):
        client.close()


def test_a_connection_that_is_used_stays_open(serve, monkeypatch):
    monkeypatch.setattr(server, "HEAD_TIMEOUT", 0.2)
    url = serve()
    with requests.Session() as session:
        for _ in range(4):
            assert session.get(f"{url}health", timeout=20).status_code == 200
            time.sleep(0.15)


def test_a_client_that_does_not_read_does_not_block_others(url):
    body = json.dumps({"model": "kokoro", "input": "One. " * 3_000, "response_format": "wav"}).encode()
    deaf = []
    for _ in range(4):
        deaf.append(connect(url))
        head = "POST /v1/audio/speech HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        deaf[-1].sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    assert speak(url, input="One.").status_code == 200
    for client in deaf:
        client.close()


def test_a_closing_server_refuses_new_work_and_is_alive_but_not_ready(serve, monkeypatch):
    flag = threading.Event()
    monkeypatch.setattr(interruption, "_closing", flag)
    url = serve()
    asked = requests.post(f"{url}gradio_api/call/v2/generate", json={"text": "One."}, timeout=20).json()
    assert speak(url, input="One.").status_code == 200
    flag.set()
    for answer in (
        speak(url, input="One."),
        requests.get(url, timeout=20),
        requests.get(f"{url}v1/models", timeout=20),
        requests.post(f"{url}gradio_api/call/v2/generate", json={"text": "One."}, timeout=20),
        requests.post(f"{url}gradio_api//queue/join", json={}, timeout=20),
        requests.get(f"{url}//health/ready", timeout=20),
    ):
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "shutting down" in answer.json()["error"]["message"]
    assert requests.get(f"{url}health/live", timeout=20).status_code == 200
    assert requests.get(f"{url}health", timeout=20).json()["ready"] is False
    assert "kokoro_waiting" in requests.get(f"{url}metrics", timeout=20).text
    spoken = requests.get(f"{url}gradio_api/call/v2/generate/{asked['event_id']}", timeout=20).text
    assert "event: complete" in spoken
