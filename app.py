"""Entry point of the Hugging Face Space; also serves the page on your own machine: ``python app.py``."""

import argparse
import os

from kokoro_demo.temporary import process_folder

os.environ["GRADIO_TEMP_DIR"] = str(process_folder().path)
if os.environ.get("KOKORO_THREADS", "").isdecimal():
    os.environ["OMP_NUM_THREADS"] = os.environ["KOKORO_THREADS"]  # PyTorch reads it on import
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import spaces  # noqa: F401  must be imported before torch on ZeroGPU

from kokoro_demo.model.pieces import prefer_pieces
from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.ui import build_page, open_backend, serve
from kokoro_demo.ui.assistants import require_mcp
from kokoro_demo.ui.json_log import configure_json_log
from kokoro_demo.ui.programs.wyoming import URI_VARIABLE, require_wyoming


def parse_options() -> argparse.Namespace:
    """Parse the command line. A Space has none: Gradio's own environment variable turns on the tools for assistants."""
    parser = argparse.ArgumentParser(description="Serve the Kokoro text-to-speech page.")
    parser.add_argument(
        "--mcp",
        action="store_true",
        default=os.environ.get("GRADIO_MCP_SERVER", "").lower() == "true",
        help="also serve tools for AI assistants over MCP (docs/assistants.md)",
    )
    parser.add_argument(
        "--wyoming",
        metavar="tcp://HOST:PORT",
        default=os.environ.get(URI_VARIABLE, ""),
        help=f"also serve Home Assistant's Wyoming protocol (docs/home-assistant.md); defaults to ${URI_VARIABLE}",
    )
    return parser.parse_args()


if __name__ == "__main__":
    options = parse_options()
    if options.mcp:
        require_mcp()
    if options.wyoming:
        require_wyoming(options.wyoming)
    configure_json_log()
    tune_process()
    prefer_pieces()
    serve(build_page(open_backend(), options.mcp, options.wyoming), process_folder())
