"""The rules inside @media apply to the elements that they are written for, whatever Gradio does to them; nothing is
squeezed."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import DESKTOP, PHONE
from tests.browser.steps import button, text_box
from tests.ui.fakes import FakeBackend

# Returns the rules in @media blocks that apply now, but whose declarations are missing on an element that their
# selectors match, unless another rule of the page, in the same @media with the same properties, matches it too.
LOST = """(sheet) => {
  const written = new CSSStyleSheet();
  written.replaceSync(sheet);
  const isMedia = (rule) => rule instanceof CSSMediaRule;
  const served = [...document.styleSheets].flatMap((one) => [...one.cssRules]).filter(isMedia);
  const lost = [];
  for (const media of written.cssRules) {
    if (!isMedia(media) || !matchMedia(media.media.mediaText).matches) continue;
    const same = served.filter((other) => other.media.mediaText === media.media.mediaText);
    for (const rule of media.cssRules) {
      const all = same.flatMap((other) => [...other.cssRules]);
      const rules = all.filter((other) => other.style?.cssText === rule.style.cssText);
      for (const selector of rule.selectorText.split(/,(?![^(]*\\))/)) {
        const plain = selector.replace(/::(before|after)$/, "");
        const inside = [...document.querySelectorAll(plain.trim() || "*")].filter((one) => one.closest(".contain > *"));
        const bare = ({ selectorText }) => selectorText.replaceAll(/::(before|after)/g, "");
        const matched = (one) => rules.some((other) => one.matches(bare(other)));
        if (!inside.every(matched)) lost.push(selector.trim());
      }
    }
  }
  return lost;
}"""


@pytest.fixture(scope="module")
def sheets() -> list[str]:
    return [path.read_text("utf-8") for path in sorted(Path("kokoro_demo/ui").rglob("*.css"))]


@pytest.mark.parametrize("screen", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_media_queries_apply_on_their_screens(serve, visit, sheets, screen):
    page = visit(serve(FakeBackend()), screen, at="?text=Hello+there.")
    page.emulate_media(forced_colors="active", reduced_motion="reduce")
    page.get_by_role("button", name="Workbench", exact=True).click()
    page.wait_for_timeout(300)
    assert [lost for sheet in sheets for lost in page.evaluate(LOST, sheet)] == []
    tabs = page.locator("#workbench [role=tablist] [role=tab]")
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
