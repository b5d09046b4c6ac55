"""Restricts Gradio's MCP server to our tools, and protects it with the API key.

By default, Gradio offers every endpoint of the page as a tool. `show_only_tools` is the only place that patches it.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Awaitable, Callable, MutableMapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from starlette.requests import Request

from kokoro_demo.ui.assistants.tools import PREFIX
from kokoro_demo.ui.programs.errors import ApiError
from kokoro_demo.ui.programs.keys import check_key

TOOLS_PATH = "/gradio_api/mcp"
_PATHS = re.compile(r".*/gradio_api/+mcp(?:/.*)?", re.DOTALL)
INSTRUCTIONS = (
    "Kokoro speaks texts in several languages, and shows and checks how they are pronounced. speak returns a link to "
    "the audio. If names must be right, call check_pronunciations first, correct wrong ones in lexicon, and pass the "
    "same lexicon to speak."
)

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

log = logging.getLogger(__name__)


def require_mcp() -> None:
    """Exit with a helpful message unless the package `mcp` is installed.

    Raises:
        SystemExit: if it is not installed.
    """
    if find_spec("mcp") is None:
        raise SystemExit("Tools for assistants (--mcp) need the package mcp: pip install -r requirements-mcp.txt")


def show_only_tools() -> None:
    """Make the next MCP server that Gradio creates offer only the endpoints of `add_tools`. This patches modules of the
    whole process, so call it from the app only."""
    import gradio.mcp
    import mcp

    class ToolServer(gradio.mcp.GradioMCPServer):
        def __init__(self, blocks: Any) -> None:
            super().__init__(blocks)
            self.api_info = blocks.get_api_info(all_endpoints=True)
            self.tool_to_endpoint = {
                f"{self.tool_prefix}{name.removeprefix(f'/{PREFIX}')}": name
                for name in self.api_info["named_endpoints"]
                if name.startswith(f"/{PREFIX}")
            }
            self.mcp_server.instructions = INSTRUCTIONS

        def get_fn_description(self, block_fn: Any, tool_name: str) -> tuple[str, dict[str, str]]:
            # Keeps the descriptions in the arguments' schemas; Gradio would replace them by those in the docstring.
            return super().get_fn_description(block_fn, tool_name)[0], {}

        async def _execute_tool_without_progress(self, job: Any) -> list[Any]:
            # Gradio wraps several outputs in a list of one.
            (output,) = await super()._execute_tool_without_progress(job)
            return list(output) if isinstance(output, tuple | list) else [output]

    vars(gradio.mcp)["GradioMCPServer"] = ToolServer
    mcp_log = logging.getLogger("mcp")
    mcp_log.handlers, mcp_log.propagate = [_LocationHandler()], False
    # Some modules of the package use the root logger.
    package = Path(mcp.__file__ or "").parent
    logging.getLogger().addFilter(lambda record: package not in Path(record.pathname).parents)


class _LocationHandler(logging.Handler):
    """Logs only the type and location of the package's errors: its messages contain what a client sent."""

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.ERROR:
            kind = record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "An error"
            log.error("%s at %s:%d", kind, record.filename, record.lineno)


class ToolKeyMiddleware:
    """Requires the API key, if one is configured, on all paths of the tools."""

    def __init__(self, app: App) -> None:
        self._app = app

    async def __call__(self, scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _PATHS.fullmatch(scope["path"]):
            try:
                check_key(Request(scope))
            except ApiError as refusal:
                await refusal.response()(scope, receive, send)
                return
        await self._app(scope, receive, send)
