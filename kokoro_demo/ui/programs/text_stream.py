"""Speech of a text that is still being written: each sentence is spoken as soon as it is whole."""

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
from kokoro_demo.ui.programs.encoding import encoded, louder, wav_file
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

# A reader that takes what it is sent within this time keeps its turn, in seconds.
PROMPT = 0.2
# How often a sentence retries when the queue is full, in seconds.
ASK_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an utterance, which lasts from one `TextStream.finish` or `cancel` to the next.

    start: its place in the text of the utterance, in characters.
    gap: the silence before it, beyond what any speech has at its ends, in seconds.
    """

    text: str
    utterance: int
    index: int
    start: int
    gap: float


class Listener(Protocol):
    """What a stream tells the program that it speaks for, in this order for each sentence.

    Each of these waits until it is sent, and raises `asyncio.TimeoutError` if nothing is read for too long.
    """

    async def begin(self, sentence: Sentence, warnings: Sequence[str]) -> None:
        """A sentence begins."""

    async def sound(self, sentence: Sentence, part: bytes, words: list[dict[str, Any]]) -> None:
        """A part of its sound, and the words that begin in it, timed from the beginning of the utterance."""

    async def end(self, sentence: Sentence, size: int, cancelled: bool) -> None:
        """A sentence has ended, after so many bytes."""

    async def left_out(self, sentence: Sentence, error: RequestError) -> None:
        """A sentence that cannot be spoken; the others are."""

    async def ended(self, utterance: int, sentences: int, cancelled: bool) -> None:
        """An utterance has ended, after so many sentences."""


class TextStream:
    """Takes text in pieces, and speaks it in order to one listener. Used from one event loop.

    body: all that decides the sound but the text, and the format.
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
        self._heard = 0.0
        self._set_body(body)

    async def configure(self, body: SpeechBody) -> None:
        """Speak what comes from now on in another way.

        Raises:
            RequestError: if the voice is unknown, or nothing here reads the language.
        """
        await run_in_threadpool(self._synthesizer.pronounce, body.request)
        self._set_body(body)

    def _set_body(self, body: SpeechBody) -> None:
        self._body = body
        self._language = body.request.language or self._synthesizer.language_of(body.request.voice)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is being spoken or waits to be."""
        return not (self._text.strip() or self._ready or self._speaking)

    async def push(self, text: str) -> None:
        """Take the next piece of the text.

        Raises:
            ApiError: if too much waits to be spoken; then nothing of the piece is taken.
            RequestError: if nothing here reads the language.
        """
        waiting = len(self._text) + sum(len(part.text) for part in self._ready if isinstance(part, Sentence))
        if waiting + len(text) > MAX_CHARACTERS:
            raise ApiError(
                413,
                f"{waiting:,} characters wait to be spoken; at most {MAX_CHARACTERS:,} may. This piece was not taken: "
                "send it again once more of them have been spoken.",
                "text",
                "too_much_text",
            )
        self._text += text
        for sentence in await run_in_threadpool(lambda: list(whole_sentences(self._text, self._language))):
            self._take(sentence)

    def say(self, text: str) -> None:
        """Speak a text that is complete, as one."""
        self.flush()
        self._take(text)

    def flush(self) -> None:
        """Speak what has come so far, whole or not."""
        if self._text:
            self._take(self._text)

    def finish(self) -> None:
        """The text of the utterance is complete."""
        self.flush()
        self._put((self._utterance, self._count, False))
        self._begin_anew()

    def cancel(self) -> None:
        """Say nothing more of the utterance, nor of those before it."""
        self._ready.clear()
        self._stop.set()
        self._put((self._utterance, self._count, True))
        self._begin_anew()

    async def run(self) -> None:
        """Speak, until this is cancelled.

        Raises:
            Exception: whatever ends the speaking; `RequestError` does not.
        """
        try:
            while True:
                while not self._ready:
                    self._changed.clear()
                    await self._changed.wait()
                part = self._ready.popleft()
                if not isinstance(part, Sentence):
                    self._heard = 0.0
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

    def _take(self, text: str) -> None:
        gap = 0.0
        request = self._body.request
        if self._last is not None and not request.untouched:
            asked = gap_between(self._last.text, text) * request.pause_scale / request.speed
            gap = max(0.0, asked - LEAD - TAIL)
        self._last = Sentence(text, self._utterance, self._count, self._start, gap)
        self._text = self._text[len(text) :]
        self._start, self._count = self._start + len(text), self._count + 1
        self._put(self._last)

    def _put(self, part: Sentence | tuple[int, int, bool]) -> None:
        self._ready.append(part)
        self._changed.set()

    def _begin_anew(self) -> None:
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
        offset, size = self._heard + sentence.gap, 0
        async with _Patient(self._queue) as turn:
            await hand_over(turn, self._listener.begin(sentence, pronunciation.warnings))
            async for part in iterate_in_threadpool(parts):
                if stop.is_set():
                    break
                if not size:
                    self._metrics.first_sound(time.monotonic() - began)
                size += len(part)
                times = [word_times(word, offset, sentence.start + leading) for word in words]
                words.clear()
                await hand_over(turn, self._listener.sound(sentence, part, times))
        await self._listener.end(sentence, size, stop.is_set())

    def _encode(
        self, chunks: Iterator[SpeechChunk], body: SpeechBody, sentence: Sentence, words: list[Word]
    ) -> Iterator[bytes]:
        def sound() -> Iterator[NDArray[np.float32]]:
            before = silence(sentence.gap, SAMPLE_RATE)
            for chunk in chunks:
                words.extend(chunk.words)
                self._heard += (len(before) + len(chunk.audio)) / SAMPLE_RATE
                if len(before):
                    yield before
                    before = before[:0]
                yield louder(chunk.audio, body.volume)

        # A file that says its length is held until it is whole.
        if body.response_format == "wav" and len(sentence.text) <= LONGEST:
            yield wav_file(encoded(sound(), "pcm"))
        else:
            yield from encoded(sound(), body.response_format)


class _Patient:
    """A turn in the queue, waited for until there is room in it: what waits here is bounded by itself."""

    def __init__(self, queue: ProgramQueue) -> None:
        self._queue = queue

    async def __aenter__(self) -> Turn:
        while True:
            self._turn = self._queue.turn()
            try:
                return await self._turn.__aenter__()
            except ApiError:
                await asyncio.sleep(ASK_EVERY)

    async def __aexit__(self, *error: Any) -> bool | None:
        return await self._turn.__aexit__(*error)


async def hand_over(turn: Turn, sending: Awaitable[None]) -> None:
    """Wait until something is sent. Meanwhile others have their turn, if it takes long."""
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
