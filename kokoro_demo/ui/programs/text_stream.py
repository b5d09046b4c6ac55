"""Speaks a text while it is being written: each sentence is spoken as soon as it is complete."""

from __future__ import annotations

import asyncio
import threading
import time
from collections import deque
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Protocol

from starlette.concurrency import iterate_in_threadpool, run_in_threadpool

from kokoro_demo.audio import silence
from kokoro_demo.budget import MAX_CHARACTERS
from kokoro_demo.errors import RequestError
from kokoro_demo.speech import SAMPLE_RATE
from kokoro_demo.synthesis.phrasing import LEAD, TAIL, gap_between
from kokoro_demo.text.sentences import LONGEST, whole_sentences
from kokoro_demo.ui.programs.captioned import word_times
from kokoro_demo.ui.programs.encoding import encoded, wav_file, with_volume
from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.tasks import start_task

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from kokoro_demo.g2p.pronunciation import Word
    from kokoro_demo.speech import SpeechChunk
    from kokoro_demo.synthesis.synthesizer import Synthesizer
    from kokoro_demo.ui.programs.body import SpeechBody
    from kokoro_demo.ui.programs.metrics import Metrics
    from kokoro_demo.ui.programs.program_queue import ProgramQueue, Turn

# Seconds within which a client must accept audio in order to keep its turn.
PROMPT = 0.2
# Seconds between attempts to enter a full queue.
RETRY_INTERVAL = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an utterance. (`TextStream.finish` or `cancel` ends an utterance.)

    start: its position in the text of the utterance, in characters.
    gap: seconds of silence before it, in addition to the silence at the ends of any speech.
    """

    text: str
    utterance: int
    index: int
    start: int
    gap: float


class Listener(Protocol):
    """What a stream calls for its client. For each sentence, the methods are called in this order.

    Each waits until its message is sent, and raises `asyncio.TimeoutError` if the client does not read for too long.
    """

    async def begin(self, sentence: Sentence, warnings: Sequence[str]) -> None:
        """Called when a sentence begins."""

    async def sound(self, sentence: Sentence, part: bytes, words: list[dict[str, Any]]) -> None:
        """Called with each part of the audio and the words that begin in it, timed from the start of the utterance."""

    async def end(self, sentence: Sentence, size: int, cancelled: bool) -> None:
        """Called when a sentence ends, with its size in bytes."""

    async def left_out(self, sentence: Sentence, error: RequestError) -> None:
        """Called instead of all others if a sentence cannot be spoken."""

    async def ended(self, utterance: int, sentences: int, cancelled: bool) -> None:
        """Called when an utterance ends, with the number of its sentences."""


class TextStream:
    """Accepts text in pieces, and speaks it in order to one listener. Use it from one event loop only.

    body: the audio format, and all fields of the request except the text.
    """

    def __init__(
        self, synthesizer: Synthesizer, body: SpeechBody, queue: ProgramQueue, metrics: Metrics, listener: Listener
    ) -> None:
        self._synthesizer, self._queue, self._metrics, self._listener = synthesizer, queue, metrics, listener
        self._ready: deque[Sentence | tuple[int, int, bool]] = deque()
        self._changed = asyncio.Event()
        self._stop = threading.Event()
        self._speaking = False
        self._utterance = 0
        self._last: Sentence | None = None
        self._text, self._start, self._count = "", 0, 0
        self._elapsed = 0.0
        self._set_body(body)

    async def configure(self, body: SpeechBody) -> None:
        """Change the settings for the text that follows.

        Raises:
            RequestError: if the voice is unknown, or the language is not supported.
        """
        await run_in_threadpool(self._synthesizer.pronounce, body.request)
        self._set_body(body)

    def _set_body(self, body: SpeechBody) -> None:
        self._body = body
        self._language = body.request.language or self._synthesizer.language_of(body.request.voice)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being spoken or waiting to be spoken."""
        return not (self._text.strip() or self._ready or self._speaking)

    async def push(self, text: str) -> None:
        """Accept the next piece of the text.

        Raises:
            ApiError: if too much text is waiting to be spoken; then the whole piece is refused.
            RequestError: if the language is not supported.
        """
        waiting = len(self._text) + sum(len(part.text) for part in self._ready if isinstance(part, Sentence))
        if waiting + len(text) > MAX_CHARACTERS:
            raise ApiError(
                413,
                f"{waiting:,} characters are waiting to be spoken; the limit is {MAX_CHARACTERS:,}. This piece was "
                "refused: send it again when more of them have been spoken.",
                "text",
                "too_much_text",
            )
        self._text += text
        for sentence in await run_in_threadpool(lambda: list(whole_sentences(self._text, self._language))):
            self._add_sentence(sentence)

    def say(self, text: str) -> None:
        """Speak a complete text without splitting it into sentences."""
        self.flush()
        self._add_sentence(text)

    def flush(self) -> None:
        """Speak the text received so far, even if it ends in the middle of a sentence."""
        if self._text:
            self._add_sentence(self._text)

    def finish(self) -> None:
        """End the utterance: its text is complete."""
        self.flush()
        self._put((self._utterance, self._count, False))
        self._start_utterance()

    def cancel(self) -> None:
        """Stop speaking, and drop everything that was received so far."""
        self._ready.clear()
        self._stop.set()
        self._put((self._utterance, self._count, True))
        self._start_utterance()

    async def run(self) -> None:
        """Speak until the task is cancelled.

        Raises:
            Exception: any error other than a `RequestError`, which only leaves out a sentence.
        """
        try:
            while True:
                while not self._ready:
                    self._changed.clear()
                    await self._changed.wait()
                part = self._ready.popleft()
                if not isinstance(part, Sentence):
                    self._elapsed = 0.0
                    await self._listener.ended(*part)
                    continue
                self._speaking = True
                self._stop = stop = threading.Event()
                try:
                    await self._speak(part, stop)
                finally:
                    self._speaking = False
        finally:
            self._stop.set()

    def _add_sentence(self, text: str) -> None:
        gap = 0.0
        request = self._body.request
        if self._last is not None and not request.untouched:
            pause = gap_between(self._last.text, text) * request.pause_scale / request.speed
            gap = max(0.0, pause - LEAD - TAIL)
        self._last = Sentence(text, self._utterance, self._count, self._start, gap)
        self._text = self._text[len(text) :]
        self._start, self._count = self._start + len(text), self._count + 1
        self._put(self._last)

    def _put(self, part: Sentence | tuple[int, int, bool]) -> None:
        self._ready.append(part)
        self._changed.set()

    def _start_utterance(self) -> None:
        self._utterance += 1
        self._last = None
        self._text, self._start, self._count = "", 0, 0

    async def _speak(self, sentence: Sentence, stop: threading.Event) -> None:
        body, began = self._body, time.monotonic()
        leading = len(sentence.text) - len(sentence.text.lstrip())
        try:
            request = replace(body.request, text=sentence.text.strip())
            pronunciation = await run_in_threadpool(self._synthesizer.pronounce, request)
            stream = self._synthesizer.stream
            chunks = await run_in_threadpool(lambda: stream(request, stop.is_set, pronunciation=pronunciation))
        except RequestError as error:
            await self._listener.left_out(sentence, error)
            return
        words: list[Word] = []
        parts = self._encode(self._metrics.measured(iter(chunks)), body, sentence, words)
        offset, size = self._elapsed + sentence.gap, 0
        async with _PatientTurn(self._queue) as turn:
            await send_in_turn(turn, self._listener.begin(sentence, pronunciation.warnings))
            async for part in iterate_in_threadpool(parts):
                if stop.is_set():
                    break
                if not size:
                    self._metrics.first_sound(time.monotonic() - began)
                size += len(part)
                times = [word_times(word, offset, sentence.start + leading) for word in words]
                words.clear()
                await send_in_turn(turn, self._listener.sound(sentence, part, times))
        await self._listener.end(sentence, size, stop.is_set())

    def _encode(
        self, chunks: Iterator[SpeechChunk], body: SpeechBody, sentence: Sentence, words: list[Word]
    ) -> Iterator[bytes]:
        def audio() -> Iterator[NDArray[np.float32]]:
            gap = silence(sentence.gap, SAMPLE_RATE)
            for chunk in chunks:
                words.extend(chunk.words)
                self._elapsed += (len(gap) + len(chunk.audio)) / SAMPLE_RATE
                if len(gap):
                    yield gap
                    gap = gap[:0]
                yield with_volume(chunk.audio, body.volume)

        # A WAV file is sent whole, with its length in the header, unless the sentence is very long.
        if body.response_format == "wav" and len(sentence.text) <= LONGEST:
            yield wav_file(encoded(audio(), "pcm"))
        else:
            yield from encoded(audio(), body.response_format)


class _PatientTurn:
    """A turn in the queue that waits if the queue is full, because a stream's own text is limited anyway."""

    def __init__(self, queue: ProgramQueue) -> None:
        self._queue = queue

    async def __aenter__(self) -> Turn:
        while True:
            self._turn = self._queue.turn()
            try:
                return await self._turn.__aenter__()
            except ApiError:
                await asyncio.sleep(RETRY_INTERVAL)

    async def __aexit__(self, *error: Any) -> bool | None:
        return await self._turn.__aexit__(*error)


async def send_in_turn(turn: Turn, sending: Awaitable[None]) -> None:
    """Wait until `sending` is done. If that takes long, other requests have their turn meanwhile."""
    task = start_task(sending)
    try:
        done, _ = await asyncio.wait([task], timeout=PROMPT)
        if not done:
            turn.pause()
            await task
            await turn.begin()
        task.result()
    finally:
        task.cancel()
