"""What is kept of a sound over a reload: each tab has its own, what is incomplete says so, every file can be made."""

import re

from playwright.sync_api import Page, expect

from tests.browser.steps import button, downloaded, in_state, message, player, text_box
from tests.ui.fakes import FakeBackend

TEXT = "One little thing. Another little thing! A third?"


def speak(page: Page, text: str) -> bytes:
    """Speak a text, and wait until the browser has written it down; returns its WAV file."""
    before = page.evaluate("window.kokoro.clip().run")
    text_box(page).fill(text)
    button(page, "Speak").click()
    page.wait_for_function(f"window.kokoro.clip().run !== '{before}'")
    in_state(page, "done")
    wav = downloaded(page)[1]
    page.wait_for_function("sessionStorage.getItem('kokoro-sound')?.includes('\"done\":true')")
    page.evaluate("window.kokoro.isSaved()")
    page.wait_for_timeout(200)  # the times of the words come last
    return wav


def load_again(page: Page) -> None:
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")


def duplicate(page: Page) -> Page:
    """The same tab once more, with the session storage of the first as browsers copy it."""
    other = page.context.new_page()
    kept = page.evaluate("JSON.stringify({ ...sessionStorage })")
    write = f"Object.entries({kept}).forEach((one) => sessionStorage.setItem(...one))"
    other.add_init_script(f"if (!sessionStorage.length) {write};")
    other.goto(page.url)
    other.wait_for_selector("html[data-kokoro=ready]")
    return other


def test_a_duplicated_tab_has_a_sound_of_its_own(serve, visit):
    page = visit(serve(FakeBackend()))
    first = speak(page, TEXT)
    other = duplicate(page)
    in_state(other, "done")
    assert downloaded(other)[1] == first
    assert other.evaluate("window.kokoro.isSaved()") is True
    load_again(other)
    in_state(other, "done")
    assert downloaded(other)[1] == first, "the copy is kept too"
    second = speak(other, "The other one.")
    load_again(page)
    in_state(page, "done")
    assert downloaded(page)[1] == first
    load_again(other)
    in_state(other, "done")
    assert downloaded(other)[1] == second


def test_a_duplicated_tab_that_opens_a_link_does_not_take_the_first_tabs_sound(serve, visit):
    page = visit(serve(FakeBackend()))
    wav = speak(page, TEXT)
    other = duplicate(page)
    other.goto(page.url + "?text=A+link.")
    other.wait_for_selector("html[data-kokoro=ready]")
    third = duplicate(page)
    third.goto(page.url + "?text=Another+link.")
    third.wait_for_selector("html[data-kokoro=ready]")
    third.wait_for_timeout(800)
    load_again(page)
    in_state(page, "done")
    assert downloaded(page)[1] == wav


DISK_FAILS = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (value, key) {
    if (key?.[1] === 1) throw new DOMException("full", "QuotaExceededError");
    return put.call(this, value, key);
  };
}"""


def test_a_partly_stored_speech_is_not_restored_as_complete(serve, visit):
    page = visit(serve(FakeBackend()))
    page.evaluate(DISK_FAILS)
    wav = speak(page, TEXT)
    load_again(page)
    in_state(page, "stopped")
    expect(message(page)).to_have_text(
        "Only this part was kept when the page was reloaded. Press Speak to make all of it."
    )
    assert 44 < len(downloaded(page)[1]) < len(wav)


def test_files_of_a_restored_sound_are_made_by_silently_generating_it_again(serve, visit):
    page = visit(serve(FakeBackend()))
    wav = speak(page, TEXT)
    load_again(page)
    in_state(page, "done")
    expect(text_box(page)).to_have_value(TEXT)
    name, mp3 = downloaded(page, "MP3")
    assert name.endswith("one-little-thing-another-little-thing.mp3")
    assert mp3[:3] == b"ID3" or mp3[0] == 0xFF
    assert page.evaluate("window.heard.length") == 0
    expect(player(page)).to_have_attribute("data-playing", "false")
    assert downloaded(page)[1] == wav
    assert b"-->" in downloaded(page, "SRT captions")[1]
    button(page, "Play").click()
    page.wait_for_function("window.heard.length > 0")


def test_a_restored_sound_of_another_text_is_not_replaced_for_a_file(serve, visit):
    page = visit(serve(FakeBackend()))
    wav = speak(page, TEXT)
    load_again(page)
    in_state(page, "done")
    text_box(page).fill("Something else.")
    page.wait_for_function("window.kokoroPage.fields.text === 'Something else.'")
    button(page, "Download as …").click()
    page.get_by_role("menuitem", name="MP3", exact=True).click()
    expect(message(page)).to_have_text(
        re.compile("the page has changed since. You can still download WAV; press Speak for other files")
    )
    assert downloaded(page)[1] == wav


def test_a_file_of_a_speech_that_the_server_has_forgotten_is_made_again(serve, visit):
    page = visit(serve(FakeBackend()))
    wav = speak(page, TEXT)
    page.route(
        "**/speech/*.flac", lambda route: route.fulfill(status=404, body="This speech is no longer kept."), times=1
    )
    assert downloaded(page, "FLAC")[1][:4] == b"fLaC"
    assert downloaded(page)[1] == wav
