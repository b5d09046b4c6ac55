"""Spares the browser the watching of what never changes: more than a third of the time in which a load blocks it."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_suffix(".js").read_bytes()


def with_unwatched_config(page: bytes, scope: MutableMapping[str, Any]) -> bytes:
    """The page with the script at the end of its head: after the config, before Gradio's own scripts run."""
    head, mark, rest = page.partition(b"</head>")
    return head + b"<script>\n" + SCRIPT + b"</script>\n" + mark + rest if mark else page
