"""A real Chromium with the page. The tests are skipped, with the reason, if there is none, but never in CI."""

import os
import shutil
from collections.abc import Callable, Iterator

import pytest

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"

from gradio import Blocks
from playwright.sync_api import Browser, Page, sync_playwright

from kokoro_demo.ui import build_page, launch
from tests.ui.fakes import FakeBackend

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}

# Records every source that starts to play, and when, in the time of its audio context.
LISTEN = """
window.heard = [];
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (when = 0, offset = 0) {
  window.heard.push({ when, offset, seconds: this.buffer.duration, rate: this.buffer.sampleRate });
  return start.apply(this, arguments);
};
"""


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM:
        if os.environ.get("CI") == "true":
            pytest.fail("CI must have Chromium: install it, or set CHROMIUM to its path")
        pytest.skip("no Chromium here: install it, or set CHROMIUM to its path")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--autoplay-policy=user-gesture-required"]
        )
        yield browser
        browser.close()


def started(backend: FakeBackend, port: int | None = None, tries: int = 3) -> tuple[Blocks, str]:
    """A page that is served over a backend, and its address."""
    page = build_page(backend)
    try:
        return page, launch(page, prevent_thread_lock=True, quiet=True, server_port=port)[1]
    except ValueError:  # Gradio gives a page three seconds to answer, which a busy machine may not keep
        page.close(verbose=False)
        if tries == 1:
            raise
    return started(backend, port, tries - 1)


@pytest.fixture
def serve() -> Iterator[Callable[[FakeBackend], str]]:
    """Serves a page with a backend, for one test."""
    pages = []

    def start(backend: FakeBackend) -> str:
        page, url = started(backend)
        pages.append(page)
        return url

    yield start
    for page in pages:
        page.close()


@pytest.fixture
def visit(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page in a new context. At the end no script may have failed, and no request gone to another server."""
    contexts, pages = [], []

    def open_page(url: str, viewport: dict = DESKTOP, scheme: str = "light", at: str = "") -> Page:
        context = browser.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.add_init_script(LISTEN)
        page.requested, page.failures = [], []
        page.on("request", lambda request: page.requested.append(request.url))
        page.on("pageerror", lambda error: page.failures.append(str(error)))
        page.goto(url + at)
        page.wait_for_selector("html[data-kokoro=ready]")
        pages.append((page, url))
        return page

    yield open_page
    for page, url in pages:
        assert page.failures == []
        elsewhere = [asked for asked in page.requested if not asked.startswith((url, "data:", "blob:"))]
        assert elsewhere == []
    for context in contexts:
        context.close()
