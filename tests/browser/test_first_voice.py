"""The main path once more with the real thing: eSpeak NG's phonemes and the first voice."""

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
