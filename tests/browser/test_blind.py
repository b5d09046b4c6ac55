"""A blind test in a real browser: made, answered, counted, and shared in a link."""

import re

from playwright.sync_api import expect

from tests.browser.steps import button, text_box
from tests.browser.test_compare import open_tab
from tests.ui.fakes import FakeBackend


def test_a_blind_test_is_made_answered_counted_and_shared(serve, visit):
    url = serve(FakeBackend())
    page = visit(url)
    text_box(page).fill("One two three.")
    open_tab(page)
    page.get_by_label("Blind", exact=True).check()
    expect(page.get_by_label("Voice 1")).to_be_hidden()
    button(page, "Compare").click()
    columns = page.locator(".compare-play")
    expect(columns).to_have_text(["1A", "2B"])
    expect(button(page, "Use this column's voice on the page")).to_be_hidden()
    button(page, "B is better").click()
    expect(columns.nth(0)).to_contain_text("grade")
    expect(page.locator(".comparator-verdict")).to_contain_text("You picked B: ")
    counts = page.locator(".comparator-picks li")
    expect(counts).to_have_count(2)
    assert sorted(re.findall(r"picked \d of \d", " ".join(counts.all_inner_texts()))) == [
        "picked 0 of 1",
        "picked 1 of 1",
    ]
    expect(button(page, "Copy the count")).to_be_visible()
    button(page, "Copy link to this blind test").click()
    link = page.get_by_label("Link to this blind test").input_value()

    other = visit(url, at=link.removeprefix(url.rstrip("/")).removeprefix("/"))
    expect(text_box(other)).to_have_value("One two three.")
    expect(other.locator("#compare-status")).to_contain_text("This link opened a blind test")
    expect(other.get_by_label("Blind", exact=True)).to_be_checked()
    button(other, "Compare").click()
    expect(other.locator(".compare-play")).to_have_text(["1A", "2B"])
    button(other, "B is better").click()
    expect(other.locator(".comparator-verdict")).to_have_text(page.locator(".comparator-verdict").inner_text())

    button(page, "Another round").click()
    expect(columns).to_have_text(["1A", "2B"])
    button(page, "A is better").click()
    expect(counts.nth(0)).to_contain_text("of 2")
