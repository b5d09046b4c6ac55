"""The front of a cluster: accepts requests and forwards each to a speaker."""

from __future__ import annotations

import asyncio
import hashlib
from typing import Any

from ray.exceptions import RayActorError
from ray.serve.exceptions import BackPressureError, DeploymentUnavailableError
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.routing import Mount
from starlette.types import Message, Receive, Scope, Send

from kokoro_demo.budget import MAX_BODY
from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.tasks import start_task

# Speakers to try for one request, and the seconds to wait after the first is lost, so that a new one can start. The
# wait doubles each time.
MAX_ATTEMPTS = 8
PAUSE = 0.2
# Seconds after which a client may try again if every speaker is busy.
RETRY_AFTER = 5
FORWARDED_KEYS = (
    "type",
    "http_version",
    "method",
    "scheme",
    "path",
    "raw_path",
    "query_string",
    "root_path",
    "headers",
)


class Front:
    """An ASGI application that forwards requests to the speakers."""

    def __init__(self, speakers: Any) -> None:
        self._speakers = speakers.options(stream=True)

    def __serve_build_asgi_app__(self) -> Any:
        """Called by Ray Serve."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await self.answer(scope, receive, send)

        return Starlette(routes=[Mount("", app=answer)])

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Respond to a request; WebSockets are refused."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1003})
            return
        try:
            body = await read_body(Request(scope, receive))
            await self._dispatch({name: scope[name] for name in FORWARDED_KEYS if name in scope}, body, receive, send)
        except ClientDisconnect:
            return
        except ApiError as error:
            await error.response()(scope, receive, send)

    async def _dispatch(self, scope: dict[str, Any], body: bytes, receive: Receive, send: Send) -> None:
        """Send the request to one speaker after another, until one has completed it.

        Raises:
            ApiError: if no speaker is available and nothing has been sent yet.
        """
        sent = Sent()
        for number in range(MAX_ATTEMPTS):
            answer = self._speakers.answer.remote(scope, body)
            gone = start_task(disconnected(receive))
            try:
                if await self._forward(answer, gone, sent, send):
                    return
            except BackPressureError:
                refused = "Too many requests are waiting. Try again later."
                headers = {"Retry-After": str(RETRY_AFTER)}
                raise ApiError(429, refused, code="overloaded", headers=headers) from None
            except (RayActorError, DeploymentUnavailableError):
                await asyncio.sleep(PAUSE * 2**number)  # then try another speaker
            finally:
                gone.cancel()
        if sent.begun:
            raise ConnectionError("The answer cannot be completed.")
        raise ApiError(503, "No speaker is available. Try again later.", headers={"Retry-After": str(RETRY_AFTER)})

    async def _forward(self, answer: Any, gone: asyncio.Future[None], sent: Sent, send: Send) -> bool:
        """Forward a speaker's response, without what was already sent; returns whether the request is finished."""
        rest = sent.again()
        messages = aiter(answer)
        while True:
            next_message = start_task(anext(messages, None))
            await asyncio.wait([next_message, gone], return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                next_message.cancel()
                answer.cancel()
                return True
            message: Message | None = next_message.result()
            if message is None:
                raise ConnectionError("The response was broken off.")
            for part in rest.without_sent(message):
                await send(part)
                if part["type"] == "http.response.body" and not part.get("more_body", False):
                    return True


class Sent:
    """How much of the response the client has received: whether it has the headers, and the length and hash of the
    body."""

    def __init__(self) -> None:
        self.begun = False
        self._bytes = 0
        self._hash = hashlib.sha256()

    def again(self) -> Rest:
        """Return what the next speaker's response has to add."""
        return Rest(self, self._bytes, self._hash.hexdigest())

    def note(self, data: bytes) -> None:
        """Record that bytes were sent."""
        self._bytes += len(data)
        self._hash.update(data)


class Rest:
    """A response without its first `skip` bytes, which must have the given hash."""

    def __init__(self, sent: Sent, skip: int, digest: str) -> None:
        self._sent, self._skip, self._digest = sent, skip, digest
        self._hash = hashlib.sha256()

    def without_sent(self, message: Message) -> list[Message]:
        """Return the new part of a message.

        Raises:
            ConnectionError: if the bytes to skip differ from those that were sent.
        """
        if message["type"] == "http.response.start":
            begun, self._sent.begun = self._sent.begun, True
            return [] if begun else [message]
        body = message.get("body", b"")
        old, new = body[: self._skip], body[self._skip :]
        if old:
            self._hash.update(old)
            self._skip -= len(old)
            if not self._skip and self._hash.hexdigest() != self._digest:
                raise ConnectionError("Two speakers do not return the same bytes.")
        self._sent.note(new)
        more = message.get("more_body", False)
        return [{**message, "body": new}] if new or not more else []


async def read_body(request: Request) -> bytes:
    """Read the body; stops at the size limit.

    Raises:
        ApiError: if it is too large.
    """
    parts, size = list[bytes](), 0
    async for part in request.stream():
        size += len(part)
        if size > MAX_BODY:
            raise ApiError(413, f"The body is too large: at most {MAX_BODY:,} bytes.")
        parts.append(part)
    return b"".join(parts)


async def disconnected(receive: Receive) -> None:
    """Return once the client has disconnected."""
    while (await receive())["type"] != "http.disconnect":
        pass
