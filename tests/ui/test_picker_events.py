"""The voice picker's data, which includes this server's aliases."""

from types import SimpleNamespace

import pytest

from kokoro_demo.script.aliases import VARIABLE
from kokoro_demo.ui.compare.previews import preview_request
from kokoro_demo.ui.voice_picker import PickerEvents
from kokoro_demo.ui.voice_picker.picker_events import entry
from tests.ui.fakes import FakeBackend


@pytest.fixture
def backend(monkeypatch) -> FakeBackend:
    monkeypatch.setenv(VARIABLE, "Narrator = bf_emma : 1.2, Old Tom = af_heart+am_adam")
    return FakeBackend()


def test_aliases_come_first_and_show_their_voices(backend):
    answer = PickerEvents(backend).voices({})
    first, second, *others = answer["voices"]
    assert (first["name"], first["short"], first["group"]) == ("Narrator", "Narrator", "This server's aliases")
    assert first["label"] == "Narrator · Emma, British woman, speed 1.2"
    assert second["name"] == "Old Tom"
    assert [first["blends"], second["blends"]] == [False, False]
    assert {"Narrator", "Old Tom"}.isdisjoint(voice["name"] for voice in others)
    assert answer["found"][:2] == ["Narrator", "Old Tom"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [("narr", ["Narrator"]), ("british woman", ["Narrator", "bf_emma"]), ("old", ["Old Tom"]), ("martian", [])],
)
def test_aliases_are_found_by_their_names_and_their_voices(backend, query, expected):
    assert PickerEvents(backend).voices({"query": query})["found"] == expected


def test_an_alias_of_an_unknown_voice_is_not_listed(monkeypatch):
    monkeypatch.setenv(VARIABLE, "Nobody = xx_nobody")
    assert "Nobody" not in PickerEvents(FakeBackend()).voices({})["found"]


def test_a_sample_of_an_alias_has_its_name_voice_and_speed(backend):
    request = preview_request(backend.synthesizer(), "narrator")
    assert "Narrator" in request.text
    assert (request.voice, request.speed) == ("bf_emma", 1.2)
    heard = PickerEvents(backend).preview(SimpleNamespace(voice="Narrator"))
    assert heard["key"] == "sample-Narrator"


@pytest.mark.parametrize(("installed", "note"), [((), "speaks English here"), (("ja",), "")])
def test_a_voice_whose_language_is_not_read_is_marked(monkeypatch, installed, note):
    monkeypatch.setattr("kokoro_demo.ui.voice_picker.picker_events.LANGUAGES", ("en-us", *installed))
    assert [entry(name)["note"] for name in ("jf_alpha", "af_heart")] == [note, ""]
