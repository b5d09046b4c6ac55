"""Compare in a real browser: columns are made, played from the same word, and listed."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import button, in_state, text_box, voice_box
from tests.ui.fakes import FakeBackend

TEXT = "One two three four five six seven eight nine ten, and so on. " * 3
POSITION = "Number(document.querySelector('.comparator-seek').value)"
LONGEST = "Number(document.querySelector('.comparator-seek').max)"


def open_tab(page):
    page.get_by_role("button", name="Workbench").click()
    page.get_by_role("tab", name="Compare").click()


def test_columns_are_made_and_switched_with_one_key(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill(TEXT)
    open_tab(page)
    page.locator("#compare-columns").get_by_label("Speed").nth(2).fill("0.5")
    page.get_by_label("Custom phonemes").nth(1).fill("wˈʌn")
    button(page, "Compare").click()
    columns = page.locator(".compare-play")
    expect(columns).to_have_count(2)
    expect(columns.nth(1)).to_be_enabled()
    expect(columns.nth(0)).to_contain_text("Heart · American woman · grade A")
    expect(columns.nth(1)).to_contain_text("custom phonemes")
    beneath = page.locator(".compare-column").nth(1).locator(".compare-play")
    expect(beneath).to_contain_text("custom phonemes")

    page.keyboard.press("1")
    expect(columns.nth(0)).to_have_attribute("aria-pressed", "true")
    page.wait_for_function(f"{POSITION} > 0.4")
    page.keyboard.press(" ")
    expect(page.locator(".comparator")).to_have_attribute("data-playing", "false")
    share = page.evaluate(f"{POSITION} / {LONGEST}")
    page.keyboard.press("2")
    expect(columns.nth(1)).to_have_attribute("aria-pressed", "true")
    page.keyboard.press(" ")
    # The slider has steps.
    assert share - 0.001 <= page.evaluate(f"{POSITION} / {LONGEST}") < share + 0.2, "it goes on where it was"
    last = page.evaluate("window.heard.at(-1)")
    assert last["offset"] > 0.3

    text_box(page).press("1")
    expect(columns.nth(1)).to_have_attribute("aria-pressed", "true")

    button(page, "Use this column's voice on the page").click()
    expect(voice_box(page)).to_have_value(re.compile("Emma"))
    page.locator("#compare-columns").get_by_label("Blended with").nth(1).click()
    page.get_by_role("option", name=re.compile("Adam")).click()
    button(page, "Use this column's voice on the page").click()
    expect(voice_box(page)).to_have_value(re.compile(r"Emma.* \+ Adam"))
    button(page, "Speak").click()
    in_state(page, "done")

    button(page, "More columns").click()
    expect(page.get_by_label("Voice 4")).to_be_visible()
    text_box(page).fill("x" * 1001)
    button(page, "Compare").click()
    expect(page.locator("#compare-status")).to_contain_text("1,001")


def test_voices_are_found_by_words_and_previewed_on_a_phone(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    open_tab(page)
    page.get_by_role("button", name="Find a voice").click()
    page.get_by_role("textbox", name="Find a voice").fill("british woman")
    voices = page.locator(".compare-voices li")
    expect(voices).to_have_count(1)
    page.get_by_role("button", name=re.compile("Preview .*Emma")).click()
    page.wait_for_function("window.heard.length === 1")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a phone"
    page.get_by_role("textbox", name="Find a voice").fill("martian")
    expect(page.get_by_text("No voice matches all of these words")).to_be_visible()
