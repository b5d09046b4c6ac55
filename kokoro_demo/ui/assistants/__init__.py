"""Tools for AI assistants, over the Model Context Protocol (MCP).

Gradio serves them (`gradio[mcp]`) if the app is started with ``--mcp``.
"""

from kokoro_demo.ui.assistants.server import TOOLS_PATH, ToolKeyMiddleware, require_mcp, show_only_tools
from kokoro_demo.ui.assistants.tools import add_tools

__all__ = ["TOOLS_PATH", "ToolKeyMiddleware", "add_tools", "require_mcp", "show_only_tools"]
