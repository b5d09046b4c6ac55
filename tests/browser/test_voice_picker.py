"""The picker of voices: searched by words, walked by keys, heard before it is chosen."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import button, downloaded, in_state, text_box, voice_box
from tests.ui.fakes import FakeBackend


def test_words_find_voices_and_the_mouse_does_not_spoil_them(serve, visit):
    page = visit(serve(FakeBackend()))
    box, options = voice_box(page), page.get_by_role("option")
    box.click()
    expect(options).to_have_count(3)
    box.press_sequentially("emma")
    expect(options).to_have_count(1)
    expect(options).to_have_text(re.compile("Emma"))
    for words, names in (
        ("female", ["Heart", "Emma"]),
        ("american female", ["Heart"]),
        ("af_heart", ["Heart"]),
        ("uk", ["Emma"]),
    ):
        box.fill(words)
        expect(options).to_have_count(len(names))
        for at, name in enumerate(names):
            expect(options.nth(at)).to_contain_text(name)
    box.fill("martian")
    expect(options).to_have_count(0)
    expect(page.get_by_text("No voice fits these words")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".voices-popup")).to_be_hidden()
    expect(box).to_have_value(re.compile("Heart"))


def test_arrows_walk_and_let_each_voice_be_heard_and_enter_takes_one(serve, visit):
    page = visit(serve(FakeBackend()))
    voice_box(page).focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.wait_for_function("window.heard.length === 1")
    page.keyboard.press("Enter")
    expect(voice_box(page)).to_have_value(re.compile("Adam|Emma"))
    expect(voice_box(page)).to_be_focused()
    text_box(page).fill("Hello.")
    button(page, "Speak").click()
    in_state(page, "done")
    assert "af_heart" not in downloaded(page)[0]


def test_a_voice_is_heard_on_a_phone_without_being_chosen_and_a_favourite_stays(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    button(page, "Favourite").click()
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    expect(button(page, "Favourite")).to_have_attribute("aria-pressed", "true")
    voice_box(page).click()
    expect(page.get_by_role("group", name="Favourites").get_by_role("option")).to_have_text(re.compile("Heart"))
    page.get_by_role("option", name="Emma").locator(".voices-hear").click()
    page.wait_for_function("window.heard.length === 1")
    expect(page.locator(".voices-popup")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(voice_box(page)).to_have_value(re.compile("Heart"))
