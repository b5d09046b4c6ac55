"""The Space, and the page on your own machine: ``python app.py``."""

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
from kokoro_demo.ui.json_log import log_as_json_if_asked

if __name__ == "__main__":
    log_as_json_if_asked()
    tune_process()
    serve(build_page(open_backend()), process_folder())
