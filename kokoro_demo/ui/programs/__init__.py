"""The HTTP API for programs: the routes of OpenAI's speech API and similar ones, and health checks."""

from kokoro_demo.ui.programs.metrics import Metrics
from kokoro_demo.ui.programs.program_queue import ProgramQueue
from kokoro_demo.ui.programs.routes import program_routes, routes_of
from kokoro_demo.ui.programs.tab import build_programs_tab

__all__ = ["Metrics", "ProgramQueue", "build_programs_tab", "program_routes", "routes_of"]
