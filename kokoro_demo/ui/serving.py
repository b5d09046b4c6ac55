"""The app from its start to its end, which SIGTERM, Ctrl-C, or the container brings about within a bound."""

from __future__ import annotations

import logging
import signal
import sys
import threading
import time
from types import FrameType
from typing import Any, NoReturn

from kokoro_demo.model.interruption import shut_down
from kokoro_demo.temporary import TemporaryFolder
from kokoro_demo.ui.page import Page, launch

# Seconds between two looks at how much the temporary folder holds.
TIDY_EVERY = 10.0

log = logging.getLogger(__name__)


def serve(page: Page, files: TemporaryFolder, **options: Any) -> None:
    """Serve the page until the process is asked to end; then end what is being spoken, and remove the visitors' files.

    files: where Gradio keeps the files that visitors fetch. options: as of `launch`.
    """
    ended = threading.Event()
    threading.Thread(target=_tidy, args=(files, ended), name="kokoro-tidy", daemon=True).start()
    signal.signal(signal.SIGTERM, _end)
    try:
        launch(page, **options)
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        shut_down()
        ended.set()
        page.close(verbose=False)
        files.remove()


def _end(number: int, frame: FrameType | None) -> NoReturn:
    """A handler of SIGTERM: new requests are refused from now on, and `launch` returns."""
    shut_down()
    sys.exit(0)


def _tidy(files: TemporaryFolder, ended: threading.Event) -> None:
    while not ended.wait(TIDY_EVERY):
        began = time.monotonic()
        files.keep_within()
        if time.monotonic() - began > TIDY_EVERY / 2:
            log.warning("The temporary folder holds very many files.")
