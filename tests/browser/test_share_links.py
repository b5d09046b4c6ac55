"""Links in a real browser: opened, copied, and invalid ones."""

import re
from threading import Event
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from kokoro_demo.share import request_from_link, share_link
from kokoro_demo.ui.backend import ModelStatus
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.forwarding import forwarding
from tests.browser.steps import button, downloaded, in_state, text_box, voice_box
from tests.browser.test_first_look import SHIFTS, TABLET
from tests.ui.fakes import FIRST_VOICES, FakeBackend, FakeCheckpoint, FakeSynthesizer, SpeechRequest, voices

LONG = "心と花。 " * 500 + "The end & more?"


def test_a_link_fills_in_everything_and_speaks_only_on_request(serve, visit):
    url = serve(FakeBackend())
    request = SpeechRequest(LONG, voice="bf_emma", speed=1.25, seed=7)
    page = visit(url, at=share_link(request, url).removeprefix(url))
    expect(text_box(page)).to_have_value(LONG)
    expect(voice_box(page)).to_have_value(re.compile("Emma"))
    expect(page.get_by_role("spinbutton", name="Speed", exact=True)).to_have_value("1.25")
    expect(page.locator("#link-notes")).to_contain_text("seed 7")
    in_state(page, "idle")
    assert not [asked for asked in page.requested if quote("花") in asked], "the text stays out of every address"
    text_box(page).fill("Short.")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.locator("#count")).to_contain_text("float32")
    assert downloaded(page)[0] == "kokoro-bf_emma-short.wav"


def test_a_shared_link_shows_its_text_and_voice_at_the_top_and_plays_with_one_click(serve, visit):
    page = visit(serve(FakeBackend()), at="?text=Hello+there,+you+two.&voice=bf_emma")
    banner = page.get_by_role("region", name="A shared speech")
    expect(banner).to_contain_text("Emma, British woman")
    expect(banner).to_contain_text("Hello there, you two.")
    play = banner.get_by_role("button", name="Play the shared speech")
    size = play.bounding_box()
    assert min(size["width"], size["height"]) >= 64
    play.click()
    expect(banner.get_by_role("button", name="Pause")).to_be_visible()
    expect(banner.locator(".icon-pause")).to_be_visible()
    expect(banner.locator(".icon-play")).to_be_hidden()
    in_state(page, "done")
    expect(play).to_be_visible()  # at the end it can be played again
    text_box(page).press_sequentially("x")
    expect(play).to_be_disabled()
    button(page, "Close").click()
    expect(banner).to_be_hidden()


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_nothing_shifts_when_a_link_is_opened(serve, browser, viewport):
    context = browser.new_context(viewport=viewport)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(serve(FakeBackend()) + "?text=Hello+there,+you+two.&voice=bf_emma")
    expect(page.get_by_role("region", name="A shared speech")).to_be_visible()
    page.wait_for_timeout(700)
    assert page.evaluate("window.shifts") < 0.02
    context.close()


def test_a_qr_code_of_the_link_is_shown_and_closed(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    text_box(page).fill("For a phone.")
    for _ in range(2):
        button(page, "QR code").click()
        dialog = page.get_by_role("dialog", name="QR code of the link")
        expect(dialog.locator("svg")).to_be_visible()
        assert request_from_link(dialog.get_attribute("data-link")).text == "For a phone."
        page.keyboard.press("Escape")
        expect(dialog).to_be_hidden()


def test_a_link_that_names_no_voice_brings_no_warning_and_leaves_the_best_voice(serve, visit):
    page = visit(serve(FakeBackend(FakeCheckpoint("Heart, small", voices(FIRST_VOICES)))), at="?text=Hello+there")
    expect(text_box(page)).to_have_value("Hello there")
    expect(page.locator("#link-notes li")).to_have_count(0)
    expect(voice_box(page)).to_have_value(re.compile("Heart, small"))


def test_speak_waits_until_the_link_has_filled_in_the_page(serve, visit):
    backend, answered = FakeBackend(), Event()
    url = serve(backend)
    backend.synthesizer = lambda: answered.wait(10) and backend.speaker
    page = visit(url, at="?text=Hello&voice=bf_emma")
    button(page, "Speak").click()
    expect(text_box(page)).to_have_value("")
    answered.set()
    in_state(page, "done")
    assert downloaded(page)[0] == "kokoro-bf_emma-hello.wav"


def test_a_voice_that_the_link_names_is_chosen_when_its_model_arrives(serve, visit):
    backend = FakeBackend(FakeCheckpoint("Heart, small", voices(FIRST_VOICES)))
    backend.state = ModelStatus(
        "Heart, small", languages=("American English",), fetching=True, progress=0.4, message="Fetching."
    )
    page = visit(serve(backend), at="?text=Hello&voice=bf_emma")
    expect(page.locator("#link-notes")).to_contain_text(
        "The voice bf_emma is not available now; af_heart_small speaks instead. It will be chosen as soon as"
    )
    expect(voice_box(page)).to_have_value(re.compile("Heart, small"))
    backend.speaker = FakeSynthesizer(FakeCheckpoint())
    backend.state = ModelStatus("Kokoro-82M")
    expect(page.locator("#status")).to_contain_text("Kokoro-82M, ready")
    expect(voice_box(page)).to_have_value(re.compile("Emma"))


def test_a_voice_that_was_chosen_since_stays_when_the_model_of_the_links_arrives(serve, visit):
    backend = FakeBackend(FakeCheckpoint("Kokoro-82M in 8 bits"))
    backend.state = ModelStatus("Kokoro-82M in 8 bits", fetching=True, progress=0.4, message="Fetching.")
    page = visit(serve(backend), at="?text=Hello+there.&voice=bf_emma")
    expect(page.locator(".link-banner")).to_be_visible()
    voice_box(page).click()
    voice_box(page).fill("adam")
    page.get_by_role("option", name=re.compile("Adam")).click()
    expect(voice_box(page)).to_have_value(re.compile("Adam"))
    backend.speaker, backend.state = FakeSynthesizer(FakeCheckpoint()), ModelStatus("Kokoro-82M")
    expect(page.locator("#status")).to_contain_text("Kokoro-82M, ready")
    page.wait_for_timeout(500)
    expect(voice_box(page)).to_have_value(re.compile("Adam"))


def test_a_copied_link_is_on_the_clipboard_and_on_the_page(serve, visit):
    url = serve(FakeBackend())
    page = visit(url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    text_box(page).fill('Quotes " and <b>, &amp; 花.')
    button(page, "Copy link").click()
    expect(page.locator("#link").get_by_role("status")).to_have_text("Copied.")
    link = page.evaluate("navigator.clipboard.readText()")
    assert page.get_by_label("Link", exact=True).input_value() == link
    assert link.startswith(url)
    assert request_from_link(link) == SpeechRequest('Quotes " and <b>, &amp; 花.')


def test_bad_values_are_reported_and_a_blocked_clipboard_leaves_the_link(serve, visit):
    url = serve(FakeBackend())
    page = visit(url, at="?text=Hello&speed=99&seed=x&voice=<img src=x onerror=alert(1)>&page2=1")
    expect(text_box(page)).to_have_value("Hello")
    notes = page.get_by_role("alert", name="About the link")
    for note in ("speed '99'", "seed 'x'", "<img"):
        expect(notes).to_contain_text(note)
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('blocked')); }")
    button(page, "Copy link").click()
    expect(page.locator("#link").get_by_role("status")).to_have_text("Copy it from here.")
    expect(page.get_by_label("Link", exact=True)).to_have_value(f"{url}?text=Hello")


def test_a_page_below_a_path_of_another_server(serve, visit, monkeypatch):
    monkeypatch.setenv("GRADIO_ROOT_PATH", "/our/voice")
    with forwarding("/our/voice", serve(FakeBackend())) as url:
        page = visit(url, at="?text=Hello")
        button(page, "Speak").click()
        in_state(page, "done")
        assert downloaded(page)[0] == "kokoro-af_heart-hello.wav"
        button(page, "Copy link").click()
        expect(page.get_by_label("Link", exact=True)).to_have_value(f"{url}?text=Hello")
