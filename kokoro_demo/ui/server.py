"""Hardens the web server beneath Gradio: time limits for clients, a graceful shutdown, and no user input in the log.

Gradio creates its own uvicorn server and takes no options for it; `harden` is the only place that patches the two.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import sys
import time
import traceback
from collections.abc import Awaitable, Callable, MutableMapping
from contextlib import suppress
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

import gradio.http_server
import gradio.queueing
import gradio.route_utils
import gradio.routes
import uvicorn
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse
from uvicorn.protocols.http.auto import AutoHTTPProtocol

from kokoro_demo.budget import MAX_BODY
from kokoro_demo.ui.api_middleware import ApiMiddleware
from kokoro_demo.ui.errors import CLOSING, UNEXPECTED, explain

# The key in a request's scope of a function that aborts its connection.
ABORT = "kokoro_demo.abort"
# Timeouts in seconds: for the head of a request, between two parts of its body, and for the whole body.
HEAD_TIMEOUT = 20.0
PART_TIMEOUT = 30.0
BODY_TIMEOUT = 180.0
# Seconds that requests have to finish after the server is closed.
CLOSE_TIMEOUT = 2
# TCP keep-alive, which detects within two to three minutes that a client has silently disappeared.
KEEP_ALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 20, "TCP_KEEPCNT": 4}

# Paths of Gradio that start new work, paths of the HTTP API, and paths that monitors poll.
NEW_WORK_PATHS = re.compile(r"/gradio_api/(?:queue/join|call|run|api|upload|mcp)\b")
API_PATHS = re.compile(r"/+(?:v1|dev)(?:/|$)")
MONITORING_PATHS = re.compile(r"/(?:health(?:/live|/ready)?|metrics)/?")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

log = logging.getLogger(__name__)


class ResponseAborted(Exception):
    """A response cannot be completed; its connection is aborted, so that the client does not take it for complete."""


# Errors that mean that the client is gone, not that the program has a fault.
DISCONNECTS = (ClientDisconnect, ResponseAborted, ConnectionError)


def starts_new_work(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request starts new work. Fetching earlier results and health checks do not."""
    path, method = re.sub(r"/+", "/", scope["path"]), scope.get("method", "GET")
    if path.startswith("/gradio_api/"):
        return method == "POST" and NEW_WORK_PATHS.match(path) is not None
    return scope["type"] == "websocket" or MONITORING_PATHS.fullmatch(path) is None


def closing_response() -> JSONResponse:
    """The response to new requests while the server shuts down."""
    error = {"message": CLOSING, "type": "api_error"}
    headers = {"Retry-After": "30", "Connection": "close"}
    return JSONResponse({"error": error | {"param": None, "code": None}}, 503, headers)


@dataclass(slots=True)
class Served:
    """The server's current work. programs: how many requests to the HTTP API are being answered."""

    programs: int = 0


class RequestGuard:
    """The outermost ASGI application: refuses new work while the server shuts down, limits the time for request bodies,
    and keeps connection errors out of the log."""

    def __init__(self, app: App, closing: Callable[[], bool], served: Served) -> None:
        self._app, self._closing, self._served = app, closing, served

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        for_programs = scope["type"] != "lifespan" and API_PATHS.match(scope["path"]) is not None
        self._served.programs += for_programs
        try:
            await self._answer(scope, receive, send)
        except asyncio.CancelledError:
            # At shutdown, uvicorn cancels requests that did not finish in time. That is not an error to log.
            if not self._closing():
                raise
            _abort_of(receive)()
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.01)  # gives uvicorn time to notice the closed connection, or it logs an error
        finally:
            self._served.programs -= for_programs

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if self._closing() and starts_new_work(scope):
            await closing_response()(scope, receive, send)
            return
        abort = _abort_of(receive)
        if scope["type"] == "websocket":
            try:
                await self._app({**scope, ABORT: abort}, receive, send)
            except Exception as error:
                _log_unless_disconnect(error)
                abort()
            return
        last_sent: Message | None = None

        async def send_and_remember(message: Message) -> None:
            nonlocal last_sent
            last_sent = message
            await send(message)

        try:
            await self._app({**scope, ABORT: abort}, _with_timeouts(receive), send_and_remember)
        except Exception as error:
            _log_unless_disconnect(error)
            if last_sent is None:
                await JSONResponse({"error": UNEXPECTED}, 500)(scope, receive, send)
            elif last_sent["type"] != "http.response.body" or last_sent.get("more_body", False):
                abort()
                await asyncio.sleep(0.01)  # gives uvicorn time to notice the closed connection, or it logs an error


def _abort_of(receive: Receive) -> Callable[[], None]:
    """Return the function that aborts a request's connection."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    return transport.abort if transport is not None else lambda: None


def _with_timeouts(receive: Receive) -> Receive:
    """Wrap `receive` so that it reports a disconnect if the request body takes too long."""
    complete, began = False, time.monotonic()

    async def receive_in_time() -> Message:
        nonlocal complete
        if complete:
            return await receive()  # waits without a limit for the client to disconnect
        left = BODY_TIMEOUT - (time.monotonic() - began)
        try:
            message = await asyncio.wait_for(receive(), max(0.0, min(PART_TIMEOUT, left)))
        except asyncio.TimeoutError:
            return {"type": "http.disconnect"}
        complete = not message.get("more_body", False)
        return message

    return receive_in_time


def _log_unless_disconnect(error: BaseException) -> None:
    """Log an error's type and location, unless it only means that the client is gone."""
    parts = getattr(error, "exceptions", ())  # of exception groups, which task groups raise
    for part in parts:
        _log_unless_disconnect(part)
    if not parts and isinstance(error, Exception) and not isinstance(error, DISCONNECTS):
        explain(error)


class TimeoutProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's protocol, but it closes a connection on which no request arrives within `HEAD_TIMEOUT`; uvicorn would
    wait for ever."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in KEEP_ALIVE.items():
                if hasattr(socket, name):
                    connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        self._idle_checks = 0
        self.loop.call_later(HEAD_TIMEOUT / 2, self._close_if_idle)

    def _close_if_idle(self) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        serving = self.cycle is not None and not self.cycle.response_complete
        self._idle_checks = 0 if serving or self.timeout_keep_alive_task is not None else self._idle_checks + 1
        if self._idle_checks >= 2:
            self.transport.close()
        else:
            self.loop.call_later(HEAD_TIMEOUT / 2, self._close_if_idle)


def harden(closing: Callable[[], bool]) -> Served:
    """Make the next server that Gradio creates behave as this module describes. This patches modules of the whole
    process, so call it from the app only.

    closing: whether the server is shutting down.

    Returns the server's current work, which is kept up to date.
    """
    served = Served()

    class Config(uvicorn.Config):
        def load(self) -> None:
            super().load()
            self.loaded_app = RequestGuard(ApiMiddleware(self.loaded_app), closing, served)

    def configure(**options: Any) -> uvicorn.Config:
        sockets: dict[str, Any] = {"ws_max_size": MAX_BODY, "ws_per_message_deflate": False}
        return Config(http=TimeoutProtocol, timeout_graceful_shutdown=CLOSE_TIMEOUT, **sockets, **options)

    vars(gradio.http_server)["uvicorn"] = SimpleNamespace(Config=configure)
    for module in (gradio.queueing, gradio.routes, gradio.route_utils):
        vars(module)["traceback"] = _QuietTraceback()
    vars(gradio.queueing)["print"] = lambda *values, **options: None
    return served


class _QuietTraceback:
    """Replaces the module `traceback` for Gradio: the original would print values that a visitor sent."""

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)

    def print_exc(self, *arguments: Any, **options: Any) -> None:
        """Log the type and location of the error that is being handled."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception):
            explain(error)
