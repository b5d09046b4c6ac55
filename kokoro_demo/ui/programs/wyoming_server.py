"""A server for Home Assistant's Wyoming protocol, built on its own library `wyoming`. It accepts whole texts, and texts
that arrive in pieces while they are written."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from wyoming.audio import AudioChunk, AudioStart, AudioStop
from wyoming.error import Error
from wyoming.event import Event, Eventable, async_read_event
from wyoming.info import Attribution, Describe, Info, TtsProgram, TtsVoice
from wyoming.ping import Ping, Pong
from wyoming.server import AsyncEventHandler, AsyncServer
from wyoming.tts import Synthesize, SynthesizeChunk, SynthesizeStart, SynthesizeStop, SynthesizeStopped

from kokoro_demo.budget import MAX_BODY, MAX_STREAMS, STALLED_AFTER, STREAM_IDLE
from kokoro_demo.errors import RequestError
from kokoro_demo.languages import canonical_language
from kokoro_demo.model.interruption import is_closing
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.ui.programs.body import SpeechBody, read_body
from kokoro_demo.ui.programs.conversation import converse
from kokoro_demo.ui.programs.errors import ApiError, api_error
from kokoro_demo.ui.programs.outbox import PIECE
from kokoro_demo.ui.programs.tasks import start_task
from kokoro_demo.ui.programs.text_stream import Sentence, TextStream

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.ui.programs.metrics import Metrics
    from kokoro_demo.ui.programs.program_queue import ProgramQueue
    from kokoro_demo.voices.catalogue import Voices

KOKORO = Attribution("hexgrad", "https://huggingface.co/hexgrad/Kokoro-82M")
# Voices that are not Kokoro's.
ATTRIBUTIONS = {"af_heart_small": Attribution("Maureese Williams", "https://huggingface.co/maureesewilliams/hibari")}
FORMAT = {"rate": SAMPLE_RATE, "width": 2, "channels": 1}

log = logging.getLogger(__name__)


class WyomingServer:
    """The server. It runs in the event loop of the page's server.

    uri: the address to listen at, such as ``tcp://0.0.0.0:10200``.
    most: how many connections may be open. idle: seconds that a client may be silent while nothing is spoken.
    """

    def __init__(
        self,
        uri: str,
        backend: Backend,
        queue: ProgramQueue,
        metrics: Metrics,
        most: int = MAX_STREAMS,
        idle: float = STREAM_IDLE,
    ) -> None:
        self.backend, self.queue, self.metrics, self.most, self.idle = backend, queue, metrics, most, idle
        self._uri = uri
        self._handlers: set[_Handler] = set()

    @property
    def is_speaking(self) -> bool:
        """Whether anything is being spoken."""
        return any(handler.is_speaking for handler in list(self._handlers))

    @asynccontextmanager
    async def running(self, app: Any) -> AsyncIterator[None]:
        """Serve within this block: the lifespan of an ASGI application."""
        server = AsyncServer.from_uri(self._uri)
        await server.start(lambda reader, writer: _Handler(self, reader, writer))
        log.info("Wyoming listens at %s.", self._uri)
        try:
            yield
        finally:
            await server.stop()

    def enter(self, handler: _Handler) -> bool:
        """Register a connection; returns False if there are too many, or the server is shutting down."""
        if is_closing() or len(self._handlers) >= self.most:
            return False
        self._handlers.add(handler)
        return True

    def leave(self, handler: _Handler) -> None:
        """Forget a connection that has ended."""
        self._handlers.discard(handler)


class _LimitedReader:
    """A stream reader that refuses events that are too large."""

    def __init__(self, reader: asyncio.StreamReader) -> None:
        self._reader = reader

    async def readline(self) -> bytes:
        return await self._reader.readline()

    async def readexactly(self, size: int) -> bytes:
        if size > MAX_BODY:
            raise ValueError("too large")
        return await self._reader.readexactly(size)


class _Handler(AsyncEventHandler):
    """One connection. It is the listener of its own text stream (`text_stream.Listener`)."""

    def __init__(self, server: WyomingServer, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        super().__init__(reader, writer)
        self._server = server
        self._events: Any = _LimitedReader(reader)
        self._stream: TextStream | None = None
        self._speaking: asyncio.Task[None] | None = None
        self._streaming = self._begun = False

    @property
    def is_speaking(self) -> bool:
        """Whether anything is being spoken or waiting to be spoken."""
        return self._stream is not None and not self._stream.is_idle

    async def run(self) -> None:
        """Serve the connection until either side closes it."""
        try:
            if self._server.enter(self):
                await self._serve()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        except asyncio.TimeoutError:  # the client does not read
            self.writer.transport.abort()
        except Exception as error:
            with suppress(Exception):  # the client may be gone
                await self._send_error(error)
        finally:
            self._server.leave(self)
            if self._speaking is not None:
                self._speaking.cancel()
                await asyncio.wait([self._speaking])
            self.writer.close()

    async def _serve(self) -> None:
        await converse(
            lambda: async_read_event(self._events),
            self._handle,
            lambda: self._speaking,
            lambda: not self.is_speaking,
            self._server.idle,
        )

    async def _handle(self, event: Event | None) -> bool:
        return event is not None and await self.handle_event(event)

    async def handle_event(self, event: Event) -> bool:
        """Handle an event. Unknown events are ignored, as the protocol requires."""
        try:
            if Describe.is_type(event.type):
                await self._send(await run_in_threadpool(self._info))
            elif Ping.is_type(event.type):
                await self._send(Pong(Ping.from_event(event).text))
            elif SynthesizeStart.is_type(event.type):
                await self._prepare(event.data)
                self._streaming = True
            elif SynthesizeChunk.is_type(event.type) and self._streaming and self._stream is not None:
                await self._stream.push(_text(event.data))
            elif SynthesizeStop.is_type(event.type) and self._streaming and self._stream is not None:
                self._stream.finish()
            # A streaming client also sends the whole text, for servers that cannot stream.
            elif Synthesize.is_type(event.type) and not self._streaming:
                stream = await self._prepare(event.data)
                stream.say(_text(event.data))
                stream.finish()
        except (ApiError, RequestError) as error:
            await self._send_error(error)
        return True

    async def _prepare(self, data: Mapping[str, Any]) -> TextStream:
        """Return the stream, configured for the voice that an event names."""
        synthesizer = await run_in_threadpool(self._server.backend.synthesizer)
        body = body_for(data.get("voice"), synthesizer.checkpoint.voices)
        if self._stream is None or self._speaking is None:
            self._stream = TextStream(synthesizer, body, self._server.queue, self._server.metrics, self)
            self._speaking = start_task(self._stream.run())
        elif not self._stream.is_idle:
            raise ApiError(409, "The previous text is still being spoken.")
        await self._stream.configure(body)
        return self._stream

    def _info(self) -> Info:
        voices = self._server.backend.synthesizer().checkpoint.voices
        listed = [
            TtsVoice(
                name=name,
                attribution=ATTRIBUTIONS.get(name, KOKORO),
                installed=True,
                description=" ".join(part for part in (name, voices.info(name).trait) if part),
                version=None,
                languages=[language_tag(voices.info(name).language)],
            )
            for name in voices.names()
        ]
        program = TtsProgram(
            name="kokoro",
            attribution=KOKORO,
            installed=True,
            description="Kokoro text to speech",
            version=None,
            voices=listed,
            supports_synthesize_streaming=True,
        )
        return Info(tts=[program])

    async def _send(self, event: Eventable) -> None:
        await asyncio.wait_for(self.write_event(event.event()), STALLED_AFTER)

    async def _send_error(self, error: Exception) -> None:
        await self._send(Error(api_error(error).message, type(error).__name__))

    async def begin(self, sentence: Sentence, warnings: Sequence[str]) -> None:
        """See `Listener`."""
        if not self._begun:
            self._begun = True
            await self._send(AudioStart(**FORMAT))

    async def sound(self, sentence: Sentence, part: bytes, words: list[dict[str, Any]]) -> None:
        """See `Listener`."""
        for start in range(0, len(part), PIECE):
            await self._send(AudioChunk(audio=part[start : start + PIECE], **FORMAT))

    async def end(self, sentence: Sentence, size: int, cancelled: bool) -> None:
        """See `Listener`."""

    async def left_out(self, sentence: Sentence, error: RequestError) -> None:
        """See `Listener`."""
        await self._send_error(error)

    async def ended(self, utterance: int, sentences: int, cancelled: bool) -> None:
        """See `Listener`."""
        if not self._begun:
            await self._send(AudioStart(**FORMAT))
        await self._send(AudioStop())
        if self._streaming:
            await self._send(SynthesizeStopped())
        self._begun = self._streaming = False


def body_for(voice: Any, voices: Voices) -> SpeechBody:
    """Return the settings for an event's voice, which is given by name, or else by language; or the default voice.

    Raises:
        ApiError, RequestError: if there is no such voice.
    """
    voice = voice if isinstance(voice, dict) else {}
    name, language = voice.get("name"), voice.get("language")
    if name is None and isinstance(language, str):
        code = canonical_language(language)
        name = next((voice for voice in voices.names() if voices.info(voice).language == code), None)
        if name is None:
            raise RequestError(f"No voice speaks {language[:40]}.")
    return read_body({"input": "a", "voice": name, "response_format": "pcm"}, voices)


def language_tag(code: str) -> str:
    """Convert one of our language codes to BCP 47: "en-us" to "en-US"."""
    language, _, region = code.partition("-")
    return f"{language}-{region.upper()}" if region else language


def _text(data: Mapping[str, Any]) -> str:
    text = data.get("text")
    if not isinstance(text, str):
        raise RequestError("text must be a string.")
    return text
