"""The words of the speech over their phonemes."""

from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import button, in_state, player, text_box
from tests.ui.fakes import FakeBackend


def test_words_stand_over_their_phonemes_and_a_press_plays_from_there(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    expect(page.get_by_role("group", name="Words of the speech")).to_be_hidden()
    text_box(page).fill("One little thing <b> and another little thing, and then a third.")
    button(page, "Speak").click()
    in_state(page, "done")
    words = page.locator(".spoken-word")
    expect(words).to_have_count(12)
    expect(words.nth(1)).to_contain_text("little")
    lines = words.evaluate_all(
        "(all) => all.map((one) => one.querySelector('.spoken-phonemes').getClientRects().length)"
    )
    assert set(lines) == {1}, "no word is broken"
    before = page.evaluate("window.heard.length")
    words.nth(5).click()
    page.wait_for_function(f"window.heard.length > {before}")
    assert page.evaluate("window.heard.at(-1).offset") > 0.3
    expect(player(page)).to_have_attribute("data-playing", "true")
    text_box(page).fill("Other.")
    button(page, "Speak").click()
    expect(words).to_have_count(1)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
