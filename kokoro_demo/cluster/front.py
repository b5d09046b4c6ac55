"""The front of a cluster: takes requests and hands each to a speaker."""

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

# Speakers to try for one request, and the seconds to wait after losing the first, doubled each time, so that a new
# speaker can start.
TRIES = 8
PAUSE = 0.2
# Seconds until it is worth asking again if everyone is busy.
RETRY_AFTER = 5
PASSED_ON = ("type", "http_version", "method", "scheme", "path", "raw_path", "query_string", "root_path", "headers")


class Front:
    """An ASGI application over the speakers."""

    def __init__(self, speakers: Any) -> None:
        self._speakers = speakers.options(stream=True)

    def __serve_build_asgi_app__(self) -> Any:
        """What Ray Serve asks for."""

        async def answer(scope: Scope, receive: Receive, send: Send) -> None:
            await self.answer(scope, receive, send)

        return Starlette(routes=[Mount("", app=answer)])

    async def answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; WebSockets are refused."""
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1003})
            return
        try:
            body = await read_body(Request(scope, receive))
            await self._pass_on({name: scope[name] for name in PASSED_ON if name in scope}, body, receive, send)
        except ClientDisconnect:
            return
        except ApiError as error:
            await error.response()(scope, receive, send)

    async def _pass_on(self, scope: dict[str, Any], body: bytes, receive: Receive, send: Send) -> None:
        """Have speakers do the request until one has done it whole.

        Raises:
            ApiError: if nothing was sent yet and nobody can do it.
        """
        sent = Sent()
        for number in range(TRIES):
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
                await asyncio.sleep(PAUSE * 2**number)  # another speaker does it
            finally:
                gone.cancel()
        if sent.begun:
            raise ConnectionError("The answer cannot be completed.")
        raise ApiError(503, "No speaker is available. Try again later.", headers={"Retry-After": str(RETRY_AFTER)})

    async def _forward(self, answer: Any, gone: asyncio.Future[None], sent: Sent, send: Send) -> bool:
        """Send what a speaker answers, without what was sent before; returns whether the request is finished."""
        fresh = sent.again()
        messages = aiter(answer)
        while True:
            coming = start_task(anext(messages, None))
            await asyncio.wait([coming, gone], return_when=asyncio.FIRST_COMPLETED)
            if gone.done():
                coming.cancel()
                answer.cancel()
                return True
            message: Message | None = coming.result()
            if message is None:
                raise ConnectionError("The answer was broken off.")
            for part in fresh.without_sent(message):
                await send(part)
                if part["type"] == "http.response.body" and not part.get("more_body", False):
                    return True


class Sent:
    """What a client has received of an answer: its head, and so many bytes with this hash."""

    def __init__(self) -> None:
        self.begun = False
        self._bytes = 0
        self._hash = hashlib.sha256()

    def again(self) -> Rest:
        """For the next speaker's answer."""
        return Rest(self, self._bytes, self._hash.hexdigest())

    def note(self, data: bytes) -> None:
        """Count bytes as sent."""
        self._bytes += len(data)
        self._hash.update(data)


class Rest:
    """An answer without its first `skip` bytes, which must have this hash."""

    def __init__(self, sent: Sent, skip: int, digest: str) -> None:
        self._sent, self._skip, self._digest = sent, skip, digest
        self._hash = hashlib.sha256()

    def without_sent(self, message: Message) -> list[Message]:
        """The message as far as it is new.

        Raises:
            ConnectionError: if it begins otherwise than what was sent.
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
                raise ConnectionError("Two speakers do not give the same bytes.")
        self._sent.note(new)
        more = message.get("more_body", False)
        return [{**message, "body": new}] if new or not more else []


async def read_body(request: Request) -> bytes:
    """The body; reading stops at the size limit.

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
    """Returns once the client has left."""
    while (await receive())["type"] != "http.disconnect":
        pass
