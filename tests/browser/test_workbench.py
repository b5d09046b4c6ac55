"""The workbench at the bottom of the page, tab by tab."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.ui.fakes import FakeBackend

TABS = {
    "Words": "#words",
    "Sound": "#sound-tab",
    "Compare": "#compare",
    "Check a list": "#check-list",
    "Coverage": "#coverage",
    "Programs": "#programs",
}


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_every_tab_opens_and_none_is_hidden(serve, visit, screen):
    page = visit(serve(FakeBackend()), screen)
    page.click("#workbench > button")
    bar, more = page.locator("#workbench [role=tab]:not(.calls *):visible"), page.get_by_label("More tabs")
    for name, shown in [*TABS.items(), *TABS.items()]:
        tab = page.get_by_role("tab", name=name, exact=True)
        expect(tab.or_(more)).not_to_have_count(0)
        if tab.count():
            tab.click()
        else:
            more.click()
            page.locator("#workbench .overflow-dropdown button", has_text=name).click()
        expect(page.locator(shown)).to_be_visible()
        assert len(set(bar.all_inner_texts())) == bar.count()
    if screen is DESKTOP:
        assert bar.all_inner_texts() == list(TABS)


SENT = "() => window.gradio_config.components.map(({ type }) => type)"


def test_the_workbench_is_sent_when_it_is_first_opened(serve, visit):
    page = visit(serve(FakeBackend()))
    asked: list[dict] = []
    page.on("request", lambda request: "fn_index" in (request.post_data or "") and asked.append(request.post_data_json))
    assert not {"tabs", "tabitem"} & set(page.evaluate(SENT))
    page.click("#workbench > button")
    page.get_by_role("tab", name="Check a list", exact=True).click()
    page.locator("#check-box textarea").fill("Nguyen")
    page.click("#workbench > button")
    page.click("#workbench > button")
    expect(page.locator("#check-box textarea")).to_have_value("Nguyen")
    assert [request["data"] for request in asked].count(["missing"]) == 1


def test_every_file_is_preloaded_and_nothing_else(serve, visit):
    page = visit(serve(FakeBackend()))
    page.wait_for_timeout(1000)
    fetched = page.evaluate("performance.getEntriesByType('resource').map(({ name }) => name)")
    links = page.evaluate("fetch(location).then((page) => page.text())")
    named = re.findall(r'(?:href|src)="\./((?:assets/|theme\.css|static/fonts/)[^"]+)"', links)
    used = [name for one in fetched for name in re.findall(r"(?:assets/|theme\.css|static/fonts/).+", one)]
    assert len(used) > 40
    assert set(used) == set(named)
