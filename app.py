"""The Space, and the page on your own machine: ``python app.py``."""

import argparse
import os

from kokoro_demo.temporary import process_folder

os.environ["GRADIO_TEMP_DIR"] = str(process_folder().path)
if os.environ.get("KOKORO_THREADS", "").isdecimal():
    os.environ["OMP_NUM_THREADS"] = os.environ["KOKORO_THREADS"]  # PyTorch reads it when it is imported
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import spaces  # noqa: F401  on ZeroGPU it must come before torch

from kokoro_demo.synthesis.process_memory import tune_process
from kokoro_demo.ui import build_page, open_backend, serve
from kokoro_demo.ui.assistants import require_mcp
from kokoro_demo.ui.json_log import log_as_json_if_asked
from kokoro_demo.ui.programs.wyoming import URI_VARIABLE, require_wyoming


def options() -> argparse.Namespace:
    """The command line. On a Space, Gradio's own variable asks for tools for assistants."""
    parser = argparse.ArgumentParser(description="Serve the page of Kokoro text to speech.")
    parser.add_argument(
        "--mcp",
        action="store_true",
        default=os.environ.get("GRADIO_MCP_SERVER", "").lower() == "true",
        help="serve tools for assistants too (docs/assistants.md)",
    )
    parser.add_argument(
        "--wyoming",
        metavar="tcp://HOST:PORT",
        default=os.environ.get(URI_VARIABLE, ""),
        help=f"serve Home Assistant's Wyoming protocol too (docs/home-assistant.md); also {URI_VARIABLE}",
    )
    return parser.parse_args()


if __name__ == "__main__":
    asked = options()
    if asked.mcp:
        require_mcp()
    if asked.wyoming:
        require_wyoming(asked.wyoming)
    log_as_json_if_asked()
    tune_process()
    serve(build_page(open_backend(), asked.mcp, asked.wyoming), process_folder())
