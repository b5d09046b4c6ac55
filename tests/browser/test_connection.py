"""What was made and typed survives if the server goes away and comes back, the browser goes offline, or the page is
reloaded."""

import random
import re
import socket
from collections.abc import Iterator
from contextlib import suppress

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import started
from tests.browser.steps import button, downloaded, in_state, message, player, text_box
from tests.ui.fakes import Brake, FakeBackend

TEXT = "One little thing. Another little thing! A third?"
LONG = "A sentence that lasts for a good while, so that it is still heard when the server comes back. " * 3


def own_port() -> int:
    """A port that stays free while its server is gone: neither another Gradio, which takes those from 7860 on, uses it,
    nor an outgoing connection, to which Linux gives those from 32768 on.
    """
    while True:
        port = random.randrange(20_000, 30_000)
        with socket.socket() as tried, suppress(OSError):
            tried.bind(("127.0.0.1", port))
            return port


class Server:
    """A page at one address, which can go away and come back as another process."""

    def __init__(self, backend: FakeBackend) -> None:
        self._backend, self._port = backend, own_port()
        self.start()

    def start(self) -> None:
        self._page, self.url = started(self._backend, self._port)

    def stop(self) -> None:
        self._page.close(verbose=False)


@pytest.fixture
def server() -> Iterator[Server]:
    server = Server(FakeBackend())
    yield server
    server.stop()


def speak(page: Page, text: str = TEXT) -> bytes:
    """Speak a text; returns its WAV file."""
    text_box(page).fill(text)
    button(page, "Speak").click()
    in_state(page, "done")
    return downloaded(page)[1]


def notice(page: Page):
    return page.locator(".connection p")


def is_loaded_again(page: Page) -> None:
    page.wait_for_function("!window.before && document.documentElement.dataset.kokoro === 'ready'")


def mark(page: Page) -> None:
    """Return what is missing after the page was reloaded."""
    page.evaluate("() => { window.before = true; }")


def test_text_and_sound_survive_a_restart_of_the_server(server, visit):
    page = visit(server.url)
    wav = speak(page)
    button(page, "Pause").click()
    mark(page)
    server.stop()
    text_box(page).fill("What I typed since.")
    button(page, "Speak").click()
    expect(notice(page)).to_contain_text(
        "The server cannot be reached. Your text is kept, and the sound here", timeout=20_000
    )
    expect(message(page)).to_have_text("The server cannot be reached, so this was not spoken.")
    assert downloaded(page)[1] == wav, "what was made before is in the player again"
    button(page, "Play").click()
    expect(player(page)).to_have_attribute("data-playing", "true")
    button(page, "Pause").click()
    server.start()
    is_loaded_again(page)
    expect(notice(page)).to_have_text(
        "The connection is back. Your text and your sound are as they were. Press Speak to continue."
    )
    expect(text_box(page)).to_have_value("What I typed since.")
    assert downloaded(page)[1] == wav
    expect(page.locator(".stage-word").first).to_have_text("One")
    expect(page.locator("#hear")).to_have_attribute("data-old", "")
    button(page, "Play").click()
    expect(player(page)).to_have_attribute("data-playing", "true")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(notice(page)).to_be_hidden()
    assert downloaded(page)[1] != wav
    expect(page.locator("#hear")).not_to_have_attribute("data-old", "")


def test_a_sound_that_plays_when_the_server_comes_back_plays_to_its_end(server, visit):
    page = visit(server.url)
    speak(page, LONG)
    mark(page)
    server.stop()
    text_box(page).fill("More.")
    button(page, "Speak").click()
    expect(notice(page)).to_contain_text("cannot be reached", timeout=20_000)
    button(page, "Play").click()
    server.start()
    expect(notice(page)).to_contain_text("The page will reload when the sound has ended", timeout=20_000)
    assert page.evaluate("window.before")
    button(page, "Pause").click()
    is_loaded_again(page)
    expect(notice(page)).to_contain_text("The connection is back.")
    expect(button(page, "Play")).to_be_enabled()


def test_a_browser_that_cannot_keep_the_sound_waits_for_the_visitor(server, visit):
    page = visit(server.url)
    page.evaluate("Object.defineProperty(Crypto.prototype, 'subtle', { value: undefined })")
    wav = speak(page)
    button(page, "Pause").click()
    mark(page)
    server.stop()
    button(page, "Speak").click()
    expect(notice(page)).to_contain_text("cannot be reached", timeout=20_000)
    server.start()
    expect(notice(page)).to_contain_text("Download it first if you want to keep it", timeout=20_000)
    assert downloaded(page)[1] == wav
    button(page, "Reload the page").click()
    is_loaded_again(page)
    expect(notice(page)).to_have_text("The connection is back. Your text is as it was. Press Speak to continue.")


def test_an_offline_browser_says_so_keeps_everything_and_continues_without_a_reload(server, visit):
    page = visit(server.url)
    wav = speak(page)
    button(page, "Pause").click()
    mark(page)
    page.context.set_offline(True)
    expect(notice(page)).to_contain_text("You are offline. Your text is kept, and the sound here can be played")
    button(page, "Speak").click()
    assert downloaded(page)[1] == wav
    page.context.set_offline(False)
    expect(notice(page)).to_contain_text("The connection is back.")
    assert speak(page, "And on.") != wav
    assert page.evaluate("window.before")


def test_a_speech_that_is_cut_off_keeps_what_has_arrived(serve, visit):
    brake = Brake(free=1)
    page = visit(serve(FakeBackend(brake=brake)))
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "speaking")
    page.route("**/gradio_api/**", lambda route: route.abort())
    expect(message(page)).to_have_text("The connection is lost. What has arrived so far can be played.", timeout=10_000)
    expect(notice(page)).to_contain_text("The server cannot be reached.")
    _, wav = downloaded(page)
    page.unroute("**/gradio_api/**")
    brake.release(3)
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    in_state(page, "stopped")
    expect(message(page)).to_contain_text("Press Speak to make all of it.")
    assert downloaded(page)[1] == wav


def test_a_reload_restores_the_sound_in_this_tab_only(server, visit):
    page = visit(server.url)
    wav = speak(page)
    page.get_by_label("Position").press("End")
    heard: list[str] = []
    page.on("console", lambda line: heard.append(line.text) if line.type == "error" else None)
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    in_state(page, "done")
    expect(message(page)).to_have_text(re.compile(r"2\.\d s of speech.* It was made before this page was reloaded\."))
    expect(page.get_by_label("Position")).to_have_attribute("aria-valuetext", re.compile("0:02 of 0:02"))
    assert downloaded(page)[1] == wav
    assert b'"words"' in downloaded(page, "JSON")[1]
    assert heard == []
    other = page.context.new_page()
    other.goto(server.url)
    other.wait_for_selector("html[data-kokoro=ready]")
    other.wait_for_timeout(300)
    expect(player(other)).to_have_attribute("data-state", "idle")
    other.close()


KEPT = """() => new Promise((resolve) => {
  const asked = indexedDB.open("kokoro", 1);
  asked.onsuccess = () => {
    const all = asked.result.transaction("pieces").objectStore("pieces").getAll();
    all.onsuccess = () => resolve(all.result.map(({ data }) => [...new Uint8Array(data)]));
  };
})"""


def test_kept_sound_cannot_be_read_without_the_tab_and_can_be_deleted(server, visit):
    page = visit(server.url)
    wav = speak(page, "A word.")
    page.wait_for_function("sessionStorage.getItem('kokoro-sound')?.includes('\"done\":true')")
    page.wait_for_timeout(300)
    pieces = [bytes(piece) for piece in page.evaluate(KEPT)]
    assert len(pieces) == 2, "the sound, and when its words are heard"
    assert not any(wav[1000:1016] in piece or b"word" in piece for piece in pieces)
    page.click("#more > button")
    page.uncheck("#remember input")
    page.wait_for_function("localStorage.getItem('kokoro-forgetful')")
    page.wait_for_timeout(300)
    assert page.evaluate(KEPT) == []
    speak(page, "Another word.")
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    page.wait_for_timeout(300)
    in_state(page, "idle")
    assert page.evaluate(KEPT) == []


def test_another_speech_replaces_the_kept_one(server, visit):
    page = visit(server.url)
    speak(page)
    wav = speak(page, "The other one.")
    page.wait_for_timeout(300)
    assert len(page.evaluate(KEPT)) == 2
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    in_state(page, "done")
    assert downloaded(page)[1] == wav


FULL_DISK = """() => {
  const put = IDBObjectStore.prototype.put;
  IDBObjectStore.prototype.put = function (...asked) {
    const request = put.apply(this, asked);
    request.addEventListener("success", () => this.transaction.abort());
    return request;
  };
}"""


def test_a_disk_that_is_full_only_at_the_end_is_noticed(server, visit):
    page = visit(server.url)
    page.evaluate(FULL_DISK)
    speak(page)
    assert page.evaluate("window.kokoro.isSaved()") is False
    assert page.evaluate(KEPT) == []


def test_after_another_tab_deletes_the_sites_data_the_next_sound_is_kept_again(server, visit):
    page = visit(server.url)
    speak(page)
    assert page.evaluate("window.kokoro.isSaved()") is True
    other = page.context.new_page()
    other.goto(server.url + "health")
    deleted = """() => new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase("kokoro");
      asked.onsuccess = () => resolve("deleted");
      asked.onblocked = () => resolve("blocked");
    })"""
    assert other.evaluate(deleted) == "deleted"
    other.close()
    wav = speak(page, "The other one.")
    assert page.evaluate("window.kokoro.isSaved()") is True
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    in_state(page, "done")
    assert downloaded(page)[1] == wav


def test_a_browser_without_storage_speaks(server, visit):
    page = visit(server.url)
    page.evaluate("""() => {
      for (const name of ["localStorage", "sessionStorage"])
        Object.defineProperty(window, name, { get() { throw new DOMException("denied", "SecurityError"); } });
    }""")
    speak(page)
    assert page.evaluate("window.kokoro.isSaved()") is False


def test_speak_pressed_immediately_after_a_reload_works(server, visit):
    page = visit(server.url)
    text_box(page).fill(TEXT)
    page.wait_for_function("sessionStorage.getItem('kokoro-fields')?.includes('little')")
    page.reload()
    page.wait_for_selector("button#speak", state="attached")
    page.evaluate("document.querySelector('button#speak').click()")
    in_state(page, "done")
    expect(text_box(page)).to_have_value(TEXT)
