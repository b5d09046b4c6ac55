"""What an operator watches, in Prometheus's form: counts and times, and never a text."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TYPE_CHECKING

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response

from kokoro_demo.speech import SAMPLE_RATE

if TYPE_CHECKING:
    from kokoro_demo.speech import SpeechChunk

SECONDS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)
Endpoint = Callable[[Request], Awaitable[Response]]


class Metrics:
    """The measurements of one server. The real-time factor is computing seconds over speech seconds.

    waiting: returns how many wait or are served.
    """

    def __init__(self, waiting: Callable[[], int]) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "kokoro_requests", "Answers to programs, by endpoint and status", ["endpoint", "status"], registry=registry
        )
        self._broken_off = Counter(
            "kokoro_broken_off", "Speeches that ended with an error, by its kind", ["kind"],
            registry=registry,
        )  # fmt: skip
        self._first = Histogram(
            "kokoro_first_sound_seconds", "From the request to its first sound", buckets=SECONDS, registry=registry
        )
        self._computing = Counter("kokoro_computing_seconds", "Spent on making phrases", registry=registry)
        self._speech = Counter("kokoro_speech_seconds", "Of speech that was made", registry=registry)
        self._phrases = Counter(
            "kokoro_phrases", "Phrases, by whether they were computed or kept from before", ["from"], registry=registry
        )
        Gauge("kokoro_waiting", "Requests that wait or are served", registry=registry).set_function(waiting)

    def counted(self, name: str, endpoint: Endpoint) -> Endpoint:
        """The endpoint, with its answers counted under `name`."""

        async def count(request: Request) -> Response:
            response = await endpoint(request)
            self.answered(name, response.status_code)
            return response

        return count

    def answered(self, name: str, status: int) -> None:
        """A request to the endpoint `name` was answered with this status."""
        self._requests.labels(name, str(status)).inc()

    def first_sound(self, seconds: float) -> None:
        """The first sound of a speech is there, so many seconds after it was asked for."""
        self._first.observe(seconds)

    def broken_off(self, error: Exception) -> None:
        """A speech ended with an error."""
        self._broken_off.labels(type(error).__name__).inc()

    def measured(self, chunks: Iterator[SpeechChunk]) -> Iterator[SpeechChunk]:
        """The phrases, unchanged, while their cost is added up."""
        while True:
            began = time.perf_counter()
            chunk = next(chunks, None)
            self._computing.inc(time.perf_counter() - began)
            if chunk is None:
                return
            self._speech.inc(len(chunk.audio) / SAMPLE_RATE)
            if chunk.ends_phrase:
                # A cached utterance has no computing times (`PhraseCache`).
                self._phrases.labels("model" if chunk.seconds else "cache").inc()
            yield chunk

    def response(self) -> Response:
        """All metrics, in Prometheus's text format."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
