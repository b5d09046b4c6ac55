"""Checks the API key, if the operator requires one."""

from __future__ import annotations

import hmac
import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kokoro_demo.ui.programs.errors import ApiError

if TYPE_CHECKING:
    from starlette.requests import HTTPConnection

KEY_VARIABLE = "KOKORO_API_KEY"
# Web pages cannot set the headers of a WebSocket. They offer their key as a subprotocol with this prefix, as in
# OpenAI's realtime API.
KEY_PROTOCOL = "openai-insecure-api-key."


def check_key(connection: HTTPConnection[Any], subprotocols: Sequence[str] = ()) -> None:
    """Check the key, comparing it in constant time.

    subprotocols: those that the client of a WebSocket offers.

    Raises:
        ApiError: 401, if a key is required, and the client sent a wrong one or none.
    """
    key = os.environ.get(KEY_VARIABLE, "")
    scheme, _, given = connection.headers.get("authorization", "").partition(" ")
    sent = [given] if scheme.lower() == "bearer" else []
    sent += connection.headers.getlist("xi-api-key")  # from clients of ElevenLabs' API
    sent += [name.removeprefix(KEY_PROTOCOL) for name in subprotocols if name.startswith(KEY_PROTOCOL)]
    # Starlette decodes headers as Latin-1, whatever their encoding; this restores the original bytes.
    matches = [hmac.compare_digest(sent_key.strip().encode("latin-1"), key.encode()) for sent_key in sent]
    if key and not any(matches):
        message = "This server requires a key: send it in the header Authorization: Bearer KEY."
        raise ApiError(401, message, code="invalid_api_key", headers={"WWW-Authenticate": "Bearer"})
