"""The spoken text: each word above its phonemes."""

from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import button, in_state, phoneme_box, player, text_box
from tests.ui.fakes import Brake, FakeBackend

LINES = "(all) => all.map((one) => new Set([...one.getClientRects()].map(({ top }) => top)).size)"


def words_of(page):
    return page.get_by_role("group", name="Words of the speech").get_by_role("button")


def test_words_are_above_their_phonemes_and_a_click_plays_from_there(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    expect(page.get_by_role("group", name="Words of the speech")).to_be_hidden()
    text_box(page).fill("One little thing <b> and another little thing, and then a third.")
    button(page, "Speak").click()
    in_state(page, "done")
    words = words_of(page)
    expect(words).to_have_count(12)
    expect(words.nth(1)).to_contain_text("little")
    assert set(words.locator(".spoken-whole").evaluate_all(LINES)) == {1}, "no word is broken"
    before = page.evaluate("window.heard.length")
    words.nth(5).click()
    page.wait_for_function(f"window.heard.length > {before}")
    assert page.evaluate("window.heard.at(-1).offset") > 0.3
    expect(player(page)).to_have_attribute("data-playing", "true")
    text_box(page).fill("Other.")
    expect(page.get_by_text("(before your changes)").first).to_be_visible()
    button(page, "Speak").click()
    expect(words).to_have_count(1)
    expect(page.get_by_text("(before your changes)").first).to_be_hidden()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_sounds_are_explained_by_mouse_and_keyboard_in_kokoros_letters_and_ipa(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill("I see three ™ ships")
    button(page, "Speak").click()
    in_state(page, "done")
    words, tip = words_of(page), page.locator(".spoken-tip")
    phoneme_box(page).fill("ʃˈIn qʘa")
    button(page, "Speak these phonemes").click()
    expect(words).to_have_count(2)
    expect(words.nth(1).locator("del")).to_have_text("ʘ")
    expect(page.get_by_role("list", name="Where the phonemes came from")).to_have_text("your fix")
    words.nth(0).locator(".spoken-sound").nth(1).hover()
    expect(tip).to_have_text("ˈI: as in “price”, with the main stress")
    page.get_by_role("radio", name="IPA").check()
    expect(words.nth(0)).to_have_accessible_name("ʃˈIn: ˈʃaɪn, your fix. Play from here.")
    words.nth(0).focus()
    page.keyboard.press("ArrowDown")
    expect(tip).to_have_text("ˈʃ: as in “ship”")
    page.keyboard.press("ArrowRight")
    expect(words.nth(1)).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(tip).to_have_text("ʘ is left out because Kokoro does not know it")
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    expect(page.locator("input[value=ipa]")).to_be_checked()


def test_words_are_laid_out_as_soon_as_speak_is_pressed(serve, visit):
    brake = Brake()
    page = visit(serve(FakeBackend(brake=brake)), viewport=DESKTOP)
    text_box(page).fill("Wait for it.")
    button(page, "Speak").click()
    expect(page.locator(".spoken-word")).to_have_count(3)
    expect(words_of(page)).to_have_count(3)  # read before any of it is heard
    brake.release(1)
    in_state(page, "done")


def test_touching_a_word_explains_its_sounds(serve, browser):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(serve(FakeBackend()))
    page.wait_for_selector("html[data-kokoro=ready]")
    text_box(page).fill("I see three ships")
    button(page, "Speak").click()
    in_state(page, "done")
    tip = page.locator(".spoken-tip")
    expect(tip).to_have_text("Tap a word to play from there, and to see what its sounds are.")
    words_of(page).nth(1).tap()
    expect(tip).to_contain_text("“see”: dictionary · s: as in")
    context.close()
