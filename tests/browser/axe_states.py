"""Runs axe on every state of the page: ``python -m tests.browser.axe_states [phone tablet desktop light dark]``.

axe-core checks WCAG and good practice. The page speaks with a fake voice, at three widths, light and dark.
"""

import os
import sys
from collections.abc import Callable, Iterator

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from kokoro_demo.ui import build_page, launch
from tests.browser.conftest import CHROMIUM, DESKTOP, PHONE
from tests.browser.steps import button, in_state, phoneme_box, text_box
from tests.ui.fakes import Brake, FakeBackend

TABLET = {"width": 768, "height": 1024}
SCREENS = {"phone": PHONE, "tablet": TABLET, "desktop": DESKTOP}
SCHEMES = ("light", "dark")
TEXT = "Hello there, ™ you. One little thing."


def speak(page: Page) -> None:
    """Speak a text, and wait until it ends."""
    text_box(page).fill(TEXT)
    button(page, "Speak").click()
    in_state(page, "done")
    expect(page.locator(".spoken-word").first).to_be_visible()


def ipa(page: Page) -> None:
    """Phonemes in IPA, with the mouse over a sound."""
    page.get_by_role("radio", name="IPA").check()
    page.locator(".spoken-sound").first.hover()


def edit(page: Page) -> None:
    """The box of phonemes with a symbol that Kokoro lacks, and the palette."""
    phoneme_box(page).fill("həlˈO ʘ")
    expect(page.get_by_role("group", name="Unknown symbols")).to_be_visible()
    page.get_by_role("button", name="Symbols").click()


def change(page: Page) -> None:
    """A text that was changed after it was spoken."""
    text_box(page).fill("Another text.")
    expect(page.locator("#hear[data-old]")).to_be_visible()


def cast(page: Page) -> None:
    """A dialogue, with a voice for each speaker."""
    text_box(page).fill("Emma: Good morning.\nTom: Hello. [voice:Zoë]And I.")
    expect(page.locator(".cast-row")).to_have_count(3)


def menu(page: Page) -> None:
    """The menu of files, open."""
    button(page, "Download as …").click()
    expect(page.get_by_role("menu", name="Download as")).to_be_visible()


def empty(page: Page) -> None:
    """Speak pressed without a text."""
    page.keyboard.press("Escape")
    text_box(page).fill("")
    button(page, "Speak").click()
    expect(page.locator("#counter.wrong")).to_be_visible()


def wrong_fix(page: Page) -> None:
    """More, with an invalid line in My fixes."""
    page.get_by_role("button", name="More", exact=True).click()
    page.get_by_role("textbox", name="My fixes").fill("no equals")
    expect(page.locator("#lexicon-message")).to_contain_text("left out")


def blend(page: Page) -> None:
    """Two voices blended."""
    page.keyboard.press("Escape")
    button(page, "Blend two voices").click()
    expect(page.get_by_role("group", name="Blend of two voices")).to_be_visible()


def voices(page: Page) -> None:
    """The voice picker, open."""
    page.get_by_role("combobox", name="Voice", exact=True).click()
    page.wait_for_timeout(200)


def tab(name: str) -> Callable[[Page], None]:
    """Open a tab of the workbench."""

    def open_tab(page: Page) -> None:
        page.keyboard.press("Escape")
        head = page.locator("#workbench > button")
        if "open" not in (head.get_attribute("class") or ""):
            head.click()
        expect(page.locator("#workbench [role=tablist]").first).to_be_visible()
        page.wait_for_timeout(100)  # until Gradio knows which tabs have room
        tab = page.get_by_role("tab", name=name, exact=True)
        if tab.count():
            tab.click()
        else:
            page.get_by_label("More tabs").click()
            page.locator("#workbench .overflow-dropdown button", has_text=name).click()
        page.wait_for_timeout(600)

    open_tab.__doc__ = f"The tab {name}."
    return open_tab


STATES: dict[str, Callable[[Page], None]] = {
    "as it opens": lambda page: None,
    "spoken": speak,
    "IPA": ipa,
    "symbols": edit,
    "menu": menu,
    "changed": change,
    "wrong fix": wrong_fix,
    "voices": voices,
    **{name: tab(name) for name in ("Words", "Sound", "Compare", "Check a list", "Coverage", "Programs")},
    "blend": blend,
    "cast": cast,
    "empty": empty,
}


# Words of running text are links in a sentence, which may be as high as a line. A switch or a list of choices is as
# large as what contains it.
SMALL = """() => {
  const all = document.querySelectorAll("button, summary, select, textarea, input, [role=tab], [role=option]");
  const seen = (one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("[aria-hidden=true]");
  const shown = [...all].filter(seen);
  const isPart = (one) => one.matches("input:not([type=text], [type=number], [type=range])");
  const held = (one) => (isPart(one) ? one.closest("label, .wrap, .block") : null) ?? one;
  const heights = shown.map((one) => [one, Math.max(one.offsetHeight, held(one).offsetHeight)]);
  const low = heights.filter(([, height]) => height > 2 && height < 44);
  const small = low.map(([one, height]) => [one, `${height} px high`]);
  const size = (one) => parseFloat(getComputedStyle(one).fontSize);
  const fields = shown.filter((one) => one.matches("input, textarea, select"));
  const fine = fields.filter((one) => size(one) < 16).map((one) => [one, "letters under 16 px"]);
  return [...small, ...fine].map(([one, why]) => `target: ${one.outerHTML.slice(0, 140)} ${why}`);
}"""


def found(page: Page) -> list[str]:
    """Return what axe finds on the page as it is: the rule, and the first element of each kind; on a phone also targets
    that are too small for a finger, and fields on which iOS zooms."""
    small = page.evaluate(SMALL) if (page.viewport_size or DESKTOP)["width"] <= PHONE["width"] else []
    return [*small, *_violations(page)]


def _violations(page: Page) -> list[str]:
    violations = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:160]} {_why(node)}"
        for violation in violations
        for node in violation["nodes"][:3]
    ]


def _why(node: dict) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return checks[0]["message"][:140] if checks else ""


def walk(page: Page) -> Iterator[tuple[str, list[str]]]:
    """Yield each state in turn, with what axe finds in it."""
    for name, enter in STATES.items():
        enter(page)
        yield name, found(page)


def open_page(browser: Browser, url: str, screen: str, scheme: str) -> Page:
    """The page as a new visitor sees it."""
    context = browser.new_context(viewport=SCREENS[screen], color_scheme=scheme, reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(15_000)
    page.goto(url)
    page.wait_for_selector("html[data-kokoro=ready]")
    return page


def main() -> int:
    """Print each state and the findings; the exit status is 1 if there are any."""
    page = build_page(FakeBackend(brake=Brake(free=1000)))
    _, url, _ = launch(page, prevent_thread_lock=True, quiet=True)
    states = findings = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for screen in [name for name in SCREENS if name in sys.argv] or SCREENS:
            for scheme in [name for name in SCHEMES if name in sys.argv] or SCHEMES:
                visit = open_page(browser, url, screen, scheme)
                for name, problems in walk(visit):
                    states += 1
                    findings += len(problems)
                    print(f"{screen}, {scheme}, {name}: {len(problems) or 'nothing'}")
                    for problem in problems:
                        print(f"    {problem}")
                visit.context.close()
        browser.close()
    page.close()
    print(f"{findings} findings in {states} states.")
    return int(findings > 0)


if __name__ == "__main__":
    sys.exit(main())
