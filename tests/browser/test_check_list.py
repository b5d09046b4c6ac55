"""Check a list in a real browser: from a file to the differences, to the sound, to the downloads."""

import io
import re
import time
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from kokoro_demo.checklist import read_list
from kokoro_demo.checkpoints.loading import BackgroundLoader
from kokoro_demo.ui.backend import LoadedBackend
from kokoro_demo.ui.check_list import list_events
from tests.browser.conftest import PHONE
from tests.browser.steps import button, in_state, text_box
from tests.ui.fakes import FakeBackend

LIST = (
    "text;expected;voice;note\r\n"
    "read;read;;\r\n"
    "lead;led;;metal\r\n"
    '"<script>alert(1)</script>; it said";;bf_emma;=1+1\r\n'
    "hi;;af_nobody;\r\n"
)


def open_tab(page):
    page.get_by_role("button", name="Workbench").click()
    page.get_by_role("tab", name="Check a list").click()


def saved(page, name):
    with page.expect_download() as download:
        button(page, name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_list_is_opened_checked_filtered_heard_and_downloaded(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    open_tab(page)
    with page.expect_file_chooser() as chooser:
        button(page, "Open a file").click()
    chooser.value.set_files({"name": "words.csv", "mimeType": "text/csv", "buffer": b"\xef\xbb\xbf" + LIST.encode()})
    box = page.get_by_role("textbox", name="List")
    expect(box).to_have_value(LIST.replace("\r\n", "\n"))

    button(page, "Check").click()
    rows = page.locator(".checked tbody tr")
    expect(rows).to_have_count(4)
    expect(page.get_by_text("4 rows: 1 differs, 1 cannot be checked, 1 not compared, 1 matches.").first).to_be_visible()
    expect(rows.nth(1).locator("ins")).to_have_text("a")
    expect(rows.nth(2)).to_contain_text("<script>alert(1)</script>; it said")
    expect(rows.nth(3)).to_contain_text("af_nobody")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a phone"

    page.get_by_role("button", name="Differ 1").click()
    expect(rows.nth(0)).to_be_hidden()
    expect(rows.nth(1)).to_be_visible()
    button(page, "Play row 2: lead").click()
    page.wait_for_function("window.heard.length === 1")

    name, data = saved(page, "Download CSV")
    assert name == "kokoro-list.csv"
    assert [row.note for row in read_list(data).rows] == ["", "metal", "=1+1", ""]
    assert b"'=1+1" in data
    button(page, "ZIP of audio").click()
    expect(page.get_by_text("3 rows spoken")).to_be_visible()
    name, data = saved(page, "Download ZIP")
    assert name == "kokoro-list.zip"
    assert zipfile.ZipFile(io.BytesIO(data)).namelist()[:2] == ["001-read.wav", "002-lead.wav"]

    box.fill("")
    button(page, "Check").click()
    expect(page.get_by_role("alert")).to_contain_text("list is empty")
    expect(rows).to_have_count(4)

    box.fill(LIST)
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    open_tab(page)
    expect(box).to_have_value(LIST.replace("\r\n", "\n"))


def test_a_long_check_shows_progress_lets_others_in_and_keeps_finished_rows(serve, visit, monkeypatch):
    monkeypatch.setattr(list_events, "TURN", 0.2)
    backend = FakeBackend(brake=lambda index: time.sleep(0.02))
    page = visit(serve(backend))
    open_tab(page)
    page.get_by_role("textbox", name="List").fill("\n".join(f"word {number}" for number in range(1, 501)))
    button(page, "Check").click()
    expect(page.locator(".checked tbody tr")).to_have_count(500)
    button(page, "ZIP of audio").click()
    bar = page.get_by_role("progressbar", name="Speaking")
    expect(bar).to_have_attribute("max", "500")
    page.wait_for_function("document.querySelector('#check-progress progress')?.value > 30")
    text_box(page).fill("Me too.")
    button(page, "Speak").click()
    in_state(page, "done")
    expect(bar).to_be_visible()
    button(page, "Cancel").click()
    status = page.locator("#check-progress")
    expect(status).to_contain_text("Stopped after")
    spoken = int(re.search(r"after (\d+) of 500 rows", status.inner_text()).group(1))
    assert 30 < spoken < 500
    _, data = saved(page, "Download ZIP")
    assert len(zipfile.ZipFile(io.BytesIO(data)).namelist()) == spoken + 1


def test_a_list_travels_in_a_link_with_its_fixes_and_its_voice(serve, visit):
    url = serve(FakeBackend())
    page = visit(url)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.click("#more > button")
    page.locator("#lexicon textarea").fill("lead = led")
    open_tab(page)
    page.get_by_role("textbox", name="List").fill("text;expected\nlead & <b>;led\n心;\n")
    button(page, "Copy link to this list").click()
    expect(page.get_by_role("button", name="Copied.")).to_be_visible()
    button(page, "Check").click()
    button(page, "Wrong, row 2: 心").click()
    expect(page.get_by_role("button", name="Marked wrong 1")).to_be_visible()
    page.wait_for_timeout(100)
    button(page, "Copy link to this list").or_(button(page, "Copied.")).click()
    page.wait_for_function("navigator.clipboard.readText().then((link) => link.includes('marks'))")
    link = page.evaluate("navigator.clipboard.readText()")
    assert link.startswith(f"{url}#list=")

    opened = visit(url, at=link.removeprefix(url))
    expect(opened.get_by_role("textbox", name="List")).to_be_visible()
    expect(opened.get_by_role("textbox", name="List")).to_have_value("text;expected\nlead & <b>;led\n心;\n")
    expect(opened.locator("#link-notes")).to_contain_text("fixes")
    opened.click("#more > button")
    expect(opened.locator("#lexicon textarea")).to_have_value("lead = led")
    button(opened, "Check").click()
    expect(button(opened, "Wrong, row 2: 心")).to_have_attribute("aria-pressed", "true")
    expect(button(opened, "Wrong, row 1: lead & <b>")).to_have_attribute("aria-pressed", "false")
    assert not [asked for asked in opened.requested if "lead" in asked], "the list stays out of every address"


def test_official_voices_can_be_named_in_a_list_while_the_built_in_voice_speaks(serve, visit):
    loader = BackgroundLoader("builtin")
    loader.load_now()
    page = visit(serve(LoadedBackend(loader)))
    open_tab(page)
    page.get_by_role("textbox", name="List").fill("text;expected;voice\nread;;bf_emma\nlead;;af_heart\n")
    button(page, "Check").click()
    expect(page.locator(".checked tbody tr")).to_have_count(2, timeout=20_000)
    expect(page.locator(".checked-phonemes .checked-error")).to_have_count(0)


def test_an_example_is_checked_with_one_click_a_row_is_corrected_in_place_and_all_are_played(serve, visit):
    loader = BackgroundLoader("builtin")
    loader.load_now()
    page = visit(serve(LoadedBackend(loader)), viewport=PHONE)
    open_tab(page)
    button(page, "Try an example").click()
    rows = page.locator(".checked tbody tr")
    expect(rows).to_have_count(10, timeout=20_000)
    expect(page.locator(".checked-summary")).to_contain_text("eSpeak NG guessed")
    page.get_by_role("button", name=re.compile("Guessed")).click()
    row = page.locator(".checked tbody tr:visible").first
    expect(row.locator(".checked-sure")).to_contain_text("guessed")
    name = row.locator(".checked-text > bdi").inner_text()
    row.get_by_role("button", name=re.compile("^Fix row")).click()
    field = page.get_by_label(f"How {name} sounds")
    expect(field).to_be_focused()
    field.fill("koh")
    row.get_by_role("button", name="Hear").click()
    page.wait_for_function("window.heard.length === 1")
    row.get_by_role("button", name="Save").click()
    page.get_by_role("button", name=re.compile("^All")).click()
    mended = rows.filter(has=page.locator("bdi", has_text=re.compile(f"^{name}$")))
    expect(mended.locator(".checked-sure")).to_have_text("your fix")
    page.click("#more > button")
    expect(page.locator("#lexicon textarea")).to_have_value(f"{name} = koh")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a phone"

    page.get_by_role("textbox", name="List").fill("One.\nTwo.\nThree.")
    button(page, "Check").click()
    expect(rows).to_have_count(3)
    button(page, "Play all").click()
    page.wait_for_function("window.heard.length === 4", timeout=20_000)
    expect(button(page, "Play all")).to_be_visible()


def test_each_row_is_transcribed_if_the_server_has_a_recogniser(serve, visit, monkeypatch):
    class Hears:
        def hear(self, audio, rate, language):
            return "Read."

    monkeypatch.setattr("kokoro_demo.ui.check_list.tab.is_installed", lambda: True)
    monkeypatch.setattr("kokoro_demo.ui.check_list.tab.Recogniser", Hears)
    page = visit(serve(FakeBackend()))
    open_tab(page)
    box = page.get_by_role("textbox", name="List")
    box.fill("read\nred")
    button(page, "Check").click()
    heard = page.locator("td.checked-heard")
    expect(heard).to_have_count(2)
    expect(heard.first).to_be_hidden()
    page.get_by_label("Listen to each row").check()
    expect(heard).to_contain_text(["read", "“red” heard as “read”"])
    page.get_by_role("button", name=re.compile("^Heard differently")).click()
    expect(page.locator("#check-results tbody tr:visible")).to_have_count(1)
    with page.expect_download() as download:
        button(page, "Download CSV").click()
    assert "[red → read]" in Path(download.value.path()).read_text("utf-8-sig")
