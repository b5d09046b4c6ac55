"""The routes of the HTTP API: OpenAI's speech API, similar ones of Kokoro-FastAPI and ElevenLabs, and monitoring."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from kokoro_demo.ui.programs.errors import CLIENT_CLOSED, api_error
from kokoro_demo.ui.programs.health import HealthEndpoints
from kokoro_demo.ui.programs.info_endpoints import InfoEndpoints
from kokoro_demo.ui.programs.keys import check_key
from kokoro_demo.ui.programs.metrics import Metrics
from kokoro_demo.ui.programs.program_queue import ProgramQueue
from kokoro_demo.ui.programs.speech_endpoints import SpeechEndpoints
from kokoro_demo.ui.programs.speech_socket import SpeechSockets

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend

STREAM_PATHS = ("/v1/audio/speech/stream", "/v1/audio/speech/stream-input")
ALL_METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
Endpoint = Callable[[Request], Awaitable[Response]]


def program_routes(
    backend: Backend, longest: int, waiting_on_the_page: Callable[[], int] = lambda: 0
) -> list[BaseRoute]:
    """The routes of a backend with a queue of its own. See `ProgramQueue` for the last two arguments."""
    queue = ProgramQueue(longest, waiting_on_the_page)
    return routes_of(backend, queue, Metrics(lambda: queue.waiting))


def routes_of(backend: Backend, queue: ProgramQueue, metrics: Metrics) -> list[BaseRoute]:
    """The routes of a backend."""
    speech = SpeechEndpoints(backend, queue, metrics)
    sockets = SpeechSockets(backend, queue, metrics)
    info = InfoEndpoints(backend)
    health = HealthEndpoints(backend, queue, metrics)

    def speaking(path: str, name: str, endpoint: Endpoint) -> Route:
        return Route(path, metrics.counted(name, requiring_key(endpoint)), methods=["POST"])

    return [
        *(WebSocketRoute(path, sockets.serve) for path in STREAM_PATHS),
        speaking("/v1/audio/speech", "speech", speech.speech),
        speaking("/dev/captioned_speech", "captioned", speech.captioned_speech),
        speaking("/v1/text-to-speech/{voice}", "elevenlabs", speech.elevenlabs),
        speaking("/v1/text-to-speech/{voice}/stream", "elevenlabs", speech.elevenlabs),
        speaking("/v1/text-to-speech/{voice}/with-timestamps", "elevenlabs", speech.elevenlabs_times),
        speaking("/v1/text-to-speech/{voice}/stream/with-timestamps", "elevenlabs", speech.elevenlabs_times),
        Route("/v1/voices", requiring_key(info.elevenlabs_voices), methods=["GET"]),
        Route("/v1/audio/voices/combine", requiring_key(info.combine), methods=["POST"]),
        Route("/v1/audio/models", requiring_key(info.models), methods=["GET"]),
        Route("/v1/audio/voices", requiring_key(info.voices), methods=["GET"]),
        Route("/v1/ssml", requiring_key(info.ssml), methods=["GET"]),
        Route("/v1/models", requiring_key(info.models), methods=["GET"]),
        Route("/v1/models/{model}", requiring_key(info.model), methods=["GET"]),
        Route("/v1/{rest:path}", requiring_key(info.not_found), methods=[*ALL_METHODS]),
        Route("/metrics", requiring_key(health.metrics), methods=["GET"]),
        Route("/health", with_api_errors(health.health), methods=["GET"]),
        Route("/health/live", with_api_errors(health.live), methods=["GET"]),
        Route("/health/ready", with_api_errors(health.ready), methods=["GET"]),
    ]


def with_api_errors(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint so that it returns errors in OpenAI's format, and logs none that contains a visitor's text."""

    async def respond(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ClientDisconnect:
            return Response(status_code=CLIENT_CLOSED)
        except Exception as error:
            return api_error(error).response()

    return respond


def requiring_key(endpoint: Endpoint) -> Endpoint:
    """Wrap an endpoint so that it also requires the API key, if one is configured."""

    async def check(request: Request) -> Response:
        check_key(request)
        return await endpoint(request)

    return with_api_errors(check)
