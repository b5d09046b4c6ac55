"""The WebSocket that accepts text while it is written, called by the `websockets` client."""

import base64
import io
import json
import re
import threading
import time
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
import requests
import soundfile
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

from kokoro_demo.audio import to_int16
from kokoro_demo.model import interruption
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.synthesis.phrasing import GAPS, LEAD, PARAGRAPH_GAP, TAIL
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.programs import speech_socket
from tests.own_thread import in_own_thread
from tests.ui.fakes import Brake, FakeBackend

PIECES = ["The train is ", "late tod", "ay. It will be he", "re at six. ", "Wait for", " it."]
TEXT = "".join(PIECES)
SENTENCES = ["The train is late today.", "It will be here at six.", "Wait for it."]


class Program:
    """A client of the WebSocket endpoint."""

    def __init__(self, socket):
        self.socket = socket

    def send(self, kind, **fields):
        self.socket.send(json.dumps({"type": kind, **fields}))

    def next(self):
        """Returns the next message; audio is bytes."""
        message = self.socket.recv(timeout=20)
        return message if isinstance(message, bytes) else json.loads(message)

    def until(self, kind):
        """Returns the messages up to the first of this type."""
        messages = []
        while not messages or isinstance(messages[-1], bytes) or messages[-1]["type"] != kind:
            messages.append(self.next())
        return messages

    def say(self, *pieces):
        for piece in pieces:
            self.send("input.text", text=piece)
        self.send("input.done")
        return self.until("session.done")


@contextmanager
def program(url, path="v1/audio/speech/stream", config=None, **options):
    with connect(url.replace("http", "ws") + path, **options) as socket:
        client = Program(socket)
        if config is not None:
            client.send("session.config", **config)
            assert client.next()["type"] == "session.configured"
        yield client


@pytest.fixture
def served():
    pages = []

    def serve(backend):
        pages.append(build_page(backend))
        return launch(pages[-1], prevent_thread_lock=True, quiet=True)[1]

    yield serve
    for page in pages:
        page.close()


def kinds(messages):
    return [message["type"] for message in messages if not isinstance(message, bytes)]


def of(messages, kind):
    return [message for message in messages if not isinstance(message, bytes) and message["type"] == kind]


def sound(messages):
    return b"".join(message for message in messages if isinstance(message, bytes))


def wanted(backend, text, **fields):
    return to_int16(backend.speaker.speak(SpeechRequest(text, fields.pop("voice", "af_heart"), **fields)).audio)


def sentences_of(messages):
    """Returns the samples of each sentence without the silence before it."""
    sounds, current = [], b""
    for message in messages:
        if isinstance(message, bytes):
            current += message
        elif message["type"] == "audio.done":
            samples = np.frombuffer(current, "<i2")
            sounds.append(samples[np.flatnonzero(samples)[0] - 1 :])
            current = b""
    return sounds


@pytest.mark.parametrize("path", ["v1/audio/speech/stream", "v1/audio/speech/stream-input", "v1//audio/speech/stream/"])
def test_each_sentence_sounds_as_if_sent_alone(url, backend, path):
    with program(url, path) as client:
        messages = client.say(*PIECES)
    starts = of(messages, "audio.start")
    assert [start["sentence_text"] for start in starts] == SENTENCES
    assert [start["sentence_index"] for start in starts] == [0, 1, 2]
    assert {start["format"] for start in starts} == {"pcm"}
    assert {start["sample_rate"] for start in starts} == {24_000}
    for heard, sentence in zip(sentences_of(messages), SENTENCES, strict=True):
        np.testing.assert_array_equal(heard, wanted(backend, sentence)[-len(heard) :])
        assert abs(len(heard) - len(wanted(backend, sentence))) <= 1
    assert sum(done["total_bytes"] for done in of(messages, "audio.done")) == len(sound(messages))
    assert messages[-1] == {"type": "session.done", "utterance_index": 0, "total_sentences": 3}


def test_a_sentence_is_heard_before_the_next_one_is_written(url):
    with program(url) as client:
        client.send("input.text", text="The train is late today. It will")
        assert kinds(client.until("audio.done")) == ["audio.start", "audio.done"]
        client.send("input.text", text=" be here at six.")
        client.send("input.flush")
        assert of(client.until("audio.done"), "audio.start")[0]["sentence_text"] == SENTENCES[1]


def test_one_connection_speaks_one_utterance_after_the_other_as_configured(url, backend):
    with program(url, config={"voice": "bf_emma", "speed": "2", "model": "tts-1"}) as client:
        first = client.say("Hello there, my dear friend.")
        np.testing.assert_array_equal(
            np.frombuffer(sound(first), "<i2"),
            wanted(backend, "Hello there, my dear friend.", voice="bf_emma", speed=2.0),
        )
        client.send("session.config", voice="nova", response_format="mp3")
        client.next()
        second = client.say("Hello there, my dear friend.")
        assert {message["utterance_index"] for message in second if not isinstance(message, bytes)} == {1}
        assert sound(second)[:2] in (b"\xff\xfb", b"\xff\xf3", b"ID")
        client.send("session.close")
        with pytest.raises(ConnectionClosed) as closed:
            client.next()
        assert closed.value.rcvd.code == 1000


def test_each_sentence_is_a_complete_wav_file(url, backend):
    with program(url, config={"response_format": "wav"}) as client:
        (file,) = [message for message in client.say("Hello there, my dear friend.") if isinstance(message, bytes)]
    heard, rate = soundfile.read(io.BytesIO(file), dtype="int16")
    assert rate == 24_000
    np.testing.assert_array_equal(heard, wanted(backend, "Hello there, my dear friend."))


def test_base64_has_the_same_audio_in_json(url):
    with program(url) as binary, program(url, config={"audio_encoding": "base64"}) as text:
        plain, coded = binary.say(TEXT), text.say(TEXT)
    assert not [message for message in coded if isinstance(message, bytes)]
    assert b"".join(base64.b64decode(chunk["audio"]) for chunk in of(coded, "audio.chunk")) == sound(plain)


def test_words_are_timed_within_the_whole_utterance(url):
    with program(url, config={"return_timestamps": True}) as client:
        messages = client.say(*PIECES)
        words = [word for part in of(messages, "audio.words") for word in part["words"]]
        again = client.say("The train is late today.")
    assert [TEXT[word["start_character"] : word["end_character"]] for word in words] == [w["word"] for w in words]
    assert [word["word"] for word in words] == TEXT.replace(".", "").split()
    times = [time for word in words for time in (word["start_time"], word["end_time"])]
    assert times == sorted(times)
    assert times[-1] <= len(sound(messages)) / 48_000 + 0.01
    assert of(again, "audio.words")[0]["words"][0]["start_time"] == words[0]["start_time"]
    assert of(again, "audio.words")[0]["words"][0]["start_character"] == 0


def test_a_paragraph_is_a_longer_silence(url):
    lengths = []
    for between in (" ", "\n\n"):
        with program(url) as client:
            lengths.append(len(sound(client.say(f"The train is late today.{between}It will be here at six."))))
    assert lengths[1] - lengths[0] == pytest.approx(48_000 * (PARAGRAPH_GAP - max(GAPS["."], LEAD + TAIL)), abs=4)


def test_cancelling_stops_the_speech_and_drops_the_waiting_text(served):
    brake = Brake(free=1)
    backend = FakeBackend(brake=brake)
    with program(served(backend)) as client:
        # The fake speaks in phrases: the second one of this sentence waits.
        client.send("input.text", text="“Stop it!” cried the man in the street. And more is to come. ")
        client.send("input.text", text="And even more than that.")
        while not isinstance(client.next(), bytes):
            pass
        client.send("input.cancel")
        brake.release(5)
        messages = client.until("session.cancelled")
        assert of(messages, "audio.done")[0]["cancelled"] is True
        assert not of(messages, "audio.start")
        brake.release(5)
        after = client.say("A new thing is said now.")
    assert [start["sentence_text"] for start in of(after, "audio.start")] == ["A new thing is said now."]
    assert of(after, "audio.start")[0]["utterance_index"] == 1


def test_an_unspeakable_sentence_is_a_warning_and_the_rest_is_spoken(url, monkeypatch, backend):
    from kokoro_demo.errors import RequestError

    pronounce = backend.speaker.pronounce

    def refuse(request):
        if "***" in request.text:
            raise RequestError("There is nothing here that can be spoken.")
        return pronounce(request)

    monkeypatch.setattr(backend.speaker, "pronounce", refuse)
    with program(url) as client:
        messages = client.say("**********************. The train is late today. It is.")
    assert "nothing here" in of(messages, "warning")[0]["message"]
    assert len(of(messages, "audio.start")) >= 1


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ("{", "not JSON"),
        ("[" * 50_000, "not JSON"),
        ("5", "JSON object"),
        (b"abc", "not bytes"),
        ('{"type": "nothing"}', "input.cancel"),
        ('{"text": "Hello"}', "input.cancel"),
        ('{"type": "input.text", "text": 5}', "text must be a string"),
        ('{"type": "session.config", "voice": "af_nobody"}', "af_nobody"),
        ('{"type": "session.config", "audio_encoding": "hex"}', "audio_encoding"),
        ('{"type": "session.config", "response_format": "xyz"}', "xyz"),
        ('{"type": "session.config", "cast": "Tom = am_adam"}', "cast"),
        ('{"type": "session.config", "language": "klingon"}', "klingon"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_invalid_message_gets_an_error_and_the_connection_continues(url, sent, message):
    with program(url) as client:
        client.socket.send(sent)
        answer = client.next()
        assert answer["type"] == "error"
        assert message in answer["message"] == answer["error"]["message"]
        assert client.say("Hello there, my dear friend.")[-1]["total_sentences"] == 1


def test_more_text_than_may_wait_is_refused(served):
    brake = Brake()
    with program(served(FakeBackend(brake=brake))) as client:
        client.send("input.text", text="The train is late today. " * 790)
        client.send("input.text", text="Hello. " * 500)
        answer = client.until("error")[-1]
        assert "the limit is 20,000" in answer["message"]
        client.send("input.cancel")
        brake.release(1)
        client.until("session.cancelled")


def test_a_message_that_is_too_large_ends_the_connection(url):
    with program(url) as client:
        client.socket.send('"' + "x" * (2**20 + 10) + '"')
        with pytest.raises(ConnectionClosed) as closed:
            client.next()
    assert closed.value.rcvd.code == 1009


def test_a_silent_client_is_disconnected(served, monkeypatch):
    monkeypatch.setattr(speech_socket.SpeechSockets.__init__, "__defaults__", (1, 0.3))
    url = served(FakeBackend())
    with program(url) as client:
        with pytest.raises(InvalidStatus) as refused, program(url):
            pass
        assert refused.value.response.status_code == 503
        assert refused.value.response.headers["Retry-After"]
        assert client.next()["error"]["code"] == "idle"
        with pytest.raises(ConnectionClosed):
            client.next()
    time.sleep(0.1)
    with program(url) as client:
        assert client.say("Hello there, my dear friend.")


def test_a_client_that_does_not_read_delays_nobody_and_is_cut_off(served, monkeypatch):
    monkeypatch.setattr(speech_socket, "STALLED_AFTER", 1.0)
    backend = FakeBackend()
    url = served(backend)
    deaf = connect(url.replace("http", "ws") + "v1/audio/speech/stream", max_queue=1)
    long = "The train is late today and nobody knows when it will be here at last. " * 250
    deaf.send(json.dumps({"type": "input.text", "text": long}))
    time.sleep(0.5)
    answer = requests.post(f"{url}v1/audio/speech", json={"input": "Hello."}, timeout=20)
    assert answer.status_code == 200
    made = -1
    while made != backend.speaker.made:
        made = backend.speaker.made
        time.sleep(2.5)
    assert made < 250
    with pytest.raises(ConnectionClosed):
        list(iter(lambda: deaf.recv(timeout=20), None))


def test_disconnecting_stops_the_work(served):
    brake = Brake(free=1)
    backend = FakeBackend(brake=brake)
    url = served(backend)
    with program(url) as client:
        client.send("input.text", text="“Stop it!” cried the man in the street. And more is to come. And more.")
        while not isinstance(client.next(), bytes):
            pass
    brake.release(20)
    answer = requests.post(f"{url}v1/audio/speech", json={"input": "Hello."}, timeout=20)
    assert answer.status_code == 200
    assert backend.speaker.made <= 3


def test_the_key_is_required(url, monkeypatch):
    monkeypatch.setenv("KOKORO_API_KEY", "secret")
    for options in (
        {},
        {"additional_headers": {"Authorization": "Bearer wrong"}},
        {"additional_headers": {"Authorization": "secret"}},
        {"subprotocols": ["realtime", "openai-insecure-api-key.wrong"]},
        {"subprotocols": ["realtime", "secret"]},
    ):
        for path in ("v1/audio/speech/stream", "/v1//audio/speech/stream-input"):
            with pytest.raises(InvalidStatus) as refused, program(url, path, **options):
                pass
            assert refused.value.response.status_code == 401
    with program(url, additional_headers={"Authorization": "Bearer secret"}) as client:
        assert client.say("Hello there, my dear friend.")
    with program(url, subprotocols=["realtime", "openai-insecure-api-key.secret"]) as client:
        assert client.socket.subprotocol == "realtime"
        assert client.say("Hello there, my dear friend.")


def test_only_allowed_origins_may_connect(served, monkeypatch):
    with program(served(FakeBackend()), origin="https://a.example"):
        pass
    monkeypatch.setenv("KOKORO_CORS_ORIGINS", "https://a.example, https://b.example/")
    url = served(FakeBackend())
    for origin in ("https://b.example", url.rstrip("/"), None):
        with program(url, origin=origin):
            pass
    for origin in ("https://c.example", "null"):
        with pytest.raises(InvalidStatus) as refused, program(url, origin=origin):
            pass
        assert refused.value.response.status_code == 403


def test_an_error_ends_the_connection_and_logs_no_text(served, capfd, caplog):
    def spoil(index):
        raise ValueError("xylophonist")

    with program(served(FakeBackend(brake=spoil))) as client:
        client.send("input.text", text="The xylophonist is late today. It is")
        answer = client.until("error")[-1]
        assert "Something went wrong" in answer["message"]
        with pytest.raises(ConnectionClosed) as closed:
            client.next()
    assert closed.value.rcvd.code == 1011
    written = "".join(capfd.readouterr()) + caplog.text
    assert "xylophonist" not in written
    assert "Traceback" not in written


def test_a_closing_server_finishes_its_work_and_accepts_nothing_new(served, monkeypatch):
    brake = Brake()
    url = served(FakeBackend(brake=brake))
    flag = threading.Event()
    monkeypatch.setattr(interruption, "_closing", flag)
    with program(url) as client:
        client.send("input.text", text="The train is late today. It is")
        client.next()
        flag.set()
        client.send("input.text", text=" here.")
        assert "shutting down" in client.next()["message"]
        with pytest.raises(InvalidStatus) as refused, program(url):
            pass
        assert refused.value.response.status_code == 503
        client.send("input.done")
        brake.release(2)
        messages = client.until("session.done")
        assert [done["cancelled"] for done in of(messages, "audio.done")] == [False, False]
        client.until("error")
        with pytest.raises(ConnectionClosed) as closed:
            client.next()
    assert closed.value.rcvd.code == 1012


def test_the_documented_example_speaks(url, backend, tmp_path, monkeypatch):
    document = (Path(__file__).parents[3] / "docs" / "streaming-text.md").read_text("utf-8")
    (example,) = re.findall(r"```python\n(.*?)```", document, re.DOTALL)
    monkeypatch.chdir(tmp_path)
    in_own_thread(exec, example.replace("ws://127.0.0.1:7860", url.replace("http", "ws").rstrip("/")), {})
    heard = np.frombuffer((tmp_path / "spoken.pcm").read_bytes(), "<i2")
    wanted_length = sum(len(wanted(backend, text)) for text in ("The train is late.", "It will be here at six."))
    assert len(heard) >= wanted_length * 0.95


def test_the_sockets_are_counted(url):
    with program(url):
        pass
    assert 'kokoro_requests_total{endpoint="stream",status="101"}' in requests.get(f"{url}metrics", timeout=20).text
