"""The workbench at the bottom of the page, tab by tab."""

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


# The ids of all components in the workbench, and for each event, those it changes.
INSIDE = """() => {
  const { components, dependencies, layout } = window.gradio_config;
  const bench = components.find(({ props }) => props.elem_id === "workbench").id;
  const inside = ({ id, children = [] }, within) => [
    ...(within || id === bench ? [id] : []), ...children.flatMap((child) => inside(child, within || id === bench)),
  ];
  return [inside(layout, false), Object.fromEntries(dependencies.map(({ id, outputs }) => [id, outputs]))];
}"""


def test_loading_the_page_requests_nothing_for_the_closed_workbench(serve, visit):
    page = visit(serve(FakeBackend()))
    asked: list[int] = []
    page.on("request", lambda request: "fn_index" in (request.post_data or "") and asked.append(request.post_data_json))
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    page.wait_for_timeout(1000)
    inside, outputs = page.evaluate(INSIDE)
    assert len(inside) > 50
    assert asked, "the line at the top and the link are asked for"
    assert [
        dependency["fn_index"] for dependency in asked if set(outputs[str(dependency["fn_index"])]) & set(inside)
    ] == []
