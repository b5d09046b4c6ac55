"""Compresses the page's HTML, which contains our scripts. Gradio compresses only its own script files."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware.gzip import GZipMiddleware

App = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]
GZIP_REFUSED = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)  # Starlette takes this for a yes
LEVEL = 6  # of 9: the highest takes twice as long to save another 1%


def asks_for_page(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request is for the page itself. A proxy may leave the path below which it serves the page, or not."""
    if scope["type"] != "http" or scope["method"] != "GET":
        return False
    return scope["path"].removeprefix(scope.get("root_path", "").rstrip("/")) in ("", "/")


def refuses_gzip(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request's Accept-Encoding rules gzip out (RFC 9110, 12.4.2)."""
    return any(name.lower() == b"accept-encoding" and GZIP_REFUSED.search(value) for name, value in scope["headers"])


class CompressedPage:
    """Compresses the page for clients that accept gzip, and leaves every other response unchanged."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, compresslevel=LEVEL)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        compresses = asks_for_page(scope) and not refuses_gzip(scope)
        await (self._compressed if compresses else self._app)(scope, receive, send)
