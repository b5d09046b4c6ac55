"""Checks the requirements of the Wyoming server before it is started."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlparse

URI_VARIABLE = "KOKORO_WYOMING"


def require_wyoming(uri: str) -> None:
    """Exit with a helpful message unless the Wyoming server can be started.

    Raises:
        SystemExit: if the package `wyoming` is not installed, or `uri` is not a valid address.
    """
    if find_spec("wyoming") is None:
        raise SystemExit("Wyoming (--wyoming) needs the package wyoming: pip install -r requirements-wyoming.txt")
    try:
        parsed = urlparse(uri)
        valid = parsed.scheme == "tcp" and bool(parsed.hostname) and parsed.port is not None
    except ValueError:
        valid = False
    if not valid:
        raise SystemExit(f"{uri[:80]!r} is not a valid address for Wyoming: use one like tcp://0.0.0.0:10200")
