"""OpenAI's speech API, called by the official client and by plain HTTP."""

import base64
import io
import json
import socket
import threading
import time
from urllib.parse import unquote

import numpy as np
import openai
import pytest
import requests
import soundfile

from kokoro_demo.audio import to_int16
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.programs.body import read_body
from kokoro_demo.ui.programs.voices import OPENAI_VOICES, voice_for
from tests.ui.fakes import Brake, FakeBackend, voices

TEXT = "Hello there. How are you? I am well."


@pytest.fixture
def program(url):
    return openai.OpenAI(base_url=f"{url}v1", api_key="none", max_retries=0)


@pytest.fixture
def served():
    pages = []

    def serve(backend, **options):
        pages.append(build_page(backend))
        return launch(pages[-1], prevent_thread_lock=True, quiet=True, **options)[1]

    yield serve
    for page in pages:
        page.close()


def wanted(backend, voice="af_heart", text=TEXT):
    return to_int16(backend.speaker.speak(SpeechRequest(text, voice)).audio)


def ask(url, **fields):
    body = {"model": "kokoro", "input": TEXT, "voice": "af_heart", "response_format": "pcm", **fields}
    return requests.post(f"{url}v1/audio/speech", json=body, timeout=20)


@pytest.mark.parametrize("format", ["wav", "mp3", "flac", "opus", "pcm"])
def test_the_official_client_gets_sound_in_every_format(program, backend, format):
    response = program.audio.speech.create(model="tts-1", voice="bf_emma", input=TEXT, response_format=format)
    expected = wanted(backend, "bf_emma")
    if format == "pcm":
        heard = np.frombuffer(response.content, "<i2")
    else:
        heard, rate = soundfile.read(io.BytesIO(response.content), dtype="int16")
        assert rate == 24_000
    if format in ("mp3", "opus"):
        assert abs(len(heard) - len(expected)) < 5000
        assert np.abs(heard).max() == pytest.approx(np.abs(expected).max(), rel=0.2)
    else:
        np.testing.assert_array_equal(heard, expected)


def test_audio_is_streamed_while_it_is_made(served):
    brake = Brake(free=1)
    url = served(FakeBackend(brake=brake))
    program = openai.OpenAI(base_url=f"{url}v1", api_key="none")
    with program.audio.speech.with_streaming_response.create(
        model="kokoro", voice="af_heart", input=TEXT, response_format="pcm"
    ) as response:
        parts = response.iter_bytes()
        first = next(parts)
        assert len(first) > 1000, "the first phrase is here while the second waits"
        brake.release(2)
        assert len(first) + sum(map(len, parts)) == 2 * len(wanted(FakeBackend()))


def test_server_sent_events_have_the_same_audio(url, backend):
    response = ask(url, stream_format="sse")
    assert response.headers["content-type"].startswith("text/event-stream")
    events = [json.loads(line.removeprefix("data: ")) for line in response.text.split("\n\n") if line]
    assert events[-1] == {"type": "speech.audio.done"}
    sound = b"".join(base64.b64decode(event["audio"]) for event in events[:-1])
    np.testing.assert_array_equal(np.frombuffer(sound, "<i2"), wanted(backend))


def test_disconnecting_stops_the_work_and_the_next_client_is_served(served):
    brake = Brake(free=1)
    backend = FakeBackend(brake=brake)
    url = served(backend)
    with requests.post(
        f"{url}v1/audio/speech",
        json={"model": "kokoro", "input": TEXT, "voice": "af_heart", "response_format": "pcm"},
        stream=True,
        timeout=20,
    ) as response:
        next(response.iter_content(1000))
    time.sleep(0.3)
    brake.release(1)
    made = backend.speaker.made
    brake.release(10)
    assert ask(url, input="Hi.").status_code == 200
    assert backend.speaker.made <= made + 2, "of three phrases the third was never made"


@pytest.mark.parametrize("format", ["pcm", "flac"])
def test_leaving_the_queue_makes_room(served, format):
    brake = Brake()
    backend = FakeBackend(brake=brake)
    url = served(backend)
    for _ in range(3):
        with pytest.raises(requests.Timeout):
            requests.post(
                f"{url}v1/audio/speech",
                json={"model": "kokoro", "input": TEXT, "voice": "af_heart", "response_format": format},
                timeout=0.5,
            )
    brake.release(1)
    until(lambda: requests.get(f"{url}health", timeout=20).json()["waiting"] == 0)
    assert backend.speaker.made == 1, "the phrase that was being made, and no other"


def test_a_client_that_does_not_read_delays_nobody(served):
    url = served(FakeBackend())
    body = json.dumps({"model": "kokoro", "input": "One. " * 2000, "response_format": "wav"}).encode()
    host, port = url.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port))) as deaf:
        head = f"POST /v1/audio/speech HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\n"
        deaf.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        assert ask(url, input="Hi.").status_code == 200


def test_unknown_paths_are_reported_in_the_same_format(url):
    for response in (requests.get(f"{url}v1/audio/nothing", timeout=20), requests.post(f"{url}v1/chat", timeout=20)):
        assert response.status_code == 404
        assert "There is nothing at" in response.json()["error"]["message"]


@pytest.mark.parametrize("name", OPENAI_VOICES)
def test_openais_voices_are_voices_of_the_checkpoint(url, name):
    assert ask(url, voice=name).status_code == 200


def test_openais_voices_have_similar_replacements():
    assert voice_for("onyx", voices(["af_heart", "am_onyx"])) == "am_onyx"
    assert voice_for("Onyx", voices(["af_heart"])) == "am_onyx"
    assert voice_for("onyx", voices(["onyx"])) == "onyx"
    assert voice_for("af_sky", voices(["af_heart"])) == "af_sky"


def test_what_was_left_out_is_reported_in_a_header(url):
    response = ask(url, input="Kokoro\u2122.", instructions="Cheerfully!")
    warnings = json.loads(unquote(response.headers["x-kokoro-warnings"]))
    assert any("\u2122" in warning for warning in warnings)
    assert any("instructions" in warning for warning in warnings)


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"input": ""}, None),
        ({"input": "a" * 20_001}, None),
        ({"input": 5}, "input"),
        ({"voice": "af_nobody"}, None),
        ({"voice": [["af_heart"]]}, "voice"),
        ({"speed": 4.1}, "speed"),
        ({"speed": "fast"}, "speed"),
        ({"speed": True}, "speed"),
        ({"response_format": "aac"}, "response_format"),
        ({"response_format": "../../etc/passwd"}, "response_format"),
        ({"stream_format": "smoke"}, "stream_format"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, None),
        ({"language": "tlh"}, "language"),
    ],
)
def test_an_invalid_field_is_reported(url, fields, param):
    response = ask(url, **fields)
    assert response.status_code == 400
    error = response.json()["error"]
    assert len(error["message"]) > 15
    assert (error["type"], error["param"]) == ("invalid_request_error", param)


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"not json", "application/json", 400),
        (b"[1, 2]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"model": "kokoro", "input": "Hi.", "speed": NaN}', "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"{}", "text/plain", 415),
        (b" " * 10_000_000, "application/json", 413),
    ],
)
def test_a_hostile_body_is_refused(url, body, kind, status):
    response = requests.post(f"{url}v1/audio/speech", data=body, headers={"Content-Type": kind}, timeout=20)
    assert response.status_code == status
    assert response.json()["error"]["message"]


def test_the_client_lists_models_and_voices(program, url):
    assert "kokoro" in [model.id for model in program.models.list()]
    assert program.models.retrieve("tts-1").id == "tts-1"
    with pytest.raises(openai.NotFoundError):
        program.models.retrieve("gpt-9")
    listed = requests.get(f"{url}v1/audio/voices", timeout=20).json()
    assert [voice["id"] for voice in listed["voices"]] == ["af_heart", "bf_emma", "am_adam"]
    assert "alloy" in listed["aliases"]


def test_a_key_guards_everything_but_health(url, program, monkeypatch):
    monkeypatch.setenv("KOKORO_API_KEY", "sésame")
    with pytest.raises(openai.AuthenticationError):
        program.models.list()
    assert ask(url).status_code == 401
    for path in ("v1/models", "v1/models/kokoro", "v1/audio/voices"):
        assert requests.get(url + path, headers={"Authorization": "Bearer sesame"}, timeout=20).status_code == 401
    knowing = {"Authorization": "Bearer sésame".encode()}
    assert requests.get(f"{url}v1/models", headers=knowing, timeout=20).status_code == 200
    assert requests.get(f"{url}health", timeout=20).status_code == 200


def test_health_names_the_checkpoint(url, backend):
    health = requests.get(f"{url}health", timeout=20).json()
    assert (health["status"], health["ready"], health["checkpoint"]) == ("alive", True, "Kokoro-82M")


def test_an_overloaded_server_says_when_to_retry(served, monkeypatch):
    from kokoro_demo.ui import page as page_module

    monkeypatch.setattr(page_module, "QUEUE_LENGTH", 2)
    brake = Brake()
    url = served(FakeBackend(brake=brake))
    answers = []
    waiting = [threading.Thread(target=lambda: answers.append(ask(url, input="One."))) for _ in range(2)]
    for thread in waiting:
        thread.start()
    until(lambda: requests.get(f"{url}health", timeout=20).json()["waiting"] == 2)
    refused = ask(url, input="One.")
    assert refused.status_code == 429
    assert int(refused.headers["retry-after"]) >= 1
    assert refused.json()["error"]["type"] == "rate_limit_error"
    brake.release(10)
    for thread in waiting:
        thread.join(20)
    assert [answer.status_code for answer in answers] == [200, 200]
    assert ask(url, input="One.").status_code == 200


def until(came_true):
    deadline = time.monotonic() + 15
    while not came_true():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_aliases_are_listed_and_spoken(url, backend, monkeypatch):
    monkeypatch.setenv("KOKORO_ALIASES", "Narrator=bf_emma, alloy=am_adam:1.2")
    listed = requests.get(f"{url}v1/audio/voices", timeout=20).json()
    assert listed["voices"][0] == {
        **next(voice for voice in listed["voices"] if voice["id"] == "bf_emma"),
        "id": "Narrator",
        "name": "Narrator",
        "voice": "bf_emma",
        "speed": 1.0,
    }
    assert "Narrator" in listed["aliases"]
    heard = np.frombuffer(ask(url, voice="narrator").content, "<i2")
    np.testing.assert_array_equal(heard, wanted(backend, "bf_emma"))
    faster = np.frombuffer(ask(url, voice="alloy").content, "<i2")
    again = np.frombuffer(ask(url, voice="am_adam", speed=1.2).content, "<i2")
    np.testing.assert_array_equal(faster, again)


def test_a_cast_may_be_an_object(url):
    as_lines = ask(url, input="Emma: Hello.", cast="Emma = bf_emma, 1.2")
    as_object = ask(url, input="Emma: Hello.", cast={"Emma": {"voice": "bf_emma", "speed": 1.2}})
    as_text = ask(url, input="Emma: Hello.", cast='{"Emma": {"voice": "bf_emma", "speed": 1.2}}')
    assert as_lines.status_code == 200
    assert as_lines.content == as_object.content == as_text.content
    wrong = ask(url, cast={"Emma": 3})
    assert wrong.status_code == 400
    assert "cast" in wrong.json()["error"]["message"]


def test_ssml_is_a_field_and_its_table_is_served(url, backend):
    known = backend.speaker.checkpoint.voices
    assert read_body({"input": "Hello <break/> there.", "ssml": True}, known).request.is_ssml
    assert read_body({"input": "<speak>Hello there.</speak>", "ssml": None}, known).request.is_ssml
    assert not read_body({"input": "Hello <break/> there."}, known).request.is_ssml
    assert ask(url, ssml="maybe").status_code == 400
    rows = requests.get(f"{url}v1/ssml", timeout=20).json()["ssml"]
    assert {row["element"] for row in rows} >= {"speak", "audio", "mstts:express-as"}
