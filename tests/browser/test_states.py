"""Every state of the page says what is happening, and what a visitor can do. docs/page.md has the same table."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from kokoro_demo.errors import CheckpointError
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.backend import ModelStatus
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import button, in_state, message, text_box
from tests.ui.fakes import FIRST_VOICES, Brake, FakeBackend, FakeCheckpoint, FakeSynthesizer, voices

TEXT = "One little thing. Another little thing! A third?"
ENGLISH = ("American English",)
WHY = "'weights.pth' cannot be fetched. Run: python -m something"
MODEL_STATES = {
    "ready": (ModelStatus("Kokoro-82M"), "Kokoro-82M, ready"),
    "loading": (
        ModelStatus("", fetching=True, progress=0.3, message="Fetching Kokoro's weights: 98 of 327 MB", left=130.0),
        "Loading the voice Type your text now; you can play it as soon as the voice is loaded. "
        "Fetching Kokoro's weights: 98 of 327 MB. About 2 minutes left.",
    ),
    "first-voice": (
        ModelStatus("Heart, small", ENGLISH, True, 0.3, "Fetching Kokoro's weights: 98 of 327 MB", left=130.0),
        "Heart, small, ready Speaks American English only. More voices and languages are available once Kokoro is "
        "loaded. Fetching Kokoro's weights: 98 of 327 MB. About 2 minutes left.",
    ),
    "no-network": (
        ModelStatus("Heart, small", ENGLISH, True, None, WHY),
        "Heart, small, ready Speaks American English only. Kokoro cannot be downloaded now; it will be tried "
        "again. Why not Kokoro itself?",
    ),
    "8-bit": (
        ModelStatus("Kokoro-82M in 8 bits", (), True, None, WHY),
        "Kokoro-82M in 8 bits, ready All voices and languages. The full model takes over once it is loaded. "
        "Why not the full model?",
    ),
    "nothing-yet": (
        ModelStatus("", (), True, None, WHY),
        "No voice is available yet Your text is kept. Leave this page open: it will keep trying to load the "
        "voice. Why?",
    ),
    "nothing": (
        ModelStatus("", (), False, None, WHY),
        "No voice is available Your text is kept. Please tell whoever runs this page. Why?",
    ),
}  # fmt: skip


SAYS = """(sentence) =>
  document.querySelector("#status .status").innerText.trim().split(/\\s+/).join(" ") === sentence"""


class Model(FakeBackend):
    """A backend that has no synthesizer if the status names no model."""

    def synthesizer(self) -> FakeSynthesizer:
        if not self.state.name:
            raise CheckpointError(WHY)
        return super().synthesizer()


@pytest.fixture(scope="module")
def model() -> Model:
    return Model()


@pytest.fixture(scope="module")
def url(model) -> Iterator[str]:
    # As when the app starts: the first voice is ready before any other.
    model.speaker = FakeSynthesizer(FakeCheckpoint("Heart, small", voices(FIRST_VOICES)))
    page = build_page(model)
    yield launch(page, prevent_thread_lock=True, quiet=True)[1]
    page.close(verbose=False)


def picture(page: Page, name: str) -> None:
    if folder := os.environ.get("PICTURES"):
        width = page.viewport_size["width"]
        page.wait_for_timeout(300)
        page.screenshot(path=Path(folder, f"state-{name}-{width}.png"))


def complaints(page: Page) -> list[str]:
    """Collect the console's errors from now on."""
    heard: list[str] = []
    page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
    return heard


@pytest.mark.parametrize("name", MODEL_STATES)
def test_the_model_status_names_no_files_or_commands(url, visit, model, name):
    model.state, sentence = MODEL_STATES[name]
    first = bool(model.state.languages)
    model.speaker = FakeSynthesizer(FakeCheckpoint("Heart, small", voices(FIRST_VOICES)) if first else FakeCheckpoint())
    for screen in (DESKTOP, PHONE):
        page = visit(url, screen)
        heard = complaints(page)
        page.wait_for_function(SAYS, arg=sentence)  # once the server has answered
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
        text_box(page).fill("A text.")
        button(page, "Speak").click()
        in_state(page, "done" if model.state.name else "failed")
        if not model.state.name:
            expect(message(page)).to_contain_text("No voice is available")
            expect(message(page)).to_contain_text("Your text is kept")
        expect(text_box(page)).to_have_value("A text.")
        picture(page, name)
        assert heard == []


def speaking(page: Page, brake: Brake) -> None:
    expect(message(page)).to_have_text("Speaking: phrase 1 of 3.")


def stopped(page: Page, brake: Brake) -> None:
    button(page, "Stop").click()
    expect(message(page)).to_have_text("Stopped after 1 of 3 phrases; what was made can be played and downloaded.")
    expect(button(page, "Speak")).to_be_enabled()
    expect(button(page, "Download as …")).to_be_enabled()


def failed(page: Page, brake: Brake) -> None:
    brake.fault = CheckpointError(WHY)
    brake.release()
    expect(message(page)).to_have_text(
        "This voice cannot speak now. Choose another one, or press Speak again in a moment."
    )
    expect(button(page, "Download as …")).to_be_enabled()


class Breakable(Brake):
    fault: Exception | None = None

    def __call__(self, index: int) -> None:
        super().__call__(index)
        if self.fault:
            raise self.fault


@pytest.mark.parametrize("after", [speaking, stopped, failed])
def test_the_status_of_a_speech_names_the_next_step(serve, visit, after: Callable[[Page, Brake], None]):
    brake = Breakable(free=1)
    page = visit(serve(FakeBackend(brake=brake)), PHONE)
    heard = complaints(page)
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "speaking")
    after(page, brake)
    picture(page, after.__name__)
    assert heard == []
    brake.release(3)


def test_a_file_of_a_forgotten_speech_gets_a_message_and_leaves_the_page_usable(serve, visit):
    page = visit(serve(FakeBackend()))
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "done")
    page.evaluate("document.querySelector('.player-stage').scrollIntoView()")
    page.route("**/speech/*.mp3", lambda route: route.fulfill(status=404, body="This speech is no longer kept."))
    button(page, "Download as …").click()
    page.get_by_role("menuitem", name="MP3", exact=True).click()
    expect(message(page)).to_have_text("This speech is no longer kept.")
    expect(button(page, "Play").or_(button(page, "Pause"))).to_be_enabled()
    button(page, "Speak").click()
    in_state(page, "done")


def test_an_empty_text_says_what_to_do_without_console_messages(url, visit, model):
    model.state, model.speaker = ModelStatus("Kokoro-82M"), FakeSynthesizer(FakeCheckpoint())
    page = visit(url)
    heard = complaints(page)
    text_box(page).fill("")
    button(page, "Speak").click()
    expect(page.get_by_role("alert")).to_have_text("Type some text first.")
    expect(text_box(page)).to_have_attribute("aria-invalid", "true")
    page.wait_for_timeout(300)
    assert heard == []
