"""The page is sent compressed: Gradio compresses its scripts, but not the page itself, which holds ours."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware.gzip import GZipMiddleware

App = Callable[[MutableMapping[str, Any], Any, Any], Awaitable[None]]
LEVEL = 6  # of 9, which takes twice the time for 1% less


def asks_for_page(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request is one for the page itself."""
    return (
        scope["type"] == "http" and scope["method"] == "GET" and scope["path"] in ("", "/", scope.get("root_path", ""))
    )


class CompressedPage:
    """Compresses the page for a browser that takes gzip, and leaves every other answer as it is."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._compressed = GZipMiddleware(app, compresslevel=LEVEL)

    async def __call__(self, scope: MutableMapping[str, Any], receive: Any, send: Any) -> None:
        await (self._compressed if asks_for_page(scope) else self._app)(scope, receive, send)
