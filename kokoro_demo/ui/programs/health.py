"""The endpoints for monitoring: health checks and metrics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kokoro_demo.model.interruption import is_closing
from kokoro_demo.ui.programs.errors import ApiError

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.ui.programs.metrics import Metrics
    from kokoro_demo.ui.programs.program_queue import ProgramQueue


class HealthEndpoints:
    """The monitoring endpoints of one server."""

    def __init__(self, backend: Backend, queue: ProgramQueue, metrics: Metrics) -> None:
        self._backend, self._queue, self._metrics = backend, queue, metrics

    async def metrics(self, request: Request) -> Response:
        """Return the metrics in Prometheus's format."""
        return self._metrics.response()

    async def live(self, request: Request) -> Response:
        """Liveness: a server that responds at all does not need a restart."""
        return JSONResponse({"status": "alive"})

    async def ready(self, request: Request) -> Response:
        """Readiness: whether a request for speech would succeed now."""
        if is_closing():
            raise ApiError(503, "The server is shutting down.", headers={"Retry-After": "30"})
        status = self._backend.status()
        if not status.name:
            raise ApiError(503, status.message or "The model is loading.", headers={"Retry-After": "10"})
        return JSONResponse({"status": "ready", "checkpoint": status.name})

    async def health(self, request: Request) -> Response:
        """Liveness and readiness, with the languages if not all are available, and the progress of loading."""
        status = self._backend.status()
        return JSONResponse(
            {
                "status": "alive",
                "ready": bool(status.name) and not is_closing(),
                "checkpoint": status.name or None,
                "languages": status.languages or None,
                "fetching": status.fetching,
                "waiting": self._queue.waiting,
                "message": status.message,
            }
        )
