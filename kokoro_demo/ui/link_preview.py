"""What a chat or a search engine shows of a link to the page: its text and voice as Open Graph tags, for that link.

Made by the server from the link alone. A long text is in the hash, which no server sees: then the tags are general.
"""

from __future__ import annotations

import html
import re
from collections.abc import Awaitable, Callable, MutableMapping
from pathlib import Path
from typing import Any

from gradio.route_utils import get_root_url
from starlette.requests import Request
from starlette.responses import FileResponse
from starlette.routing import Route

from kokoro_demo.errors import KokoroError
from kokoro_demo.share import open_link
from kokoro_demo.ui.voice_choices import short_name

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

PICTURE = Path(__file__).parents[2] / "docs" / "thumbnail.png"
PICTURE_PATH = "link-preview.png"
TITLE = "Kokoro text to speech"
DESCRIPTION = "Type a text, choose a voice, listen. Check how names are said, and share what you hear."
# Characters of a text that a title and a description repeat.
TITLE_LENGTH, DESCRIPTION_LENGTH = 60, 200
# Every tag of this kind that Gradio's own page has.
_TAG = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')


def preview_tags(query: str, address: str, picture: bool = True) -> str:
    """The tags for a link. Everything in them is escaped: the query is a stranger's.

    query: of the link, without "?".
    address: of the page, with "/" at its end.
    """
    title, description = TITLE, DESCRIPTION
    try:
        request = open_link(f"?{query}").request if query else None
    except KokoroError:
        request = None
    if request is not None and request.text.strip():
        text = " ".join(request.text.split())
        voice = f" in the voice {short_name(request.voice)}" if "voice=" in query else ""
        title, description = f"“{_shortened(text, TITLE_LENGTH)}”{voice}", _shortened(text, DESCRIPTION_LENGTH)
    tags = {
        "og:type": "website",
        "og:site_name": TITLE,
        "og:title": title,
        "og:description": description,
        "og:url": f"{address}{'?' if query else ''}{query}",
    }
    if picture:
        tags |= {"og:image": f"{address}{PICTURE_PATH}", "og:image:width": "1200", "og:image:height": "630"}
    named = {"description": description, "twitter:card": "summary_large_image" if picture else "summary"}
    lines = [f'<meta property="{name}" content="{html.escape(value)}" />' for name, value in tags.items()]
    return "\n".join(
        [*lines, *(f'<meta name="{name}" content="{html.escape(value)}" />' for name, value in named.items())]
    )


def preview_picture() -> list[Route]:
    """The route of the picture; none if the package is installed without it."""

    def picture(request: Request) -> FileResponse:
        return FileResponse(PICTURE, headers={"Cache-Control": "public, max-age=86400"})

    return [Route(f"/{PICTURE_PATH}", picture)] if PICTURE.exists() else []


class LinkPreview:
    """Puts the tags into the page in place of Gradio's own, which advertise Gradio."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if (
            scope["type"] != "http"
            or scope["method"] != "GET"
            or scope["path"] not in ("", "/", scope.get("root_path", ""))
        ):
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
            whole = _with_tags(bytes(body), scope)
            headers = [(name, value) for name, value in start["headers"] if name.lower() != b"content-length"]
            await send({**start, "headers": [*headers, (b"content-length", str(len(whole)).encode())]})
            await send({**message, "body": whole})

        await self._app(scope, receive, send_changed)


def _is_page(start: Message) -> bool:
    headers = dict(start.get("headers", ()))
    return start.get("status") == 200 and headers.get(b"content-type", b"").startswith(b"text/html")


def _with_tags(page: bytes, scope: MutableMapping[str, Any]) -> bytes:
    address = get_root_url(Request(scope), "/", scope.get("root_path") or None).rstrip("/") + "/"
    tags = preview_tags(scope.get("query_string", b"").decode("ascii", "replace"), address, PICTURE.exists())
    head, mark, rest = _TAG.sub(b"", page).partition(b"<head>")
    return head + mark + b"\n" + tags.encode("utf-8", "replace") + rest


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
