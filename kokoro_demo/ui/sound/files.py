"""``GET /speech/RUN.SUFFIX``: serves a run's speech as a file of any format, to anyone who knows the run's id."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from kokoro_demo.formats import FORMATS
from kokoro_demo.speech import Speech
from kokoro_demo.ui.sound.picture import picture

if TYPE_CHECKING:
    from kokoro_demo.ui.runs import Runs

# The download formats, and the data that the Sound tab draws.
WRITERS: dict[str, tuple[str, Callable[[Speech], bytes]]] = {
    **{suffix: (format.content_type, format.write) for suffix, format in FORMATS.items()},
    "picture": ("application/octet-stream", picture),
}
FORGOTTEN = "This speech is no longer kept. Press Speak to make it again."


def speech_files(runs: Runs) -> Route:
    """The route that serves the files of these runs."""

    async def respond(request: Request) -> Response:
        suffix = request.path_params["suffix"]
        run = runs.find(request.path_params["run"])
        if run is None or suffix not in WRITERS:
            return PlainTextResponse(FORGOTTEN, 404)
        speech = await run_in_threadpool(run.speech)
        if speech is None:
            return PlainTextResponse(FORGOTTEN, 404)
        content_type, write = WRITERS[suffix]
        content = await run_in_threadpool(write, speech)
        # The file must not be cached, because a run grows while it is being made.
        return Response(content, media_type=content_type, headers={"Cache-Control": "no-store"})

    return Route("/speech/{run}.{suffix}", respond, methods=["GET"])
