"""A text with speakers in a real browser: their voices are listed, heard, changed, switched off, and shared in
links."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.steps import button, in_state, text_box
from tests.ui.fakes import FakeBackend, FakeCheckpoint, voices

TEXT = "It had rained.\n\nEmma: Good morning.\nTom (yawning): Hello."


@pytest.fixture
def backend(monkeypatch) -> FakeBackend:
    """Records the requests in `asked`."""
    backend = FakeBackend(FakeCheckpoint(voices=voices(("af_heart", "af_bella", "am_fenrir", "bf_emma", "bm_george"))))
    speaker, stream = backend.speaker, backend.speaker.stream
    backend.asked = []

    def noted(request, *arguments, **options):
        backend.asked.append(request)
        return stream(request, *arguments, **options)

    monkeypatch.setattr(speaker, "stream", noted)
    return backend


def voice_of(page: Page, name: str):
    return page.get_by_label(f"Voice of {name}")


def test_speakers_get_voices_that_are_spoken_and_changed(serve, visit, backend):
    page = visit(serve(backend))
    panel = page.get_by_role("region", name="Cast")
    text_box(page).fill("Note: the plain text of one voice.")
    expect(panel).to_be_hidden()
    text_box(page).fill(TEXT)
    button(page, "Speak").click()  # before anybody has looked who speaks
    in_state(page, "done")
    assert backend.asked[-1].cast == "Emma = af_bella\nTom = am_fenrir"
    expect(panel).to_contain_text("2 speakers")
    expect(panel).to_contain_text("Everything else is spoken by the voice above.")

    button(page, "Hear the first line of Tom").click()
    for _ in range(50):
        if backend.asked[-1].text == "Hello.":
            break
        page.wait_for_timeout(100)
    assert (backend.asked[-1].text, backend.asked[-1].voice) == ("Hello.", "am_fenrir")

    voice_of(page, "Emma").select_option("bf_emma")
    page.get_by_label("Speed of Emma").fill("1.2")
    voice_of(page, "Tom").select_option("Read as text")
    expect(button(page, "Hear the first line of Tom")).to_be_disabled()
    button(page, "Speak").click()
    page.wait_for_function("document.querySelector('.player').dataset.state === 'done'")
    assert backend.asked[-1].cast == "Emma = bf_emma, 1.2"

    text_box(page).fill("Nobody speaks here.")
    expect(panel).to_be_hidden()
    button(page, "Speak").click()
    in_state(page, "done")
    assert backend.asked[-1].cast == ""
    text_box(page).fill("Emma: I am back.")
    expect(voice_of(page, "Emma")).to_have_value("bf_emma")


def test_guessed_voices_have_the_accent_of_the_page(serve, visit, backend):
    page = visit(serve(backend), at="?text=Hello.&voice=bf_emma")
    expect(text_box(page)).to_have_value("Hello.")
    text_box(page).fill("Tom: Hello.")
    expect(voice_of(page, "Tom")).to_have_value("bm_george")


def test_a_link_opens_with_its_cast_or_without_one(serve, visit, backend):
    url = serve(backend)
    page = visit(url, PHONE)
    text_box(page).fill(TEXT)
    expect(voice_of(page, "Emma")).to_have_value("af_bella")
    button(page, "Copy link").click()
    link = page.get_by_label("Link", exact=True)
    expect(link).to_have_value(re.compile("cast="))
    with_cast = link.input_value()
    page.get_by_label("Read the names as text").check()
    expect(voice_of(page, "Emma")).to_be_hidden()
    button(page, "Copy link").click()
    expect(link).not_to_have_value(re.compile("cast="))
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]

    for address, on in ((with_cast, True), (link.input_value(), False)):
        other = visit(url, at=address.removeprefix(url))
        expect(other.get_by_label("Read the names as text")).to_be_checked(checked=not on)
        button(other, "Speak").click()
        in_state(other, "done")
        assert bool(backend.asked[-1].cast) == on


def test_a_cast_written_by_hand_is_not_changed(serve, visit, backend):
    page = visit(serve(backend))
    text_box(page).fill(TEXT)
    expect(voice_of(page, "Emma")).to_have_value("af_bella")
    page.get_by_role("button", name="More").first.click()
    field = page.locator("#cast textarea")
    field.fill("Tom = bm_george\nAnna")
    expect(field).to_have_value("Tom = bm_george\nAnna")
    field.fill("Tom = bm_george\nAnna = bf_emma")
    expect(voice_of(page, "Tom")).to_have_value("bm_george")
    expect(voice_of(page, "Emma")).to_have_value("")
    button(page, "Speak").click()
    in_state(page, "done")
    assert backend.asked[-1].cast == "Tom = bm_george\nAnna = bf_emma"


# Types into the field of the cast at the very moment at which the rows of the speakers appear.
TYPE_AT_ONCE = """() => {
  const panel = document.querySelector("#cast-panel");
  new MutationObserver((_, observer) => {
    if (!panel.querySelector(".cast-row")) return;
    observer.disconnect();
    const type = () => {
      const box = document.querySelector("#cast textarea");
      if (!box) return setTimeout(type);
      box.focus();
      box.value = "Tom = bm_george\\nAnna";
      box.dispatchEvent(new Event("input", { bubbles: true }));
      window.hasTyped = true;
    };
    if (!document.querySelector("#cast textarea")) document.querySelector("#more > button").click();
    type();
  }).observe(panel, { childList: true, subtree: true });
}"""


@pytest.mark.parametrize("is_open", [True, False])
def test_a_guess_never_replaces_what_is_being_typed(serve, visit, backend, is_open):
    page = visit(serve(backend))
    if is_open:
        page.get_by_role("button", name="More").first.click()
        expect(page.locator("#cast textarea")).to_be_visible()
    page.evaluate(TYPE_AT_ONCE)
    text_box(page).fill(TEXT)
    page.wait_for_function("window.hasTyped")
    page.wait_for_timeout(1000)
    expect(page.locator("#cast textarea")).to_have_value("Tom = bm_george\nAnna")
    expect(voice_of(page, "Tom")).to_have_value("am_fenrir")
    page.locator("#cast textarea").fill("Tom = bm_george\nAnna = bf_emma")
    expect(voice_of(page, "Tom")).to_have_value("bm_george")


def test_a_speaker_that_only_a_mark_names_has_a_row_and_always_a_voice(serve, visit, backend):
    page = visit(serve(backend))
    text_box(page).fill("It rained. [voice:Emma]Good morning.[/voice]")
    expect(page.get_by_role("region", name="Cast")).to_contain_text("1 speaker")
    expect(voice_of(page, "Emma").get_by_role("option", name="Read as text")).to_have_count(0)
    expect(page.get_by_label("Read the names as text")).to_be_hidden()
    voice_of(page, "Emma").select_option("bf_emma")
    button(page, "Speak").click()
    in_state(page, "done")
    assert backend.asked[-1].cast == "Emma = bf_emma"


def test_every_control_of_the_cast_has_an_accessible_name(serve, visit, backend):
    page = visit(serve(backend))
    text_box(page).fill(TEXT)
    panel = page.get_by_role("region", name="Cast")
    expect(panel.get_by_role("status")).to_have_text("2 speakers")
    rows = panel.get_by_role("list", name="Speakers").get_by_role("listitem")
    expect(rows).to_have_count(2)
    for row, name in zip(rows.all(), ("Emma", "Tom"), strict=True):
        expect(row.get_by_role("button", name=f"Hear the first line of {name}")).to_be_enabled()
        expect(row.get_by_role("combobox", name=f"Voice of {name}")).to_be_visible()
        expect(row.get_by_role("spinbutton", name=f"Speed of {name}")).to_be_visible()
    expect(panel.get_by_role("checkbox", name="Read the names as text")).not_to_be_checked()
