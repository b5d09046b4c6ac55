"""A visitor's own packs, on a model of Kokoro's width of styles."""

import base64
import io
from types import SimpleNamespace

import pytest
import torch

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.errors import RequestError
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.chosen_file import TOO_LARGE
from kokoro_demo.ui.compare.compare_events import CompareEvents
from kokoro_demo.ui.compare.own_packs import MOST_EACH, MOST_VISITORS, OwnPacks
from kokoro_demo.ui.fields import RequestFields
from kokoro_demo.voices.uploads import MAX_BYTES
from tests.small_checkpoint import MIDDLING, make_folder

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


def test_a_pack_is_heard_and_blended_by_its_visitor_alone(synthesizer):
    comparing = CompareEvents(SimpleNamespace(synthesizer=lambda: synthesizer))
    told, listed, first, *_ = comparing.add_pack(MINE, "", VISITOR, "", "")
    name = next(name for _, name in first.choices if name.startswith("yours_"))
    assert "can be chosen" in told
    assert "yours_" not in listed, "previews are of the model's own voices"
    columns = [(name, "", 50, 1.0, "", ""), (name, "af_heart", 25, 1.0, "", ""), PLAIN, PLAIN]
    values = [value for column in columns for value in column]
    told, state = list(comparing.compare(2, VISITOR, *RequestFields("Hello."), *values))[-1]
    assert "Ready" in told
    assert f"Your pack {name.removeprefix('yours_')} 3 + Heart" in state["columns"][1]

    assert "heard here only" in comparing.use(0, *RequestFields("Hello."), *values)[0]

    told, _ = list(comparing.compare(1, OTHER, *RequestFields("Hello."), *values))[-1]
    assert "no voice" in told
    assert name not in str(comparing.find("", OTHER, "")[1].choices)
    comparing.leave(VISITOR)
    assert name not in str(comparing.find("", VISITOR, "")[1].choices)


def test_what_is_kept_is_bounded(synthesizer):
    packs = OwnPacks()
    for value in range(MOST_EACH + 1):
        packs.add("visitor", encoded(value), synthesizer)
    assert len(names(packs, "visitor", synthesizer)) == MOST_EACH
    packs.add("visitor", encoded(MOST_EACH), synthesizer)
    assert len(names(packs, "visitor", synthesizer)) == MOST_EACH, "the same pack is the same voice"
    for visitor in range(MOST_VISITORS):
        packs.add(f"visitor {visitor}", encoded(0), synthesizer)
    assert names(packs, "visitor", synthesizer) == []


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (TOO_LARGE, "too large"),
        ("A" * (2 * MAX_BYTES), "too large"),
        ("no base64!", "did not arrive whole"),
        ("é", "did not arrive whole"),
        (base64.b64encode(b"<script>").decode(), "not a voice pack"),
    ],
)
def test_what_is_no_pack_is_refused(synthesizer, data, told):
    comparing = CompareEvents(SimpleNamespace(synthesizer=lambda: synthesizer))
    assert told in comparing.add_pack(data, "", VISITOR, "")[0]
    assert names(comparing.packs, "visitor", synthesizer) == []


def test_nothing_chosen_changes_nothing(synthesizer):
    comparing = CompareEvents(SimpleNamespace(synthesizer=lambda: synthesizer))
    assert len(comparing.add_pack("", "", VISITOR, "", "")) == 4


def test_a_visitor_who_has_no_session_keeps_nothing(synthesizer):
    with pytest.raises(RequestError, match="on the page only"):
        OwnPacks().add("", MINE, synthesizer)


def test_a_pack_that_does_not_fit_another_model_is_not_there(synthesizer):
    packs = OwnPacks()
    packs.add("visitor", MINE, synthesizer)
    narrow = SimpleNamespace(
        checkpoint=SimpleNamespace(model=SimpleNamespace(style_width=128)),
        with_packs=lambda own: own,
    )
    assert packs.with_own("visitor", narrow) == {}
