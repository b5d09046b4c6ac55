"""ElevenLabs' API, with the times of characters."""

import base64
import json
from urllib.parse import unquote

import numpy as np
import pytest
import requests
from hypothesis import given
from hypothesis import strategies as st

from kokoro_demo.audio import to_int16
from kokoro_demo.speech import SpeechRequest
from kokoro_demo.ui.programs.elevenlabs import alignment

TEXT = "Hello there. How are you?"


def ask(url, path="", voice="af_heart", query="output_format=pcm_24000", headers=None, **fields):
    body = {"text": TEXT, "model_id": "eleven_multilingual_v2", **fields}
    address = f"{url}v1/text-to-speech/{voice}{path}?{query}"
    return requests.post(address, json=body, headers=headers, timeout=20)


def wanted(backend, voice="af_heart", speed=1.0):
    return to_int16(backend.speaker.speak(SpeechRequest(TEXT, voice, speed)).audio)


@pytest.mark.parametrize("path", ["", "/stream", "/stream/"])
def test_it_speaks(url, backend, path):
    answer = ask(url, path, "bf_emma", voice_settings={"stability": 0.5, "speed": 1.2}, language_code="en")
    assert answer.status_code == 200, answer.text
    assert "x-kokoro-warnings" not in answer.headers
    np.testing.assert_array_equal(np.frombuffer(answer.content, "<i2"), wanted(backend, "bf_emma", 1.2))
    assert ("content-length" in answer.headers) == (path == "")


@pytest.mark.parametrize(
    ("query", "kind"),
    [("", "audio/mpeg"), ("output_format=mp3_44100_128", "audio/mpeg"), ("output_format=opus_48000_64", "audio/ogg")],
)
def test_formats_have_elevenlabs_names(url, query, kind):
    assert ask(url, query=query).headers["content-type"].startswith(kind)


@pytest.mark.parametrize("format", ["pcm_16000", "ulaw_8000", "wav_44100"])
def test_an_unsupported_sample_rate_is_refused(url, format):
    answer = ask(url, query=f"output_format={format}")
    assert answer.status_code == 400
    assert format in answer.json()["error"]["message"]


def test_characters_have_times(url, backend):
    answer = ask(url, "/with-timestamps").json()
    sound = np.frombuffer(base64.b64decode(answer["audio_base64"]), "<i2")
    np.testing.assert_array_equal(sound, wanted(backend))
    aligned = answer["alignment"]
    assert "".join(aligned["characters"]) == TEXT
    starts, ends = aligned["character_start_times_seconds"], aligned["character_end_times_seconds"]
    assert len(starts) == len(ends) == len(TEXT)
    assert all(start <= end for start, end in zip(starts, ends, strict=True))
    assert starts == sorted(starts)
    assert ends[-1] <= len(sound) / 24_000 + 0.001
    spoken = backend.speaker.stream(SpeechRequest(TEXT, "af_heart"))
    for word in [word for chunk in spoken for word in chunk.words]:
        assert starts[word.span[0]] == pytest.approx(word.start, abs=1e-3)
        assert ends[word.span[1] - 1] == pytest.approx(word.end, abs=1e-3)
    assert "".join(answer["normalized_alignment"]["characters"]) == "Hello there How are you"


def test_a_stream_of_them_is_the_same(url, backend):
    whole = ask(url, "/with-timestamps").json()
    lines = [json.loads(line) for line in ask(url, "/stream/with-timestamps").text.splitlines()]
    assert len(lines) == 2
    assert b"".join(base64.b64decode(line["audio_base64"]) for line in lines) == base64.b64decode(whole["audio_base64"])
    letters = [place for place, character in enumerate(TEXT) if character.isalpha()]
    for name in ("character_start_times_seconds", "character_end_times_seconds"):
        times = [time for line in lines for time in line["alignment"][name]]
        assert len(times) == len(TEXT)
        for place in letters:
            assert times[place] == pytest.approx(whole["alignment"][name][place], abs=1e-3)
    assert [c for line in lines for c in line["alignment"]["characters"]] == list(TEXT)


def test_an_invalid_field_is_named(url):
    assert ask(url, voice="af_nobody").status_code == 400
    assert ask(url, text="").status_code == 400
    assert ask(url, text=None).status_code == 400
    assert "voice_settings" in ask(url, voice_settings=5).json()["error"]["message"]
    (warning,) = json.loads(unquote(ask(url, next_text="More.").headers["x-kokoro-warnings"]))
    assert "next_text" in warning


def test_voices_are_listed(url):
    voices = requests.get(f"{url}v1/voices", timeout=20).json()["voices"]
    assert [voice["voice_id"] for voice in voices] == ["af_heart", "bf_emma", "am_adam"]
    assert voices[0]["labels"] == {"language": "en-us", "gender": "female"}


def test_their_header_for_the_key_is_accepted(url, monkeypatch):
    monkeypatch.setenv("KOKORO_API_KEY", "secret")
    for path in ("", "/with-timestamps", "//stream"):
        assert ask(url, path).status_code == 401
        assert ask(url, path, headers={"xi-api-key": "wrong"}).status_code == 401
        assert ask(url, path, headers={"xi-api-key": "secret"}).status_code == 200
    assert requests.get(f"{url}v1/voices", timeout=20).status_code == 401


@given(
    st.text(max_size=40),
    st.lists(st.tuples(*[st.integers(0, 40)] * 2, *[st.floats(0, 9) | st.none()] * 2), max_size=8),
    st.integers(0, 40),
)
def test_every_character_has_a_time_and_times_never_decrease(text, words, place):
    place = min(place, len(text))
    aligned = alignment(text, place, len(text), words, 0.5)
    starts, ends = aligned["character_start_times_seconds"], aligned["character_end_times_seconds"]
    assert aligned["characters"] == list(text[place:])
    assert len(starts) == len(ends) == len(text) - place
    assert starts == sorted(starts)
    assert all(start <= end for start, end in zip(starts, ends, strict=True))
