"""Edits Gradio's HTML page before it is sent."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, MutableMapping, Sequence
from typing import Any

from kokoro_demo.ui.compressed_page import asks_for_page

Message = MutableMapping[str, Any]
Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]
Edit = Callable[[bytes, Scope], bytes]
_BODY = re.compile(rb"<body\b[^>]*>")


class EditedPage:
    """Applies each of `edits` to the page, and leaves every other response unchanged."""

    def __init__(self, app: App, edits: Sequence[Edit]) -> None:
        self._app = app
        self._edits = edits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not asks_for_page(scope):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = bytearray()

        async def send_changed(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                if not _is_page(message):
                    await send(message)
                return
            if not _is_page(start):
                await send(message)
                return
            body.extend(message.get("body", b""))
            if message.get("more_body", False):
                return
            whole = bytes(body)
            for edit in self._edits:
                whole = edit(whole, scope)
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(whole)).encode())]})
            await send({**message, "body": whole})

        await self._app(scope, receive, send_changed)


def _is_page(start: Message) -> bool:
    headers = dict(start.get("headers", ()))
    return start.get("status") == 200 and headers.get(b"content-type", b"").startswith(b"text/html")


def before_head_end(page: bytes, added: bytes) -> bytes:
    """The page with something added at the end of its head."""
    head, mark, rest = page.partition(b"</head>")
    return head + added + mark + rest if mark else page


def after_body_tag(page: bytes, added: bytes) -> bytes:
    """The page with something added at the beginning of its body."""
    return _BODY.sub(lambda body: body.group() + added, page, count=1)
