"""The server's part of the cast panel."""

from types import SimpleNamespace

import gradio as gr
import pytest

from kokoro_demo.script import cast as script_cast
from kokoro_demo.ui.cast.cast_events import MAX_SAMPLE, MAX_SPEAKERS, CastEvents, first_line
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.voices.catalogue import Voices
from tests.ui.fakes import FakeBackend, FakeCheckpoint, clip_samples, voices

TEXT = "It rained.\n\nEmma: Good morning.\nTom: [speed:0.8]Hello.[/speed]"
MANY = ("af_heart", "af_bella", "af_nicole", "am_fenrir", "am_michael", "bf_emma", "bm_george")


@pytest.fixture
def events() -> CastEvents:
    return CastEvents(FakeBackend(FakeCheckpoint(voices=voices(MANY))))


def cast_of(answer: dict) -> dict[str, tuple[str, float]]:
    return {row["name"]: (row["voice"], row["speed"]) for row in answer["speakers"]}


def test_a_text_with_speakers_gets_a_cast(events):
    answer = events.find_speakers({"text": TEXT, "voice": "af_heart"})
    assert cast_of(answer) == {"Emma": ("af_bella", 1.0), "Tom": ("am_fenrir", 1.0)}
    assert answer["others"]
    assert all(row["guessed"] for row in answer["speakers"])
    assert {name for group in answer["voices"] for name, _ in group["voices"]} == {*MANY}


def test_chosen_voices_take_precedence_over_remembered_and_guessed_ones(events):
    answer = events.find_speakers(
        {"text": TEXT, "voice": "af_heart", "cast": "emma = bf_emma, 1.2", "remembered": "Tom = bm_george"}
    )
    assert cast_of(answer) == {"Emma": ("bf_emma", 1.2), "Tom": ("bm_george", 1.0)}
    assert not any(row["guessed"] for row in answer["speakers"])


def test_guesses_stay_until_the_accent_of_the_page_changes(events):
    guessed = {"text": TEXT, "cast": "Emma = af_nicole\nTom = am_michael", "guessed": ["Emma", "Tom"]}
    stays = events.find_speakers(guessed | {"voice": "af_heart"})
    assert cast_of(stays) == {"Emma": ("af_nicole", 1.0), "Tom": ("am_michael", 1.0)}
    changes = events.find_speakers(guessed | {"voice": "bf_emma"})
    assert cast_of(changes)["Tom"] == ("bm_george", 1.0)


def test_a_plain_text_has_no_cast(events):
    for text in ("Hello there.", "Note: this.", "", f"<speak>\n{TEXT}</speak>"):
        assert events.find_speakers({"text": text, "voice": "af_heart"})["speakers"] == []


def test_an_invalid_cast_is_reported(events):
    assert "Line 1 of the cast" in events.find_speakers({"text": TEXT, "cast": "nonsense"})["problem"]


@pytest.mark.parametrize("wanted", [None, [], {"text": 5, "guessed": "x", "cast": None}, {"guessed": [1]}])
def test_malformed_requests_get_no_speakers(events, wanted):
    assert events.find_speakers(wanted)["speakers"] == []


def test_a_script_of_all_its_speakers_can_be_spoken(events):
    text = "It rained.\n\n" + "\n".join(f"Zorg {number}: Hello." for number in range(30))
    answer = events.find_speakers({"text": text, "voice": "af_heart"})
    assert (len(answer["speakers"]), answer["more"]) == (MAX_SPEAKERS, 30 - MAX_SPEAKERS)


def test_the_first_line_is_spoken_in_its_voice(events, monkeypatch):
    asked = []
    speaker = events.backend.synthesizer()
    speak = speaker.speak
    monkeypatch.setattr(speaker, "speak", lambda request: asked.append(request) or speak(request))
    values = RequestFields(text=TEXT, voice="af_heart", speed=1.5, cast="Emma = af_bella")
    sound = events.hear(SimpleNamespace(name="Tom", voice="am_fenrir", speed="1.5"), *values)
    assert sound["key"] == "cast-tom"
    assert len(clip_samples(sound))
    assert (asked[0].text, asked[0].voice, asked[0].speed, asked[0].cast) == ("Hello.", "am_fenrir", 2.0, "")


@pytest.mark.parametrize("name", ["Nobody", "", "a = b", "x\ny = af_heart", None, 7])
def test_a_speaker_without_a_line_is_an_error(events, name):
    with pytest.raises(gr.Error):
        events.hear(SimpleNamespace(name=name, voice="am_fenrir", speed="1"), *RequestFields(text=TEXT))


def test_a_long_line_is_cut():
    role = script_cast.Role("Emma", "af_bella")
    heard = first_line("Emma: " + "word " * 500, role)
    assert MAX_SAMPLE - 5 <= len(heard) <= MAX_SAMPLE
    assert set(heard.split()) == {"word"}


def test_guesses_of_the_first_voice_are_replaced_once_kokoro_is_loaded():
    names = ("af_heart", "af_bella", "am_fenrir", "af_heart_small")
    both = Voices(names, lambda name: pytest.fail("no pack is needed"), unblended=("af_heart_small",))
    events = CastEvents(FakeBackend(FakeCheckpoint(voices=both)))
    before = {"text": TEXT, "cast": "Emma = af_heart_small\nTom = af_heart_small", "guessed": ["Emma", "Tom"]}
    assert cast_of(events.find_speakers(before | {"voice": "af_heart"})) == {
        "Emma": ("af_bella", 1.0),
        "Tom": ("am_fenrir", 1.0),
    }


def test_a_speaker_named_only_by_marks_has_a_voice_a_row_and_a_first_line(events):
    text = "It rained. [voice:Emma]Good morning.[/voice] [voice:Tom]Hello."
    answer = events.find_speakers({"text": text, "voice": "af_heart"})
    assert cast_of(answer) == {"Emma": ("af_bella", 1.0), "Tom": ("am_fenrir", 1.0)}
    assert all(row["marked"] for row in answer["speakers"])
    assert answer["others"]
    (tom,) = script_cast.parse_cast("Tom = am_fenrir").values()
    assert first_line(text, tom) == "Hello."


def test_aliases_are_choices_and_a_speaker_may_have_one(events, monkeypatch):
    monkeypatch.setenv("KOKORO_ALIASES", "Narrator = bf_emma : 1.2")
    answer = events.find_speakers({"text": TEXT, "voice": "narrator", "cast": "Emma = Narrator"})
    groups = {group["name"]: group["voices"] for group in answer["voices"]}
    assert groups["This server's aliases"] == [["Narrator", "Narrator (Emma, British woman, speed 1.2)"]]
    assert cast_of(answer) == {"Emma": ("Narrator", 1.0), "Tom": ("bm_george", 1.0)}
