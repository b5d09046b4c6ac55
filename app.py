"""The Space, and the page on your own machine: ``python app.py``."""

import os

os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

import spaces  # noqa: F401  on ZeroGPU it must come before torch

from kokoro_demo.ui import build_page, launch, open_backend

if __name__ == "__main__":
    launch(build_page(open_backend()))
