"""What programs talk to besides the page: the routes of OpenAI's speech API, and the health checks."""

from kokoro_demo.ui.programs.program_queue import ProgramQueue
from kokoro_demo.ui.programs.routes import Programs, program_routes, routes_of
from kokoro_demo.ui.programs.tab import build_programs_tab

__all__ = ["ProgramQueue", "Programs", "build_programs_tab", "program_routes", "routes_of"]
