"""The files of a speech, which anyone who knows its run's id can fetch."""

import io
import json
from types import SimpleNamespace

import numpy as np
import pytest
import soundfile
from starlette.applications import Starlette
from starlette.testclient import TestClient

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.formats import FORMATS
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.sound import speech_files
from kokoro_demo.ui.speech_events import SpeechEvents


@pytest.fixture(scope="module")
def spoken():
    runs, synthesizer = Runs(), Synthesizer(load_checkpoint("builtin"))
    speaking = SpeechEvents(SimpleNamespace(synthesizer=lambda: synthesizer), runs)
    list(speaking.speak(SimpleNamespace(session_hash="one"), *RequestFields("Hello there. <b>You</b> two!")))
    return TestClient(Starlette(routes=[speech_files(runs)])), runs.latest("one")


@pytest.mark.parametrize("suffix", ["wav", "flac", "ogg", "mp3", "opus"])
def test_sound(spoken, suffix):
    client, run = spoken
    answer = client.get(f"/speech/{run.id}.{suffix}")
    assert answer.headers["content-type"] == FORMATS[suffix].content_type
    heard, rate = soundfile.read(io.BytesIO(answer.content), dtype="int16")
    made = np.frombuffer(b"".join(run.phrases), "<i2")
    assert rate == 24_000
    if suffix in ("wav", "flac"):
        np.testing.assert_array_equal(heard, made)
    else:
        assert abs(len(heard) - len(made)) < 3000


def test_words_and_captions(spoken):
    client, run = spoken
    times = json.loads(client.get(f"/speech/{run.id}.json").text)
    assert [word["text"] for word in times["words"]][:2] == ["Hello", "there"]
    assert times["phrases"][0]["durations"]
    assert set(times["seconds"]) == {"prosody", "sound"}
    assert "Hello there." in client.get(f"/speech/{run.id}.srt").text
    assert "<b>" not in client.get(f"/speech/{run.id}.vtt").text
    assert "IntervalTier" in client.get(f"/speech/{run.id}.TextGrid").text
    assert client.get(f"/speech/{run.id}.picture").status_code == 200


@pytest.mark.parametrize("path", ["nobody.json", "..%2F..%2Fetc%2Fpasswd.json", "RUN.exe", "RUN.textgrid", "RUN."])
def test_a_missing_file_gets_a_message(spoken, path):
    client, run = spoken
    answer = client.get("/speech/" + path.replace("RUN", run.id))
    assert answer.status_code == 404


def test_a_run_without_audio_has_no_file():
    runs = Runs()
    run = runs.begin("one")
    client = TestClient(Starlette(routes=[speech_files(runs)]))
    answer = client.get(f"/speech/{run.id}.json")
    assert (answer.status_code, "Press Speak" in answer.text) == (404, True)
