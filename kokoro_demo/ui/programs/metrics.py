"""Metrics for operators in Prometheus's format: counts and times, never any text."""

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
    """The metrics of one server. The real-time factor is computing seconds divided by speech seconds.

    waiting: returns how many requests wait or are being served.
    """

    def __init__(self, waiting: Callable[[], int]) -> None:
        self._registry = registry = CollectorRegistry()
        self._requests = Counter(
            "kokoro_requests", "Responses by endpoint and status", ["endpoint", "status"], registry=registry
        )
        self._failures = Counter(
            "kokoro_broken_off", "Speeches that ended with an error, by the type of error", ["kind"],
            registry=registry,
        )  # fmt: skip
        self._first = Histogram(
            "kokoro_first_sound_seconds", "Time from a request to its first audio", buckets=SECONDS, registry=registry
        )
        self._computing = Counter("kokoro_computing_seconds", "Time spent making phrases", registry=registry)
        self._speech = Counter("kokoro_speech_seconds", "Duration of the speech made", registry=registry)
        self._phrases = Counter(
            "kokoro_phrases", "Phrases, by whether they were computed or cached", ["from"], registry=registry
        )
        Gauge("kokoro_waiting", "Requests waiting or being served", registry=registry).set_function(waiting)

    def counted(self, name: str, endpoint: Endpoint) -> Endpoint:
        """Wrap an endpoint so that its responses are counted under `name`."""

        async def count(request: Request) -> Response:
            response = await endpoint(request)
            self.count_response(name, response.status_code)
            return response

        return count

    def count_response(self, name: str, status: int) -> None:
        """Count a response of the endpoint `name`."""
        self._requests.labels(name, str(status)).inc()

    def first_sound(self, seconds: float) -> None:
        """Record the time from a request to its first audio."""
        self._first.observe(seconds)

    def count_failure(self, error: Exception) -> None:
        """Count a speech that ended with an error."""
        self._failures.labels(type(error).__name__).inc()

    def measured(self, chunks: Iterator[SpeechChunk]) -> Iterator[SpeechChunk]:
        """Yield the chunks unchanged, and record how long each took to make."""
        while True:
            began = time.perf_counter()
            chunk = next(chunks, None)
            self._computing.inc(time.perf_counter() - began)
            if chunk is None:
                return
            self._speech.inc(len(chunk.audio) / SAMPLE_RATE)
            if chunk.ends_phrase:
                # Chunks from the cache have no computing times (`PhraseCache`).
                self._phrases.labels("model" if chunk.seconds else "cache").inc()
            yield chunk

    def response(self) -> Response:
        """All metrics, in Prometheus's text format."""
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)
