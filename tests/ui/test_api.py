"""The API endpoints, called by gradio_client and by plain HTTP."""

import json

import numpy as np
import pytest
import requests
import soundfile
from gradio_client.exceptions import AppError

from kokoro_demo.audio import to_int16
from kokoro_demo.share import request_from_link
from tests.ui.fakes import SpeechRequest

TEXT = "Hello there. How are you?"
SECRET = "The launch code is Zebra-Seven."


def call(url, endpoint, *data):
    """Makes the two requests that a client without Gradio makes: POST the arguments, GET the events."""
    posted = requests.post(f"{url}gradio_api/call/{endpoint}", json={"data": list(data)}, timeout=20)
    if posted.status_code != 200:
        return "refused", posted
    event = requests.get(f"{url}gradio_api/call/{endpoint}/{posted.json()['event_id']}", timeout=20).text
    kind, _, payload = event.strip().split("event: ")[-1].partition("\ndata: ")
    return kind, json.loads(payload)


def test_the_api_has_exactly_the_documented_endpoints(client):
    endpoints = client.view_api(return_format="dict")["named_endpoints"]
    named = {
        "/generate",
        "/normalise",
        "/phonemize",
        "/voices",
        "/find_voices",
        "/compare",
        "/coverage",
        "/check",
        "/share_link",
        "/open_link",
    }
    assert set(endpoints) == named
    generate = endpoints["/generate"]["parameters"]
    names = ["text", "voice", "speed", "seed", "language", "lexicon", "phonemes"]
    names += ["pause_scale", "even_loudness", "untouched", "cast", "ssml"]
    assert [parameter["parameter_name"] for parameter in generate] == names
    assert [parameter["parameter_has_default"] for parameter in generate] == [False, *[True] * 11]


def test_every_endpoint_is_described(client):
    described = requests.get(f"{client.src}gradio_api/info", timeout=20).json()["named_endpoints"]
    for endpoint in described.values():
        assert len(endpoint["description"]) > 40


def test_generate_returns_the_exact_audio(client, backend):
    path, details = client.predict(text=TEXT, voice="bf_emma", api_name="/generate")
    info = soundfile.info(path)
    assert (info.samplerate, info.channels, info.subtype, info.format) == (24_000, 1, "PCM_16", "WAV")
    heard, _ = soundfile.read(path, dtype="int16")
    np.testing.assert_array_equal(heard, to_int16(backend.speaker.speak(SpeechRequest(TEXT, "bf_emma")).audio))
    assert details["voice"] == "bf_emma"
    assert details["checkpoint"] == "Kokoro-82M"
    assert details["duration"] == pytest.approx(len(heard) / 24_000, abs=1e-3)
    assert [word["text"] for word in details["words"]] == ["Hello", "there", "How", "are", "you"]
    assert {"start", "end", "phonemes", "source"} <= set(details["words"][0])


def test_the_best_voice_is_the_default(client):
    assert client.predict(text=TEXT, api_name="/generate")[1]["voice"] == "af_heart"


def test_normalise_returns_the_spoken_text_and_its_changes(client):
    result = client.predict(text="It cost $5.", api_name="/normalise")
    assert result["spoken"] == "It cost five dollars."
    assert result["changes"] == [{"start": 8, "end": 10, "written": "$5", "spoken": "five dollars", "rule": "money"}]


def test_phonemize_reads_without_speaking(client):
    reading = client.predict(text="Hello there.", api_name="/phonemize")
    assert reading["phonemes"].startswith("h")
    assert reading["count"] == len(reading["phonemes"])
    assert [word["text"] for word in reading["words"]] == ["Hello", "there"]
    assert reading["warnings"] == []


def test_voices_are_listed_best_first(client):
    voices = client.predict(api_name="/voices")
    assert [voice["name"] for voice in voices] == ["af_heart", "bf_emma", "am_adam"]
    assert voices[0] == {
        "name": "af_heart",
        "language": "en-us",
        "gender": "F",
        "trait": "❤️",
        "grade": "A",
        "default": True,
    }


def test_voices_are_found_by_words(client):
    voices = client.predict(words="british woman", api_name="/find_voices")
    assert [(voice["name"], voice["default"]) for voice in voices] == [("bf_emma", False)]
    assert client.predict(words="whale", api_name="/find_voices") == []
    assert client.predict(words="", api_name="/find_voices") == client.predict(api_name="/voices")


def test_a_link_is_made_and_opened(client):
    asked = {
        "text": "Hi & bye.",
        "voice": "af_heart(2)+bf_emma",
        "speed": 1.25,
        "seed": 7,
        "language": "en-gb",
        "lexicon": "bye = /bˈI/",
        "phonemes": "hˈI",
        "pause_scale": 0.5,
        "even_loudness": True,
        "untouched": True,
        "cast": "Tom = am_adam, 1.1",
        "ssml": True,
    }
    link = client.predict(page="https://example.org/tts/?x=1", **asked, api_name="/share_link")
    assert link.startswith("https://example.org/tts/?text=Hi+%26+bye.")
    opened = client.predict(link=link, api_name="/open_link")
    assert opened == {**asked, "voice": opened["voice"], "notes": []}
    assert request_from_link(link) == SpeechRequest(**asked)


def test_invalid_values_in_a_link_are_reported(client):
    opened = client.predict(link="http://x/?text=Hello&speed=9", api_name="/open_link")
    assert (opened["text"], opened["speed"]) == ("Hello", 1.0)
    assert "speed '9' was ignored" in opened["notes"][0]
    for wrong in ("", "http://x/", "x" * 1_000_001):
        with pytest.raises(AppError, match="link"):
            client.predict(link=wrong, api_name="/open_link")
    with pytest.raises(AppError, match="page's address"):
        client.predict(page="javascript:alert(1)", text="Hello", api_name="/share_link")


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"text": "  "}, "Type some text first"),
        ({"text": "a" * 20_001}, "20,001 characters; at most 20,000"),
        ({"voice": "af_nobody"}, "af_nobody"),
        ({"voice": "../../etc/passwd"}, "passwd"),
        ({"speed": 9}, "Speed must be from 0.5 to 2"),
        ({"speed": "fast"}, "Speed"),
        ({"seed": -1}, "seed"),
        ({"seed": 1.5}, "seed"),
        ({"language": "klingon"}, "klingon"),
    ],
)
def test_an_invalid_request_gets_a_clear_message(client, wrong, message):
    with pytest.raises(AppError, match=message):
        client.predict(**{"text": TEXT, **wrong}, api_name="/generate")


def test_phonemize_refuses_what_cannot_be_read(client):
    with pytest.raises(AppError, match="Type some text first"):
        client.predict(text="", api_name="/phonemize")
    with pytest.raises(AppError, match="klingon"):
        client.predict(text=TEXT, language="klingon", api_name="/phonemize")


def test_plain_http_speaks(url):
    kind, (audio, details) = call(
        url, "generate", TEXT, "af_heart", 1.25, 7, "", "", "", 0.5, True, False, "Tom = am_adam"
    )
    assert kind == "complete"
    assert requests.get(audio["url"], timeout=20).content[:4] == b"RIFF"
    assert (details["speed"], details["seed"]) == (1.25, 7)
    assert (details["pause_scale"], details["even_loudness"], details["untouched"]) == (0.5, True, False)


# By endpoint: the arguments that it cannot do without.
LEAST = {
    "generate": {"text": TEXT},
    "normalise": {"text": TEXT},
    "phonemize": {"text": TEXT},
    "voices": {},
    "find_voices": {},
    "coverage": {"text": TEXT},
    "compare": {"text": TEXT, "columns": [{"voice": "af_heart"}]},
    "check": {"rows": "Hello"},
    "share_link": {"page": "http://x/", "text": TEXT},
    "open_link": {"link": "http://x/?text=Hello"},
}


@pytest.mark.parametrize("endpoint", LEAST)
def test_arguments_with_defaults_may_be_left_out_by_all_clients(url, client, endpoint):
    least = LEAST[endpoint]
    assert call(url, endpoint, *least.values())[0] == "complete"
    asked = requests.post(f"{url}gradio_api/call/v2/{endpoint}", json=least, timeout=20).json()
    assert "event: complete" in requests.get(f"{url}gradio_api/call/v2/{endpoint}/{asked['event_id']}", timeout=20).text
    assert client.predict(**least, api_name=f"/{endpoint}") is not None
    assert client.predict(*least.values(), api_name=f"/{endpoint}") is not None


def test_any_number_of_leading_arguments_may_be_given(url):
    every = [TEXT, "bf_emma", 1.25, 7, "en-gb", "", "", 0.5, True, False, ""]
    for count in range(1, len(every) + 1):
        kind, (_, details) = call(url, "generate", *every[:count])
        assert kind == "complete"
        assert details["voice"] == ("bf_emma" if count > 1 else "af_heart")
        assert details["seed"] == (7 if count > 3 else 0)
        assert details["even_loudness"] == (count > 8)


@pytest.mark.parametrize("endpoint", [name for name, least in LEAST.items() if least])
def test_a_missing_required_argument_is_named(url, endpoint):
    for count in range(len(LEAST[endpoint])):
        kind, answer = call(url, endpoint, *list(LEAST[endpoint].values())[:count])
        assert kind == "error"
        assert ", ".join(list(LEAST[endpoint])[count:]) in json.dumps(answer)


def test_a_speed_that_is_not_a_number_is_refused(url):
    body = '{"data": ["Hello.", "af_heart", NaN, 0, ""]}'
    posted = requests.post(
        f"{url}gradio_api/call/generate", data=body, headers={"Content-Type": "application/json"}, timeout=20
    )
    if posted.status_code == 200:
        events = requests.get(f"{url}gradio_api/call/generate/{posted.json()['event_id']}", timeout=20).text
        assert "event: error" in events
    else:
        assert 400 <= posted.status_code < 500


@pytest.mark.parametrize(
    "text", [None, 7, ["a"], {"a": 1}, "<script>alert(1)</script>", "\x00\x01", "\ud800", "\u202e"]
)
def test_hostile_texts_do_not_break_it(url, text):
    call(url, "generate", text, "af_heart", 1, 0, "")
    assert call(url, "voices")[0] == "complete"


def test_a_megabyte_of_text_gets_a_message(url):
    kind, reply = call(url, "generate", "word " * 200_000, "af_heart", 1, 0, "", "", "", 1, False, False, "")
    assert kind == "error"
    assert "1,000,000 characters" in json.dumps(reply)


def test_uploads_are_small(url):
    refused = requests.post(f"{url}gradio_api/upload", files={"files": b"x" * 1_100_000}, timeout=20)
    assert refused.status_code == 413


def test_no_log_contains_a_visitors_text(url, backend, capfd, monkeypatch):
    call(url, "generate", SECRET, "af_heart", 1, 0, "")
    call(url, "generate", SECRET, "af_nobody", 1, 0, "")
    call(url, "generate", SECRET * 1000, "af_heart", 1, 0, "")
    call(url, "generate", SECRET)
    call(url, "generate", *[SECRET] * 9)
    call(url, "phonemize", SECRET, "klingon")

    def brake(index):
        raise ValueError(SECRET)

    monkeypatch.setattr(backend.speaker, "brake", brake)
    kind, reply = call(url, "generate", SECRET, "af_heart", 1, 0, "")
    assert kind == "error"
    assert "Zebra" not in json.dumps(reply)
    written = capfd.readouterr()
    assert "Zebra" not in written.out + written.err


def test_scripts_and_ssml_are_read_and_covered(client):
    text = "Emma: I can't.\nZyxon: I can't."
    cast = '{"Emma": "bf_emma", "Zyxon": {"voice": "am_adam", "speed": 1.2}}'
    read = client.predict(text=text, language="", cast=cast, api_name="/phonemize")
    assert [word["text"] for word in read["words"]] == ["I", "can't", "I", "can't"]
    assert read["words"][1]["phonemes"] != read["words"][3]["phonemes"]
    assert client.predict(text=text, cast=cast, api_name="/coverage")["unknown"] == 0
    assert client.predict(text=text, api_name="/coverage")["unknown"] == 1
    read = client.predict(text='<sub alias="two">2</sub> & more', ssml=False, api_name="/phonemize")
    assert read["words"]
    with pytest.raises(AppError, match="Line 1, column 26"):
        client.predict(text='<sub alias="two">2</sub> & more', ssml=True, api_name="/phonemize")
