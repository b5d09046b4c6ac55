"""What assistants talk to besides the page, through the Model Context Protocol (MCP): a few tools, described for a
model.

Gradio serves them (`gradio[mcp]`) if the app is started with ``--mcp``.
"""

from kokoro_demo.ui.assistants.server import TOOLS_PATH, AssistantDoor, require_mcp, show_only_tools
from kokoro_demo.ui.assistants.tools import add_tools

__all__ = ["TOOLS_PATH", "AssistantDoor", "add_tools", "require_mcp", "show_only_tools"]
