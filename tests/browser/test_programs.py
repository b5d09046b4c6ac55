"""The tab "Programs": it shows the page's request as code, which is run unchanged."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
import soundfile
from playwright.sync_api import expect

from kokoro_demo.share import share_link
from kokoro_demo.speech import SpeechRequest
from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import text_box
from tests.ui.fakes import FakeBackend

ROOT = Path(__file__).parents[2]
TABS = ["curl", "Python", "OpenAI", "JavaScript", "Package"]
HOSTILE = "It's \"5$\" \\n\\ `id` $(id) !! ${x} {{y}} é ☃ 𝄞 &amp; <b>\n'''\tEOF\nlast\\"
REQUESTS = {
    "hostile": SpeechRequest(HOSTILE, voice="bf_emma", lexicon="it's = \"its\"\nEOF = 'i'", phonemes="həlˈO 'x'"),
    "everything": SpeechRequest(
        "Anna: I'm here.\nBen: So am I.",
        voice="bf_emma(2)+am_adam",
        speed=1.25,
        seed=7,
        language="en-gb",
        lexicon="here = heer",
        pause_scale=1.5,
        even_loudness=True,
        untouched=True,
        cast="Anna = af_heart\nBen = am_adam, 1.1",
    ),
}


class Backend(FakeBackend):
    """Records its requests."""

    def __init__(self):
        super().__init__()
        self.asked = []
        pronounce = self.speaker.pronounce

        def kept(request):
            self.asked.append(request)
            return pronounce(request)

        self.speaker.pronounce = kept


@pytest.fixture(scope="module")
def backend():
    return Backend()


@pytest.fixture(scope="module")
def url(backend):
    from kokoro_demo.ui import build_page, launch

    page = build_page(backend)
    yield launch(page, prevent_thread_lock=True, quiet=True)[1]
    page.close()


def link_to(request):
    return share_link(request, "http://page/").removeprefix("http://page/")


def open_tab(page):
    page.click("#workbench > button")
    tab, more = page.get_by_role("tab", name="Programs", exact=True), page.get_by_label("More tabs")
    expect(tab.or_(more)).not_to_have_count(0)
    if tab.count():
        tab.click()
    else:
        more.click()
        page.locator("#workbench .overflow-dropdown button", has_text="Programs").click()
    expect(page.locator(".calls-panel")).to_be_visible()


def call(page, name):
    page.get_by_role("tab", name=name, exact=True).click()
    return page.locator(".calls pre code").text_content()


def calls_of(page, request):
    """Return the code of each tab, once the page has the request."""
    open_tab(page)
    expect(text_box(page)).to_have_value(request.text)
    for value in (request.voice, request.lexicon.split(" ")[0], request.phonemes or "", request.cast.split(" ")[0]):
        expect(page.locator(".calls pre code")).to_contain_text(value.partition("'")[0])
    return {name: call(page, name) for name in TABS}


def run(call, name, folder, **variables):
    command = {
        "curl": ["bash", "-euc", call],
        "JavaScript": ["node", "--input-type=module", "-e", call],
    }.get(name, [sys.executable, "-c", call])
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1", **variables}
    ended = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60)
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


@pytest.mark.parametrize("kind", REQUESTS)
def test_each_code_sample_requests_what_is_on_the_page(url, visit, backend, tmp_path, kind):
    request = REQUESTS[kind]
    calls = calls_of(visit(url, at=link_to(request)), request)
    for name, file in {"curl": "hello.wav", "Python": "", "OpenAI": "hello.mp3", "JavaScript": "hello.wav"}.items():
        if name == "JavaScript" and not shutil.which("node"):
            continue
        backend.asked.clear()
        printed = run(calls[name], name, tmp_path)
        (asked,) = set(backend.asked)
        assert asked == request, name
        path = tmp_path / file if file else Path(re.search(r"^(/.*\.wav) ", printed, re.M).group(1))
        assert soundfile.info(path).samplerate == 24_000
        path.unlink()


def test_the_package_speaks_what_is_on_the_page(url, visit, tmp_path):
    request = SpeechRequest(HOSTILE, voice="af_heart", speed=1.5, lexicon="last = læst")
    written = calls_of(visit(url, at=link_to(request)), request)["Package"]
    printed = run(written, "Package", tmp_path, KOKORO_CHECKPOINT="builtin")
    assert soundfile.info(tmp_path / "hello.wav").duration > 1
    assert printed.strip()


def test_the_code_samples_follow_the_page(url, visit):
    page = visit(url)
    open_tab(page)
    code = page.locator(".calls pre code")
    expect(code).to_contain_text(f"{url}v1/audio/speech")
    text_box(page).fill("Something else.")
    expect(code).to_contain_text('"input": "Something else."')
    assert '"speed"' not in code.text_content()
    page.locator("#speed input[type=number]").fill("1.3")
    expect(code).to_contain_text('"speed": 1.3')
    text_box(page).fill(" ")
    expect(code).to_contain_text('"input": "Hello there."')
    assert page.locator(".calls-base").text_content() == f"{url}v1"


def test_an_uploaded_pack_is_not_offered_to_programs(url, visit):
    page = visit(url)
    open_tab(page)
    expect(page.locator(".calls-pack")).to_be_hidden()
    page.evaluate("window.kokoroPage.see({ ...window.kokoroPage.fields, voice: 'yours_mine(2)+af_heart' })")
    expect(page.locator(".calls-pack")).to_be_visible()
    assert "yours_" not in page.locator(".calls pre code").text_content()


def test_arrow_keys_move_between_tabs(url, visit):
    page = visit(url)
    open_tab(page)
    page.get_by_role("tab", name="curl", exact=True).focus()
    for key, name in [("ArrowRight", "Python"), ("End", "Package"), ("ArrowRight", "curl"), ("ArrowLeft", "Package")]:
        page.keyboard.press(key)
        tab = page.get_by_role("tab", name=name, exact=True)
        expect(tab).to_be_focused()
        expect(tab).to_have_attribute("aria-selected", "true")
    assert page.locator(".calls-tabs [tabindex='0']").all_inner_texts() == ["Package"]
    assert page.get_by_role("tabpanel", name="Package").count() == 1


def test_copy_copies_the_code_sample(url, visit):
    page = visit(url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_tab(page)
    written = call(page, "JavaScript")
    page.locator(".calls-copy").click()
    expect(page.locator(".calls-copied")).to_have_text("Copied.")
    assert page.evaluate("navigator.clipboard.readText()") == written


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_long_text_makes_nothing_wider_than_the_screen(url, visit, screen):
    request = replace(REQUESTS["everything"], text="Supercalifragilistic" * 40)
    page = visit(url, screen, at=link_to(request))
    open_tab(page)
    for name in TABS:
        call(page, name)
        assert page.evaluate("document.documentElement.scrollWidth") <= screen["width"]
    if screen is PHONE:
        for target in page.locator(".calls-tabs button, .calls-copy").all():
            assert target.bounding_box()["height"] >= 44
