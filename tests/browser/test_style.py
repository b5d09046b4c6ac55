"""All rules of the style sheets are in the page; nothing is squeezed."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import button, text_box
from tests.ui.fakes import FakeBackend

# Returns the selectors of a sheet's rules that the page's style sheet lacks, because the browser could not nest them.
LOST = """(sheet) => {
  const written = new CSSStyleSheet();
  written.replaceSync(sheet);
  const rules = (list) => [...list].flatMap((one) => {
    if (one instanceof CSSStyleRule) return [one, ...rules(one.cssRules)];
    return one instanceof CSSMediaRule ? rules(one.cssRules) : [];
  });
  const known = ({ selectorText, style }) => `${selectorText.replace(/(^|, )& /g, "$1")}{${style.cssText}}`;
  const served = new Set([...document.styleSheets].flatMap((one) => rules(one.cssRules)).map(known));
  return rules(written.cssRules).filter((one) => !served.has(known(one))).map((one) => one.selectorText);
}"""


@pytest.fixture(scope="module")
def sheets() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(Path("kokoro_demo/ui").rglob("*.css"))]


def test_every_rule_is_in_the_page(serve, visit, sheets):
    page = visit(serve(FakeBackend()))
    assert [lost for sheet in sheets for lost in page.evaluate(LOST, sheet)] == []
    assert page.evaluate(LOST, ".no-such-rule { color: red }") == [".no-such-rule"]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_media_queries_apply_on_their_screens(serve, visit, screen):
    page = visit(serve(FakeBackend()), screen, at="?text=Hello+there.")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.get_by_role("button", name="Workbench", exact=True).click()
    page.wait_for_timeout(300)
    tabs = page.locator("#workbench [role=tab]:not(.calls *)")
    expect(tabs).to_have_count(6)
    assert all(tabs.nth(place).bounding_box()["x"] < screen["width"] for place in range(6)), "none behind an ellipsis"
    banner = page.locator("#link-banner")
    assert banner.evaluate("(one) => getComputedStyle(one).minHeight") == ("116px" if screen is PHONE else "128px")


def test_touch_targets_on_a_tablet_are_44_pixels(serve, browser):
    context = browser.new_context(viewport={"width": 1024, "height": 768}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(serve(FakeBackend()))
    page.wait_for_selector("html[data-kokoro=ready]")
    page.click("#more > button")
    assert page.evaluate("matchMedia('(pointer: coarse)').matches")
    for small in ("#speed input[type=range]", "#pause-scale input[type=range]", "#remember label"):
        assert page.locator(small).first.bounding_box()["height"] >= 44, small
    context.close()


def test_nothing_is_squeezed_on_a_tablet(serve, visit):
    page = visit(serve(FakeBackend()), {"width": 768, "height": 1024})
    text_box(page).fill("Emma: Good morning.\nTom: Hello.")
    chosen = page.get_by_role("combobox", name="Voice of Emma")
    expect(chosen).to_be_visible()
    assert chosen.bounding_box()["width"] > 140, "the name of a voice can be read"
    page.get_by_role("button", name="Workbench", exact=True).click()
    page.get_by_role("tab", name="Check a list", exact=True).click()
    button(page, "Try an example").click()
    word = page.locator(".checked-text bdi", has_text="Semaglutide")
    expect(word).to_be_visible()
    assert word.evaluate("(one) => one.getClientRects().length") == 1, "no break inside a word"
    heights = page.locator("#check-actions button").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert len(set(heights)) == 1, heights
    expect(button(page, "Cancel")).to_be_hidden()
