"""Open Graph tags, from which chats and search engines show a link's text and voice.

The server makes them from the link alone. Long texts are in the hash, which no server sees; their tags are generic.
"""

from __future__ import annotations

import html
import re
from collections.abc import MutableMapping
from typing import Any
from urllib.parse import urlencode

from gradio.route_utils import get_root_url
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kokoro_demo.errors import KokoroError
from kokoro_demo.share import MAX_QUERY, OpenedLink, open_link
from kokoro_demo.ui.link_picture import MAX_LENGTH, link_picture
from kokoro_demo.ui.voice_choices import spoken_by

PICTURE_PATH = "link-preview.png"
TITLE = "Kokoro text to speech"
DESCRIPTION = "Type a text, choose a voice, listen. Check how names are pronounced, and share what you hear."
# Characters of a text that are quoted in the title and in the description.
TITLE_LENGTH, DESCRIPTION_LENGTH = 60, 200
# The tags of this kind in Gradio's own page.
_TAG = re.compile(rb'<meta\s+(?:property|name)="(?:og|twitter):[^>]*>\s*')


def preview_tags(query: str, address: str) -> str:
    """The tags for a link. Everything in them is escaped because the query is untrusted.

    query: the link's, without "?".
    address: the page's, with "/" at the end.
    """
    title, description, picture = TITLE, DESCRIPTION, f"{address}{PICTURE_PATH}"
    opened = _opened(query)
    if opened is not None:
        text, voice = _text_and_voice(opened)
        title = f"“{_shortened(text, TITLE_LENGTH)}”{f' spoken by {voice}' if voice else ''}"
        description = _shortened(text, DESCRIPTION_LENGTH)
        picture_query = {"text": text[:MAX_LENGTH]} | ({"voice": opened.request.voice} if voice else {})
        picture += f"?{urlencode(picture_query, errors='replace')}"
    tags = {
        "og:type": "website",
        "og:site_name": TITLE,
        "og:title": title,
        "og:description": description,
        "og:url": f"{address}{'?' if query else ''}{query}",
        "og:image": picture,
        "og:image:type": "image/png",
        "og:image:width": "1200",
        "og:image:height": "630",
        "og:image:alt": title,
    }
    named = {"description": description, "twitter:card": "summary_large_image"}
    lines = [f'<meta property="{name}" content="{html.escape(value)}" />' for name, value in tags.items()]
    return "\n".join(
        [*lines, *(f'<meta name="{name}" content="{html.escape(value)}" />' for name, value in named.items())]
    )


def with_preview(page: bytes, scope: MutableMapping[str, Any]) -> bytes:
    """The page with the Open Graph tags of the requested link. Gradio's own tags advertise Gradio, and are removed."""
    address = get_root_url(Request(scope), "/", scope.get("root_path") or None).rstrip("/") + "/"
    tags = preview_tags(scope.get("query_string", b"").decode("ascii", "replace"), address)
    head, mark, rest = _TAG.sub(b"", page).partition(b"<head>")
    return head + mark + b"\n" + tags.encode("utf-8", "replace") + rest


def preview_picture() -> list[Route]:
    """The route of the picture. It takes the query of a link; without a query, the picture shows the page itself."""

    async def picture(request: Request) -> Response:
        opened = _opened(request.scope.get("query_string", b"").decode("ascii", "replace"))
        text, voice = _text_and_voice(opened) if opened is not None else ("", "")
        content = await run_in_threadpool(link_picture, text, voice)
        return Response(content, media_type="image/png", headers={"Cache-Control": "public, max-age=86400"})

    return [Route(f"/{PICTURE_PATH}", picture)]


def _opened(query: str) -> OpenedLink | None:
    """Open a link's query; None if it holds nothing to speak, or is too long for a link."""
    if not query or len(query) > 2 * MAX_QUERY:
        return None
    try:
        opened = open_link(f"?{query}")
    except KokoroError:
        return None
    return opened if opened.request.text.strip() else None


def _text_and_voice(opened: OpenedLink) -> tuple[str, str]:
    voice = spoken_by(opened.request.voice) if "voice" in opened.given else ""
    return " ".join(opened.request.text.split()), voice


def _shortened(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"
