"""The page is sent compressed: Gradio compresses its scripts, but not the page itself, which holds ours."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware.gzip import GZipMiddleware

App = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]
REFUSED = re.compile(rb"gzip\s*;\s*q=0(?:\.0*)?\s*(?:,|$)", re.IGNORECASE)  # which Starlette takes for a yes
LEVEL = 6  # of 9, which takes twice the time for 1% less


def asks_for_page(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request is one for the page itself."""
    return (
        scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in ("", "/", scope.get("root_path", ""))
    )


def refuses_gzip(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request names gzip as what it does not take (RFC 9110, 12.4.2)."""
    return any(name.lower() == b"accept-encoding" and REFUSED.search(value) for name, value in scope["headers"])


class CompressedPage:
    """Compresses the page for a browser that takes gzip, and leaves every other answer as it is."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, compresslevel=LEVEL)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        compresses = asks_for_page(scope) and not refuses_gzip(scope)
        await (self._compressed if compresses else self._app)(scope, receive, send)
