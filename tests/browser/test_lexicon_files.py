"""A lexicon file opened and saved, in a real browser."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.steps import button
from tests.ui.fakes import FakeBackend

PLS = (
    '<lexicon version="1.0" xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa" xml:lang="en-US">'
    "<lexeme><grapheme>Kokoro</grapheme><phoneme>ˈkoʊkəɹoʊ</phoneme></lexeme></lexicon>"
)


def test_a_lexicon_file_is_merged_and_saved_in_another_format(serve, visit):
    page = visit(serve(FakeBackend()))
    page.get_by_role("button", name="More").first.click()
    fixes = page.get_by_role("textbox", name="My fixes")
    fixes.fill("Nguyen = win")
    with page.expect_file_chooser() as chooser:
        button(page, "Add a file of fixes").click()
    chooser.value.set_files([{"name": "mine.pls", "mimeType": "text/xml", "buffer": PLS.encode()}])
    expect(fixes).to_have_value("Nguyen = win\nKokoro = /ˈkoʊkəɹoʊ/")
    expect(page.locator("#lexicon-report")).to_have_text("PLS 1.0 (W3C): 1 taken.")
    page.locator("#lexicon-form input").click()
    page.get_by_role("option", name="CMUdict").click()
    with page.expect_download() as download:
        page.locator("#lexicon-save").click()
    assert download.value.suggested_filename == "kokoro-fixes.dict"
    assert Path(download.value.path()).read_text("utf-8") == "NGUYEN  W IH1 N\nKOKORO  K OW1 K ER0 OW0\n"
