"""The waveform seen, played in excerpts, and saved: with the first voice, whose words have real times."""

import json
from types import SimpleNamespace

import pytest

from kokoro_demo.checkpoints.checkpoint import load_checkpoint
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.backend import ModelStatus
from tests.browser.conftest import PHONE
from tests.browser.steps import downloaded

# Returns the number of different pixel values in the picture.
COLOURS = """new Set(
  document.querySelector(".sound canvas").getContext("2d").getImageData(0, 0, 400, 300).data
).size"""


@pytest.fixture(scope="module")
def backend():
    synthesizer = Synthesizer(load_checkpoint("builtin"))
    return SimpleNamespace(
        synthesizer=lambda: synthesizer, status=lambda: ModelStatus("Heart, small", ("American English",))
    )


def test_a_speech_is_drawn_played_in_pieces_and_saved(serve, visit, backend):
    page = visit(serve(backend))
    page.fill("#text textarea", "Hello there, you two. The quick brown fox jumps over the lazy dog.")
    page.click("#speak")
    page.wait_for_selector(".player[data-state=done]")
    page.wait_for_selector(".stage-word[data-lit]")
    assert "Hello there" in page.inner_text(".player-stage")

    page.click("#workbench > button")
    page.get_by_role("tab", name="Sound").click()
    page.wait_for_selector(".sound-words li")
    assert page.locator(".sound-words li").count() == 13
    page.wait_for_function(COLOURS + " > 20")

    page.wait_for_selector('.player[data-playing="false"]')
    page.evaluate("window.heard.length = 0")
    page.locator("#sound").get_by_role("button", name="fox", exact=True).click()
    page.wait_for_selector(".sound-words li[data-lit] >> text=fox")
    (excerpt,) = page.evaluate("window.heard")
    assert 0.1 < excerpt["seconds"] < 0.9

    for kind, label in (("srt", "SRT captions"), ("TextGrid", "Praat TextGrid"), ("mp3", "MP3"), ("json", "JSON")):
        name, content = downloaded(page, label)
        assert name == f"kokoro-af_heart_small-hello-there-you-two-the-quick.{kind}"
        assert kind != "json" or json.loads(content)["voice"] == "af_heart_small"
    with page.expect_download() as download:
        page.click(".sound-png")
    assert download.value.path().read_bytes()[:4] == b"\x89PNG"


def test_on_a_phone_the_picture_scrolls_and_the_page_does_not(serve, visit, backend):
    page = visit(serve(backend), PHONE, "dark")
    page.fill("#text textarea", "The quick brown fox jumps over the lazy dog.")
    page.click("#speak")
    page.wait_for_selector('.player[data-state=done][data-playing="true"]')
    page.wait_for_selector('.player[data-state=done][data-playing="false"]')
    page.click("#workbench > button")
    page.get_by_role("tab", name="Sound").click()
    page.wait_for_selector(".sound-words li")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("(box => box.scrollWidth > box.clientWidth)(document.querySelector('.sound-scroll'))")
