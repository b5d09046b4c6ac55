"""Voice packs that visitors upload, with a model of Kokoro's style width."""

import base64
import io
from types import SimpleNamespace

import gradio as gr
import pytest
import torch
from gradio.context import LocalContext

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import RequestError
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.backend import ModelStatus
from kokoro_demo.ui.check_list.list_events import ListEvents
from kokoro_demo.ui.chosen_file import TOO_LARGE
from kokoro_demo.ui.compare.compare_events import CompareEvents
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.ui.own_packs import MAX_PER_VISITOR, MAX_VISITORS, OwnPacks, VisitorsBackend
from kokoro_demo.ui.share_links import ShareLinks
from kokoro_demo.ui.voice_choices import voice_label
from kokoro_demo.ui.voice_picker import PickerEvents
from kokoro_demo.voices.blends import parse_blend
from kokoro_demo.voices.catalogue import describe
from kokoro_demo.voices.uploads import MAX_BYTES
from tests.small_checkpoint import MIDDLING, make_folder
from tests.ui.fakes import clip_samples

VISITOR, OTHER = SimpleNamespace(session_hash="visitor"), SimpleNamespace(session_hash="other")
PLAIN = ("", "", 50, 1.0, "", "")


@pytest.fixture(scope="module")
def synthesizer(tmp_path_factory):
    return Synthesizer(load_checkpoint(make_folder(tmp_path_factory.mktemp("made") / "middling", config=MIDDLING)))


def encoded(value):
    written = io.BytesIO()
    torch.save(torch.full((1, 1, 256), float(value)), written)
    return base64.b64encode(written.getvalue()).decode()


MINE = encoded(0.1)


def names(packs, session, synthesizer):
    return [name for name in packs.with_own(session, synthesizer).checkpoint.voices.names() if "yours_" in name]


def handled_for(visitor):
    """Sets what Gradio sets while it handles an event of this visitor."""
    return LocalContext.request.set(visitor)


@pytest.fixture
def page(synthesizer):
    """A page's picker and its backend."""
    packs = OwnPacks()
    backend = VisitorsBackend(SimpleNamespace(synthesizer=lambda: synthesizer), packs)
    yield PickerEvents(backend, packs)
    LocalContext.request.set(None)


def test_a_pack_is_a_voice_only_for_its_visitor(page):
    answer = page.add_pack(SimpleNamespace(data=MINE, file="bf mine.pt"), VISITOR)
    name = answer["added"]
    assert name.startswith("yours_")
    assert answer["own"] == [name]
    assert "Mine is selected" in answer["note"]

    handled_for(VISITOR)
    backend = page.backend
    assert backend.synthesizer() is backend.synthesizer(), "it is made once"
    assert backend.synthesizer().language_of(name) == "en-gb", "its file is named as Kokoro's voices are"
    comparing = CompareEvents(backend)
    columns = [(name, "", 50, 1.0, "", ""), (name, "af_heart", 25, 1.0, "", ""), PLAIN, PLAIN]
    values = [value for column in columns for value in column]
    message, state = list(comparing.compare(2, VISITOR, *RequestFields("Hello."), *values))[-1]
    assert "Ready" in message
    assert "Mine 75% + Heart 25%" in state["columns"][1]
    assert comparing.use(0, *RequestFields("Hello."), *values)[1].value == name
    assert len(clip_samples(page.preview(SimpleNamespace(voice=name))))
    assert "1 row" in list(ListEvents(backend).check("Hello.", VISITOR, *RequestFields(voice=name)))[-1][0]

    handled_for(OTHER)
    message, _ = list(comparing.compare(1, OTHER, *RequestFields("Hello."), *values))[-1]
    assert "no longer kept" in message
    assert name not in str(comparing.find("", "")[1].choices)
    with pytest.raises(gr.Error, match="no longer kept"):
        page.preview(SimpleNamespace(voice=name))

    page.leave(VISITOR)
    handled_for(VISITOR)
    assert name not in backend.synthesizer().checkpoint.voices.names()


@pytest.mark.slow
def test_previews_of_packs_do_not_evict_those_of_the_model(page):
    ours = page.preview(SimpleNamespace(voice="af_heart"))
    name = page.add_pack(SimpleNamespace(data=MINE, file=""), VISITOR)["added"]
    handled_for(VISITOR)
    page.preview(SimpleNamespace(voice=name))
    kept = page.previews.audio(page.backend.synthesizer(), "af_heart")
    handled_for(OTHER)
    assert page.previews.audio(page.backend.synthesizer(), "af_heart") is kept
    assert len(clip_samples(ours)) == len(kept)


@pytest.mark.parametrize(
    ("file_name", "shown"),
    [
        ("my voice.pt", "My voice"),
        ("am_robert.pt", "Robert"),
        ("C:\\fakepath\\Großmutter (2).pt", "Großmutter 2"),
        ("../../etc/<script>alert(1)</script>+af_heart.pt", "Script af heart"),
        ("声.pt", "声"),
        ("x" * 500, "X" + "x" * 23),
        ("", "Your pack"),
        ("+().pt", "Your pack"),
    ],
)
def test_a_pack_is_named_after_its_file(page, file_name, shown):
    name = page.add_pack(SimpleNamespace(data=MINE, file=file_name), VISITOR)["added"]
    assert shown in voice_label(describe(name))
    assert parse_blend(f"{name}(2)+af_heart")[0] == (name, 2), "it can be written in a blend"
    known = page.voices({"also": [name, f"{name}+af_heart"]})["voices"]
    assert [voice["name"] for voice in known[:2]] == [f"{name}+af_heart", name]
    assert shown in known[1]["short"]


@pytest.mark.parametrize("also", [None, "yours_1", [7], ["yours_"], ["yours_1+nobody"], ["<b>"], ["a("], [["yours_1"]]])
def test_invalid_pack_names_are_not_listed(page, also):
    assert page.voices({"also": also}) == page.voices({})


def test_the_number_of_packs_is_limited(synthesizer):
    packs = OwnPacks()
    for value in range(MAX_PER_VISITOR + 1):
        packs.add("visitor", encoded(value), synthesizer)
    assert len(names(packs, "visitor", synthesizer)) == MAX_PER_VISITOR
    packs.add("visitor", encoded(MAX_PER_VISITOR), synthesizer, "another name.pt")
    assert len(names(packs, "visitor", synthesizer)) == MAX_PER_VISITOR, "the same pack is the same voice"
    for visitor in range(MAX_VISITORS):
        packs.add(f"visitor {visitor}", encoded(0), synthesizer)
    assert names(packs, "visitor", synthesizer) == []


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (TOO_LARGE, "too large"),
        ("A" * (2 * MAX_BYTES), "too large"),
        ("no base64!", "was damaged on the way"),
        ("é", "was damaged on the way"),
        (base64.b64encode(b"<script>").decode(), "not a voice pack"),
    ],
)
def test_files_that_are_not_packs_are_refused(page, data, message):
    answer = page.add_pack(SimpleNamespace(data=data, file="mine.pt"), VISITOR)
    assert message in answer["note"]
    assert (answer["added"], answer["own"]) == ("", [])


@pytest.mark.parametrize("sent", [{}, {"data": 7, "file": "a"}, {"data": MINE}, {"data": MINE, "file": None}])
def test_a_malformed_upload_is_refused(page, sent):
    assert page.add_pack(SimpleNamespace(**sent), VISITOR)["added"] == ""


def test_without_a_session_no_pack_is_kept(synthesizer):
    with pytest.raises(RequestError, match="on the page only"):
        OwnPacks().add("", MINE, synthesizer)


def test_a_pack_is_not_offered_with_a_model_of_another_width(synthesizer):
    packs = OwnPacks()
    packs.add("visitor", MINE, synthesizer)
    narrow = SimpleNamespace(
        checkpoint=SimpleNamespace(model=SimpleNamespace(style_width=128)),
        with_packs=lambda packs: packs,
    )
    assert packs.with_own("visitor", narrow) == {}


def test_a_pack_travels_in_a_link_to_another_visitor(synthesizer):
    packs = OwnPacks()
    backend = VisitorsBackend(SimpleNamespace(synthesizer=lambda: synthesizer, status=lambda: ModelStatus("x")), packs)
    links = ShareLinks(backend, packs)
    held = len(RequestFields._fields)
    handled = handled_for(VISITOR)
    mine = packs.add("visitor", MINE, synthesizer, "bf_mine.pt")
    fields = RequestFields("Hello.", f"{mine}(2)+{synthesizer.checkpoint.voices.names()[0]}", cast=f"Tom = {mine}")
    link, shown = links.make("", "https://example.org/", "", *fields)
    assert "approximation of your voice pack" in shown
    LocalContext.request.reset(handled)

    handled = handled_for(OTHER)
    values = links.open(link, "")
    (theirs,) = packs.names("other")
    opened = RequestFields(*values[:held])
    assert theirs.endswith("_bf-mine")
    assert theirs in opened.voice.value, "a blend with it, which the list now has"
    assert opened.cast == f"Tom = {theirs}"
    assert values[-1]["own"] == [theirs]
    assert (packs.get("other", theirs) - packs.get("visitor", mine)[-1]).abs().max() < 0.01

    # A damaged one is named, and the text is there all the same.
    damaged = links.open(link[:-9], "")
    assert damaged[0] == "Hello."
    assert "damaged" in damaged[held + 2]
    LocalContext.request.reset(handled)
    packs.leave("other")
