"""The web server beneath Gradio: how patient it is with clients, how it ends, and what it may write to the log.

Gradio makes its own uvicorn server and takes no options for it; `harden` is the one place that reaches into both.
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
from kokoro_demo.ui.errors import CLOSING, UNEXPECTED, explain
from kokoro_demo.ui.program_door import ProgramDoor

# The key of a request's scope under which what breaks its connection off is found.
ABORT = "kokoro_demo.abort"
# Seconds for the head of a request to arrive, between two parts of its body, and for all of the body.
HEAD_WITHIN = 20.0
PART_WITHIN = 30.0
BODY_WITHIN = 180.0
# Seconds that requests have to end once the server is closed.
CLOSE_WITHIN = 2
# A connection whose other end is gone without a word is found after two to three minutes.
PROBE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 20, "TCP_KEEPCNT": 4}

BEGINNINGS = re.compile(r"/gradio_api/(?:queue/join|call|run|api|upload|mcp)\b")
SPEAKING_PATHS = re.compile(r"/+(?:v1|dev)(?:/|$)")
HEALTH = re.compile(r"/(?:health(?:/live|/ready)?|metrics)/?")

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

log = logging.getLogger(__name__)


class BrokenOff(Exception):
    """A response cannot be completed: its connection is closed in the middle, so that nobody takes it for whole."""


# What is no fault of the program.
GONE = (ClientDisconnect, BrokenOff, ConnectionError)


def begins_something(scope: MutableMapping[str, Any]) -> bool:
    """Whether a request begins anything new. What fetches what was begun, or asks how the server is, does not."""
    path, method = re.sub(r"/+", "/", scope["path"]), scope.get("method", "GET")
    if path.startswith("/gradio_api/"):
        return method == "POST" and BEGINNINGS.match(path) is not None
    return scope["type"] == "websocket" or HEALTH.fullmatch(path) is None


def closing_answer() -> JSONResponse:
    """What is answered to whatever is new while the server closes."""
    error = {"message": CLOSING, "type": "api_error"}
    headers = {"Retry-After": "30", "Connection": "close"}
    return JSONResponse({"error": error | {"param": None, "code": None}}, 503, headers)


@dataclass(slots=True)
class Served:
    """How much the server has to do. programs: the requests of programs that are being answered."""

    programs: int = 0


class Doorkeeper:
    """The outermost application: refuses requests once the server is closing, is not for ever patient with a body, and
    keeps what goes wrong with a connection out of the log."""

    def __init__(self, app: App, closing: Callable[[], bool], served: Served) -> None:
        self._app, self._closing, self._served = app, closing, served

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        for_programs = scope["type"] != "lifespan" and SPEAKING_PATHS.match(scope["path"]) is not None
        self._served.programs += for_programs
        try:
            await self._answer(scope, receive, send)
        except asyncio.CancelledError:
            # The server cancels what did not end in time once it is closing. That is no fault, and not for the log.
            if not self._closing():
                raise
            _abort(receive)()
            with suppress(asyncio.CancelledError):
                await asyncio.sleep(0.01)  # uvicorn notices that the connection is gone, and does not complain
        finally:
            self._served.programs -= for_programs

    async def _answer(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if self._closing() and begins_something(scope):
            await closing_answer()(scope, receive, send)
            return
        abort = _abort(receive)
        if scope["type"] == "websocket":
            try:
                await self._app({**scope, ABORT: abort}, receive, send)
            except Exception as error:
                _log_unless_gone(error)
                abort()
            return
        sent: list[Message] = []

        async def send_and_note(message: Message) -> None:
            sent[:] = [message]
            await send(message)

        try:
            await self._app({**scope, ABORT: abort}, _within(receive), send_and_note)
        except Exception as error:
            _log_unless_gone(error)
            if not sent:
                await JSONResponse({"error": UNEXPECTED}, 500)(scope, receive, send)
            elif sent[0]["type"] != "http.response.body" or sent[0].get("more_body", False):
                abort()
                await asyncio.sleep(0.01)  # uvicorn notices that the connection is gone, and does not complain


def _abort(receive: Receive) -> Callable[[], None]:
    """What breaks the connection of a request off."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    return transport.abort if transport is not None else lambda: None


def _within(receive: Receive) -> Receive:
    """`receive`, with a limit to the time that the body may take."""
    whole, began = False, time.monotonic()

    async def receive_in_time() -> Message:
        nonlocal whole
        if whole:
            return await receive()  # waits for the client to leave, however long it stays
        left = BODY_WITHIN - (time.monotonic() - began)
        try:
            message = await asyncio.wait_for(receive(), max(0.0, min(PART_WITHIN, left)))
        except asyncio.TimeoutError:
            return {"type": "http.disconnect"}
        whole = not message.get("more_body", False)
        return message

    return receive_in_time


def _log_unless_gone(error: BaseException) -> None:
    """Log what went wrong, by its kind and place, unless it is that the client left."""
    parts = getattr(error, "exceptions", ())  # of the groups that task groups raise
    for part in parts:
        _log_unless_gone(part)
    if not parts and isinstance(error, Exception) and not isinstance(error, GONE):
        explain(error)


class PatientProtocol(AutoHTTPProtocol):  # type: ignore[misc, valid-type]
    """uvicorn's, which waits for the head of a request as long as it takes: this one closes a connection on which no
    request arrives within `HEAD_WITHIN`."""

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
            for name, value in PROBE.items():
                if hasattr(socket, name):
                    connection.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
        self._idle_checks = 0
        self.loop.call_later(HEAD_WITHIN / 2, self._close_if_idle)

    def _close_if_idle(self) -> None:
        if self.transport.is_closing() or self.transport.get_protocol() is not self:
            return
        serving = self.cycle is not None and not self.cycle.response_complete
        self._idle_checks = 0 if serving or self.timeout_keep_alive_task is not None else self._idle_checks + 1
        if self._idle_checks >= 2:
            self.transport.close()
        else:
            self.loop.call_later(HEAD_WITHIN / 2, self._close_if_idle)


def harden(closing: Callable[[], bool]) -> Served:
    """Have the server that Gradio makes next behave as this module describes. Changes the process: for the app alone.

    closing: whether new requests are to be refused.

    Returns what the server has to do, kept up to date.
    """
    served = Served()

    class Config(uvicorn.Config):
        def load(self) -> None:
            super().load()
            self.loaded_app = Doorkeeper(ProgramDoor(self.loaded_app), closing, served)

    def configure(**options: Any) -> uvicorn.Config:
        sockets: dict[str, Any] = {"ws_max_size": MAX_BODY, "ws_per_message_deflate": False}
        return Config(http=PatientProtocol, timeout_graceful_shutdown=CLOSE_WITHIN, **sockets, **options)

    vars(gradio.http_server)["uvicorn"] = SimpleNamespace(Config=configure)
    for module in (gradio.queueing, gradio.routes, gradio.route_utils):
        vars(module)["traceback"] = _QuietTraceback()
    vars(gradio.queueing)["print"] = lambda *values, **options: None
    return served


class _QuietTraceback:
    """The module `traceback` as Gradio sees it: what it would print holds the values that a visitor sent."""

    def __getattr__(self, name: str) -> Any:
        return getattr(traceback, name)

    def print_exc(self, *arguments: Any, **options: Any) -> None:
        """Log the error that is being handled, by its kind and place."""
        error = sys.exc_info()[1]
        if isinstance(error, Exception):
            explain(error)
