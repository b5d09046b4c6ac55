"""The page before anything is pressed: nothing jumps or scrolls without need, and there is one typeface."""

import pytest
from playwright.sync_api import expect

from kokoro_demo.ui.backend import ModelStatus
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


def test_speak_is_on_the_first_screen_of_a_phone(serve, visit):
    page = visit(serve(FakeBackend()), PHONE)
    speak = button(page, "Speak").bounding_box()
    assert speak["y"] + speak["height"] < 660, "an iPhone 14 shows 664 pixels, without the bars of its browser"


def test_a_long_message_below_the_text_moves_nothing_on_a_phone(serve, visit):
    page = visit(serve(FakeBackend()), PHONE)
    below = page.locator("#voice-picker")
    before = below.bounding_box()
    text_box(page).fill("a" * 20_005)
    expect(page.get_by_role("alert")).to_contain_text("too many to speak at once")
    assert below.bounding_box() == before


def test_a_changed_text_moves_nothing_on_a_phone(serve, visit):
    page = visit(serve(FakeBackend()), PHONE)
    button(page, "Speak").click()
    in_state(page, "done")
    words = page.locator(".spoken-words")
    expect(words.locator("button").first).to_be_visible()
    place = "(one) => [one.getBoundingClientRect().top + scrollY, one.offsetHeight]"
    before = words.evaluate(place)
    text_box(page).fill("Another text.")
    expect(page.locator(".spoken-old")).to_be_visible()
    assert words.evaluate(place) == before


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_first_status_that_is_seen_is_the_current_one(serve, visit, viewport):
    backend = FakeBackend()
    backend.state = ModelStatus("Heart, small", ("American English",), True, 0.3, "Fetching an old thing")
    url = serve(backend)
    backend.state = ModelStatus("Kokoro-82M")
    page = visit(url, viewport)
    assert page.locator("#status .status").inner_text().strip() == "Kokoro-82M, ready"
    assert "an old thing" not in page.request.get(url).text()


def test_the_status_gets_no_lower_while_the_page_is_open(serve, visit):
    backend = FakeBackend()
    backend.state = ModelStatus("Heart, small", ("American English",), True, 0.3, "Fetching the weights", left=130.0)
    page = visit(serve(backend), PHONE)
    before = page.locator("#main-panel").bounding_box()
    backend.state = ModelStatus("Kokoro-82M")
    expect(page.locator("#status")).to_have_text("Kokoro-82M, ready")
    assert page.locator("#main-panel").bounding_box() == before


def test_a_browser_without_scripts_is_told_what_the_page_needs(serve, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(serve(FakeBackend()))
    message = page.locator("noscript p")
    expect(message).to_be_visible()
    expect(message).to_contain_text("This page needs JavaScript")
    context.close()
