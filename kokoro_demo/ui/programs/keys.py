"""The key that programs send, if the operator requires one."""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kokoro_demo.ui.programs.errors import ApiError

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

KEY_VARIABLE = "KOKORO_API_KEY"
# Web pages cannot set headers of a WebSocket. Before their key they offer this subprotocol, as with OpenAI's realtime
# API.
KEY_PROTOCOL = "openai-insecure-api-key."


def check_key(connection: HTTPConnection[Any], subprotocols: Sequence[str] = ()) -> None:
    """Compare the key, in constant time.

    subprotocols: that a WebSocket's client offers.

    Raises:
        ApiError: 401, if a key is required and a wrong one or none was sent.
    """
    key = os.environ.get(KEY_VARIABLE, "")
    scheme, _, given = connection.headers.get("authorization", "").partition(" ")
    # Headers arrive as Latin-1, whatever their encoding was.
    offered = [given] if scheme.lower() == "bearer" else []
    offered += connection.headers.getlist("xi-api-key")  # of those that speak ElevenLabs' API
    offered += [name.removeprefix(KEY_PROTOCOL) for name in subprotocols if name.startswith(KEY_PROTOCOL)]
    known = [hmac.compare_digest(one.strip().encode("latin-1"), key.encode()) for one in offered]
    if key and not any(known):
        message = "This server requires a key: send it in the header Authorization: Bearer KEY."
        raise ApiError(401, message, code="invalid_api_key", headers={"WWW-Authenticate": "Bearer"})
