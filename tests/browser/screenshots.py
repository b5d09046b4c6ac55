"""Takes the pictures in docs/: ``python -m tests.browser.screenshots``. They show Kokoro in 8 bits."""

import os
from pathlib import Path

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from playwright.sync_api import sync_playwright

from kokoro_demo.checkpoints.loading import BackgroundLoader
from kokoro_demo.ui import build_page, launch
from kokoro_demo.ui.backend import LoadedBackend
from kokoro_demo.ui.examples import EXAMPLES
from tests.browser.conftest import CHROMIUM
from tests.browser.steps import button, text_box

DOCS = Path(__file__).parents[2] / "docs"
PICTURES = {"screenshot.png": {"width": 1280, "height": 740}, "thumbnail.png": {"width": 1200, "height": 630}}


def main() -> None:
    """Serve the page, speak an example, and save screenshots."""
    loader = BackgroundLoader("packaged")
    loader.load_now()
    page = build_page(LoadedBackend(loader))
    _, url, _ = launch(page, prevent_thread_lock=True, quiet=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for name, size in PICTURES.items():
            visit = browser.new_page(viewport=size)
            visit.goto(url)
            visit.wait_for_selector("html[data-kokoro=ready]")
            text_box(visit).fill(EXAMPLES["A story"])
            button(visit, "Speak").click()
            visit.wait_for_selector('.player[data-state="done"]', timeout=120_000)
            visit.evaluate("document.activeElement.blur()")
            visit.mouse.move(0, 0)
            visit.evaluate("window.scrollTo(0, 0)")
            visit.wait_for_timeout(4000)
            visit.screenshot(path=DOCS / name)
        browser.close()
    page.close()


if __name__ == "__main__":
    main()
