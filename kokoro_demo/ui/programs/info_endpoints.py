"""The endpoints that do not speak: voices, models, and SSML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from kokoro_demo.script.aliases import alias_of, aliases_of, voice_fields
from kokoro_demo.script.ssml import table as ssml_table
from kokoro_demo.synthesis.compute_thread import on_compute_thread
from kokoro_demo.ui.programs.body import read_json
from kokoro_demo.ui.programs.elevenlabs import voice_list
from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.voices import OPENAI_VOICES, voice_for, voice_name
from kokoro_demo.voices.blends import canonical_voice
from kokoro_demo.voices.packs import pack_file

if TYPE_CHECKING:
    from kokoro_demo.ui.backend import Backend
    from kokoro_demo.voices.catalogue import Voices

# The names that we list for our one model. Requests may use any name: many chat programs allow only a few.
MODELS = ("kokoro", "tts-1", "tts-1-hd", "gpt-4o-mini-tts")
# The paths after /v1/ that accept only POST.
POST_PATHS = re.compile(r"audio/(?:speech|voices/combine)|text-to-speech/[^/]+(?:/stream)?(?:/with-timestamps)?")


class InfoEndpoints:
    """The endpoints of one server that do not speak."""

    def __init__(self, backend: Backend) -> None:
        self._backend = backend

    async def voices(self, request: Request) -> Response:
        """List this server's aliases and the voices, best first, and all names that stand for other voices."""
        voices = await self._voices()
        entries = [
            *((alias.name, alias) for alias in aliases_of(voices)),
            *((name, None) for name in voices.names()),
        ]
        return JSONResponse(
            {
                "voices": [{"id": name, **voice_fields(name, alias, voices)} for name, alias in entries],
                "aliases": sorted({*OPENAI_VOICES, *(name for name, alias in entries if alias)}),
            }
        )

    async def elevenlabs_voices(self, request: Request) -> Response:
        """List the voices in the format of ElevenLabs' API."""
        return JSONResponse(voice_list(await self._voices()))

    async def combine(self, request: Request) -> Response:
        """Return the voice pack of a blend as a file."""
        values = await read_json(request)
        voices = await self._voices()
        requested = voice_name(values.get("voices", values.get("voice")))
        if not requested:
            raise ApiError(400, "Name the voices to combine, such as af_bella(2)+bf_emma(1), or a list.", "voices")
        alias = alias_of(requested)
        voice = alias.voice if alias else voice_for(requested, voices)
        await run_in_threadpool(voices.fetch, voice)
        file = await run_in_threadpool(on_compute_thread, lambda: pack_file(voices[voice]))
        name = re.sub(r"[^\w()+-]", "_", canonical_voice(voice), flags=re.ASCII)[:100]
        headers = {"Content-Disposition": f'attachment; filename="{name}.pt"'}
        return Response(file, media_type="application/octet-stream", headers=headers)

    async def ssml(self, request: Request) -> Response:
        """List the parts of SSML, and whether each is supported."""
        return JSONResponse({"ssml": ssml_table.details()})

    async def models(self, request: Request) -> Response:
        """List the one model under each of its names."""
        models = [_model_fields(name) for name in MODELS]
        return JSONResponse({"object": "list", "data": models, "models": models})

    async def model(self, request: Request) -> Response:
        """Describe one of `models`."""
        name = request.path_params["model"]
        if name not in MODELS:
            raise ApiError(404, f"There is no model {name[:80]!r} here.", "model", "model_not_found")
        return JSONResponse(_model_fields(name))

    async def not_found(self, request: Request) -> Response:
        """Refuse unknown paths and methods with errors in the format of OpenAI's API."""
        if POST_PATHS.fullmatch(request.path_params["rest"]):
            raise ApiError(405, "Send a POST request to this path.", headers={"Allow": "POST, OPTIONS"})
        raise ApiError(404, f"There is nothing at {request.method} /v1/{request.path_params['rest'][:80]} here.")

    async def _voices(self) -> Voices:
        synthesizer = await run_in_threadpool(self._backend.synthesizer)
        return synthesizer.checkpoint.voices


def _model_fields(name: str) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": 0, "owned_by": "hexgrad"}
