"""Keeps the browser from tracking changes to data that never changes, which took over a third of its blocking time."""

from __future__ import annotations

from collections.abc import MutableMapping
from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_suffix(".js").read_bytes()


def with_unwatched_config(page: bytes, scope: MutableMapping[str, Any]) -> bytes:
    """Insert the script at the end of the page's head: after the config, and before Gradio's own scripts run."""
    head, mark, rest = page.partition(b"</head>")
    return head + b"<script>\n" + SCRIPT + b"</script>\n" + mark + rest if mark else page
