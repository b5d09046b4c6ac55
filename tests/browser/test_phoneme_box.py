"""The rest of a request, and edited phonemes, in a real browser."""

import re

from playwright.sync_api import expect

from kokoro_demo.share import request_from_link, share_link
from tests.browser.conftest import PHONE
from tests.browser.steps import button, in_state, phoneme_box, text_box
from tests.ui.fakes import FakeBackend, SpeechRequest

HOSTILE = "<b>no equals</b>"


def test_a_link_fills_in_every_field_and_what_is_changed_there_is_shared(serve, visit):
    url = serve(FakeBackend())
    request = SpeechRequest("Nguyen speaks.", "bf_emma", 1.0, 7, "en-gb", f"Nguyen = win\n{HOSTILE}")
    page = visit(url, at=share_link(request, url).removeprefix(url))
    expect(text_box(page)).to_have_value(request.text)
    expect(page.get_by_label("Seed", exact=True)).to_have_count(0)
    page.get_by_role("button", name="More").click()
    expect(page.get_by_label("Accent")).to_have_value("British English")
    expect(page.get_by_label("Seed", exact=True)).to_have_value("7")
    fixes = page.get_by_role("textbox", name="My fixes")
    expect(fixes).to_have_value(request.lexicon)
    expect(page.locator("#lexicon-message")).to_contain_text("Line 2 of the fixes is left out")
    fixes.fill("Nguyen = /wˈɪn/")
    expect(page.locator("#lexicon-message")).to_have_text("1 fix in use.")
    button(page, "New seed").click()
    expect(page.get_by_label("Seed", exact=True)).not_to_have_value("7")
    seed = int(page.get_by_label("Seed", exact=True).input_value())
    button(page, "Copy link").click()
    link = page.get_by_label("Link", exact=True)
    expect(link).to_have_value(re.compile("seed="))
    shared = request_from_link(link.input_value())
    assert shared == SpeechRequest("Nguyen speaks.", "bf_emma", 1.0, seed, "en-gb", "Nguyen = /wˈɪn/")


def test_phonemes_are_edited_spoken_set_aside_and_used_again(serve, visit):
    backend = FakeBackend()
    read = []
    pronounce = backend.speaker.pronounce
    backend.speaker.pronounce = lambda request: read.append(request) or pronounce(request)
    page = visit(serve(backend))
    count, note = page.locator("#count"), page.locator("#phoneme-note")
    text_box(page).fill("hello there")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.get_by_label("Phonemes", exact=True)).to_be_hidden()
    box = phoneme_box(page)
    expect(box).to_have_value("hello there")
    expect(button(page, "Speak these phonemes")).to_be_hidden()

    box.fill("həˈloʊ ʘ🙂" + HOSTILE)
    expect(note).to_have_text("Speak uses your phonemes instead of the text's own.")
    unknown = page.get_by_role("group", name="Unknown symbols")
    expect(unknown.locator("mark")).to_have_text(["ʘ", "🙂", "<", ">", "<", "/", ">"])
    unknown.get_by_role("button").nth(1).click()
    assert page.evaluate("getSelection().toString()") == "🙂"
    box.fill("həˈloʊ ")
    expect(unknown).to_have_count(0)
    page.get_by_role("button", name="Symbols").click()
    page.get_by_role("button", name="Insert ð, this").press("Enter")
    expect(box).to_have_value("həˈloʊ ð")
    expect(count).to_contain_text("7 symbols")
    button(page, "Speak these phonemes").click()
    expect(count).to_contain_text("float32")
    assert read[-1] == SpeechRequest("hello there", "af_heart", phonemes="həˈloʊ ð")
    expect(box).to_have_value("həˈloʊ ð")

    text_box(page).fill("hello you")
    expect(note).to_have_text("Speak uses the text. Your edited phonemes can be restored.")
    button(page, "Speak").click()
    expect(box).to_have_value("hello you")
    assert read[-1].phonemes is None
    in_state(page, "done")
    button(page, "Restore my edit").click()
    expect(box).to_have_value("həˈloʊ ð")
    expect(note).to_have_text("Speak uses your phonemes instead of the text's own.")
    button(page, "Back to the text's own").click()
    expect(box).to_have_value("hello you")
    expect(button(page, "Restore my edit")).to_be_visible()


def test_words_are_played_and_fixed_one_by_one_on_a_phone_in_dark_mode(serve, visit):
    page = visit(serve(FakeBackend()), PHONE, "dark")
    text_box(page).fill("Hello there you <b>")
    button(page, "Speak").click()
    in_state(page, "done")
    phoneme_box(page)
    for name in ("Symbols", "Workbench"):
        page.get_by_role("button", name=name).click()
    page.get_by_role("tab", name="Words").click()
    button(page, "Show the words").click()
    rows = page.get_by_role("table", name="Words").locator("tbody tr")
    expect(rows).to_have_count(4)
    expect(rows.nth(1)).to_contain_text("0.10 s")
    button(page, "Hear: there").click()
    expect(page.locator("#words")).to_contain_text("From the last speech.")
    expect(button(page, "Hear: there")).to_have_attribute("data-state", "")
    rows.nth(1).get_by_role("textbox").fill("ðˈɛɹ")
    rows.nth(1).get_by_role("textbox").press("Enter")
    expect(page.locator("#words")).to_contain_text("Spoken alone.")
    button(page, "Accents: Hello").click()
    expect(page.locator("#words")).to_contain_text("American English həlˈO · British English həlˈQ")
    button(page, "Save in My fixes: there").click()
    expect(page.locator("#words")).to_contain_text("Saved for “there”.")
    page.get_by_role("button", name="More").first.click()
    expect(page.get_by_role("textbox", name="My fixes")).to_have_value("there = /ðˈɛɹ/")
    rows.nth(0).get_by_role("textbox").fill("hˈI")
    button(page, "Save in text: Hello").click()
    expect(text_box(page)).to_have_value("[Hello](/hˈI/) there you <b>")
    expect(rows.nth(0).get_by_role("textbox")).to_have_value("hello")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
