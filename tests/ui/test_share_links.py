"""Share links on the page, without a browser."""

import html
import json
from types import SimpleNamespace

import gradio as gr
import pytest

from kokoro_demo.share import request_from_link, share_link
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.runs import Runs
from kokoro_demo.ui.share_links import PHONEMES_ALONE, ShareLinks
from kokoro_demo.ui.speech_events import SpeechEvents
from tests.ui.fakes import FakeBackend, SpeechRequest

PLACE = "http://localhost:7860/under/"
CAST = "Emma = bf_emma, 1.2"
EVERYTHING = SpeechRequest("Hi & bye.", "bf_emma", 1.25, 7, "en-gb", "bye = /bˈI/", "hˈI", 0.5, True, True, CAST)
HELD = len(RequestFields._fields)


@pytest.fixture
def backend():
    return FakeBackend()


@pytest.fixture
def links(backend):
    return ShareLinks(backend)


def is_skip(update):
    return update == gr.skip()


def test_a_shared_request_survives_being_opened_and_shared_again(links):
    *values, box, waiting, notes, _, _ = links.open(share_link(EVERYTHING, PLACE), "")
    manner = [0.5, True, True, CAST]
    assert values == ["Hi & bye.", "bf_emma", 1.25, "en-gb", 7, "bye = /bˈI/", "hˈI", "Hi & bye.", *manner]
    assert (box, waiting) == ("hˈI", "")
    for page_html in (
        "seed 7",
        "en-gb",
        "a cast",
        "fixes",
        "phonemes",
        "pauses 0.5 times",
        "even loudness",
        "untouched",
    ):
        assert page_html in notes
    link, shown = links.make(waiting, PLACE, "", *values)
    assert request_from_link(link) == EVERYTHING
    assert "&amp;" in shown


def test_changed_fields_are_shared_as_they_are_now(links):
    opened = RequestFields(*links.open(share_link(EVERYTHING, PLACE), "")[:HELD])
    values = opened._replace(text="Hi & hello.", seed=8, lexicon="")
    link, _ = links.make("", PLACE, "", *values)
    assert request_from_link(link) == SpeechRequest(
        "Hi & hello.", "bf_emma", 1.25, 8, "en-gb", pause_scale=0.5, even_loudness=True, untouched=True, cast=CAST
    )


@pytest.mark.parametrize(
    ("space", "framed", "base"),
    [
        ("", "", PLACE),
        ("", "framed", PLACE),
        ("someone/kokoro", "", PLACE),
        ("someone/kokoro", "framed", "https://huggingface.co/spaces/someone/kokoro"),
    ],
)
def test_a_link_leads_to_the_page_that_the_visitor_sees(links, monkeypatch, space, framed, base):
    monkeypatch.setenv("SPACE_ID", space)
    assert links.make("", PLACE, framed, *RequestFields("Hi"))[0] == f"{base}?text=Hi"


def test_sharing_an_empty_page_gets_a_message(links):
    link, page_html = links.make("", PLACE, "", *RequestFields(" "))
    assert link == ""
    assert "nothing to speak" in page_html


@pytest.mark.parametrize("address", ["", None, "?__theme=dark", "#top", "?logs=container", "?speed=1"])
def test_an_address_without_a_shared_request_changes_nothing(links, address):
    *values, waiting, notes, _, _ = links.open(address, "")
    assert all(map(is_skip, values))
    assert (waiting, notes) == ("", "")


def test_invalid_values_are_reported_and_escaped(links):
    text, _, speed, *_, notes, _, _ = links.open("?text=Hi&speed=<b>fast&voice=<script>", "")
    assert (text, speed) == ("Hi", 1.0)
    assert "speed &#x27;&lt;b&gt;fast&#x27; was ignored" in notes
    assert "<b>" not in notes
    assert "<script>" not in notes


def test_a_voice_of_the_full_model_is_awaited_and_shared(links):
    *values, box, waiting, notes, _, _ = links.open("?text=Hi&voice=bm_george", "")
    assert values[1] == "bf_emma", "the nearest one speaks meanwhile"
    assert is_skip(box)
    assert "bm_george is not available now; bf_emma speaks instead. It will be chosen as soon as" in notes
    link, _ = links.make(waiting, PLACE, "", *RequestFields("Hi"))
    assert request_from_link(link).voice == "bm_george", "not the voice that speaks meanwhile"


@pytest.mark.parametrize(
    ("gone", "nearest"), [("af_wren", "af_heart"), ("am_finch", "am_adam"), ("bf_lark", "bf_emma")]
)
def test_a_retired_voice_is_replaced_by_the_nearest_one(links, gone, nearest):
    _, voice, *_, waiting, notes, _, _ = links.open(f"?text=Hi&voice={gone}", "")
    assert (voice, waiting) == (nearest, "")
    assert f"The voice {gone} is no longer offered; {nearest} speaks instead." in notes


def test_a_blend_is_added_to_the_list_and_chosen(links):
    shared = SpeechRequest("Hi.", "bf_emma(2)+am_adam")
    _, voice, *_, notes, _, _ = links.open(share_link(shared, PLACE), "")
    assert (voice.choices[0][1], voice.value) == ("bf_emma(2)+am_adam", "bf_emma(2)+am_adam")
    assert notes == ""
    unknown = SpeechRequest("Hi.", "bf_emma(2)+am_nobody")
    _, voice, *_, notes, _, _ = links.open(share_link(unknown, PLACE), "")
    assert is_skip(voice)
    assert "no voice &#x27;bf_emma(2)+am_nobody&#x27;" in notes


def test_edited_text_survives_a_reload(links):
    assert is_skip(links.open("?text=Hi&speed=2", "kept")[0])


def test_phonemes_alone_can_be_spoken(links):
    *values, box, _, _, _, _ = links.open("?phonemes=h%C9%99l%CB%88O", "")
    assert (values[0], values[6:8], box) == (PHONEMES_ALONE, ["həlˈO", PHONEMES_ALONE], "həlˈO")


def test_the_shared_request_is_spoken_and_has_a_fingerprint(backend):
    read = []
    pronounce = backend.speaker.pronounce
    backend.speaker.pronounce = lambda request: read.append(request) or pronounce(request)
    visitor = SimpleNamespace(session_hash="visitor")
    values = ShareLinks(backend).open(share_link(EVERYTHING, PLACE), "")[:HELD]
    speaking = SpeechEvents(backend, Runs())
    steps = list(speaking.speak(visitor, *values))
    assert read == [EVERYTHING]
    assert any("float32, 1 thread" in shown for shown in steps[-1] if isinstance(shown, str))


@pytest.mark.parametrize(
    "kept",
    [
        "",
        "not json",
        "[]",
        "[" * 100_000,
        '{"voice": "af_nobody"}',
        '{"speed": 9}',
        '{"voice": {"a": 1}}',
        '{"language": "tlh"}',
        '{"lexicon": 9}',
        '{"edited": 9}',
        '{"pause_scale": 9}',
        '{"even_loudness": 9}',
        '{"edited": 9, "edited_for": 9}',
    ],
)
def test_stored_fields_are_validated_like_untrusted_input(kept):
    values = ShareLinks(FakeBackend()).restore(kept)
    assert len(values) == HELD + 1
    assert "af_nobody" not in values
    assert not any(isinstance(value, dict) and "a" in value for value in values)
    assert 9 not in values


def test_stored_fields_are_restored():
    fields = RequestFields("Hi.", "bf_emma", 1.5, "en-gb", 7, "a = /b/", "həlˈO", "Hi.")
    kept = json.dumps(fields._asdict() | {"of another release": 1})
    *restored, box = ShareLinks(FakeBackend()).restore(kept)
    assert restored == [gr.skip(), *fields[1:]]
    assert box == "həlˈO"


def test_the_banner_shows_text_and_voice_escaped(links):
    def banner(link, kept=""):
        return links.open(link, kept)[-2]

    assert "Hello there." in banner("?text=Hello+there.&voice=bf_emma")
    assert "Shared with you: Emma, British woman" in banner("?text=Hello+there.&voice=bf_emma")
    assert "Shared with you:" not in banner("?text=Hello")
    assert "Shared with you:" not in banner("?text=Hello&voice=bm_george"), "one that cannot speak here is not promised"
    assert "<script" not in banner("?text=<script>alert(1)</script>&voice=<img src=x>")
    assert "…" in banner("?text=" + "word+" * 200)
    assert "/həlˈO/" in banner("?phonemes=h%C9%99l%CB%88O")
    assert banner("", "") == banner("?text=Hi", "kept") == banner("?text=") == banner("#list=a") == ""


def test_the_qr_code_is_of_the_copied_link(links):
    values = RequestFields("Hello.", "af_heart", edited="", edited_for=None)
    link, _, dialog = links.qr_code("", PLACE, "", *values)
    assert f'data-link="{html.escape(link)}"' in dialog
    assert "<svg" in dialog
    assert "cannot be opened on another device" in dialog, "a phone cannot open localhost"
    assert "only if" not in links.qr_code("", "https://example.org/", "", *values)[2]
    assert "too long for a QR code" in links.qr_code("", PLACE, "", *values._replace(text="心" * 900))[2]
    assert links.qr_code("", PLACE, "", *values._replace(text=" "))[2] == ""
