"""What a visitor sees and does, as functions."""

from pathlib import Path

from playwright.sync_api import Locator, Page, expect


def text_box(page: Page) -> Locator:
    return page.get_by_label("Text", exact=True)


def voice_box(page: Page) -> Locator:
    return page.get_by_role("combobox", name="Voice", exact=True)


def button(page: Page, name: str) -> Locator:
    return page.get_by_role("button", name=name, exact=True)


def player(page: Page) -> Locator:
    return page.locator(".player")


def message(page: Page) -> Locator:
    return page.locator(".player-message")


def in_state(page: Page, state: str) -> None:
    expect(player(page)).to_have_attribute("data-state", state)


def downloaded(page: Page, kind: str = "WAV") -> tuple[str, bytes]:
    """Return the name and the content of a file from the player's menu."""
    button(page, "Download as …").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=kind, exact=True).click()
    return download.value.suggested_filename, Path(download.value.path()).read_bytes()


def phoneme_box(page: Page) -> Locator:
    """Return the box in which phonemes are edited, opening it if necessary."""
    box = page.get_by_label("Phonemes", exact=True)
    if not box.is_visible():
        button(page, "Edit").click()
    return box
