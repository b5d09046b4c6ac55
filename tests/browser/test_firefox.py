"""The page in Firefox. Skipped if it is not installed."""

import base64
import os
import time
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pytest

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.firefox import FIREFOX, Firefox
from tests.browser.test_first_look import HALF_BOLD
from tests.ui.fakes import FakeBackend

RIGHT = "\ue014"  # the right arrow key, in WebDriver's numbering
TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"


@pytest.fixture(scope="module")
def firefox() -> Iterator[Firefox]:
    if not FIREFOX:
        pytest.skip("no Firefox here: apt-get install firefox-esr")
    firefox = Firefox()
    yield firefox
    firefox.close()


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_text_is_spoken_and_shown_without_errors(serve, firefox, screen):
    firefox.errors.clear()
    firefox.open(serve(FakeBackend()), **screen)
    firefox.wait_for("document.documentElement.dataset.kokoro === 'ready'")
    assert not firefox.evaluate(TOO_WIDE)
    assert firefox.evaluate(f"({HALF_BOLD})()") == []
    firefox.click("#text textarea")
    firefox.evaluate("document.querySelector('#text textarea').select()")
    firefox.type("Hello you.")
    firefox.wait_for("document.querySelector('#text textarea').value === 'Hello you.'")
    firefox.click("#speak")
    firefox.wait_for("document.querySelector('.player').dataset.state === 'done'")
    firefox.wait_for("document.querySelectorAll('button.spoken-word').length === 2")
    firefox.click(".player-play")  # a machine without a sound card plays for ever
    firefox.wait_for("document.querySelector('.player').dataset.playing === 'false'")
    firefox.click("button.spoken-word")
    firefox.wait_for("document.querySelector('.player').dataset.playing === 'true'")
    firefox.hover("button.spoken-word .spoken-sound")
    assert firefox.evaluate("document.querySelector('.spoken-tip').textContent").startswith("h: as in ")
    firefox.click(".spoken-letters input[value=ipa]")
    firefox.click("#workbench > button")
    firefox.wait_for("Boolean(document.querySelector('#workbench [role=tab]')?.offsetParent)")
    firefox.evaluate("document.querySelector('#workbench [role=tab]').focus()")
    firefox.type(RIGHT)
    firefox.wait_for("document.activeElement.textContent.trim() === 'Sound'")
    assert not firefox.evaluate(TOO_WIDE)
    time.sleep(0.6)  # until the tab has faded in
    assert _axe(firefox) == []
    assert firefox.errors == []
    if folder := os.environ.get("PICTURES"):
        name = "phone" if screen is PHONE else "desktop"
        Path(folder, f"firefox-{name}.png").write_bytes(base64.b64decode(firefox.picture()))


def _axe(firefox: Firefox) -> list[str]:
    """What axe finds on the page as it is."""
    script = resources.files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    firefox.evaluate(f"(() => {{ {script}; return null; }})()")
    violations = firefox.evaluate("axe.run().then(({ violations }) => violations)")
    return [
        f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in violations
        for node in violation["nodes"]
    ]
