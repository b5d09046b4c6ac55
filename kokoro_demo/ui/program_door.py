"""What the paths for programs have in common before any of them is looked up: the form of the path, and which web pages
may read the answers."""

from __future__ import annotations

import os
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from starlette.middleware.cors import CORSMiddleware
from starlette.responses import Response

ORIGINS_VARIABLE = "KOKORO_CORS_ORIGINS"
PROGRAM_PATHS = re.compile(r"/+(?:v1|dev|health|metrics)(?:/.*)?", re.DOTALL)
READABLE = ("X-Kokoro-Warnings", "Retry-After")

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


class ProgramDoor:
    """The paths for programs, whatever slashes they are written with, for the web pages of any origin, or of those that
    `KOKORO_CORS_ORIGINS` lists. There are no cookies: who knows the key may call from everywhere.

    The paths of the page are left alone.
    """

    def __init__(self, app: App) -> None:
        async def without_origin(scope: Scope, receive: Receive, send: Send) -> None:
            headers = [(name, value) for name, value in scope["headers"] if name != b"origin"]
            if scope["method"] == "OPTIONS":
                await Response(status_code=204, headers={"Allow": "GET, HEAD, POST, OPTIONS"})(scope, receive, send)
                return
            await app({**scope, "headers": headers}, receive, send)  # Gradio has a rule of its own

        self._app = app
        self._for_programs = CORSMiddleware(
            without_origin,
            allow_origins=origins(),
            allow_methods=["GET", "HEAD", "POST", "OPTIONS"],
            allow_headers=["*"],
            expose_headers=READABLE,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not PROGRAM_PATHS.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        path = re.sub(r"/+", "/", scope["path"]).rstrip("/")
        await self._for_programs({**scope, "path": path, "raw_path": path.encode()}, receive, send)


def origins() -> list[str]:
    """The origins whose pages may read answers: all of them, unless the operator lists some, separated by commas."""
    listed = [origin.strip().rstrip("/") for origin in os.environ.get(ORIGINS_VARIABLE, "*").split(",")]
    return [origin for origin in listed if origin]
