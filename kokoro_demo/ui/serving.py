"""Runs the app, and shuts it down within a bounded time on SIGTERM or Ctrl-C."""

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
from kokoro_demo.ui.page import launch
from kokoro_demo.ui.page_blocks import Page

GRACE_VARIABLE = "KOKORO_GRACE"
# Seconds that running speeches have to finish. The whole shutdown stays below the ten seconds of `docker stop`.
GRACE = 6.0
POLL_INTERVAL = 0.1
# Seconds that a visitor's player has to fetch the last phrase.
FETCH_TIME = 0.5
# Seconds between two cleanups of the temporary folder.
TIDY_INTERVAL = 10.0

log = logging.getLogger(__name__)


def serve(page: Page, files: TemporaryFolder, **options: Any) -> None:
    """Serve the page until the process is told to end. Then no new work is accepted, running speeches have
    `KOKORO_GRACE` seconds to finish, and the visitors' files are removed.

    files: the folder in which Gradio keeps the visitors' files. options: see `launch`.
    """
    ended = threading.Event()
    threading.Thread(target=_tidy, args=(files, ended), name="kokoro-tidy", daemon=True).start()
    signal.signal(signal.SIGTERM, _on_sigterm)
    try:
        launch(page, **options)
    finally:
        close()
        signal.signal(signal.SIGTERM, _on_second_signal)
        signal.signal(signal.SIGINT, _on_second_signal)
        wait_while(page.is_speaking, grace())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)
        shut_down()
        ended.set()
        page.close(verbose=False)
        files.remove()


def grace() -> float:
    """Seconds that running speeches have to finish at shutdown."""
    try:
        seconds = float(os.environ.get(GRACE_VARIABLE, GRACE))
    except ValueError:
        seconds = math.nan
    if math.isfinite(seconds) and seconds >= 0:
        return seconds
    log.warning("%s is not a number of seconds; using %g.", GRACE_VARIABLE, GRACE)
    return GRACE


def wait_while(busy: Callable[[], bool], seconds: float) -> None:
    """Wait, for at most this many seconds, until `busy` has returned False for `FETCH_TIME`; return immediately if it
    is False at first, and when `shut_down` is called."""
    began = busy_at = time.monotonic()
    quiet = 0.0
    while time.monotonic() - began < seconds and not is_shutting_down():
        if busy():
            busy_at, quiet = time.monotonic(), FETCH_TIME
        elif time.monotonic() - busy_at >= quiet:
            return
        time.sleep(POLL_INTERVAL)


def _on_sigterm(number: int, frame: FrameType | None) -> NoReturn:
    """Accept no new work, and make `launch` return."""
    close()
    sys.exit(0)


def _on_second_signal(number: int, frame: FrameType | None) -> None:
    """Stop running speeches immediately."""
    shut_down()


def _tidy(files: TemporaryFolder, ended: threading.Event) -> None:
    while not ended.wait(TIDY_INTERVAL):
        began = time.monotonic()
        files.keep_within()
        if time.monotonic() - began > TIDY_INTERVAL / 2:
            log.warning("Cleaning up the temporary folder is slow: it holds very many files.")
