"""Only one sound plays at a time on the whole page, and a second press on any sound plays it again."""

import re

from playwright.sync_api import expect

from tests.browser.steps import button, in_state, player, text_box
from tests.browser.test_check_list import open_tab
from tests.ui.fakes import FakeBackend

LONG = "One two three four five six seven eight nine ten, and so on and on and on, until somebody ends it."


def press_twice(page, pressed):
    """The button plays and then stops, both times."""
    for press in (1, 2):
        before = page.evaluate("window.heard.length")
        pressed.click()
        page.wait_for_function(f"window.heard.length === {before} + 1")
        expect(pressed, f"press {press}").to_have_attribute("data-state", "")


def test_a_row_a_word_and_a_voice_play_each_time_they_are_clicked(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill("Nguyen met Siobhan.")
    open_tab(page)
    page.get_by_role("textbox", name="List").fill("Nguyen\nSiobhan\n")
    button(page, "Check").click()
    press_twice(page, button(page, "Play row 2: Siobhan"))
    page.get_by_role("tab", name="Words", exact=True).click()
    show = button(page, "Show the words")
    if show.count():
        show.click()
    press_twice(page, button(page, "Hear: Siobhan"))
    page.get_by_role("tab", name="Compare", exact=True).click()
    page.get_by_role("button", name="Find a voice").click()
    press_twice(page, page.get_by_role("button", name=re.compile("Preview .*Emma")))


def test_a_row_stops_the_main_speech_and_the_main_speech_stops_a_row(serve, visit):
    page = visit(serve(FakeBackend()))
    open_tab(page)
    page.get_by_role("textbox", name="List").fill(f"{LONG}\nshort\n")
    button(page, "Check").click()
    row = button(page, f"Play row 1: {LONG[:40]}")
    expect(row).to_be_visible()
    text_box(page).fill(LONG)
    button(page, "Speak").click()
    in_state(page, "done")
    expect(player(page)).to_have_attribute("data-playing", "true")
    row.scroll_into_view_if_needed()
    place = row.bounding_box()
    row.click()
    expect(player(page)).to_have_attribute("data-playing", "false")
    expect(row).to_have_attribute("data-state", "playing")
    assert row.bounding_box() == place, "a row plays in place"
    button(page, "Play").click()
    expect(row).to_have_attribute("data-state", "")
    expect(player(page)).to_have_attribute("data-playing", "true")
    row.click()
    expect(row).to_have_attribute("data-state", "playing")
    row.click()
    expect(row).to_have_attribute("data-state", "")
    assert page.evaluate("window.heard.length") == 4, "the last press stopped it"
