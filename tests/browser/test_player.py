"""The player: words light up; replay at another speed; a loop; its keys; and its menu of files."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import expect

import kokoro_demo.ui.player
from kokoro_demo.formats import FORMATS
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import button, downloaded, in_state, player, text_box
from tests.ui.fakes import Brake, FakeBackend, FakeCheckpoint, FakeSynthesizer

TEXT = "One little thing <b> and another little thing, and then a third one, and a fourth one, and a last one."
PARTS = Path(kokoro_demo.ui.player.__file__).parent
# Plays a tone of 200 Hz and one second at another rate, and returns its length and the number of its rising zero
# crossings.
STRETCH = """(rate) => {
  const tone = Float32Array.from({ length: 24_000 }, (_, i) => 0.5 * Math.sin((2 * Math.PI * 200 * i) / 24_000));
  const out = stretched(tone, rate);
  let rises = 0;
  for (let i = 1; i < out.length; i++) if (out[i - 1] < 0 && out[i] >= 0) rises++;
  return [out.length / 24_000, rises, Math.max(...out.subarray(1000, out.length - 1000).map(Math.abs))];
}"""


@pytest.fixture(scope="module")
def url(browser):
    from kokoro_demo.ui import build_page, launch

    page = build_page(FakeBackend())
    yield launch(page, prevent_thread_lock=True, quiet=True)[1]
    page.close()


@pytest.fixture
def spoken(visit, url):
    page = visit(url)
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.locator(".stage-word").first).to_be_visible()
    return page


def starts(page) -> list[float]:
    """When each word begins, according to the server."""
    name, content = downloaded(page, "JSON")
    assert name.endswith(".json")
    return [word["start"] for word in json.loads(content)["words"]]


def heard_now(page) -> float:
    return page.evaluate("window.kokoro.time()")


@pytest.mark.parametrize("rate", [0.5, 0.75, 1.25, 2])
def test_another_rate_keeps_the_pitch_and_the_level(browser, rate):
    page = browser.new_page()
    script = (PARTS / "stretch.js").read_text("utf-8")
    seconds, rises, loudest = page.evaluate(f"(rate) => {{ {script}; return ({STRETCH})(rate); }}", rate)
    page.close()
    assert seconds == pytest.approx(1 / rate, abs=0.001)
    assert rises / seconds == pytest.approx(200, rel=0.03)
    assert loudest == pytest.approx(0.5, rel=0.1)


def test_the_text_is_in_the_player_before_playback_and_words_are_highlighted_as_they_are_heard(visit, url):
    page = visit(url)
    stage = page.get_by_role("group", name="The text as it is heard")
    text_box(page).fill("Before it is spoken")
    expect(stage).to_have_text("Before it is spoken")
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    page.wait_for_selector(".stage-word[data-lit]")
    in_state(page, "done")
    assert "<b>" not in stage.inner_text() or page.locator(".stage-word").count() > 20
    words = page.locator(".stage-word")
    expect(words.first).to_have_attribute("data-heard", "")
    begins = starts(page)[9]
    before = page.evaluate("window.heard.length")
    words.nth(9).click()
    page.wait_for_function(f"window.heard.length > {before}")
    assert page.evaluate("window.heard.at(-1).offset") == pytest.approx(begins, abs=0.02)
    text_box(page).fill("Changed.")
    expect(stage).to_contain_text("another little thing")


def test_a_replay_at_half_speed_takes_twice_as_long_and_words_keep_their_places(spoken):
    page = spoken
    page.get_by_label("Speed of replay").select_option("0.5")
    button(page, "Pause").click() if button(page, "Pause").count() else None
    page.evaluate("window.heard.length = 0")
    page.locator(".stage-word").nth(0).click()
    page.wait_for_function("window.heard.length > 0")
    slow = page.evaluate("window.heard[0].seconds")
    page.get_by_label("Speed of replay").select_option("2")
    page.evaluate("window.heard.length = 0")
    page.locator(".stage-word").nth(0).click()
    page.wait_for_function("window.heard.length > 0")
    assert slow / page.evaluate("window.heard[0].seconds") == pytest.approx(4, rel=0.01)
    began = heard_now(page)
    page.wait_for_timeout(500)
    assert 0.7 < heard_now(page) - began < 2.5, "two seconds of the speech in one of the clock"


def test_a_dragged_selection_is_looped(spoken):
    page = spoken
    box = page.locator(".player-wave").bounding_box()
    x, y = box["x"], box["y"] + box["height"] / 2
    page.mouse.move(x + 0.5 * box["width"], y)
    page.mouse.down()
    page.mouse.move(x + 0.55 * box["width"], y, steps=3)
    page.mouse.move(x + 0.6 * box["width"], y, steps=3)
    page.mouse.up()
    expect(button(page, "Loop")).to_have_attribute("aria-pressed", "true")
    colour = button(page, "Loop").evaluate("(one) => getComputedStyle(one).backgroundColor")
    assert colour not in ("rgba(0, 0, 0, 0)", "transparent"), "it looks pressed"
    length = float(page.get_by_label("Position").get_attribute("max"))
    begins = page.evaluate("window.heard.length")
    page.wait_for_function(f"window.heard.length >= {begins + 2}")
    expect(player(page)).to_have_attribute("data-playing", "true")
    assert 0.48 * length < heard_now(page) < 0.62 * length
    page.keyboard.press("Escape")
    expect(button(page, "Loop")).to_have_attribute("aria-pressed", "false")
    page.wait_for_function(f"window.kokoro.time() === null || window.kokoro.time() > {0.7 * length}")


def test_shift_click_loops_from_one_word_to_another(spoken):
    page = spoken
    words = page.locator(".stage-word")
    first, after = starts(page)[2], starts(page)[5]
    words.nth(2).click()
    words.nth(4).click(modifiers=["Shift"])
    expect(page.locator(".stage-word[data-selected]")).to_have_count(3)
    expect(button(page, "Loop")).to_have_attribute("aria-pressed", "true")
    begins = page.evaluate("window.heard.length")
    page.wait_for_function(f"window.heard.length >= {begins + 2}")
    assert first - 0.05 < heard_now(page) < after + 0.05
    button(page, "Loop").click()
    expect(page.locator(".stage-word[data-selected]")).to_have_count(0)


def test_loop_without_a_selection_repeats_the_whole_speech(spoken):
    page = spoken
    button(page, "Loop").click()
    page.get_by_label("Position").focus()
    page.keyboard.press("End")
    begins = page.evaluate("window.heard.length")
    if player(page).get_attribute("data-playing") == "false":
        page.keyboard.press("Space")
    page.wait_for_function(f"window.heard.length > {begins} && window.heard.at(-1).offset === 0")
    expect(player(page)).to_have_attribute("data-playing", "true")


def test_keys_play_pause_and_seek_unless_another_control_has_the_focus(spoken):
    page = spoken
    begins = starts(page)
    page.evaluate("document.activeElement.blur()")
    if player(page).get_attribute("data-playing") == "true":
        page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "false")
    position = page.get_by_label("Position")
    for _ in range(6):
        page.keyboard.press("ArrowLeft")
    assert float(position.input_value()) == 0
    page.keyboard.press("ArrowRight")
    assert float(position.input_value()) == pytest.approx(2, abs=0.06)
    page.keyboard.press("Shift+ArrowRight")
    following = next(start for start in begins if start > 2.001)
    assert float(position.input_value()) == pytest.approx(following, abs=0.06)
    page.keyboard.press("Shift+ArrowLeft")
    assert float(position.input_value()) < following - 0.01
    page.keyboard.press("Space")
    expect(player(page)).to_have_attribute("data-playing", "true")
    page.keyboard.press("Space")
    # In the text they are typed, and move the caret.
    before = position.input_value()
    text_box(page).click()
    page.keyboard.press("Space")
    page.keyboard.press("ArrowLeft")
    expect(player(page)).to_have_attribute("data-playing", "false")
    assert position.input_value() == before


def test_words_can_be_reached_chosen_and_selected_by_keyboard(spoken):
    page = spoken
    words = page.locator(".stage-word")
    assert page.locator('.stage-word[tabindex="0"]').count() == 1, "one stop of the tab key"
    words.first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    expect(words.nth(2)).to_be_focused()
    page.evaluate("window.heard.length = 0")
    page.keyboard.press("Enter")
    page.wait_for_function("window.heard.length > 0")
    assert page.evaluate("window.heard[0].offset") > 0.1
    page.keyboard.press("Shift+ArrowRight")
    expect(page.locator(".stage-word[data-selected]")).to_have_count(2)


def test_one_menu_has_every_kind_of_file_and_works_by_keyboard(spoken):
    page = spoken
    menu = page.get_by_role("menu", name="Download as")
    opener = button(page, "Download as …")
    expect(opener).to_have_attribute("aria-expanded", "false")
    opener.focus()
    page.keyboard.press("ArrowDown")
    expect(opener).to_have_attribute("aria-expanded", "true")
    items = menu.get_by_role("menuitem")
    assert items.all_inner_texts() == [form.label for form in FORMATS.values()]
    expect(items.first).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(items.last).to_be_focused()
    page.keyboard.press("f")
    expect(menu.get_by_role("menuitem", name="FLAC")).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(opener).to_be_focused()
    name, content = downloaded(page, "JSON")
    assert name.endswith(".json")
    assert json.loads(content)["text"] == TEXT
    name, content = downloaded(page, "Opus")
    assert name.endswith(".opus")
    assert content[:4] == b"OggS"


def test_on_a_phone_the_menu_is_in_view(visit, url):
    page = visit(url, PHONE)
    button(page, "Speak").click()
    in_state(page, "done")
    button(page, "Download as …").click()
    box = page.get_by_role("menu", name="Download as").bounding_box()
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= PHONE["height"]
    assert 0 <= box["x"] <= box["x"] + box["width"] <= PHONE["width"]


def test_the_play_button_generates_speech_and_shows_progress_before_it(visit, url):
    page = visit(url, DESKTOP)
    picture = "document.querySelector('.player canvas').toDataURL()"
    page.evaluate("document.querySelector('.player').dataset.state = 'asked'")
    page.route("**/queue/join**", lambda route: None)  # the server does not answer yet
    button(page, "Play").click()
    in_state(page, "asked")
    first = page.evaluate(picture)
    page.wait_for_timeout(300)
    assert page.evaluate(picture) != first
    page.unroute("**/queue/join**")


class Slow(FakeSynthesizer):
    """Has only the words that have been generated."""

    def assemble(self, request, pronunciation, chunks):
        words = tuple(word for chunk in chunks for word in chunk.words)
        return replace(super().assemble(request, pronunciation, chunks), words=words)


def test_words_that_are_not_generated_yet_are_shown_too(serve, visit):
    brake = Brake(free=1)
    backend = FakeBackend()
    backend.speaker = Slow(FakeCheckpoint(), brake)
    page = visit(serve(backend))
    text_box(page).fill("One little thing. Another little thing! A third?")
    button(page, "Speak").click()
    page.wait_for_selector(".stage-word")
    stage = page.get_by_role("group", name="The text as it is heard")
    expect(stage).to_have_text("One little thing. Another little thing! A third?")
    expect(page.locator(".stage-word")).to_have_count(3)
    brake.release(2)
    in_state(page, "done")
    expect(page.locator(".stage-word")).to_have_count(8)


def test_the_speakers_of_a_script_are_named_where_their_turns_begin(visit, url):
    page = visit(url)
    words = [
        {"text": text, "start": start, "end": start + 0.2}
        for text, start in (("Rain", 0.1), ("Hello", 0.5), ("there", 0.7), ("Hi", 1.0), ("On", 1.4))
    ]
    turns = [
        {"speaker": speaker, "start": start} for speaker, start in (("", 0), ("Emma", 0.5), ("Tom", 1.0), ("", 1.4))
    ]
    timeline = {"text": "Rain.\n\nEmma: Hello there.\nTom (yawning): Hi!\n\nOn.", "words": words, "turns": turns}
    page.route("**/speech/*.json", lambda route: route.fulfill(json=timeline))
    text_box(page).fill("Anything.")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.locator(".stage-speaker")).to_have_text(["Emma: ", "Tom: "])
    stage = page.get_by_role("group", name="The text as it is heard").inner_text()
    assert [line for line in stage.splitlines() if line] == ["Rain.", "Emma: Hello there.", "Tom: Hi!", "On."]


def test_an_empty_text_is_outlined_and_an_example_speaks_with_one_click(visit, url):
    page = visit(url)
    text_box(page).fill("")
    button(page, "Speak").click()
    box = page.locator("#text textarea")
    expect(page.get_by_role("alert")).to_have_text("Type some text first.")
    for side in ("top", "right", "bottom", "left"):
        expect(box).to_have_css(f"border-{side}-color", "rgb(163, 58, 36)")
    expect(box).to_have_css("box-shadow", "none")
    button(page, "A question").click()
    in_state(page, "done")
