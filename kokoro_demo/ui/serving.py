"""The app from its start to its end, which SIGTERM, Ctrl-C, or the container brings about within a bound."""

from __future__ import annotations

import logging
import math
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Any, NoReturn

from kokoro_demo.model.interruption import close, is_shutting_down, shut_down
from kokoro_demo.temporary import TemporaryFolder
from kokoro_demo.ui.page import Page, launch

GRACE_VARIABLE = "KOKORO_GRACE"
# Seconds that what is being spoken has to end. With the rest of the end it stays below the ten of `docker stop`.
GRACE = 6.0
LOOK_EVERY = 0.1
# Seconds that a visitor's player has to fetch the last of it.
FETCH_WITHIN = 0.5
# Seconds between two looks at how much the temporary folder holds.
TIDY_EVERY = 10.0

log = logging.getLogger(__name__)


def serve(page: Page, files: TemporaryFolder, **options: Any) -> None:
    """Serve the page until the process is asked to end. From then on nothing new is taken; what is being spoken ends,
    within `KOKORO_GRACE` seconds, and the visitors' files are removed.

    files: where Gradio keeps the files that visitors fetch. options: as of `launch`.
    """
    ended = threading.Event()
    threading.Thread(target=_tidy, args=(files, ended), name="kokoro-tidy", daemon=True).start()
    signal.signal(signal.SIGTERM, _end)
    try:
        launch(page, **options)
    finally:
        close()
        signal.signal(signal.SIGTERM, _hurry)
        signal.signal(signal.SIGINT, _hurry)
        wait_while(page.is_speaking, grace())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        shut_down()
        ended.set()
        page.close(verbose=False)
        files.remove()


def grace() -> float:
    """How long what is being spoken has to end, in seconds."""
    try:
        seconds = float(os.environ.get(GRACE_VARIABLE, GRACE))
    except ValueError:
        seconds = math.nan
    if math.isfinite(seconds) and seconds >= 0:
        return seconds
    log.warning("%s is no number of seconds: it is %g.", GRACE_VARIABLE, GRACE)
    return GRACE


def wait_while(busy: Callable[[], bool], seconds: float) -> None:
    """Wait until `busy` has returned False for `FETCH_WITHIN`, or was at once; no longer than so many seconds, nor than
    `shut_down`."""
    began = busy_at = time.monotonic()
    quiet = 0.0
    while time.monotonic() - began < seconds and not is_shutting_down():
        if busy():
            busy_at, quiet = time.monotonic(), FETCH_WITHIN
        elif time.monotonic() - busy_at >= quiet:
            return
        time.sleep(LOOK_EVERY)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """A handler of SIGTERM: nothing new is taken from now on, and `launch` returns."""
    close()
    sys.exit(0)


def _hurry(number: int, frame: FrameType | None) -> None:
    """A handler of a second signal: what is being spoken ends at once."""
    shut_down()


def _tidy(files: TemporaryFolder, ended: threading.Event) -> None:
    while not ended.wait(TIDY_EVERY):
        began = time.monotonic()
        files.keep_within()
        if time.monotonic() - began > TIDY_EVERY / 2:
            log.warning("The temporary folder holds very many files.")
