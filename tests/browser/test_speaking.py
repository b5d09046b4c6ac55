"""The main paths through the page in a browser, with a fake model that a test can delay."""

import io
import re
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
import soundfile
from playwright.sync_api import expect

from kokoro_demo.audio import to_int16
from kokoro_demo.errors import RequestError
from kokoro_demo.ui.backend import ModelStatus
from kokoro_demo.ui.examples import FIRST_TEXT
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import button, downloaded, in_state, message, player, text_box, voice_box
from tests.ui.fakes import (
    FIRST_VOICES,
    Brake,
    FakeBackend,
    FakeCheckpoint,
    FakeSynthesizer,
    SpeechRequest,
    voices,
)

TEXT = "One little thing. Another little thing! A third?"


def test_a_new_visitor_types_presses_speak_and_hears_it(serve, visit):
    backend = FakeBackend()
    page = visit(serve(backend))
    expect(button(page, "Stop")).to_be_disabled()
    expect(button(page, "Download as …")).to_be_disabled()
    text_box(page).fill(TEXT + " ™")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.locator("#phonemes textarea")).to_have_value(re.compile("one little thing"))
    expect(page.locator("#count")).to_contain_text("symbols; the model takes up to 510 at once")
    expect(page.get_by_label("Spoken as")).to_have_value(TEXT + " ™")
    expect(page.get_by_role("list", name="Warnings")).to_contain_text("™")
    page.wait_for_function("window.heard.length === 4")
    heard = page.evaluate("window.heard")
    assert {source["rate"] for source in heard} == {24_000}
    for before, after in pairwise(heard):
        assert after["when"] == pytest.approx(before["when"] + before["seconds"], abs=1e-6), "no gap, no overlap"
    name, wav = downloaded(page)
    assert name == "kokoro-af_heart-one-little-thing-another-little-thing.wav"
    samples, rate = soundfile.read(io.BytesIO(wav), dtype="int16")
    assert rate == 24_000
    np.testing.assert_array_equal(
        samples, to_int16(backend.speaker.speak(SpeechRequest(TEXT + " ™", "af_heart")).audio)
    )


def test_a_long_text_is_downloaded_whole(serve, visit):
    text = "One more sentence. " * 80
    backend = FakeBackend()
    page = visit(serve(backend))
    text_box(page).fill(text)
    button(page, "Speak").click()
    expect(button(page, "Download as …")).to_be_enabled(timeout=60_000)  # 80 phrases, each a request
    _, wav = downloaded(page)
    samples, _ = soundfile.read(io.BytesIO(wav), dtype="int16")
    assert len(samples) == len(backend.speaker.speak(SpeechRequest(text, "af_heart")).audio)
    expect(page.locator("#count")).to_contain_text("1,520 symbols, spoken in 80 phrases of at most 510")


def test_a_text_whose_phonemes_are_very_many_brings_no_warning(serve, visit):
    class Wordy(FakeSynthesizer):
        def pronounce(self, request):
            return replace(super().pronounce(request), phonemes="a" * 20_100)

    backend = FakeBackend()
    backend.speaker = Wordy(FakeCheckpoint())
    page = visit(serve(backend))
    text_box(page).fill("A long text.")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.locator("#phonemes textarea")).to_have_value("a" * 20_100)
    page.wait_for_timeout(500)
    expect(page.locator("#unknown li")).to_have_count(0)


def test_the_first_sentence_is_heard_while_the_second_is_made(serve, visit):
    brake = Brake(free=1)
    page = visit(serve(FakeBackend(brake=brake)))
    text_box(page).fill(TEXT)
    text_box(page).press("Control+Enter")
    expect(player(page)).to_have_attribute("data-playing", "true")
    in_state(page, "speaking")
    expect(message(page)).to_have_text("Speaking: phrase 1 of 3.")
    assert len(page.evaluate("window.heard")) == 1
    page.wait_for_timeout(1300)  # the first phrase ends, and the sound waits for the second
    brake.release(2)
    page.wait_for_function("window.heard.length === 3")
    first, second, third = page.evaluate("window.heard")
    assert second["when"] > first["when"] + first["seconds"] + 0.1
    assert second["offset"] == 0, "a late phrase is heard whole"
    assert third["when"] == pytest.approx(second["when"] + second["seconds"], abs=1e-6)


def test_stop_silences_at_once_and_ends_the_computing(serve, visit):
    brake = Brake(free=1)
    backend = FakeBackend(brake=brake)
    page = visit(serve(backend))
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    expect(player(page)).to_have_attribute("data-playing", "true")
    button(page, "Stop").click()
    expect(player(page)).to_have_attribute("data-playing", "false")
    in_state(page, "stopped")
    brake.release()
    expect(message(page)).to_contain_text("1 of 3 phrases")
    expect(button(page, "Stop")).to_be_disabled()
    expect(button(page, "Speak")).to_be_focused()
    expect(button(page, "Play")).to_be_enabled()
    assert backend.speaker.made <= 2
    # The slot is free again: the next speech comes to its end.
    backend.speaker.brake = lambda index: None
    button(page, "Speak").click()
    in_state(page, "done")


def test_a_visitor_who_waits_in_the_queue_can_cancel(serve, visit):
    brake = Brake()
    backend = FakeBackend(brake=brake)
    url = serve(backend)
    first, second = visit(url), visit(url)
    text_box(first).fill("Only one sentence.")
    button(first, "Speak").click()
    in_state(first, "reading")
    text_box(second).fill("Never spoken.")
    button(second, "Speak").click()
    in_state(second, "asked")
    third = visit(url)
    text_box(third).fill("Never spoken either.")
    button(third, "Speak").click()
    expect(message(second)).to_have_text("In the queue: you are next.")
    expect(message(third)).to_contain_text("In the queue: 2 ahead of you.")
    button(second, "Stop").click()
    expect(message(third)).to_have_text("In the queue: you are next.")
    button(third, "Stop").click()
    in_state(second, "stopped")
    expect(message(second)).to_have_text("Stopped before it began. Press Speak to try again.")
    brake.release()
    in_state(first, "done")
    assert backend.speaker.made == 1


def test_nothing_is_generated_for_a_visitor_who_has_left(serve, visit):
    brake = Brake(free=1)
    backend = FakeBackend(brake=brake)
    url = serve(backend)
    first = visit(url)
    text_box(first).fill(TEXT)
    button(first, "Speak").click()
    in_state(first, "speaking")
    first.close()
    second = visit(url)
    backend.speaker.brake = lambda index: None
    brake.release(2)
    text_box(second).fill("Only one sentence.")
    button(second, "Speak").click()
    in_state(second, "done")
    assert backend.speaker.made <= 3, "the last phrase of the first visitor was not made"


def test_an_empty_text_and_a_too_long_one_get_a_message(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill("")
    button(page, "Speak").click()
    expect(page.get_by_role("alert")).to_have_text("Type some text first.")
    box = page.locator("#text textarea")
    expect(box).to_be_focused()
    in_state(page, "idle")
    box.fill("a" * 20_005)
    expect(page.get_by_role("alert")).to_have_text("20,005 / 20,000 characters: 5 too many to speak at once")
    button(page, "Speak").click()
    expect(box).to_be_focused()
    assert not [asked for asked in page.requested if "queue/join" in asked], "a refusal would complain in the console"
    assert box.input_value() == "a" * 20_005, "a message, not a cut"
    in_state(page, "idle")
    box.fill("Short.")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.get_by_role("alert")).to_have_count(0)


def test_an_error_is_shown_and_the_next_speech_is_heard(serve, visit):
    def brake(index):
        if index == 1:
            raise RequestError("The voice <b>is unknown</b>.")

    backend = FakeBackend(brake=brake)
    page = visit(serve(backend))
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "failed")
    expect(message(page)).to_have_text("The voice <b>is unknown</b>.")
    expect(button(page, "Play")).to_be_enabled()
    backend.speaker.brake = lambda index: None
    button(page, "Speak").click()
    in_state(page, "done")


def test_markup_in_the_text_is_text(serve, visit):
    page = visit(serve(FakeBackend()))
    page.evaluate("() => { window.alert = () => { window.attacked = true; }; }")
    text_box(page).fill("<script>alert(1)</script><img src=x onerror=alert(1)> ${alert(1)} {{alert}} `x`")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.get_by_role("list", name="Warnings")).to_contain_text("<")
    assert page.evaluate("window.attacked") is None


def test_the_player_pauses_seeks_and_plays_again_by_keyboard_alone(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).focus()
    page.keyboard.type("A sentence that lasts for a good while, so that it can be paused and sought in.")
    page.keyboard.press("Control+Enter")
    in_state(page, "done")
    button(page, "Pause").focus()
    page.keyboard.press("Space")
    expect(button(page, "Play")).to_be_focused()
    page.keyboard.press("Tab")
    seek = page.get_by_label("Position")
    expect(seek).to_be_focused()
    page.keyboard.press("Home")
    expect(seek).to_have_attribute("aria-valuetext", "0:00 of 0:03")
    page.keyboard.press("End")
    expect(seek).to_have_attribute("aria-valuetext", "0:03 of 0:03")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(button(page, "Pause")).to_be_focused()
    assert page.evaluate("window.heard.at(-1).offset") == 0, "at the end, Play begins again"


def test_one_click_speaks_the_initial_text_and_typing_replaces_it(serve, visit):
    page = visit(serve(FakeBackend()))
    expect(text_box(page)).to_have_value(FIRST_TEXT)
    expect(page.get_by_label("Spoken as")).to_be_hidden()
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.get_by_label("Spoken as")).to_have_value(FIRST_TEXT)
    expect(page.get_by_label("Spoken as")).to_be_visible()
    text_box(page).click()
    page.keyboard.type("Mine.")
    expect(text_box(page)).to_have_value("Mine.")
    expect(page.locator("#hear")).to_have_attribute("data-old", "")


def test_an_example_speaks_at_once_and_the_visitors_text_can_be_restored(serve, visit):
    page = visit(serve(FakeBackend()))
    expect(button(page, "Back to my text")).to_be_hidden()
    text_box(page).fill("What I typed.")
    button(page, "A question").click()
    in_state(page, "done")
    button(page, "A tongue twister").click()
    expect(text_box(page)).to_have_value(re.compile("seashells"))
    button(page, "Back to my text").click()
    expect(text_box(page)).to_have_value("What I typed.")
    expect(button(page, "Back to my text")).to_be_hidden()


def test_tabs_work_by_keyboard_and_accordions_say_whether_they_are_open(serve, visit):
    page = visit(serve(FakeBackend()))
    expect(page.get_by_role("slider", name="Speed", exact=True)).to_be_visible()
    workbench = page.get_by_role("button", name="Workbench", exact=True)
    expect(workbench).to_have_attribute("aria-expanded", "false")
    workbench.click()
    expect(workbench).to_have_attribute("aria-expanded", "true")
    page.get_by_role("tab", name="Words", exact=True).focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tab", name="Sound", exact=True)).to_be_focused()
    expect(page.locator("#sound-tab")).to_be_visible()
    page.keyboard.press("ArrowLeft")
    expect(page.locator("#words")).to_be_visible()


def test_the_voices_can_be_chosen_and_examples_tried(serve, visit):
    backend = FakeBackend()
    page = visit(serve(backend))
    voice_box(page).click()
    for name in ("Heart · American woman · grade A", "Emma · British woman · grade B-", "Adam"):
        expect(page.get_by_role("option", name=name)).to_be_visible()
    page.get_by_role("option", name="Emma").click()
    button(page, "A greeting").click()
    expect(text_box(page)).to_have_value(re.compile("Kokoro"))
    button(page, "Speak").click()
    in_state(page, "done")
    assert downloaded(page)[0].startswith("kokoro-bf_emma-hello")


def test_the_real_model_arrives_without_a_restart(serve, visit):
    backend = FakeBackend(FakeCheckpoint("Heart, small", voices(FIRST_VOICES)))
    backend.state = ModelStatus(
        "Heart, small", languages=("American English",), fetching=True, progress=0.4, message="Fetching."
    )
    page = visit(serve(backend))
    status = page.locator("#status")
    expect(status).to_contain_text(
        "Speaks American English only. More voices and languages are available once Kokoro is loaded."
    )
    expect(page.get_by_role("progressbar", name="Loading")).to_have_attribute("value", "40")
    expect(voice_box(page)).to_have_value(re.compile("Heart, small"))
    brake = Brake(free=1)
    backend.speaker.brake = brake
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "speaking")
    backend.speaker = FakeSynthesizer(FakeCheckpoint())
    backend.state = ModelStatus("Kokoro-82M")
    expect(status).to_contain_text("Kokoro-82M, ready")
    expect(voice_box(page)).to_have_value(re.compile("Heart, small"))
    brake.release(2)
    in_state(page, "done")
    expect(voice_box(page)).to_have_value(re.compile("Heart ·"))
    button(page, "Speak").click()
    expect(message(page)).to_have_text(re.compile("Speaking|speech"))
    in_state(page, "done")
    assert downloaded(page)[0].startswith("kokoro-af_heart")


def test_a_text_file_is_opened_in_the_browser_and_other_files_get_a_message(serve, visit):
    page = visit(serve(FakeBackend()))

    def open_file(content):
        with page.expect_file_chooser() as chooser:
            button(page, "Open a text file").click()
        chooser.value.set_files({"name": "story.txt", "mimeType": "text/plain", "buffer": content})

    for content, read in (
        ("\ufeffHéllo — file.\r\nTwo.".encode(), "Héllo — file.\nTwo."),
        ("Héllo 心".encode("utf-16"), "Héllo 心"),
        ("Caf\xe9".encode("cp1252"), "Café"),
    ):
        open_file(content)
        expect(text_box(page)).to_have_value(read)
    for content, words in ((b"\x89PNG\r\n\x1a\n\0\0", "is not a text file"), (b"x" * 1_000_001, "larger than 1 MB")):
        open_file(content)
        expect(page.get_by_role("alert")).to_contain_text(words)
    expect(text_box(page)).to_have_value("Café")
    assert not [asked for asked in page.requested if "upload" in asked]


def test_nothing_moves_when_the_sound_arrives_and_a_phone_has_room_for_all(serve, visit):
    things = "#text, #voice-picker, #speed, #speak, #stop, .player, .player-play, .player-download"
    place = "(all) => all.map((one) => JSON.stringify(one.getBoundingClientRect()))"
    url = serve(FakeBackend())
    for viewport in (PHONE, DESKTOP):
        page = visit(url, viewport, "dark")
        page.evaluate("document.fonts.ready.then(() => true)")
        before = page.locator(things).evaluate_all(place)
        text_box(page).fill(TEXT + " ™")
        button(page, "Speak").click()
        in_state(page, "done")
        page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
        assert page.locator(things).evaluate_all(place) == before
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]


def test_a_lost_connection_is_reported_and_loses_nothing(serve, visit):
    brake = Brake(free=1)
    page = visit(serve(FakeBackend(brake=brake)))
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "speaking")
    page.route(re.compile("component_server"), lambda route: route.abort())
    expect(message(page)).to_have_text("The connection is lost. What has arrived so far can be played.", timeout=10_000)
    expect(button(page, "Play")).to_be_enabled()
    # Gradio loads the page again once the server answers.
    page.route(re.compile("queue/join"), lambda route: route.abort())
    with page.expect_navigation():
        button(page, "Speak").click()
    page.wait_for_selector("html[data-kokoro=ready]")
    expect(text_box(page)).to_have_value(TEXT)
    brake.release(3)


def test_a_reload_keeps_what_was_typed_unless_the_visitor_declines(serve, visit):
    page = visit(serve(FakeBackend()))
    page.fill("#text textarea", "Keep me.")
    page.click("#more > button")
    page.wait_for_timeout(500)  # nobody types sooner, and Gradio gives a field its first value once it is shown
    page.fill("#seed input", "77")
    page.fill("#lexicon textarea", "Nguyen = win")
    page.keyboard.press("Tab")
    page.wait_for_function("sessionStorage.getItem('kokoro-fields')?.includes('win')")
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    page.click("#more > button")
    expect(page.locator("#lexicon textarea")).to_have_value("Nguyen = win")
    expect(text_box(page)).to_have_value("Keep me.")
    expect(page.locator("#seed input")).to_have_value("77")

    page.uncheck("#remember input")
    page.wait_for_function("localStorage.getItem('kokoro-forgetful')")
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    page.fill("#text textarea", "Secret.")
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    assert page.input_value("#text textarea") == FIRST_TEXT
    assert page.evaluate("sessionStorage.getItem('kokoro-fields')") is None
