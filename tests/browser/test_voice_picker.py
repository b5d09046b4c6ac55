"""The voice picker: searched by words, operated by keys, and voices previewed before they are chosen."""

import re

import pytest
import torch
from playwright.sync_api import expect

from tests.browser.conftest import PHONE
from tests.browser.steps import button, downloaded, in_state, text_box, voice_box
from tests.ui.fakes import FakeBackend

# Whether the text in the box is wider than the box.
CUT_OFF = """() => {
  const input = document.querySelector("#voices-input");
  const { font, paddingLeft, paddingRight } = getComputedStyle(input);
  const pen = Object.assign(document.createElement("canvas").getContext("2d"), { font });
  return pen.measureText(input.value).width > input.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
}"""


def test_voices_are_found_by_words_wherever_the_mouse_is(serve, visit):
    page = visit(serve(FakeBackend()))
    box, options = voice_box(page), page.locator("#voices-list").get_by_role("option")
    box.click()
    expect(options).to_have_count(3)
    box.press_sequentially("emma")
    expect(options).to_have_count(1)
    expect(options).to_have_text(re.compile("Emma"))
    for words, names in (
        ("female", ["Heart", "Emma"]),
        ("american female", ["Heart"]),
        ("af_heart", ["Heart"]),
        ("uk", ["Emma"]),
    ):
        box.fill(words)
        expect(options).to_have_count(len(names))
        for at, name in enumerate(names):
            expect(options.nth(at)).to_contain_text(name)
    box.fill("martian")
    expect(options).to_have_count(0)
    expect(page.get_by_text("No voice matches all of these words")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".voices-popup")).to_be_hidden()
    expect(box).to_have_value(re.compile("Heart"))


def test_arrow_keys_move_and_play_each_voice_and_enter_chooses_one(serve, visit):
    page = visit(serve(FakeBackend()))
    voice_box(page).focus()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    page.wait_for_function("window.heard.length === 1")
    page.keyboard.press("Enter")
    expect(voice_box(page)).to_have_value(re.compile("Adam|Emma"))
    expect(voice_box(page)).to_be_focused()
    text_box(page).fill("Hello.")
    button(page, "Speak").click()
    in_state(page, "done")
    assert "af_heart" not in downloaded(page)[0]


def test_a_voice_is_played_on_a_phone_without_being_chosen_and_a_favourite_stays(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    button(page, "Favourite").click()
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    expect(button(page, "Favourite")).to_have_attribute("aria-pressed", "true")
    voice_box(page).click()
    expect(page.get_by_role("group", name="Favourites").get_by_role("option")).to_have_text(re.compile("Heart"))
    page.get_by_role("option", name="Emma").locator(".voices-hear").click()
    page.wait_for_function("window.heard.length === 1")
    expect(page.locator(".voices-popup")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    expect(voice_box(page)).to_have_value(re.compile("Heart"))


def test_two_voices_are_blended_with_a_slider_played_spoken_and_kept_in_a_link(serve, visit):
    url = serve(FakeBackend())
    page = visit(url, viewport=PHONE)
    button(page, "Blend two voices").click()
    expect(voice_box(page)).to_have_value("Heart 50% + Emma 50%")
    page.get_by_label("Second voice", exact=True).select_option("am_adam")
    share = page.get_by_role("slider", name="Share of the second voice")
    share.fill("75")
    expect(voice_box(page)).to_have_value("Heart 25% + Adam 75%")
    button(page, "Hear a sample").click()
    page.wait_for_function("window.heard.length === 1")
    button(page, "Copy link").click()
    link = page.get_by_role("textbox", name="Link", exact=True)
    expect(link).to_have_value(re.compile("af_heart%2Bam_adam%283%29"))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

    again = visit(url, at="?" + link.input_value().partition("?")[2])
    expect(voice_box(again)).to_have_value("Heart 25% + Adam 75%")
    button(again, "Blend two voices").click()
    expect(again.get_by_role("slider", name="Share of the second voice")).to_have_value("75")
    button(again, "Back to one voice").click()
    expect(voice_box(again)).to_have_value("Heart · American woman · grade A")
    button(again, "Blend two voices").click()
    voice_box(again).click()
    voice_box(again).fill("adam")
    again.get_by_role("option", name="Adam · American man").click()
    expect(again.get_by_role("group", name="Blend of two voices")).to_be_hidden()


def test_an_uploaded_pack_is_a_voice_of_the_page_and_a_hostile_one_is_refused(serve, visit, tmp_path):
    url = serve(FakeBackend())
    page = visit(url)
    torch.save(torch.zeros(510, 1, 256), tmp_path / "pack.pt")
    note = page.locator(".voices-note")
    hostile = b"cos\nsystem\n(S'id'\ntR."
    for data, answer in ((hostile, "not a voice pack"), ((tmp_path / "pack.pt").read_bytes(), "is selected")):
        with page.expect_file_chooser() as chooser:
            button(page, "Add your own voice pack").click()
        chooser.value.set_files({"name": "bf_grandma.pt", "mimeType": "application/octet-stream", "buffer": data})
        expect(note).to_contain_text(answer)
    expect(voice_box(page)).to_have_value("Grandma · your own pack")
    text_box(page).fill("Hello.")
    button(page, "Speak").click()
    in_state(page, "done")
    assert "yours_" in downloaded(page)[0]
    button(page, "Copy link").click()
    expect(page.locator("#link")).to_contain_text("approximation of your voice pack")

    button(page, "Workbench").click()
    page.get_by_role("tab", name="Compare").click()
    page.get_by_label("Voice 2", exact=True).click()
    page.get_by_role("option", name="Grandma").click()
    button(page, "Compare").click()
    expect(page.locator(".compare-play").nth(1)).to_contain_text("Grandma")

    voice_box(page).click()
    voice_box(page).fill("emma")
    page.keyboard.press("Enter")
    voice_box(page).click()
    voice_box(page).fill("grandma")
    expect(page.get_by_role("group", name="Your own").get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(voice_box(page)).to_have_value("Grandma · your own pack")

    other = visit(url)
    voice_box(other).click()
    voice_box(other).fill("grandma")
    expect(other.get_by_text("No voice matches all of these words")).to_be_visible()


def test_an_alias_is_found_and_spoken_with_its_voice_and_speed(serve, visit, monkeypatch):
    monkeypatch.setenv("KOKORO_ALIASES", "Old Narrator = bf_emma : 1.25")
    backend = FakeBackend()
    asked, stream = [], backend.speaker.stream
    monkeypatch.setattr(
        backend.speaker,
        "stream",
        lambda request, *rest, **more: (asked.append(request), stream(request, *rest, **more))[1],
    )
    page = visit(serve(backend))
    box = voice_box(page)
    box.click()
    expect(page.get_by_role("group", name="This server's aliases").get_by_role("option")).to_have_count(1)
    box.fill("narrator")
    expect(page.locator("#voices-list").get_by_role("option")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f'[id="{active}"]')).to_have_attribute("data-voice", "Old Narrator")
    page.keyboard.press("Enter")
    expect(box).to_have_value("Old Narrator · Emma, British woman, speed 1.25")
    text_box(page).fill("Hello.")
    button(page, "Speak").click()
    in_state(page, "done")
    assert (asked[-1].voice, asked[-1].speed) == ("bf_emma", 1.25)


def test_the_picker_has_roles_and_names_for_screen_readers(serve, visit):
    page = visit(serve(FakeBackend()))
    box = voice_box(page)
    expect(box).to_have_attribute("aria-expanded", "false")
    box.click()
    expect(box).to_have_attribute("aria-expanded", "true")
    listbox = page.get_by_role("listbox", name="Voices")
    assert box.get_attribute("aria-controls") == listbox.get_attribute("id")
    expect(listbox.get_by_role("option", selected=True)).to_have_accessible_name(re.compile("^Heart"))
    for group in listbox.get_by_role("group").all():
        expect(group).to_have_accessible_name(re.compile("English"))
    page.keyboard.press("ArrowDown")
    pointed = page.locator(f'[id="{box.get_attribute("aria-activedescendant")}"]')
    expect(pointed).to_have_role("option")
    count = page.locator(".voices-popup").get_by_role("status")
    expect(count).to_have_text("3 voices, best first")
    box.fill("martian")
    expect(count).to_have_text(re.compile("^No voice matches"))
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    star = button(page, "Favourite")
    expect(star).to_have_attribute("aria-pressed", "false")
    star.click()
    expect(star).to_have_attribute("aria-pressed", "true")
    expect(button(page, "Blend two voices")).to_have_attribute("aria-expanded", "false")
    button(page, "Blend two voices").click()
    panel = page.get_by_role("group", name="Blend of two voices")
    expect(panel.get_by_role("combobox", name="Second voice")).to_be_focused()
    expect(panel.get_by_role("slider", name="Share of the second voice")).to_have_attribute(
        "aria-valuetext", re.compile("50%.*50%")
    )


def test_the_box_never_cuts_a_word_in_half(serve, visit):
    page = visit(serve(FakeBackend()))
    expect(voice_box(page)).to_have_value("Heart · American woman · grade A")
    for width, shown in ((390, "Heart · American woman"), (1280, "Heart · American woman · grade A")):
        page.set_viewport_size({"width": width, "height": 800})
        expect(voice_box(page)).to_have_value(shown)
        assert voice_box(page).evaluate("(box) => box.scrollWidth <= box.clientWidth")


@pytest.mark.parametrize("voice", ["af_heart", "bf_emma"])
def test_a_label_that_does_not_fit_loses_whole_parts(serve, visit, voice):
    page = visit(serve(FakeBackend()), PHONE, at=f"?text=Hello.&voice={voice}")
    expect(voice_box(page)).to_have_value(re.compile("^Heart · American" if voice == "af_heart" else "^Emma · British"))
    assert not page.evaluate(CUT_OFF)
