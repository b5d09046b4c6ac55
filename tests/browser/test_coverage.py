"""Unknown words in a real browser: found, heard, and corrected."""

import re

from playwright.sync_api import expect

from tests.browser.steps import button, text_box
from tests.ui.fakes import FakeBackend


def test_an_unknown_word_is_found_played_and_corrected(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill("🙂 The dog met Zyxon.")
    page.click("#workbench > button")
    page.get_by_role("tab", name="Coverage", exact=True).click()
    rows = page.locator("#coverage-table tbody tr")
    expect(rows).to_have_count(1)
    button(page, "line 1, column 15").click()
    assert page.evaluate("getSelection().toString()") == "Zyxon"
    page.get_by_label("Pronunciation of Zyxon").fill("zicks")
    button(page, "Hear: Zyxon").click()
    page.wait_for_function("window.heard.length > 0")
    button(page, "Save in My fixes: Zyxon").click()
    expect(page.locator("#coverage-status")).to_contain_text("All 4 words are in a dictionary.")
    page.get_by_role("button", name="More").first.click()
    expect(page.locator("#lexicon textarea")).to_have_value("Zyxon = zicks")
    button(page, "Copy link").click()
    expect(page.get_by_label("Link", exact=True)).to_have_value(re.compile("lexicon=Zyxon"))


def test_coverage_and_words_fill_in_automatically(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill("The dog met Zyxon.")
    page.click("#workbench > button")
    words = page.locator("#words-table tbody tr")
    expect(words).to_have_count(4)
    text_box(page).fill("The dog met Zyxon and Blorple.")
    expect(words).to_have_count(6)
    page.get_by_role("tab", name="Coverage", exact=True).click()
    unknown = page.locator("#coverage-table tbody tr")
    expect(unknown).to_have_count(2)
    text_box(page).fill("Zorg: The dog met Blorple.\nZorg: Did it?")
    expect(unknown).to_have_count(1)
    expect(unknown).to_contain_text("Blorple")
    button(page, "line 1, column 19").click()
    assert page.evaluate("getSelection().toString()") == "Blorple"
