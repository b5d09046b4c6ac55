"""The endpoints that speak: OpenAI's, Kokoro-FastAPI's with captions, and ElevenLabs'."""

from __future__ import annotations

import asyncio
import base64
import json
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import gradio as gr
from gradio.context import LocalContext
from starlette.concurrency import iterate_in_threadpool, run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from kokoro_demo.budget import MAX_UNREAD
from kokoro_demo.ui.errors import explain
from kokoro_demo.ui.programs.body import SpeechBody, read_body, read_json
from kokoro_demo.ui.programs.captioned import captioned
from kokoro_demo.ui.programs.elevenlabs import read_values, with_alignment
from kokoro_demo.ui.programs.encoding import CONTENT_TYPES, WAV_HEADER_SIZE, encoded, wav_header, with_volume
from kokoro_demo.ui.programs.errors import CLIENT_CLOSED, ApiError, api_error
from kokoro_demo.ui.programs.outbox import Outbox, Outboxes
from kokoro_demo.ui.server import ABORT, ResponseAborted

if TYPE_CHECKING:
    from kokoro_demo.speech import SpeechChunk
    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.ui.programs.metrics import Metrics
    from kokoro_demo.ui.programs.program_queue import ProgramQueue

# Seconds between checks whether the client is still connected, and whether a full outbox has room again.
CHECK_INTERVAL = 0.2
# Bytes of a response that is sent whole; about 20 minutes of WAV.
MAX_WHOLE = 4 * MAX_UNREAD


class SpeechEndpoints:
    """The endpoints of one server that speak."""

    def __init__(self, backend: Backend, queue: ProgramQueue, metrics: Metrics) -> None:
        self._backend, self._queue, self._metrics = backend, queue, metrics
        self._outboxes = Outboxes()

    async def speech(self, request: Request) -> Response:
        """Stream audio while it is made, or send it whole. A client that disconnects stops the work."""
        return await self._speak(request, await read_json(request))

    async def captioned_speech(self, request: Request) -> Response:
        """Stream lines of JSON with audio and word times, or send a single one."""
        return await self._speak(request, await read_json(request), captioned)

    async def elevenlabs(self, request: Request) -> Response:
        """Stream or send audio, as ElevenLabs' API does."""
        return await self._speak(request, await _elevenlabs_values(request))

    async def elevenlabs_times(self, request: Request) -> Response:
        """Stream or send lines of JSON with audio and the times of characters, as ElevenLabs' API does."""
        return await self._speak(request, await _elevenlabs_values(request), with_alignment)

    async def _speak(
        self,
        request: Request,
        values: dict[str, Any],
        with_times: Callable[[Iterator[SpeechChunk], SpeechBody], Iterator[bytes]] | None = None,
    ) -> Response:
        """Speak the values of a request.

        with_times: encodes the phrases as JSON; without it, the response is audio alone.
        """
        synthesizer = await run_in_threadpool(self._backend.synthesizer)
        body = read_body(values, synthesizer.checkpoint.voices)
        if with_times is not None:
            make = with_times
            return await self._respond(
                request, synthesizer, body, lambda chunks: make(chunks, body), "application/json", as_bytes
            )
        return await self._respond(
            request,
            synthesizer,
            body,
            lambda chunks: encoded((with_volume(chunk.audio, body.volume) for chunk in chunks), body.response_format),
            CONTENT_TYPES[body.response_format],
            as_events if body.as_events else as_bytes,
        )

    async def _respond(
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
        LocalContext.request.set(gr.Request(request))  # lets ZeroGPU charge this visitor's own quota
        making = asyncio.create_task(self._make(encode(self._metrics.measured(chunks)), outbox))
        watching = asyncio.create_task(stop_on_disconnect(request, stop, making))
        making.add_done_callback(lambda _: watching.cancel())
        headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
        warnings = [*pronunciation.warnings, *body.warnings]
        try:
            error = await outbox.first()
            if error is not None or not outbox.unread:
                raise error or ApiError(CLIENT_CLOSED, "The client has disconnected.")
            self._metrics.first_sound(time.monotonic() - began)
            if body.whole and send is as_bytes:
                if await outbox.completed():
                    headers["Content-Length"] = str(outbox.unread)
                    if media_type == CONTENT_TYPES["wav"]:
                        outbox.replace_head(wav_header((outbox.unread - WAV_HEADER_SIZE) // 2))
                else:
                    warnings.append("This is too long to be sent with its length, so it is sent while it is made.")
        except BaseException:
            self._outboxes.close(outbox)
            raise
        if warnings:
            headers["X-Kokoro-Warnings"] = quote(json.dumps(warnings))
        return StreamingResponse(
            send(outbox), media_type="text/event-stream" if send is as_events else media_type, headers=headers
        )

    async def _make(self, parts: Iterator[bytes], outbox: Outbox) -> None:
        """Wait for a turn, and fill the outbox. While it is full, other requests have their turn."""
        try:
            async with self._queue.turn() as turn:
                async for part in iterate_in_threadpool(parts):
                    outbox.put(part)
                    if not outbox.has_room():
                        turn.pause()
                        while not outbox.has_room():
                            await asyncio.sleep(CHECK_INTERVAL)
                        await turn.begin()
        except Exception as error:
            self._metrics.count_failure(error)
            outbox.end(error)
        finally:
            outbox.end()


async def _elevenlabs_values(request: Request) -> dict[str, Any]:
    whole = "/stream" not in request.url.path
    values = await read_json(request)
    return read_values(values, request.query_params, request.path_params["voice"], whole)


async def stop_on_disconnect(request: Request, stop: threading.Event, making: asyncio.Task[None]) -> None:
    """Wait until the client disconnects; then stop before the next phrase, and leave the queue."""
    while not await request.is_disconnected():
        await asyncio.sleep(CHECK_INTERVAL)
    stop.set()
    making.cancel()


async def as_bytes(outbox: Outbox) -> AsyncIterator[bytes]:
    """Yield the bytes unchanged. An error aborts the connection, so that half a speech is not taken for a whole one."""
    try:
        async for part in outbox.read():
            yield part
    except Exception as error:
        explain(error)
        raise ResponseAborted from None


async def as_events(outbox: Outbox) -> AsyncIterator[bytes]:
    """Yield the server-sent events of OpenAI's API. An error is the last event."""
    try:
        async for part in outbox.read():
            fields = {"type": "speech.audio.delta", "audio": base64.b64encode(part).decode()}
            yield f"data: {json.dumps(fields)}\n\n".encode()
    except Exception as error:
        failure = {"type": "error", "error": api_error(error).fields()}
        yield f"event: error\ndata: {json.dumps(failure)}\n\n".encode()
    else:
        yield b'data: {"type": "speech.audio.done"}\n\n'
