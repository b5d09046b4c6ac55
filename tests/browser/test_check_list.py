"""Check a list in a real browser: from a file to the differences, to the sound, to the downloads."""

import io
import zipfile
from pathlib import Path

from playwright.sync_api import expect

from kokoro_demo.checklist import read_list
from tests.browser.conftest import PHONE
from tests.browser.steps import button
from tests.ui.fakes import FakeBackend

LIST = (
    "text;expected;voice;note\r\n"
    "read;read;;\r\n"
    "lead;led;;metal\r\n"
    '"<script>alert(1)</script>; it said";;bf_emma;=1+1\r\n'
    "hi;;af_nobody;\r\n"
)


def saved(page, name):
    with page.expect_download() as download:
        button(page, name).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def test_a_list_is_opened_checked_filtered_heard_and_downloaded(serve, visit):
    page = visit(serve(FakeBackend()), viewport=PHONE)
    page.get_by_role("button", name="Workbench").click()
    page.get_by_role("tab", name="Check a list").click()
    with page.expect_file_chooser() as chooser:
        button(page, "Open a CSV or TSV").click()
    chooser.value.set_files({"name": "words.csv", "mimeType": "text/csv", "buffer": b"\xef\xbb\xbf" + LIST.encode()})
    box = page.get_by_label("List")
    expect(box).to_have_value(LIST.replace("\r\n", "\n"))

    button(page, "Check").click()
    rows = page.locator(".checked tbody tr")
    expect(rows).to_have_count(4)
    expect(page.get_by_text("4 rows: 1 differs, 1 cannot be checked, 1 only read, 1 matches.").first).to_be_visible()
    expect(rows.nth(1).locator("ins")).to_have_text("a")
    expect(rows.nth(2)).to_contain_text("<script>alert(1)</script>; it said")
    expect(rows.nth(3)).to_contain_text("af_nobody")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "it fits a phone"

    page.get_by_label("Only what differs").check()
    expect(rows.nth(0)).to_be_hidden()
    expect(rows.nth(1)).to_be_visible()
    button(page, "Play row 2: lead").click()
    sound = page.locator("#check-sound audio")
    expect(sound).to_have_attribute("aria-label", "Row 2: lead")
    page.wait_for_function("document.querySelector('#check-sound audio').currentTime > 0")

    name, data = saved(page, "Download CSV")
    assert name == "kokoro-list.csv"
    assert [row.note for row in read_list(data).rows] == ["", "metal", "=1+1", ""]
    assert b"'=1+1" in data
    button(page, "Speak all into a ZIP").click()
    expect(page.get_by_text("3 rows spoken")).to_be_visible()
    name, data = saved(page, "Download ZIP")
    assert name == "kokoro-list.zip"
    assert zipfile.ZipFile(io.BytesIO(data)).namelist()[:2] == ["001-read.wav", "002-lead.wav"]

    box.fill("")
    button(page, "Check").click()
    expect(page.get_by_role("alert")).to_contain_text("nothing in the list")
    expect(rows).to_have_count(4)
