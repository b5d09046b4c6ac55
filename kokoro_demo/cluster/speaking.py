"""A speaker of the API: the routes for programs with one checkpoint, in its own process."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from typing import Any

from starlette.applications import Starlette
from starlette.types import Message

from kokoro_demo.cluster.node import open_speaker
from kokoro_demo.synthesis.synthesizer import Synthesizer
from kokoro_demo.ui.backend import ModelStatus, languages_of
from kokoro_demo.ui.programs import program_routes
from kokoro_demo.ui.zerogpu import GpuFirst

# More than Ray Serve ever lets a speaker hold, since the cluster's own queue is limited.
MAX_QUEUED = 1_000


class SpeakerReplica:
    """One speaker.

    environment: environment variables to set.
    on_gpu: whether the model runs on a GPU.

    Raises:
        CheckpointError: if the checkpoint cannot be loaded; Ray Serve then retries.
    """

    def __init__(self, environment: dict[str, str], on_gpu: bool) -> None:
        os.environ.update(environment)
        self._app = Starlette(routes=list(program_routes(OneCheckpoint(open_speaker(), on_gpu), MAX_QUEUED)))

    async def answer(self, scope: dict[str, Any], body: bytes) -> AsyncIterator[Message]:
        """Yield the messages of the response as they are generated. If the caller disconnects, synthesis stops."""
        messages: asyncio.Queue[Message | BaseException | None] = asyncio.Queue()
        disconnected = asyncio.Event()
        body_sent = False

        async def receive() -> Message:
            nonlocal body_sent
            if not body_sent:
                body_sent = True
                return {"type": "http.request", "body": body, "more_body": False}
            await disconnected.wait()
            return {"type": "http.disconnect"}

        async def run() -> None:
            try:
                await self._app({**scope, "app": self._app}, receive, messages.put)
            except Exception as error:
                await messages.put(ConnectionError(type(error).__name__))
            else:
                await messages.put(None)

        running = asyncio.create_task(run())
        try:
            while (message := await messages.get()) is not None:
                if isinstance(message, BaseException):
                    raise message
                yield message
        finally:
            disconnected.set()
            if not running.done():
                running.cancel()


class OneCheckpoint:
    """The backend of a speaker (`ui.backend.Backend`)."""

    def __init__(self, synthesizer: Synthesizer, on_gpu: bool) -> None:
        self._checkpoint = synthesizer.checkpoint
        self._gpu = GpuFirst(self._checkpoint, lambda duration: lambda run: run) if on_gpu else None
        self._synthesizer = synthesizer

    def synthesizer(self) -> Synthesizer:
        """See `Backend`."""
        if self._gpu is None:
            return self._synthesizer
        return Synthesizer(self._checkpoint, self._gpu.for_one_speech())

    def status(self) -> ModelStatus:
        """See `Backend`."""
        return ModelStatus(self._checkpoint.name, languages_of(self._checkpoint))
