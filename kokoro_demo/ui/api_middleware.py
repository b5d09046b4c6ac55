"""Middleware for the paths of the HTTP API: it normalises their slashes, and decides which web pages may call them."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.datastructures import Headers
from starlette.middleware.cors import CORSMiddleware
from starlette.responses import PlainTextResponse, Response

ORIGINS_VARIABLE = "KOKORO_CORS_ORIGINS"
PROGRAM_PATHS = re.compile(r"/+(?:v1|dev|health|metrics)(?:/.*)?", re.DOTALL)
READABLE = ("X-Kokoro-Warnings", "Retry-After")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class ApiMiddleware:
    """Accepts API paths with repeated or trailing slashes, and calls from web pages of any origin or of those that
    `KOKORO_CORS_ORIGINS` lists. Any origin is safe because the API uses no cookies, only a key.

    All other paths, those of the page, are passed on unchanged.
    """

    def __init__(self, app: App) -> None:
        async def without_origin(scope: Scope, receive: Receive, send: Send) -> None:
            headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
            if scope["method"] == "OPTIONS":
                await Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})(scope, receive, send)
                return
            await app({**scope, "headers": headers}, receive, send)  # Gradio would apply its own rule about origins

        self._app, self._origins = app, origins()
        self._with_cors = CORSMiddleware(
            without_origin,
            allow_origins=self._origins,
            allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
            allow_headers=["*"],
            expose_headers=READABLE,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or not PROGRAM_PATHS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        path = re.sub(r"/+", "/", scope["path"]).rstrip("/")
        scope = {**scope, "path": path, "raw_path": path.encode()}
        if scope["type"] == "http":
            await self._with_cors(scope, receive, send)
        elif self._may_open(Headers(scope=scope)):
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Pages of this origin may not connect.", 403)(scope, receive, send)

    def _may_open(self, headers: Headers) -> bool:
        """Whether a WebSocket may be opened. Browsers allow it to every page, so the server has to check."""
        origin = headers.get("origin")
        is_same_origin = origin is not None and origin.partition("://")[2] == headers.get("host")
        return origin is None or is_same_origin or "*" in self._origins or origin in self._origins


def origins() -> list[str]:
    """The origins whose pages may call the API: all, unless the operator lists some, separated by commas."""
    listed = [origin.strip().rstrip("/") for origin in os.environ.get(ORIGINS_VARIABLE, "*").split(",")]
    return [origin for origin in listed if origin]
