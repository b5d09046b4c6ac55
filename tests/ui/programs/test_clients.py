"""Requests of well-known clients, and the various forms in which clients send values."""

import base64
import io
import json
from dataclasses import replace
from urllib.parse import unquote

import numpy as np
import pytest
import requests
import soundfile
import torch
from prometheus_client.parser import text_string_to_metric_families

from kokoro_demo.audio import to_int16
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.programs.voices import voice_for, voice_name
from kokoro_demo.voices.catalogue import Voices
from kokoro_demo.voices.uploads import read_upload
from tests.ui.fakes import FakeBackend, voices

TEXT = "Hello there. How are you?"
OPENAI_JS = {"x-stainless-lang": "js", "accept": "application/octet-stream", "authorization": "Bearer none"}
# By client: the path, the headers, and the body, as each sends them with its own defaults. Taken from their sources:
# open_webui/routers/audio.py, SillyTavern's openai-compatible.js, LibreChat's TTSService.js, sfortis/openai_tts's
# openaitts_engine.py, LiveKit's OpenAI plugin, Pipecat's services/openai/tts.py, n8n's generate.operation.ts,
# src/resources/audio/speech.ts of openai-node.
CLIENTS = {
    "open-webui": (
        "v1/audio/speech",
        {"X-OpenWebUI-User-Name": "a", "Authorization": "Bearer none"},
        {"model": "tts-1", "input": TEXT, "voice": "alloy"},
    ),
    "SillyTavern": (
        "v1/audio/speech",
        {"Authorization": "Bearer "},
        {"input": TEXT, "response_format": "mp3", "voice": "af_heart", "speed": 1, "model": "tts-1"},
    ),
    "LibreChat": (
        "v1/audio/speech",
        {"Authorization": "Bearer none"},
        {"input": TEXT, "model": "kokoro", "voice": "nova"},
    ),
    "Home Assistant": (  # without a key it sends no header
        "v1/audio/speech",
        {},
        {"model": "tts-1", "input": TEXT, "voice": "shimmer", "response_format": "wav", "speed": 1.0},
    ),
    "LiveKit": (
        "v1/audio/speech",
        {"Authorization": "Bearer none"},
        {"input": TEXT, "model": "tts-1", "voice": "alloy", "response_format": "mp3"},
    ),
    "Pipecat": (
        "v1/audio/speech",
        {"Accept": "application/octet-stream", "Authorization": "Bearer none"},
        {"input": TEXT, "model": "gpt-4o-mini-tts", "voice": "alloy", "response_format": "pcm"},
    ),
    "LangChain": ("v1/audio/speech", OPENAI_JS, {"model": "tts-1", "voice": "fable", "input": TEXT}),
    "n8n": (
        "v1/audio/speech",
        {"Authorization": "Bearer none"},
        {"model": "tts-1", "input": TEXT, "voice": "alloy", "response_format": "mp3", "speed": 1},
    ),
    "openai (Node)": (
        "v1/audio/speech",
        OPENAI_JS,
        {"model": "tts-1", "voice": {"id": "nova"}, "input": TEXT, "response_format": "flac"},
    ),
    "Kokoro-FastAPI": (
        "v1/audio/speech",
        {"Authorization": "Bearer not-needed"},
        {
            "model": "kokoro",
            "input": TEXT,
            "voice": "af_heart(2)+bf_emma(1)",
            "response_format": "mp3",
            "stream": True,
            "lang_code": "a",
            "volume_multiplier": 1.0,
            "normalization_options": None,
        },
    ),
}
MAGIC = {"mp3": (b"\xff", b"ID3"), "wav": (b"RIFF",), "flac": (b"fLaC",), "pcm": (b"",)}


@pytest.mark.parametrize("name", CLIENTS)
def test_a_client_gets_audio_in_the_requested_format(url, name):
    path, headers, body = CLIENTS[name]
    response = requests.post(url + path, headers=headers, json=body, timeout=20)
    assert response.status_code == 200, response.text
    assert response.content.startswith(MAGIC[body.get("response_format", "mp3")])
    assert "x-kokoro-warnings" not in response.headers


def speak(url, path="v1/audio/speech", **fields):
    return requests.post(url + path, json={"input": TEXT, "response_format": "pcm", **fields}, timeout=20)


def warnings(response):
    return json.loads(unquote(response.headers.get("x-kokoro-warnings", "%5B%5D")))


@pytest.mark.parametrize(
    "fields",
    [
        {"speed": None},
        {"speed": "1.0"},
        {"speed": ""},
        {"seed": "7"},
        {"seed": None},
        {"model": None},
        {"model": 5},
        {"voice": "AF_HEART"},
        {"voice": " af_Heart "},
        {"voice": ""},
        {"voice": {"name": "bf_emma"}},
        {"voice": ["af_heart", "bf_emma"]},
        {"language": "en"},
        {"language": "en-GB"},
        {"language": "en_US"},
        {"language": "English"},
        {"language": "auto"},
        {"lang_code": "b"},
        {"lang_code": None},
        {"stream": "false"},
        {"stream": 1},
        {"volume_multiplier": "0.5"},
        {"pause_scale": "1.5"},
        {"even_loudness": 0},
    ],
    ids=str,
)
def test_values_in_other_forms_are_accepted_without_a_warning(url, fields):
    response = speak(url, **fields)
    assert response.status_code == 200, response.text
    assert warnings(response) == []


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("MP3", "audio/mpeg"),
        ("audio/mpeg", "audio/mpeg"),
        ("mp3_44100_128", "audio/mpeg"),
        ("ogg", "audio/ogg"),
        ("audio/ogg; codecs=opus", "audio/ogg"),
        (".Wav", "audio/wav"),
        ("audio/x-wav", "audio/wav"),
        ("raw", "audio/pcm"),
        ("s16le", "audio/pcm"),
        ("FLAC", "audio/flac"),
    ],
)
def test_a_format_has_many_names(url, written, kind):
    response = speak(url, response_format=written)
    assert response.status_code == 200
    assert response.headers["content-type"].startswith(kind)


def test_an_unsupported_format_is_refused_with_a_list_of_formats(url):
    message = speak(url, response_format="aac").json()["error"]["message"]
    assert "'aac'" in message
    assert "mp3, opus, ogg, flac, wav, pcm" in message


@pytest.mark.parametrize(
    ("asked", "heard"), [(0.25, 0.5), ("0.3", 0.5), (4, 2.0), (2.5, 2.0), (0.5, 0.5), (2, 2.0), (1.3, 1.3)]
)
def test_a_speed_out_of_range_is_replaced_by_the_nearest_with_a_warning(url, backend, asked, heard):
    response = speak(url, speed=asked, voice="af_heart")
    wanted = to_int16(backend.speaker.speak(SpeechRequest(TEXT, "af_heart", heard)).audio)
    np.testing.assert_array_equal(np.frombuffer(response.content, "<i2"), wanted)
    assert bool(warnings(response)) == (float(asked) != heard)


@pytest.mark.parametrize(
    "fields",
    [
        {"normalization_options": {"normalize": False}},
        {"return_download_link": True},
        {"instructions": "Softly"},
        {"style": 3},
    ],
    ids=str,
)
def test_an_unused_field_is_reported(url, fields):
    (warning,) = warnings(speak(url, **fields))
    assert next(iter(fields)) in warning


def test_the_volume_is_multiplied(url):
    half, full = (np.frombuffer(speak(url, volume_multiplier=by).content, "<i2").astype(int) for by in (0.5, 1))
    assert np.abs(2 * half - full).max() <= 2
    assert speak(url, volume_multiplier=-1).status_code == 400


@pytest.mark.parametrize(
    ("written", "blend"),
    [
        ("af_heart:0.5+bf_emma:0.5", "af_heart(0.5000)+bf_emma(0.5000)"),
        ("0.4*af_heart+0.6*bf_emma", "af_heart(0.4000)+bf_emma(0.6000)"),
        ("af_heart*2 + bf_emma", "af_heart(2.0000)+bf_emma"),
        ("af_heart.4+bf_emma.6", "af_heart(0.4000)+bf_emma(0.6000)"),
        ("af_heart,bf_emma", "af_heart+bf_emma"),
        ("AF_HEART:60%, BF_Emma:40%", "af_heart(60.0000)+bf_emma(40.0000)"),
        ("Af_Heart(2)+bf_emma(1)", "af_heart(2.0000)+bf_emma(1.0000)"),
        ("af_heart(1/3)", "af_heart(1/3)"),
        ("af_heart-bf_emma", "af_heart-bf_emma"),
        ("", ""),
    ],
)
def test_blends_are_read_in_all_notations(written, blend):
    assert voice_for(written, voices(["af_heart", "bf_emma"])) == blend


@pytest.mark.parametrize("value", [5, True, {}, {"id": 5}, [], [5], [["af_heart"]], {"name": "a", "weight": True}])
def test_an_invalid_voice_field_is_refused(url, value):
    assert voice_name(value) is None
    response = speak(url, voice=value)
    assert response.status_code == 400
    assert response.json()["error"]["param"] == "voice"


@pytest.mark.parametrize("path", ["v1/audio/speech/", "v1//audio/speech", "//v1/audio//speech//"])
def test_extra_slashes_are_accepted_and_bypass_nothing(url, monkeypatch, path):
    assert speak(url, path).status_code == 200
    monkeypatch.setenv("KOKORO_API_KEY", "secret")
    for guarded in (path, "dev/captioned_speech", "//dev/captioned_speech/"):
        assert speak(url, guarded).status_code == 401


PATHS = {
    "v1/audio/speech": "POST",
    "v1/audio/speech/": "POST",
    "v1/text-to-speech/af_heart/with-timestamps": "POST",
    "dev/captioned_speech": "POST",
    "v1/audio/voices/combine": "POST",
    "v1/audio/voices": "GET",
    "v1/audio/models": "GET",
    "v1/voices": "GET",
    "v1/models": "GET",
    "v1/models/kokoro": "GET",
    "metrics": "GET",
    "health": "GET",
    "health/live/": "GET",
    "health/ready": "GET",
}


@pytest.mark.parametrize("path", PATHS)
def test_head_and_options_answer_on_every_path(url, path):
    options = requests.options(url + path, timeout=20)
    assert options.status_code == 204
    assert PATHS[path] in options.headers["allow"]
    head = requests.head(url + path, timeout=20)
    assert head.content == b""
    # What speaks is there, and waits for a POST.
    assert head.status_code == (200 if PATHS[path] == "GET" else 405)
    if head.status_code == 405:
        assert "POST" in head.headers["allow"]


def test_unknown_paths_get_404_in_the_same_format(url):
    assert requests.options(f"{url}v1/anything", timeout=20).status_code == 204
    assert requests.head(f"{url}v1/anything", timeout=20).status_code == 404
    assert "nothing at" in requests.get(f"{url}v1/anything", timeout=20).json()["error"]["message"]


@pytest.mark.parametrize("origin", ["app://obsidian.md", "null", "chrome-extension://abc", "https://example.org"])
@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "kokoro.lan"])
def test_every_origin_may_call_the_api_at_any_host_name(url, origin, host):
    headers = {"Origin": origin, "Host": host}
    asking = {**headers, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for response in (
        requests.get(f"{url}v1/models", headers=headers, timeout=20),
        requests.options(f"{url}v1/audio/speech", headers=asking, timeout=20),
    ):
        assert response.status_code == 200
        assert response.headers["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in response.headers


def test_only_listed_origins_may_call_the_api(monkeypatch):
    monkeypatch.setenv("KOKORO_CORS_ORIGINS", "https://a.example, https://b.example/")
    page = build_page(FakeBackend())
    _, url, _ = launch(page, prevent_thread_lock=True, quiet=True)
    try:
        for origin, may in (("https://a.example", True), ("https://b.example", True), ("https://c.example", False)):
            asking = {"Origin": origin, "Access-Control-Request-Method": "POST"}
            for answer in (
                requests.get(f"{url}v1/models", headers={"Origin": origin}, timeout=20),
                requests.options(f"{url}v1/audio/speech", headers=asking, timeout=20),
            ):
                assert answer.headers.get("access-control-allow-origin") == (origin if may else None)
        assert requests.get(f"{url}v1/models", timeout=20).status_code == 200
    finally:
        page.close()


def test_a_whole_file_has_its_true_length(url, backend):
    response = speak(url, response_format="wav", stream=False, voice="af_heart")
    wanted = to_int16(backend.speaker.speak(SpeechRequest(TEXT, "af_heart")).audio)
    assert int(response.headers["content-length"]) == len(response.content) == 44 + 2 * len(wanted)
    assert int.from_bytes(response.content[4:8], "little") == len(response.content) - 8
    assert int.from_bytes(response.content[40:44], "little") == 2 * len(wanted)
    assert "content-length" not in speak(url, response_format="wav").headers


@pytest.mark.parametrize("stream", [True, False])
@pytest.mark.parametrize("format", ["wav", "pcm", "flac"])
def test_captioned_speech_has_the_same_audio(url, backend, stream, format):
    response = speak(url, "dev/captioned_speech", stream=stream, response_format=format, voice="af_heart")
    assert response.headers["content-type"] == "application/json"
    lines = [json.loads(line) for line in response.text.splitlines()]
    assert len(lines) == (2 if stream and format != "flac" else 1)
    sound = b"".join(base64.b64decode(line["audio"]) for line in lines)
    heard = np.frombuffer(sound, "<i2") if format == "pcm" else soundfile.read(io.BytesIO(sound), dtype="int16")[0]
    wanted = to_int16(backend.speaker.speak(SpeechRequest(TEXT, "af_heart")).audio)
    np.testing.assert_array_equal(heard, wanted)
    words = [word for line in lines for word in line["timestamps"]]
    assert [word["word"] for word in words] == "Hello there How are you".split()
    for word in words:
        assert TEXT[word["start_character"] : word["end_character"]] == word["word"]
        assert word["start_time"] < word["end_time"]


def test_prometheus_reads_the_metrics_and_no_text_is_in_them(url, monkeypatch):
    speak(url, input="Xylophonist.")
    speak(url, speed="fast")
    read = requests.get(f"{url}metrics", timeout=20).text
    samples = {
        (sample.name, *sorted(sample.labels.values())): sample.value
        for family in text_string_to_metric_families(read)
        for sample in family.samples
    }
    assert samples["kokoro_requests_total", "200", "speech"] >= 1
    assert samples["kokoro_requests_total", "400", "speech"] >= 1
    assert samples["kokoro_speech_seconds_total",] > 0
    assert samples["kokoro_first_sound_seconds_count",] >= 1
    assert "kokoro_waiting" in read
    assert samples["kokoro_phrases_total", "cache"] >= 1  # the fake computes nothing
    assert "ylophonist" not in read
    monkeypatch.setenv("KOKORO_API_KEY", "secret")
    assert requests.get(f"{url}//metrics/", timeout=20).status_code == 401


@pytest.mark.parametrize("asked", ["af_heart(1)+bf_emma(3)", "af_heart:0.25,bf_emma:0.75"])
def test_combined_voices_are_a_pack(url, backend, monkeypatch, asked):
    packs = {"af_heart": torch.zeros(5, 1, 256), "bf_emma": torch.ones(5, 1, 256)}
    monkeypatch.setattr(backend.speaker.checkpoint, "voices", Voices(packs, packs.__getitem__))
    answer = requests.post(f"{url}v1/audio/voices/combine", json={"voices": asked}, timeout=20)
    assert answer.headers["content-disposition"].endswith('.pt"')
    torch.testing.assert_close(read_upload(answer.content, 256), torch.full((5, 1, 256), 0.75))
    for wrong in ({}, {"voices": 5}, {"voices": "af_nobody+af_heart"}):
        assert requests.post(f"{url}v1/audio/voices/combine", json=wrong, timeout=20).status_code == 400


def test_liveness_and_readiness_differ(url, backend, monkeypatch):
    assert requests.get(f"{url}health/live", timeout=20).status_code == 200
    assert requests.get(f"{url}health/ready", timeout=20).json()["status"] == "ready"
    monkeypatch.setattr(backend, "state", replace(backend.state, name="", message="It is being fetched."))
    assert requests.get(f"{url}health/live", timeout=20).status_code == 200
    unready = requests.get(f"{url}health/ready", timeout=20)
    assert unready.status_code == 503
    assert "fetched" in unready.json()["error"]["message"]
