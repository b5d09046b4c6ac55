"""``/v1/audio/speech/stream``: a WebSocket that accepts a text while it is being written.

docs/streaming-text.md describes the protocol. It extends that of vLLM-Omni's endpoint of the same name (see
docs/serving/speech_api.md there).
"""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable, MutableMapping, Sequence
from typing import TYPE_CHECKING, Any

import gradio as gr
from gradio.context import LocalContext
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket, WebSocketDisconnect

from kokoro_demo.budget import MAX_STREAMS, STALLED_AFTER, STREAM_IDLE
from kokoro_demo.errors import RequestError
from kokoro_demo.model.interruption import is_closing
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.ui.errors import CLOSING
from kokoro_demo.ui.programs import dialects
from kokoro_demo.ui.programs.body import SpeechBody, json_object, read_body
from kokoro_demo.ui.programs.conversation import Ending, converse
from kokoro_demo.ui.programs.errors import ApiError, api_error
from kokoro_demo.ui.programs.keys import KEY_PROTOCOL, check_key
from kokoro_demo.ui.programs.outbox import PIECE
from kokoro_demo.ui.programs.tasks import start_task
from kokoro_demo.ui.programs.text_stream import Sentence, TextStream
from kokoro_demo.ui.server import ABORT

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.ui.programs.metrics import Metrics
    from kokoro_demo.ui.programs.program_queue import ProgramQueue

# Close codes of RFC 6455 and IANA's registry.
NORMAL, GOING_AWAY, INTERNAL_ERROR, SERVICE_RESTART = 1000, 1001, 1011, 1012
ENCODINGS = ("binary", "base64")
# Fields of session.config that are not fields of a request.
_OWN_FIELDS = ("type", "audio_encoding", "return_timestamps", "stream_audio")
# `read_body` requires a text, but the real one arrives later.
_ANY_TEXT = {"input": "a"}


class SpeechSockets:
    """The endpoint.

    most: how many connections may be open. idle: seconds that a client may be silent while nothing is spoken.
    """

    def __init__(
        self,
        backend: Backend,
        queue: ProgramQueue,
        metrics: Metrics,
        most: int = MAX_STREAMS,
        idle: float = STREAM_IDLE,
    ) -> None:
        self._backend, self._queue, self._metrics, self._most, self._idle = backend, queue, metrics, most, idle
        self._open = 0

    async def serve(self, socket: WebSocket) -> None:
        """Serve one connection."""
        offered = socket.scope.get("subprotocols", [])
        try:
            check_key(socket, offered)
            if self._open >= self._most:
                raise ApiError(503, "Too many connections are open.", code="overloaded", headers={"Retry-After": "10"})
            synthesizer = await run_in_threadpool(self._backend.synthesizer)
            body = read_body({**_ANY_TEXT, "response_format": "pcm"}, synthesizer.checkpoint.voices)
        except Exception as error:
            response = api_error(error).response()
            self._metrics.count_response("stream", response.status_code)
            await socket.send_denial_response(response)
            return
        self._metrics.count_response("stream", 101)
        self._open += 1
        LocalContext.request.set(gr.Request(socket))  # type: ignore[arg-type]  # lets ZeroGPU charge this visitor
        try:
            await socket.accept(next((name for name in offered if not name.startswith(KEY_PROTOCOL)), None))
            client = _Client(socket)
            stream = TextStream(synthesizer, body, self._queue, self._metrics, client)

            def read(values: dict[str, Any]) -> SpeechBody:
                return read_body(values, synthesizer.checkpoint.voices)

            await _Session(socket, client, stream, read, self._idle).run()
        except WebSocketDisconnect:
            pass
        finally:
            self._open -= 1


class _Client:
    """Sends messages to the client; the `text_stream.Listener` of its stream."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self.format, self.in_base64, self.with_times = "pcm", False, False

    async def send(self, kind: str, **fields: Any) -> None:
        """Send a message."""
        await asyncio.wait_for(self._socket.send_text(json.dumps({"type": kind, **fields})), STALLED_AFTER)

    async def send_error(self, error: Exception) -> None:
        """Send an error message."""
        fields = api_error(error).fields()
        await self.send("error", message=fields["message"], error=fields)

    async def begin(self, sentence: Sentence, warnings: Sequence[str]) -> None:
        """See `Listener`."""
        fields = {"sentence_text": sentence.text.strip(), "format": self.format, "sample_rate": SAMPLE_RATE}
        await self.send("audio.start", **_place(sentence), **fields, **({"warnings": warnings} if warnings else {}))

    async def sound(self, sentence: Sentence, part: bytes, words: list[dict[str, Any]]) -> None:
        """See `Listener`."""
        if words and self.with_times:
            await self.send("audio.words", **_place(sentence), words=words)
        size = len(part) if self.format == "wav" else PIECE  # a WAV file is sent as one message
        for start in range(0, len(part), size or 1):
            piece = part[start : start + size]
            if self.in_base64:
                await self.send("audio.chunk", **_place(sentence), audio=base64.b64encode(piece).decode())
            else:
                await asyncio.wait_for(self._socket.send_bytes(piece), STALLED_AFTER)

    async def end(self, sentence: Sentence, size: int, cancelled: bool) -> None:
        """See `Listener`."""
        await self.send("audio.done", **_place(sentence), total_bytes=size, error=False, cancelled=cancelled)

    async def left_out(self, sentence: Sentence, error: RequestError) -> None:
        """See `Listener`."""
        await self.send("warning", **_place(sentence), message=str(error))

    async def ended(self, utterance: int, sentences: int, cancelled: bool) -> None:
        """See `Listener`."""
        kind = "session.cancelled" if cancelled else "session.done"
        await self.send(kind, utterance_index=utterance, total_sentences=sentences)


class _Session:
    """Handles the messages of one connection."""

    def __init__(
        self,
        socket: WebSocket,
        client: _Client,
        stream: TextStream,
        read: Callable[[dict[str, Any]], SpeechBody],
        idle: float,
    ) -> None:
        self._socket, self._client, self._stream, self._read, self._idle = socket, client, stream, read, idle

    async def run(self) -> None:
        """Handle messages and speak until either side ends the connection."""
        speaking = start_task(self._stream.run())
        try:
            code = await self._until_end(speaking)
            await asyncio.wait_for(self._socket.close(code), STALLED_AFTER)
        except asyncio.TimeoutError:  # the client does not read
            self._socket.scope.get(ABORT, lambda: None)()
        finally:
            speaking.cancel()
            await asyncio.wait([speaking])

    async def _until_end(self, speaking: asyncio.Task[None]) -> int:
        """Handle messages until the connection should end, also after an error. Returns the close code."""
        try:
            return await self._handle_messages(speaking)
        except (WebSocketDisconnect, asyncio.TimeoutError):
            raise
        except Exception as error:
            await self._client.send_error(error)
            return INTERNAL_ERROR

    async def _handle_messages(self, speaking: asyncio.Task[None]) -> int:
        """Handle messages until the connection should end. Returns the close code.

        Raises:
            WebSocketDisconnect: if the client has disconnected.
            Exception: whatever the speaking task raised.
        """
        stream = self._stream
        receive = self._socket.receive
        ending = await converse(receive, self._handle, lambda: speaking, lambda: stream.is_idle, self._idle)
        if ending is Ending.CLOSING:
            await self._client.send_error(ApiError(503, CLOSING))
            return SERVICE_RESTART
        if ending is Ending.SILENT:
            await self._client.send_error(ApiError(408, "Nothing was sent for too long.", code="idle"))
            return GOING_AWAY
        return NORMAL

    async def _handle(self, message: MutableMapping[str, Any]) -> bool:
        """Handle a message. Returns whether the connection continues.

        Raises:
            WebSocketDisconnect: if the message reports that the client has disconnected.
        """
        if message["type"] == "websocket.disconnect":
            raise WebSocketDisconnect(message.get("code") or GOING_AWAY)
        try:
            values = _read_message(message)
            kind = values.get("type")
            if kind == "session.close":
                return False
            if kind == "session.config":
                await self._configure(values)
            elif kind == "input.text":
                if is_closing():
                    raise ApiError(503, CLOSING)
                await self._stream.push(dialects.text(values, "text"))
            elif kind == "input.flush":
                self._stream.flush()
            elif kind == "input.done":
                self._stream.finish()
            elif kind == "input.cancel":
                self._stream.cancel()
            else:
                types = "session.config, input.text, input.flush, input.done, input.cancel, session.close"
                raise ApiError(400, f"The type of a message must be one of {types}.", "type")
        except (ApiError, RequestError) as error:
            await self._client.send_error(error)
        return True

    async def _configure(self, values: dict[str, Any]) -> None:
        if not self._stream.is_idle:
            raise ApiError(409, "Text is still being spoken; send session.config between utterances.", "type")
        encoding = dialects.text(values, "audio_encoding", default="binary").lower()
        if encoding not in ENCODINGS:
            raise ApiError(400, f"audio_encoding must be one of {', '.join(ENCODINGS)}.", "audio_encoding")
        for name in ("cast", "phonemes"):
            if dialects.text(values, name):
                raise ApiError(400, f"{name} needs the whole text; send it to /v1/audio/speech instead.", name)
        with_times = dialects.switch(values, "return_timestamps", False)
        fields = {name: value for name, value in values.items() if name not in (*_OWN_FIELDS, "input", "text")}
        body = self._read({"response_format": "pcm", **fields, **_ANY_TEXT})
        await self._stream.configure(body)
        client = self._client
        client.format, client.in_base64, client.with_times = body.response_format, encoding == "base64", with_times
        request = body.request
        fields = {"voice": request.voice, "speed": request.speed, "format": body.response_format}
        await client.send("session.configured", **fields, sample_rate=SAMPLE_RATE, warnings=list(body.warnings))


def _place(sentence: Sentence) -> dict[str, int]:
    return {"utterance_index": sentence.utterance, "sentence_index": sentence.index}


def _read_message(message: MutableMapping[str, Any]) -> dict[str, Any]:
    text = message.get("text")
    if text is None:
        raise ApiError(400, "Send JSON in text messages, not bytes.")
    return json_object(text, "message")
