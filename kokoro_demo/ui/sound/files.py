"""``GET /speech/RUN.SUFFIX``: a speech that is kept, as a file of any kind; whoever knows the run's id may have it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kokoro_demo import audio, timeline
from kokoro_demo.ui.sound.picture import picture

if TYPE_CHECKING:
    from kokoro_demo.speech import Speech
    from kokoro_demo.ui.runs import Runs

CONTENT_TYPES = {
    "wav": "audio/wav",
    "flac": "audio/flac",
    "ogg": "audio/ogg",
    "mp3": "audio/mpeg",
    "opus": "audio/ogg",
    "srt": "application/x-subrip; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "json": "application/json",
    "TextGrid": "text/plain; charset=utf-8",
    "picture": "application/octet-stream",
}
FORGOTTEN = "This speech is no longer kept. Press Speak to make it again."


def speech_files(runs: Runs) -> Route:
    """The route over the runs that are kept."""

    async def answer(request: Request) -> Response:
        suffix = request.path_params["suffix"]
        run = runs.find(request.path_params["run"])
        if run is None or suffix not in CONTENT_TYPES:
            return PlainTextResponse(FORGOTTEN, 404)
        speech = await run_in_threadpool(run.speech)
        if speech is None:
            return PlainTextResponse(FORGOTTEN, 404)
        content = await run_in_threadpool(file_of, speech, suffix)
        # What a run holds grows while it is made.
        return Response(content, media_type=CONTENT_TYPES[suffix], headers={"Cache-Control": "no-store"})

    return Route("/speech/{run}.{suffix}", answer, methods=["GET"])


def file_of(speech: Speech, suffix: str) -> bytes:
    """The bytes of a file; `suffix` is one of `CONTENT_TYPES`."""
    if suffix == "picture":
        return picture(speech)
    if suffix in audio.FORMATS:
        return audio.encode(speech.audio, speech.sample_rate, suffix)
    return timeline.FORMATS[suffix.lower()](speech).encode("utf-8")
