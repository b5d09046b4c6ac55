"""``POST /v1/audio/speech`` and its neighbours, as OpenAI's API has them, and ``GET /health``."""

from __future__ import annotations

import asyncio
import base64
import json
import re
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import gradio as gr
from gradio.context import LocalContext
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import BaseRoute, Route, WebSocketRoute

from kokoro_demo.budget import MAX_UNREAD
from kokoro_demo.model.interruption import is_closing
from kokoro_demo.script.aliases import alias_of, aliases_of, voice_fields
from kokoro_demo.script.ssml import table as ssml_table
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.ui.backend import Backend
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.programs.body import SpeechBody, read_body, read_json
from kokoro_demo.ui.programs.captioned import captioned
from kokoro_demo.ui.programs.elevenlabs import read_values, voice_list, with_alignment
from kokoro_demo.ui.programs.encoding import CONTENT_TYPES, WAV_HEAD, encoded, louder, wav_header
from kokoro_demo.ui.programs.errors import ApiError, api_error
from kokoro_demo.ui.programs.keys import check_key
from kokoro_demo.ui.programs.metrics import Metrics
from kokoro_demo.ui.programs.outbox import Outbox, Outboxes
from kokoro_demo.ui.programs.program_queue import ProgramQueue
from kokoro_demo.ui.programs.speech_socket import SpeechSockets
from kokoro_demo.ui.programs.voices import LIKENESSES, voice_for, voice_named
from kokoro_demo.ui.server import ABORT, ResponseAborted
from kokoro_demo.voices.blends import canonical_voice
from kokoro_demo.voices.packs import pack_file

if TYPE_CHECKING:
    from kokoro_demo.speech import SpeechChunk
    from kokoro_demo.synthesis.synthesizer import Synthesizer

# Any other name is taken too: there is one model, and chatbots let one configure little else.
MODELS = ("kokoro", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")
# As nginx has it: the client closed the connection.
GONE = 499
# How often to check whether the client is still there, in seconds.
LOOK_EVERY = 0.2
# A whole answer may wait here until it is complete: about 20 minutes of WAV.
MAX_WHOLE = 4 * MAX_UNREAD
STREAM_PATHS = ("/v1/audio/speech/stream", "/v1/audio/speech/stream-input")
# The paths after /v1/ that accept only POST.
POST_PATHS = re.compile(r"audio/(?:speech|voices/combine)|text-to-speech/[^/]+(?:/stream)?(?:/with-timestamps)?")
EVERY_METHOD = ("GET", "POST", "PUT", "PATCH", "DELETE")
Endpoint = Callable[[Request], Awaitable[Response]]


def program_routes(
    backend: Backend, longest: int, waiting_on_the_page: Callable[[], int] = lambda: 0
) -> list[BaseRoute]:
    """The routes over a backend; the last two arguments as in `ProgramQueue`."""
    return routes_of(Programs(backend, ProgramQueue(longest, waiting_on_the_page)))


def routes_of(programs: Programs) -> list[BaseRoute]:
    """The routes to these endpoints."""
    counted = programs.metrics.counted
    sockets = SpeechSockets(programs.backend, programs.queue, programs.metrics)
    return [
        *(WebSocketRoute(path, sockets.serve) for path in STREAM_PATHS),
        Route("/v1/audio/speech", counted("speech", guarded(programs.speech)), methods=["POST"]),
        Route("/dev/captioned_speech", counted("captioned", guarded(programs.captioned_speech)), methods=["POST"]),
        *(
            Route(f"/v1/text-to-speech/{{voice}}{path}", counted("elevenlabs", guarded(endpoint)), methods=["POST"])
            for path, endpoint in (
                ("", programs.elevenlabs),
                ("/stream", programs.elevenlabs),
                ("/with-timestamps", programs.elevenlabs_times),
                ("/stream/with-timestamps", programs.elevenlabs_times),
            )
        ),
        Route("/v1/voices", guarded(programs.elevenlabs_voices), methods=["GET"]),
        Route("/v1/audio/voices/combine", guarded(programs.combine), methods=["POST"]),
        Route("/v1/audio/models", guarded(programs.models), methods=["GET"]),
        Route("/v1/audio/voices", guarded(programs.voices), methods=["GET"]),
        Route("/v1/ssml", guarded(programs.ssml), methods=["GET"]),
        Route("/v1/models", guarded(programs.models), methods=["GET"]),
        Route("/v1/models/{model}", guarded(programs.model), methods=["GET"]),
        Route("/v1/{rest:path}", guarded(programs.nothing), methods=[*EVERY_METHOD]),
        Route("/metrics", guarded(programs.measurements), methods=["GET"]),
        Route("/health", answered(programs.health), methods=["GET"]),
        Route("/health/live", answered(programs.live), methods=["GET"]),
        Route("/health/ready", answered(programs.ready), methods=["GET"]),
    ]


def answered(endpoint: Endpoint) -> Endpoint:
    """The endpoint, with every error in OpenAI's form and none with a visitor's text in the log."""

    async def answer(request: Request) -> Response:
        try:
            return await endpoint(request)
        except ClientDisconnect:
            return Response(status_code=GONE)
        except Exception as error:
            return api_error(error).response()

    return answer


def guarded(endpoint: Endpoint) -> Endpoint:
    """Requires the API key, if one is configured."""

    async def check(request: Request) -> Response:
        check_key(request)
        return await endpoint(request)

    return answered(check)


class Programs:
    """The endpoints over one backend."""

    def __init__(self, backend: Backend, queue: ProgramQueue) -> None:
        self.backend = backend
        self.queue = queue
        self._outboxes = Outboxes()
        self.metrics = Metrics(lambda: queue.waiting)

    async def speech(self, request: Request) -> Response:
        """Speak. The sound is sent while it is made, or whole; a client that disconnects stops it."""
        return await self._speak(request, await read_json(request))

    async def captioned_speech(self, request: Request) -> Response:
        """Speak, and say when each word is heard: an object for each piece on a line of its own, or one for all."""
        return await self._speak(request, await read_json(request), captioned)

    async def elevenlabs(self, request: Request) -> Response:
        """Speak, in the shape of ElevenLabs' API."""
        return await self._speak(request, await self._elevenlabs_values(request))

    async def elevenlabs_times(self, request: Request) -> Response:
        """The same, with the times of characters."""
        return await self._speak(request, await self._elevenlabs_values(request), with_alignment)

    async def elevenlabs_voices(self, request: Request) -> Response:
        """The voices as ElevenLabs' API lists them."""
        synthesizer = await run_in_threadpool(self.backend.synthesizer)
        return JSONResponse(voice_list(synthesizer.checkpoint.voices))

    async def _elevenlabs_values(self, request: Request) -> dict[str, Any]:
        whole = "/stream" not in request.url.path
        values = await read_json(request)
        return read_values(values, request.query_params, request.path_params["voice"], whole)

    async def _speak(
        self,
        request: Request,
        values: dict[str, Any],
        with_times: Callable[[Iterator[SpeechChunk], SpeechBody], Iterator[bytes]] | None = None,
    ) -> Response:
        """Speak the values of a request.

        with_times: makes JSON of the phrases, in place of sound alone.
        """
        synthesizer = await run_in_threadpool(self.backend.synthesizer)
        body = read_body(values, synthesizer.checkpoint.voices)
        if with_times is not None:
            make = with_times
            return await self._answer(
                request, synthesizer, body, lambda chunks: make(chunks, body), "application/json", as_bytes
            )
        return await self._answer(
            request,
            synthesizer,
            body,
            lambda chunks: encoded((louder(chunk.audio, body.volume) for chunk in chunks), body.response_format),
            CONTENT_TYPES[body.response_format],
            as_events if body.as_events else as_bytes,
        )

    async def _answer(
        self,
        request: Request,
        synthesizer: Synthesizer,
        body: SpeechBody,
        encode: Callable[[Iterator[SpeechChunk]], Iterator[bytes]],
        media_type: str,
        send: Callable[[Outbox], AsyncIterator[bytes]],
    ) -> Response:
        began = time.monotonic()
        pronunciation = await run_in_threadpool(synthesizer.pronounce, body.request)
        stop = threading.Event()

        def cut_off() -> None:
            stop.set()
            making.cancel()
            request.scope.get(ABORT, lambda: None)()

        outbox = self._outboxes.open(cut_off, MAX_WHOLE if body.whole else None)
        chunks = synthesizer.stream(body.request, stop.is_set, pronunciation=pronunciation)
        LocalContext.request.set(gr.Request(request))  # on ZeroGPU the visitor's own share of the GPU is asked for
        making = asyncio.create_task(self._make(encode(self.metrics.measured(chunks)), outbox))
        watching = asyncio.create_task(watch(request, stop, making))
        making.add_done_callback(lambda _: watching.cancel())
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        warnings = [*pronunciation.warnings, *body.warnings]
        try:
            error = await outbox.first()
            if error is not None or not outbox.unread:
                raise error or ApiError(GONE, "Nobody waits for this any more.")
            self.metrics.first_sound(time.monotonic() - began)
            if body.whole and send is as_bytes:
                if await outbox.completed():
                    headers["Content-Length"] = str(outbox.unread)
                    if media_type == CONTENT_TYPES["wav"]:
                        outbox.replace_head(wav_header((outbox.unread - WAV_HEAD) // 2))
                else:
                    warnings.append("This is too long to be sent with its length, and is sent while it is made.")
        except BaseException:
            self._outboxes.close(outbox)
            raise
        if warnings:
            headers["X-Kokoro-Warnings"] = quote(json.dumps(warnings))
        return StreamingResponse(
            send(outbox), media_type="text/event-stream" if send is as_events else media_type, headers=headers
        )

    async def _make(self, sound: Iterator[bytes], outbox: Outbox) -> None:
        """Wait for a turn and make the sound. While too much of it waits to be read, others have their turn."""
        try:
            async with self.queue.turn() as turn:
                async for part in iterate_in_threadpool(sound):
                    outbox.put(part)
                    if not outbox.has_room():
                        turn.pause()
                        while not outbox.has_room():
                            await asyncio.sleep(LOOK_EVERY)
                        await turn.begin()
        except Exception as error:
            self.metrics.broken_off(error)
            outbox.end(error)
        finally:
            outbox.end()

    async def voices(self, request: Request) -> Response:
        """The server's own names for voices, the voices, best first, and OpenAI's names that stand for some."""
        synthesizer = await run_in_threadpool(self.backend.synthesizer)
        voices = synthesizer.checkpoint.voices
        listed = [
            *((alias.name, alias) for alias in aliases_of(voices)),
            *((name, None) for name in voices.names()),
        ]
        return JSONResponse(
            {
                "voices": [{"id": name, **voice_fields(name, alias, voices)} for name, alias in listed],
                "aliases": sorted({*LIKENESSES, *(name for name, alias in listed if alias)}),
            }
        )

    async def ssml(self, request: Request) -> Response:
        """Which parts of SSML are supported and which are not, row by row."""
        return JSONResponse({"ssml": ssml_table.details()})

    async def combine(self, request: Request) -> Response:
        """The voice pack of a blend, as a file."""
        values = await read_json(request)
        synthesizer = await run_in_threadpool(self.backend.synthesizer)
        voices = synthesizer.checkpoint.voices
        named = voice_named(values.get("voices", values.get("voice")))
        if not named:
            raise ApiError(400, "Name the voices to combine, such as af_bella(2)+bf_emma(1), or a list.", "voices")
        alias = alias_of(named)
        voice = alias.voice if alias else voice_for(named, voices)
        await run_in_threadpool(voices.fetch, voice)
        file = await run_in_threadpool(on_compute_thread, lambda: pack_file(voices[voice]))
        name = re.sub(r"[^\w()+-]", "_", canonical_voice(voice), flags=re.ASCII)[:100]
        headers = {"Content-Disposition": f'attachment; filename="{name}.pt"'}
        return Response(file, media_type="application/octet-stream", headers=headers)

    async def models(self, request: Request) -> Response:
        """The one model, under every name that programs ask for."""
        listed = [model(name) for name in MODELS]
        return JSONResponse({"object": "list", "data": listed, "models": listed})

    async def model(self, request: Request) -> Response:
        """One of `models`."""
        name = request.path_params["model"]
        if name not in MODELS:
            raise ApiError(404, f"There is no model {name[:80]!r} here.", "model", "model_not_found")
        return JSONResponse(model(name))

    async def nothing(self, request: Request) -> Response:
        """The error for unknown paths, in the same form."""
        if POST_PATHS.fullmatch(request.path_params["rest"]):
            raise ApiError(405, "Send a POST request to this path.", headers={"Allow": "POST, OPTIONS"})
        raise ApiError(404, f"There is nothing at {request.method} /v1/{request.path_params['rest'][:80]} here.")

    async def measurements(self, request: Request) -> Response:
        """What an operator watches."""
        return self.metrics.response()

    async def live(self, request: Request) -> Response:
        """The server is alive if it answers at all: a restart would not help."""
        return JSONResponse({"status": "alive"})

    async def ready(self, request: Request) -> Response:
        """Whether a text would be spoken now."""
        if is_closing():
            raise ApiError(503, "The server is shutting down.", headers={"Retry-After": "30"})
        status = self.backend.status()
        if not status.name:
            raise ApiError(503, status.message or "The model is loading.", headers={"Retry-After": "10"})
        return JSONResponse({"status": "ready", "checkpoint": status.name})

    async def health(self, request: Request) -> Response:
        """Alive, since it answers; ready, if a text would be spoken now, and in which languages if not in all."""
        status = self.backend.status()
        return JSONResponse(
            {
                "status": "alive",
                "ready": bool(status.name) and not is_closing(),
                "checkpoint": status.name or None,
                "languages": status.languages or None,
                "fetching": status.fetching,
                "waiting": self.queue.waiting,
                "message": status.message,
            }
        )


async def watch(request: Request, stop: threading.Event, making: asyncio.Task[None]) -> None:
    """Once nobody is listening, stop before the next phrase and leave the queue."""
    while not await request.is_disconnected():
        await asyncio.sleep(LOOK_EVERY)
    stop.set()
    making.cancel()


async def as_bytes(outbox: Outbox) -> AsyncIterator[bytes]:
    """The sound as it is. An error breaks off the connection, so that half a speech is not mistaken for a whole one."""
    try:
        async for part in outbox.read():
            yield part
    except Exception as error:
        explain(error)
        raise ResponseAborted from None


async def as_events(outbox: Outbox) -> AsyncIterator[bytes]:
    """The sound as the server-sent events of OpenAI's API. An error is the last event."""
    try:
        async for part in outbox.read():
            fields = {"type": "speech.audio.delta", "audio": base64.b64encode(part).decode()}
            yield f"data: {json.dumps(fields)}\n\n".encode()
    except Exception as error:
        failure = {"type": "error", "error": api_error(error).fields()}
        yield f"event: error\ndata: {json.dumps(failure)}\n\n".encode()
    else:
        yield b'data: {"type": "speech.audio.done"}\n\n'


def model(name: str) -> dict[str, Any]:
    """A model as OpenAI's API describes one."""
    return {"id": name, "object": "model", "created": 0, "owned_by": "hexgrad"}
