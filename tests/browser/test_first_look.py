"""The page before anything is pressed: nothing jumps or scrolls without need, and there is one typeface."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import CHROMIUM, DESKTOP, PHONE
from tests.browser.steps import button, in_state, text_box
from tests.ui.fakes import FakeBackend

TABLET = {"width": 768, "height": 1024}
SHIFTS = """
window.shifts = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value;
}).observe({ type: "layout-shift", buffered: true });
"""
SCROLLBARS = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const style = getComputedStyle(one);
  const borders = parseFloat(style.borderTopWidth) + parseFloat(style.borderBottomWidth);
  const bar = one.offsetHeight - one.clientHeight - borders;
  return one.clientWidth && style.display !== "inline" && bar > 5;
}).map((one) => one.id || one.className)"""
# Counts the reactive subscriptions of the frontend: to the config, and to the page's state.
WATCHED = """
window.watched = { events: 0, components: 0, now: 0 };
window.Proxy = new Proxy(Proxy, {
  construct(target, [watched, handler]) {
    if ("backend_fn" in watched) window.watched.events++;
    else if ("original_visibility" in watched) window.watched.now++;
    else if ("component_class_id" in watched) window.watched.components++;
    return new target(watched, handler);
  },
});
"""
# On a phone scrollbars lie over what is scrolled, and take no room. A text box may have one.
SCROLLED = """() => [...document.querySelectorAll("body *")].filter((one) => {
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(one).overflowY);
  return scrolls && one.clientHeight && one.scrollHeight > one.clientHeight && one.tagName !== "TEXTAREA";
}).map((one) => one.id || one.className)"""
HALF_BOLD = """() => [...document.querySelectorAll("body *")].filter(
  (one) => getComputedStyle(one).fontWeight === "600" && one.innerText?.trim()
).map((one) => one.innerText)"""


@pytest.fixture(scope="module")
def with_scrollbars(browser):
    """A second Chromium, which shows scrollbars as Windows and Linux do."""
    shown = browser.browser_type.launch(
        executable_path=CHROMIUM, args=["--no-sandbox"], ignore_default_args=["--hide-scrollbars"]
    )
    yield shown
    shown.close()


@pytest.mark.parametrize("viewport", [PHONE, TABLET, DESKTOP], ids=["phone", "tablet", "desktop"])
def test_nothing_shifts_on_a_cold_load_and_only_the_page_itself_scrolls(serve, with_scrollbars, viewport):
    context = with_scrollbars.new_context(viewport=viewport)
    page = context.new_page()
    page.add_init_script(SHIFTS)
    page.goto(serve(FakeBackend()))
    page.wait_for_selector("html[data-kokoro=ready]")
    page.wait_for_timeout(1000)
    assert page.evaluate("window.shifts") < 0.02
    assert page.evaluate(SCROLLBARS) == []
    page.click("#more > button")
    page.wait_for_timeout(300)
    assert page.evaluate(SCROLLED) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(HALF_BOLD) == []
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_scrollbars_and_the_browsers_own_controls_follow_the_scheme(serve, visit, scheme):
    page = visit(serve(FakeBackend()), scheme=scheme)
    expect(page.locator("html")).to_have_css("color-scheme", scheme)


def test_constant_parts_of_the_config_are_not_reactive(serve, visit):
    page = visit(serve(FakeBackend()))
    page.add_init_script(WATCHED)
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    watched = page.evaluate("window.watched")
    assert watched.pop("now") > 100
    assert watched == {"events": 0, "components": 0}


# As in a browser that blocks storage.
BLOCKED = """for (const name of ["sessionStorage", "localStorage", "indexedDB"]) {
  Object.defineProperty(window, name, { get() { throw new DOMException(`${name} is blocked`, "SecurityError"); } });
}"""


def test_the_page_works_in_a_browser_that_blocks_storage(serve, visit):
    page = visit(serve(FakeBackend()))
    page.add_init_script(BLOCKED)
    page.reload()
    page.wait_for_selector("html[data-kokoro=ready]")
    text_box(page).fill("Nothing is kept.")
    button(page, "Speak").click()
    in_state(page, "done")
    page.get_by_role("radio", name="IPA").check()
    page.get_by_role("button", name="Workbench").click()
    page.get_by_role("tab", name="Check a list").click()
    button(page, "Try an example").click()
    expect(page.locator("#check-results tbody tr")).to_have_count(10)
    page.get_by_role("button", name="Right").first.click()
