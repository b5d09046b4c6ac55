"""What does the page cost a browser, compared with a plain Gradio page? ``python -m benchmarks.page`` prints tables.

Two servers, each in its own process. Chromium visits them in turns, each time with an empty cache, and presses Speak.
The plain page has a textbox, a dropdown, a slider, a button and an audio output, which plays the same speech. Neither
waits for the model, since both have generated the speech before. Chromium is found in CHROMIUM or the PATH, as in the
tests.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

from benchmarks.turns import machine

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
WIDTHS = {390: 844, 768: 1024, 1280: 860}  # width to height, in pixels
QUIET = 3000  # milliseconds to wait after the page has loaded, or plays, for whatever it still does
# Layout shifts within half a second of a press are counted too, although browsers exempt them. Playback begins when a
# buffer is scheduled in an AudioContext, or a media element plays. The text box is looked for once a frame, when styles
# are computed anyway; a timer would make the browser compute them again and again while the page is built.
WATCH = """
window.watched = { shift: 0, blocked: 0, there: 0, pressed: 0, heard: 0 };
const watched = window.watched;
const observe = (type, take) =>
  new PerformanceObserver((list) => list.getEntries().forEach(take)).observe({ type, buffered: true });
observe("layout-shift", ({ value }) => (watched.shift += value));
observe("longtask", ({ duration }) => (watched.blocked += duration - 50));
const look = () => {
  const there = document.querySelector("textarea")?.checkVisibility({ visibilityProperty: true });
  if (there) watched.there = performance.now();
  else requestAnimationFrame(look);
};
requestAnimationFrame(look);
document.addEventListener("pointerdown", () => (watched.pressed = performance.now()), { capture: true });
const heard = (after = 0) => (watched.heard ||= performance.now() + 1000 * after);
const start = AudioBufferSourceNode.prototype.start;
AudioBufferSourceNode.prototype.start = function (when = 0) {
  heard(Math.max(0, when - this.context.currentTime));
  return start.apply(this, arguments);
};
const create = Document.prototype.createElement;
Document.prototype.createElement = function () {
  const made = create.apply(this, arguments);
  if (made instanceof HTMLMediaElement) made.addEventListener("playing", () => heard());
  return made;
};
"""


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visitor met. Times in milliseconds.

    there: until the text can be seen, from the beginning of the load.
    blocked: of the load, in tasks beyond 50 ms.
    to_sound: from the press to the first sound.
    """

    requests: int
    megabytes: float
    there: float
    blocked: float
    load_shift: float
    press_shift: float
    to_sound: float
    errors: int


@contextlib.contextmanager
def served(page: str, checkpoint: str) -> Iterator[str]:
    """Serve one of the pages of `page_server`; yields its address."""
    command = [sys.executable, "-m", "benchmarks.page_server", page, "--checkpoint", checkpoint]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            address = process.stdout.readline().strip()
            if not address:
                raise SystemExit(f"The server of the page {page!r} did not start.")
            yield address
        finally:
            process.terminate()


def visit(browser: Browser, address: str, width: int) -> Visit:
    """Load the page as a new visitor, press Speak, and wait until it plays.

    Raises:
        playwright.sync_api.TimeoutError: if the page does not appear, or nothing is played.
    """
    context = browser.new_context(viewport={"width": width, "height": WIDTHS[width]})
    page = context.new_page()
    finished: list[Request] = []
    errors: list[str] = []
    page.on("requestfinished", lambda request: finished.append(request))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda line: errors.append(line.text) if line.type == "error" else None)
    page.add_init_script(WATCH)
    page.goto(address)
    page.wait_for_function("window.watched.there")
    page.wait_for_timeout(QUIET)
    loaded = _watched(page)
    transferred = [request.sizes() for request in finished]
    page.get_by_role("button", name="Speak", exact=True).click()
    page.wait_for_function("window.watched.heard && performance.now() > window.watched.heard")
    page.wait_for_timeout(QUIET)
    end = _watched(page)
    context.close()
    return Visit(
        requests=len(transferred),
        megabytes=sum(sizes["responseBodySize"] + sizes["responseHeadersSize"] for sizes in transferred) / 1e6,
        there=loaded["there"],
        blocked=loaded["blocked"],
        load_shift=loaded["shift"],
        press_shift=end["shift"] - loaded["shift"],
        to_sound=end["heard"] - end["pressed"],
        errors=len(errors),
    )


def _watched(page: Page) -> dict[str, float]:
    watched: dict[str, float] = page.evaluate("window.watched")
    return watched


def print_costs(visits: Mapping[str, Sequence[Visit]]) -> None:
    """Print a table of what a visit costs: the median and the maximum of all visits."""
    print("| of a load, median (most) | the page | plain Gradio page | times |\n|---|---|---|---|")
    measures = {
        "requests": ("requests", "{:.0f}"),
        "transferred, MB": ("megabytes", "{:.2f}"),
        "blocking time, ms": ("blocked", "{:.0f}"),
        "text box seen after, ms": ("there", "{:.0f}"),
        "from the press to the first sound, ms": ("to_sound", "{:.0f}"),
    }
    for title, (name, form) in measures.items():
        ours, plain = ([getattr(visit, name) for visit in visits[page]] for page in ("ours", "plain"))
        times = statistics.median(ours) / max(statistics.median(plain), 1e-9)
        shown = [f"{form.format(statistics.median(values))} ({form.format(max(values))})" for values in (ours, plain)]
        print(f"| {title} | {' | '.join(shown)} | {times:.2f} |")
    errors = [sum(visit.errors for visit in visits[page]) for page in ("ours", "plain")]
    print(f"| console errors, in all | {errors[0]} | {errors[1]} | |\n")


def print_shifts(visits: Mapping[tuple[str, int], Sequence[Visit]]) -> None:
    """Print a table of layout shifts at each width: the maximum of all visits."""
    print("| layout shift, most | the page: load | the page: press to sound | plain: load | plain: press to sound |")
    print("|---|---|---|---|---|")
    for width in dict.fromkeys(width for _, width in visits):
        cells: list[Any] = [
            max(getattr(visit, name) for visit in visits[page, width])
            for page in ("ours", "plain")
            for name in ("load_shift", "press_shift")
        ]
        print(f"| {width} px | {' | '.join(f'{cell:.4f}' for cell in cells)} |")


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m benchmarks.page", description=__doc__)
    options.add_argument("--checkpoint", default="builtin", help="see KOKORO_CHECKPOINT")
    options.add_argument("--rounds", type=int, default=5)
    chosen = options.parse_args()
    if not CHROMIUM:
        raise SystemExit("There is no Chromium here. Install it, or set CHROMIUM to its path.")
    visits_by_width: dict[tuple[str, int], list[Visit]] = {}
    with (
        served("ours", chosen.checkpoint) as ours,
        served("plain", chosen.checkpoint) as plain,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        addresses = {"ours": ours, "plain": plain}
        for address in addresses.values():
            visit(browser, address, 1280)  # to warm up
        for _ in range(chosen.rounds):
            for width in WIDTHS:
                for page, address in addresses.items():
                    visits_by_width.setdefault((page, width), []).append(visit(browser, address, width))
        version = browser.version
        browser.close()
    visits = {
        page: [visit for (of, _), some in visits_by_width.items() if of == page for visit in some] for page in addresses
    }
    print(f"{machine()}, Chromium {version}, {chosen.checkpoint}, {len(visits['ours'])} visits of each page\n")
    print_costs(visits)
    print_shifts(visits_by_width)


if __name__ == "__main__":
    main()
