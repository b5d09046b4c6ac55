"""The main path again, with eSpeak NG's phonemes and the first voice."""

import io
import re

import numpy as np
import pytest
import soundfile
from playwright.sync_api import expect

from kokoro_demo.checkpoints.loading import BackgroundLoader
from kokoro_demo.ui.backend import LoadedBackend
from tests.browser.steps import downloaded, text_box, voice_box

PARAGRAPH = (
    "The lighthouse had been dark for eleven years when Mara first rowed out to it. She carried a lamp, a loaf of "
    "bread, and a letter that nobody had opened. By the time the tide turned, the whole village could see a light."
)


@pytest.fixture
def page(serve, visit):
    loader = BackgroundLoader("builtin")
    loader.load_now()
    return visit(serve(LoadedBackend(loader)))


def test_a_paragraph_is_heard_in_the_first_voice(page):
    expect(page.locator("#status")).to_contain_text("Heart, small, ready")
    voice_box(page).click()
    expect(page.get_by_role("listbox").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Escape")
    text_box(page).fill(PARAGRAPH)
    text_box(page).press("Control+Enter")
    expect(page.locator(".player")).to_have_attribute("data-playing", "true")
    page.wait_for_selector('.player[data-state="done"]', timeout=60_000)
    expect(page.locator("#phonemes textarea")).to_have_value(re.compile("lˈIt"))
    expect(page.get_by_role("list", name="Warnings")).to_have_count(0)
    _, wav = downloaded(page)
    samples, rate = soundfile.read(io.BytesIO(wav), dtype="float32")
    assert rate == 24_000
    assert 8 < len(samples) / rate < 30, "about 40 words"
    assert 0.05 < np.abs(samples).max() <= 1.0
    assert abs(samples.mean()) < 0.01


def test_ssml_typed_on_the_page_is_spoken_without_its_tags(page):
    text_box(page).fill(
        '<speak>Hello from the <sub alias="world wide web">WWW</sub>.<break time="700ms"/> '
        '<say-as interpret-as="characters">ab</say-as></speak>'
    )
    text_box(page).press("Control+Enter")
    page.wait_for_selector('.player[data-state="done"]', timeout=60_000)
    expect(page.locator("#spoken textarea")).to_have_value(
        re.compile(r"Hello from the world wide web\. A B", re.IGNORECASE)
    )
    expect(page.locator("#phonemes textarea")).to_have_value(re.compile("wˈɜɹld wˈId wˈɛb"))
    expect(page.get_by_role("region", name="Cast")).to_be_hidden()


def test_ssml_that_is_not_well_formed_gets_a_message_that_names_the_line(page):
    text_box(page).fill("<speak>Hello <emphasis>there</speak>")
    text_box(page).press("Control+Enter")
    expect(page.locator(".player-message")).to_contain_text("Write </emphasis> before it")


def test_the_stage_shows_a_spoken_text_without_its_markup(page):
    text_box(page).fill(
        "It rained. [voice:af_heart_small]Good morning.[/voice] [pause:0.3s]I like [Kokoro](/kˈOkəɹO/), he said [sic]. "
        "[Yes](+2)."
    )
    text_box(page).press("Control+Enter")
    page.wait_for_selector('.player[data-state="done"]', timeout=60_000)
    expect(page.locator(".player-stage")).to_have_text("It rained. Good morning. I like Kokoro, he said [sic]. Yes.")
