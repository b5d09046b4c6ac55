"""A server that forwards requests below one path to another server, as a reverse proxy does."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import StreamingResponse
from starlette.routing import Route


@contextmanager
def forwarding(path: str, target: str) -> Iterator[str]:
    """Forward what is below `path`, such as "/voice", to the server at `target`; returns the new address."""
    client = httpx.AsyncClient(base_url=target, timeout=None)

    async def forward(request: Request) -> StreamingResponse:
        asked = client.build_request(
            request.method,
            httpx.URL(path="/" + request.path_params["rest"], query=request.url.query.encode()),
            headers=request.headers.raw,
            content=request.stream(),
        )
        answer = await client.send(asked, stream=True)
        return StreamingResponse(
            answer.aiter_raw(), answer.status_code, answer.headers, background=BackgroundTask(answer.aclose)
        )

    app = Starlette(routes=[Route(path + "/{rest:path}", forward, methods=["GET", "HEAD", "POST"])])
    # The heartbeat of a page never ends by itself.
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="critical", timeout_graceful_shutdown=1))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.01)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        yield f"http://127.0.0.1:{port}{path}/"
    finally:
        server.should_exit = True
        thread.join()
