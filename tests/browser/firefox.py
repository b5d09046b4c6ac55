"""Firefox, driven by WebDriver BiDi, which Firefox itself supports; Playwright would need its own build of it.

Commands: https://w3c.github.io/webdriver-bidi/.
"""

import json
import re
import shutil
import subprocess
import tempfile
import time
from typing import Any

from websockets.sync.client import connect

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")


# Scrolls to an element, waits until it is at rest and not covered, and returns its centre.
RESTING = """async (selector) => {
  const frame = () => new Promise(requestAnimationFrame);
  await document.fonts.ready;
  for (let before = "", rested = 0; ; await frame()) {
    const one = document.querySelector(selector);
    one.scrollIntoView({ block: "center", behavior: "instant" });
    const { x, y, width, height } = one.getBoundingClientRect();
    const middle = [x + width / 2, y + height / 2].map(Math.round);
    const here = middle.join();
    const free = one.contains(document.elementFromPoint(...middle)) || one.labels?.length;
    rested = here === before && free ? rested + 1 : 0;
    before = here;
    if (rested >= 3) return middle;
  }
}"""


class Firefox:
    """A headless Firefox with one page.

    errors: errors of its scripts and console.
    """

    def __init__(self) -> None:
        assert FIREFOX, "no Firefox here"
        self._profile = tempfile.TemporaryDirectory(ignore_cleanup_errors=True)
        options = ["--headless", "--no-remote", "--profile", self._profile.name, "--remote-debugging-port", "0"]
        self._process = subprocess.Popen([FIREFOX, *options, "about:blank"], stderr=subprocess.PIPE, text=True)
        assert self._process.stderr
        match = None
        for line in self._process.stderr:
            if match := re.search(r"WebDriver BiDi listening on (ws://\S+)", line):
                break
        assert match, "Firefox did not start"
        self._socket = connect(f"{match[1]}/session", max_size=None)
        self._last = 0
        self.errors: list[str] = []
        self.send("session.new", capabilities={})
        self.send("session.subscribe", events=["log.entryAdded"])
        self._context = self.send("browsingContext.getTree")["contexts"][0]["context"]

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Run a command, and return its result."""
        self._last += 1
        self._socket.send(json.dumps({"id": self._last, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self._socket.recv(timeout=60))
            if answer.get("method") == "log.entryAdded" and answer["params"]["level"] == "error":
                self.errors.append(str(answer["params"]["text"]))
            if answer.get("id") == self._last:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url: str, width: int, height: int) -> None:
        """Open an address in a window of this size."""
        self.send("browsingContext.activate", context=self._context)  # or nothing of it has the focus
        viewport = {"width": width, "height": height}
        self.send("browsingContext.setViewport", context=self._context, viewport=viewport)
        self.send("browsingContext.navigate", context=self._context, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, which must be JSON; a promise is awaited."""
        asked = f"Promise.resolve({expression}).then((value) => JSON.stringify(value ?? null))"
        target = {"context": self._context}
        result = self.send("script.evaluate", expression=asked, target=target, awaitPromise=True)
        assert result["type"] == "success", result.get("exceptionDetails", {}).get("text")
        return json.loads(result["result"]["value"])

    def wait_for(self, expression: str, seconds: float = 60) -> None:
        """Wait until an expression is true."""
        until = time.monotonic() + seconds
        while not self.evaluate(expression):
            assert time.monotonic() < until, f"never true: {expression}"
            time.sleep(0.05)

    def click(self, selector: str) -> None:
        """Click the centre of an element once it is at rest: a font that loads late moves what is below."""
        x, y = self.evaluate(f"({RESTING})({json.dumps(selector)})")
        move = {"type": "pointerMove", "x": x, "y": y}
        press = [move, {"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act({"type": "pointer", "id": "mouse", "actions": press})

    def hover(self, selector: str) -> None:
        """Move the mouse to the centre of an element."""
        shown = f"document.querySelector({json.dumps(selector)}).getBoundingClientRect()"
        x, y = self.evaluate(
            f"(({{ x, y, width, height }}) => [x + width / 2, y + height / 2].map(Math.round))({shown})"
        )
        self._act({"type": "pointer", "id": "mouse", "actions": [{"type": "pointerMove", "x": x, "y": y}]})

    def type(self, keys: str) -> None:
        """Press keys, one after the other."""
        presses = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self._act({"type": "key", "id": "keyboard", "actions": presses})

    def picture(self) -> str:
        """Return a screenshot, a PNG in base64."""
        return self.send("browsingContext.captureScreenshot", context=self._context)["data"]

    def close(self) -> None:
        """Quit Firefox."""
        self._socket.close()
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stderr
        self._process.stderr.close()
        self._profile.cleanup()

    def _act(self, source: dict[str, Any]) -> None:
        self.send("input.performActions", context=self._context, actions=[source])
