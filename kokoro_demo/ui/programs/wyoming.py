"""Whether Wyoming is asked for, and what it needs."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlparse

URI_VARIABLE = "KOKORO_WYOMING"


def require_wyoming(uri: str) -> None:
    """Raises:
    SystemExit: if the package `wyoming` is not installed, or `uri` is no address to listen at; it says what to do.
    """
    if find_spec("wyoming") is None:
        raise SystemExit("Wyoming (--wyoming) needs the package wyoming: pip install -r requirements-wyoming.txt")
    try:
        parsed = urlparse(uri)
        right = parsed.scheme == "tcp" and bool(parsed.hostname) and parsed.port is not None
    except ValueError:
        right = False
    if not right:
        raise SystemExit(f"{uri[:80]!r} is no address for Wyoming: write one like tcp://0.0.0.0:10200")
